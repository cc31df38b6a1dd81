package levee.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.model.Attack;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.Finding;
import levee.model.Finding.State;
import levee.model.Group;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/** Infected hosts and what goes with them, to be told of. */
final class AbuseSamples {
    static final Instant START = Instant.parse("2026-05-11T08:00:00Z");
    static final Endpoint SERVER = new Endpoint(IpAddress.parse("192.0.2.66"), 6667, "tcp");

    private AbuseSamples() {}

    /** A camera that scans for more of its kind and asks for orders. */
    static InfectedHost notified() {
        return new InfectedHost(
                "infected-host-1",
                State.OPEN,
                IpAddress.parse("10.0.0.23"),
                START,
                START.plusSeconds(7_200),
                Level.NOTIFY,
                START.plusSeconds(900),
                42.5,
                Optional.of(new InfectedHost.Probability(0.97, 0.9, 0.99, 120)),
                List.of(
                        new Behaviour(
                                BehaviourKind.SCANNING,
                                START,
                                START.plusSeconds(3_600),
                                25,
                                List.of(new Evidence("it tried 4,096 hosts on tcp/23", 4096, 100, "distinct hosts")),
                                List.of(new InfectedHost.Example(
                                        START.plusSeconds(3),
                                        51_234,
                                        new Endpoint(IpAddress.parse("198.51.100.7"), 23, "tcp")))),
                        new Behaviour(
                                BehaviourKind.BEACONING,
                                START.plusSeconds(600),
                                START.plusSeconds(7_200),
                                17.5,
                                List.of(new Evidence("it asks 192.0.2.66 every 60 s", 60, 5, "regularity")),
                                List.of(new InfectedHost.Example(START.plusSeconds(600), 40_001, SERVER)))),
                List.of(new Evidence("it also visits 12 well-known services", 12, 5, "popular services")),
                List.of(new InfectedHost.ServerContact(SERVER, Optional.of("cc.example"), 0.9)),
                List.of(new InfectedHost.Identity(
                        START.minusSeconds(3_600), START.plusSeconds(7_200), "00:11:22:33:44:55", "ipcam")),
                Attack.Visibility.TWO_WAY,
                Optional.of(new Group("homes", List.of(), Optional.of("Example Net"), List.of("noc@example.net"))));
    }

    static InfectedHost suspected(int number) {
        return new InfectedHost(
                "infected-host-s" + number,
                State.ENDED,
                IpAddress.ofIpv4(0x0a000100 + number),
                START,
                START.plusSeconds(60),
                Level.SUSPECTED,
                START.plusSeconds(30),
                12,
                Optional.empty(),
                List.of(new Behaviour(
                        BehaviourKind.DGA,
                        START,
                        START.plusSeconds(60),
                        12,
                        List.of(new Evidence("40 names that do not exist", 40, 10, "name model")),
                        List.of())),
                List.of(),
                List.of(),
                List.of(),
                Attack.Visibility.SAMPLED,
                Optional.empty());
    }

    static CommandServer server(int bots) {
        return new CommandServer(
                "command-server-1",
                State.OPEN,
                SERVER,
                CommandServer.Role.COMMAND,
                Optional.of("cc.example"),
                1,
                0.9,
                IntStream.range(0, bots)
                        .mapToObj(i -> IpAddress.ofIpv4(0x0a000017 + i))
                        .toList(),
                START,
                START.plusSeconds(7_200),
                List.of(new Evidence("hosts that scan talk to it", bots, 2, "common contacts")));
    }

    static Botnet botnet() {
        return new Botnet(
                "botnet-1",
                State.OPEN,
                List.of(IpAddress.parse("10.0.0.23"), IpAddress.parse("10.0.0.24")),
                List.of(SERVER),
                List.of(BehaviourKind.SCANNING),
                0.8,
                START,
                START.plusSeconds(7_200),
                List.of(new Evidence("they talk to the same server", 2, 2, "common contacts")));
    }

    static ExposedService exposed() {
        return new ExposedService(
                "exposed-service-1",
                State.OPEN,
                new Endpoint(IpAddress.parse("10.0.0.80"), 11211, "udp"),
                "memcached",
                new Attack.Count(12, true),
                new Attack.Volume(100, 6_000),
                new Attack.Volume(9_000, 12_000_000),
                2_000,
                START,
                START.plusSeconds(600),
                List.of(new Evidence("it answers strangers", 12, 3, "answered clients")),
                Optional.empty());
    }

    static SpoofedTraffic spoofed() {
        return new SpoofedTraffic(
                "spoofed-traffic-1",
                State.OPEN,
                "10.255.0.1",
                7,
                new Attack.Count(4_000, false),
                List.of(new Attack.Talker(Prefix.parse("203.0.113.0/24"), 9_000, 540_000)),
                new Attack.Volume(10_000, 600_000),
                START,
                START.plusSeconds(600),
                List.of(new Evidence("sources that are not the network's own", 4_000, 10, "foreign sources")));
    }

    static Scanner scanner(int number) {
        return new Scanner(
                "scanner-" + number,
                State.OPEN,
                new Prefix(IpAddress.ofIpv4(0xc6336400 + number), 32),
                1,
                List.of("23/tcp", "2323/tcp"),
                new Attack.Count(200 + number, true),
                1_000 + number,
                3,
                START,
                START.plusSeconds(600),
                List.of(new Evidence("it tried 200 hosts", 200, 50, "distinct hosts")));
    }

    /** One of each kind, and many scanners. */
    static List<Finding> all() {
        return Stream.concat(
                        Stream.of(suspected(1), notified(), server(3), botnet(), exposed(), spoofed()),
                        IntStream.range(0, 30).mapToObj(AbuseSamples::scanner))
                .map(Finding.class::cast)
                .toList();
    }
}
