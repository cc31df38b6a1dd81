package levee.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import levee.model.Attack.Volume;
import levee.model.HostTraffic;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;
import levee.model.Talkers.Exchange;
import levee.model.Talkers.Missed;
import levee.model.Talkers.Rate;
import levee.server.Operation.Request;
import tools.jackson.core.JsonGenerator;

/** Who sends and receives how much. */
final class TalkerOperations {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final LiveSystem system;

    TalkerOperations(LiveSystem system) {
        this.system = system;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.TALKERS, this::talkers),
                Operation.get(Paths.HOST, this::host).alsoForCustomers());
    }

    private void talkers(Request request) throws IOException {
        Talkers talkers = system.talkers();
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("since", talkers.since().toString());
            json.writeStringProperty("until", talkers.until().toString());
            Json.number(json, "covered_seconds", seconds(talkers.covered()));
            json.writeBooleanProperty("networks_configured", talkers.networksConfigured());
            json.writeBooleanProperty("estimated", talkers.estimated());
            rate(json, "foreign", talkers.foreign());
            json.writeArrayPropertyStart("hosts");
            talkers.hosts().forEach(host -> {
                json.writeStartObject();
                json.writeStringProperty("address", host.address().toString());
                exchange(json, host.traffic().all());
                protocols(json, host.traffic());
                json.writeNumberProperty("peers", host.peers());
                missed(json, host.missed());
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeArrayPropertyStart("networks");
            talkers.networks().forEach(network -> {
                json.writeStartObject();
                json.writeStringProperty("network", network.prefix().toString());
                exchange(json, network.traffic());
                missed(json, network.missed());
                json.writeEndObject();
            });
            json.writeEndArray();
            services(json, talkers.services());
            json.writeArrayPropertyStart("areas");
            talkers.areas().forEach(area -> {
                json.writeStartObject();
                json.writeStringProperty("name", area.name());
                json.writeStringProperty("kind", Constants.label(area.kind()));
                exchange(json, area.traffic());
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private void host(Request request) throws IOException {
        IpAddress address = address(request.context().pathParam("address"));
        request.caller().mustSee(Prefix.host(address));
        HostTraffic host = system.host(address)
                .orElseThrow(() -> new Problem(
                                404,
                                "unknown-address",
                                "Nothing is known of this address",
                                address + " is no address of the own networks, and no flow of it is archived.",
                                "Own networks are in the settings, of which GET " + Paths.SETTINGS
                                        + " tells; with 'archive' there flows are kept.")
                        .exception());
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("address", host.address().toString());
            host.live().ifPresentOrElse(live -> live(json, live), () -> json.writeNullProperty("live"));
            host.archived().ifPresentOrElse(kept -> archived(json, kept), () -> json.writeNullProperty("archived"));
            json.writeEndObject();
        }));
    }

    private static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(
                            "'" + Texts.printable(text, 64) + "' is no address.",
                            "Write one of IPv4 or IPv6, such as 192.0.2.7 or 2001:db8::7.")
                    .exception();
        }
    }

    private static void live(JsonGenerator json, HostTraffic.Live live) {
        json.writeObjectPropertyStart("live");
        json.writeStringProperty("since", live.since().toString());
        json.writeStringProperty("until", live.until().toString());
        Json.number(json, "covered_seconds", seconds(live.covered()));
        exchange(json, live.traffic().all());
        protocols(json, live.traffic());
        json.writeNumberProperty("peers", live.peers());
        missed(json, live.missed());
        json.writeArrayPropertyStart("slices");
        live.slices().forEach(slice -> {
            json.writeStartObject();
            json.writeStringProperty("start", slice.start().toString());
            Json.number(json, "seconds", seconds(slice.length()));
            exchange(json, slice.traffic().all());
            protocols(json, slice.traffic());
            missed(json, slice.missed());
            json.writeEndObject();
        });
        json.writeEndArray();
        services(json, live.services());
        json.writeEndObject();
    }

    private static void archived(JsonGenerator json, HostTraffic.Archived kept) {
        json.writeObjectPropertyStart("archived");
        json.writeStringProperty("from", kept.from().toString());
        json.writeBooleanProperty("complete", kept.complete());
        json.writeNumberProperty("flows", kept.flows());
        json.writeArrayPropertyStart("peers");
        kept.peers().forEach(peer -> {
            json.writeStartObject();
            json.writeStringProperty("address", peer.address().toString());
            json.writeNumberProperty("flows", peer.flows());
            volume(json, "received", peer.received());
            volume(json, "sent", peer.sent());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeArrayPropertyStart("services");
        kept.services().forEach(service -> {
            json.writeStartObject();
            service(json, service.name(), service.protocol(), service.port(), service.side());
            json.writeNumberProperty("flows", service.flows());
            volume(json, "received", service.received());
            volume(json, "sent", service.sent());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }

    private static void services(JsonGenerator json, List<Talkers.Service> services) {
        json.writeArrayPropertyStart("services");
        services.forEach(service -> {
            json.writeStartObject();
            service(json, service.name(), service.protocol(), service.port(), service.side());
            exchange(json, service.traffic());
            missed(json, service.missed());
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private static void service(JsonGenerator json, String name, int protocol, int port, Talkers.Side side) {
        json.writeStringProperty("service", name);
        json.writeNumberProperty("protocol", protocol);
        json.writeNumberProperty("port", port);
        json.writeStringProperty("side", Constants.label(side));
    }

    private static void protocols(JsonGenerator json, Talkers.Protocols protocols) {
        json.writeObjectPropertyStart("protocols");
        protocol(json, "tcp", protocols.tcp());
        protocol(json, "udp", protocols.udp());
        protocol(json, "icmp", protocols.icmp());
        protocol(json, "other", protocols.other());
        json.writeEndObject();
    }

    private static void protocol(JsonGenerator json, String name, Exchange traffic) {
        json.writeObjectPropertyStart(name);
        exchange(json, traffic);
        json.writeEndObject();
    }

    private static void exchange(JsonGenerator json, Exchange traffic) {
        rate(json, "received", traffic.received());
        rate(json, "sent", traffic.sent());
    }

    private static void rate(JsonGenerator json, String name, Rate rate) {
        json.writeObjectPropertyStart(name);
        Json.number(json, "packets_per_second", rounded(rate.packetsPerSecond()));
        Json.number(json, "bits_per_second", rounded(rate.bitsPerSecond()));
        json.writeEndObject();
    }

    private static void missed(JsonGenerator json, Missed missed) {
        json.writeBooleanProperty("exact", missed.isNothing());
        json.writeObjectPropertyStart("error");
        Json.number(json, "missing_packets_per_second", rounded(missed.packetsPerSecond()));
        Json.number(json, "missing_bits_per_second", rounded(missed.bitsPerSecond()));
        Json.number(json, "packets_deviation", rounded(missed.packetsDeviation()));
        Json.number(json, "bits_deviation", rounded(missed.bitsDeviation()));
        json.writeEndObject();
    }

    private static void volume(JsonGenerator json, String name, Volume volume) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("packets", volume.packets());
        json.writeNumberProperty("bytes", volume.bytes());
        json.writeEndObject();
    }

    /** To a hundredth: a packet within a minute is seen. */
    private static double rounded(double rate) {
        return Math.round(rate * 100) / 100.0;
    }
}
