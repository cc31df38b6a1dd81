package levee.report;

import static levee.report.FindingFields.constant;
import static levee.report.FindingFields.count;
import static levee.report.FindingFields.group;
import static levee.report.FindingFields.list;
import static levee.report.FindingFields.measure;
import static levee.report.FindingFields.number;
import static levee.report.FindingFields.text;
import static levee.report.FindingFields.time;
import static levee.report.FindingFields.volume;

import java.util.List;
import java.util.Optional;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.Finding.State;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Example;
import levee.model.InfectedHost.Identity;
import levee.model.InfectedHost.Probability;
import levee.model.InfectedHost.ServerContact;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;
import tools.jackson.databind.JsonNode;

/** Reads infected hosts and what goes with them, as {@link AbuseContract} writes it. */
final class AbuseReader {
    private AbuseReader() {}

    /** @throws IllegalArgumentException if there is no such kind, or something is missing */
    static Abuse read(String kind, JsonNode finding) {
        return switch (kind) {
            case InfectedHost.KIND -> infectedHost(finding);
            case CommandServer.KIND -> commandServer(finding);
            case Botnet.KIND -> botnet(finding);
            case Scanner.KIND -> scanner(finding);
            case ExposedService.KIND -> exposedService(finding);
            case SpoofedTraffic.KIND -> spoofedTraffic(finding);
            default -> throw new IllegalArgumentException("there is no kind of finding '" + kind + "'");
        };
    }

    private static InfectedHost infectedHost(JsonNode infected) {
        return new InfectedHost(
                text(infected, "id"),
                state(infected),
                IpAddress.parse(text(infected, "host")),
                time(infected, "start"),
                time(infected, "end"),
                constant(InfectedHost.Level.class, infected, "level"),
                time(infected, "level_since"),
                measure(infected, "score"),
                probability(infected.path("probability")),
                list(infected.path("behaviours"), AbuseReader::behaviour),
                evidence(infected.path("against")),
                list(infected.path("command_servers"), AbuseReader::contact),
                list(infected.path("identities"), AbuseReader::identity),
                constant(Attack.Visibility.class, infected, "visibility"),
                group(infected));
    }

    private static Optional<Probability> probability(JsonNode probability) {
        return probability.isObject()
                ? Optional.of(new Probability(
                        number(probability, "value"),
                        number(probability, "low"),
                        number(probability, "high"),
                        probability.path("sample_size").asInt()))
                : Optional.empty();
    }

    private static Behaviour behaviour(JsonNode behaviour) {
        return new Behaviour(
                constant(BehaviourKind.class, behaviour, "name"),
                time(behaviour, "first_seen"),
                time(behaviour, "last_seen"),
                measure(behaviour, "weight"),
                evidence(behaviour.path("evidence")),
                list(
                        behaviour.path("examples"),
                        example -> new Example(
                                time(example, "time"),
                                example.path("source_port").asInt(),
                                endpoint(example.path("destination")))));
    }

    private static ServerContact contact(JsonNode contact) {
        return new ServerContact(endpoint(contact), name(contact), number(contact, "confidence"));
    }

    private static Identity identity(JsonNode identity) {
        return new Identity(
                time(identity, "from"),
                time(identity, "to"),
                text(identity, "hardware_address"),
                text(identity, "name"));
    }

    private static CommandServer commandServer(JsonNode server) {
        return new CommandServer(
                text(server, "id"),
                state(server),
                endpoint(server.path("server")),
                constant(CommandServer.Role.class, server, "role"),
                name(server),
                server.path("rank").asInt(),
                number(server, "confidence"),
                addresses(server.path("hosts")),
                time(server, "start"),
                time(server, "end"),
                evidence(server.path("evidence")));
    }

    private static Botnet botnet(JsonNode botnet) {
        return new Botnet(
                text(botnet, "id"),
                state(botnet),
                addresses(botnet.path("hosts")),
                list(botnet.path("servers"), AbuseReader::endpoint),
                list(botnet.path("behaviours"), name -> constant(BehaviourKind.class, name.asString())),
                number(botnet, "confidence"),
                time(botnet, "start"),
                time(botnet, "end"),
                evidence(botnet.path("evidence")));
    }

    private static Scanner scanner(JsonNode scanner) {
        return new Scanner(
                text(scanner, "id"),
                state(scanner),
                Prefix.parse(text(scanner, "source")),
                scanner.path("sources").asLong(),
                list(scanner.path("services"), JsonNode::asString),
                count(scanner.path("targets")),
                scanner.path("tries").asLong(),
                scanner.path("answered").asLong(),
                time(scanner, "start"),
                time(scanner, "end"),
                evidence(scanner.path("evidence")));
    }

    private static ExposedService exposedService(JsonNode exposed) {
        return new ExposedService(
                text(exposed, "id"),
                state(exposed),
                endpoint(exposed.path("endpoint")),
                text(exposed, "service"),
                count(exposed.path("clients")),
                volume(exposed.path("requests")),
                volume(exposed.path("answers")),
                number(exposed, "amplification"),
                time(exposed, "start"),
                time(exposed, "end"),
                evidence(exposed.path("evidence")),
                group(exposed));
    }

    private static SpoofedTraffic spoofedTraffic(JsonNode spoofed) {
        return new SpoofedTraffic(
                text(spoofed, "id"),
                state(spoofed),
                text(spoofed, "exporter"),
                spoofed.path("interface").asInt(),
                count(spoofed.path("sources")),
                list(spoofed.path("destinations"), FindingFields::talker),
                volume(spoofed.path("volume")),
                time(spoofed, "start"),
                time(spoofed, "end"),
                evidence(spoofed.path("evidence")));
    }

    private static State state(JsonNode finding) {
        return constant(State.class, finding, "state");
    }

    private static Endpoint endpoint(JsonNode endpoint) {
        return new Endpoint(
                IpAddress.parse(text(endpoint, "address")),
                endpoint.path("port").asInt(),
                text(endpoint, "transport"));
    }

    private static Optional<String> name(JsonNode object) {
        JsonNode name = object.path("name");
        return name.isString() ? Optional.of(name.asString()) : Optional.empty();
    }

    private static List<IpAddress> addresses(JsonNode array) {
        return list(array, address -> IpAddress.parse(address.asString()));
    }

    private static List<Evidence> evidence(JsonNode array) {
        return list(array, FindingFields::evidence);
    }
}
