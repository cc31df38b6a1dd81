package levee.report;

import java.util.List;
import java.util.Optional;
import levee.model.Abuse;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Example;
import levee.model.InfectedHost.Identity;
import levee.model.InfectedHost.Probability;
import levee.model.InfectedHost.ServerContact;
import levee.model.IpAddress;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;
import tools.jackson.core.JsonGenerator;

/** The part of the JSON contract that tells of infected hosts and what goes with them. */
final class AbuseContract {
    private final JsonGenerator json;
    private final JsonFields fields;

    AbuseContract(JsonGenerator json) {
        this.json = json;
        fields = new JsonFields(json);
    }

    /** All fields of the finding after its id and kind. */
    void fields(Abuse abuse) {
        json.writeStringProperty("state", JsonFields.label(abuse.state()));
        switch (abuse) {
            case InfectedHost infected -> infectedHost(infected);
            case CommandServer server -> commandServer(server);
            case Botnet botnet -> botnet(botnet);
            case Scanner scanner -> scanner(scanner);
            case ExposedService exposed -> exposedService(exposed);
            case SpoofedTraffic spoofed -> spoofedTraffic(spoofed);
        }
        fields.time("start", abuse.start());
        fields.time("end", abuse.end());
        evidence("evidence", abuse.evidence());
    }

    private void infectedHost(InfectedHost infected) {
        json.writeStringProperty("host", infected.host().toString());
        infected.group().ifPresent(fields::group);
        json.writeStringProperty("level", infected.level().label());
        fields.time("level_since", infected.levelSince());
        fields.measure("score", infected.score());
        infected.probability().ifPresent(this::probability);
        json.writeStringProperty("visibility", JsonFields.label(infected.visibility()));
        fields.objects("behaviours", infected.behaviours(), this::behaviour);
        evidence("against", infected.against());
        fields.objects("command_servers", infected.commandServers(), this::contact);
        fields.objects("identities", infected.identities(), this::identity);
    }

    private void probability(Probability probability) {
        json.writeObjectPropertyStart("probability");
        json.writeNumberProperty("value", JsonNumbers.fraction(probability.value()));
        json.writeNumberProperty("low", JsonNumbers.fraction(probability.low()));
        json.writeNumberProperty("high", JsonNumbers.fraction(probability.high()));
        json.writeNumberProperty("sample_size", probability.sampleSize());
        json.writeEndObject();
    }

    private void behaviour(Behaviour behaviour) {
        json.writeStringProperty("name", behaviour.kind().label());
        fields.time("first_seen", behaviour.firstSeen());
        fields.time("last_seen", behaviour.lastSeen());
        fields.measure("weight", behaviour.weight());
        evidence("evidence", behaviour.evidence());
        fields.objects("examples", behaviour.examples(), this::example);
    }

    private void example(Example example) {
        fields.time("time", example.time());
        json.writeNumberProperty("source_port", example.sourcePort());
        endpoint("destination", example.destination());
    }

    private void contact(ServerContact contact) {
        endpoint(contact.server());
        name(contact.name());
        json.writeNumberProperty("confidence", JsonNumbers.fraction(contact.confidence()));
    }

    private void identity(Identity identity) {
        fields.time("from", identity.from());
        fields.time("to", identity.to());
        json.writeStringProperty("hardware_address", identity.hardwareAddress());
        json.writeStringProperty("name", identity.name());
    }

    private void commandServer(CommandServer server) {
        endpoint("server", server.server());
        json.writeStringProperty("role", server.role().label());
        name(server.name());
        json.writeNumberProperty("rank", server.rank());
        json.writeNumberProperty("confidence", JsonNumbers.fraction(server.confidence()));
        addresses("hosts", server.hosts());
    }

    private void botnet(Botnet botnet) {
        addresses("hosts", botnet.hosts());
        fields.objects("servers", botnet.servers(), this::endpoint);
        strings(
                "behaviours",
                botnet.behaviours().stream().map(BehaviourKind::label).toList());
        json.writeNumberProperty("confidence", JsonNumbers.fraction(botnet.confidence()));
    }

    private void scanner(Scanner scanner) {
        json.writeStringProperty("source", scanner.source().toString());
        json.writeNumberProperty("sources", scanner.sources());
        strings("services", scanner.services());
        fields.count("targets", scanner.targets());
        json.writeNumberProperty("tries", scanner.tries());
        json.writeNumberProperty("answered", scanner.answered());
    }

    private void exposedService(ExposedService exposed) {
        endpoint("endpoint", exposed.endpoint());
        exposed.group().ifPresent(fields::group);
        json.writeStringProperty("service", exposed.service());
        fields.count("clients", exposed.clients());
        fields.volume("requests", exposed.requests());
        fields.volume("answers", exposed.answers());
        json.writeNumberProperty("amplification", JsonNumbers.rate(exposed.amplification()));
    }

    private void spoofedTraffic(SpoofedTraffic spoofed) {
        json.writeStringProperty("exporter", spoofed.exporter());
        json.writeNumberProperty("interface", spoofed.networkInterface());
        fields.count("sources", spoofed.sources());
        fields.objects("destinations", spoofed.destinations(), fields::talker);
        fields.volume("volume", spoofed.volume());
    }

    private void endpoint(String name, Endpoint endpoint) {
        json.writeObjectPropertyStart(name);
        endpoint(endpoint);
        json.writeEndObject();
    }

    private void endpoint(Endpoint endpoint) {
        json.writeStringProperty("address", endpoint.address().toString());
        json.writeNumberProperty("port", endpoint.port());
        json.writeStringProperty("transport", endpoint.transport());
    }

    private void name(Optional<String> name) {
        name.ifPresent(known -> json.writeStringProperty("name", known));
    }

    private void addresses(String name, List<IpAddress> addresses) {
        strings(name, addresses.stream().map(IpAddress::toString).toList());
    }

    private void strings(String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    private void evidence(String name, List<Evidence> evidence) {
        fields.objects(name, evidence, fields::evidence);
    }
}
