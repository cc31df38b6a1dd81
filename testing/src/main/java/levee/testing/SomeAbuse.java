package levee.testing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.model.Attack;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/** A finding of each kind but attacks, as a detector opens it. */
public final class SomeAbuse {
    private static final Endpoint SERVER = new Endpoint(IpAddress.parse("203.0.113.66"), 6667, "tcp");
    private static final List<Evidence> EVIDENCE = List.of(new Evidence("it was seen", 5, 3, "counting"));

    private final Instant start;

    /** @param start of all of them */
    public SomeAbuse(Instant start) {
        this.start = start;
    }

    public InfectedHost infected(String address, InfectedHost.Level level) {
        return new InfectedHost(
                "infected-host-" + address.hashCode() + start.getEpochSecond(),
                Finding.State.OPEN,
                IpAddress.parse(address),
                start,
                end(),
                level,
                start.plusSeconds(30),
                40,
                Optional.empty(),
                List.of(new InfectedHost.Behaviour(
                        BehaviourKind.SCANNING,
                        start,
                        end(),
                        40,
                        EVIDENCE,
                        List.of(new InfectedHost.Example(
                                start, 50_123, new Endpoint(IpAddress.parse("203.0.113.9"), 23, "tcp"))))),
                List.of(),
                List.of(new InfectedHost.ServerContact(SERVER, Optional.empty(), 0.9)),
                List.of(),
                Attack.Visibility.TWO_WAY,
                Optional.empty());
    }

    public CommandServer server(String... hosts) {
        return new CommandServer(
                "command-server-" + start.getEpochSecond(),
                Finding.State.OPEN,
                SERVER,
                CommandServer.Role.COMMAND,
                Optional.empty(),
                1,
                0.9,
                addresses(hosts),
                start,
                end(),
                EVIDENCE);
    }

    public Botnet botnet(String... hosts) {
        return new Botnet(
                "botnet-" + start.getEpochSecond(),
                Finding.State.OPEN,
                addresses(hosts),
                List.of(),
                List.of(BehaviourKind.SCANNING),
                0.8,
                start,
                end(),
                EVIDENCE);
    }

    public ExposedService exposed(String address, int port) {
        return new ExposedService(
                "exposed-service-" + (address + port).hashCode() + start.getEpochSecond(),
                Finding.State.OPEN,
                new Endpoint(IpAddress.parse(address), port, "udp"),
                "memcached",
                new Attack.Count(5, true),
                new Attack.Volume(10, 600),
                new Attack.Volume(900, 900_000),
                1_500,
                start,
                end(),
                EVIDENCE,
                Optional.empty());
    }

    public Scanner scanner(String source) {
        return new Scanner(
                "scanner-" + source.hashCode() + start.getEpochSecond(),
                Finding.State.OPEN,
                Prefix.parse(source),
                1,
                List.of("23/tcp"),
                new Attack.Count(200, true),
                300,
                1,
                start,
                end(),
                EVIDENCE);
    }

    public SpoofedTraffic spoofed() {
        return new SpoofedTraffic(
                "spoofed-traffic-" + start.getEpochSecond(),
                Finding.State.OPEN,
                "",
                0,
                new Attack.Count(900, true),
                List.of(),
                new Attack.Volume(900, 54_000),
                start,
                end(),
                EVIDENCE);
    }

    private Instant end() {
        return start.plusSeconds(60);
    }

    private static List<IpAddress> addresses(String... hosts) {
        return List.of(hosts).stream().map(IpAddress::parse).toList();
    }
}
