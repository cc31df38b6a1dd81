package levee.attack;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import levee.attack.Traffic.View;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.PayloadHint;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Traffic that looks like an attack and is none. */
@Execution(ExecutionMode.CONCURRENT)
class LookAlikeTest {

    /** Rows that are called attacks; each goes from here when the detector knows better. */
    private static final KnownWrong KNOWN_WRONG = KnownWrong.of(
            // Only the answers are seen, and QUIC from many servers looks like a reflection.
            "QUIC of 200 clients behind one address.*, only inbound",
            // Answers to a scan, of which only one direction is seen.
            "masscan over the network.*, only outbound",
            "own host scans the Internet.*, only inbound");

    private static final List<View> EVERY_VIEW = List.of(View.BOTH_WAYS, View.INBOUND, View.OUTBOUND);
    private static final List<View> BOTH_WAYS = List.of(View.BOTH_WAYS);
    private static final byte NONE = PayloadHint.NONE;
    private static final int MULTICAST_LISTENERS = 0xefc0_0001;

    /** What innocent traffic is made of. */
    @FunctionalInterface
    interface Recipe {
        void add(Traffic traffic, Conversations talk, AddressFamily family);
    }

    record Case(String name, AddressFamily family, View view, Recipe recipe) {
        @Override
        public String toString() {
            return name
                    + (family == AddressFamily.IPV6 ? ", IPv6" : "")
                    + switch (view) {
                        case BOTH_WAYS -> ", two-way";
                        case INBOUND -> ", only inbound";
                        case OUTBOUND -> ", only outbound";
                    };
        }
    }

    private final List<Case> cases = new ArrayList<>();

    private void row(String name, List<View> views, Recipe recipe) {
        for (AddressFamily family : AddressFamily.values()) {
            for (View view : views) {
                cases.add(new Case(name, family, view, recipe));
            }
        }
    }

    static Stream<Case> cases() {
        LookAlikeTest all = new LookAlikeTest();
        all.web();
        all.names();
        all.time();
        all.transfers();
        all.media();
        all.peers();
        all.tunnels();
        all.scans();
        all.localNetwork();
        all.background();
        return all.cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNoAttack(Case innocent) {
        Traffic traffic = new Traffic(innocent.toString().hashCode());
        Conversations talk = new Conversations(traffic, innocent.family());
        talk.background(innocent.family().own(0x0a08), 0, 5);
        innocent.recipe().add(traffic, talk, innocent.family());
        KNOWN_WRONG.check(
                innocent.toString(),
                Truth.complaintsAboutPeace(
                        Detection.analyse(traffic.seen(innocent.view())).attacks()));
    }

    private void web() {
        row("flash crowd of 2,000 connections a second", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] visitors = family.internet(traffic.random, 8_000);
            Endpoint server = new Endpoint(family.own(1), 443);
            traffic.spread(
                    0,
                    6,
                    12_000,
                    (second, i) -> talk.web(
                            new Endpoint(traffic.oneOf(visitors), traffic.ephemeralPort()), server, second, 6));
        });
        row("5,000 connections through one address", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] servers = family.internet(traffic.random, 600);
            traffic.spread(
                    0,
                    10,
                    5_000,
                    (second, i) -> talk.web(
                            new Endpoint(family.own(1), 10_000 + i),
                            new Endpoint(traffic.oneOf(servers), 443),
                            second,
                            8));
        });
        row("500 clients surfing", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] servers = family.internet(traffic.random, 300);
            traffic.spread(
                    0,
                    10,
                    5_000,
                    (second, i) -> talk.web(
                            new Endpoint(family.own(0x0b00 + traffic.random.nextInt(500)), traffic.ephemeralPort()),
                            new Endpoint(traffic.oneOf(servers), 443),
                            second,
                            8));
        });
        row("QUIC server with 2,000 visitors", EVERY_VIEW, (traffic, talk, family) -> {
            Endpoint server = new Endpoint(family.own(1), 443);
            traffic.spread(
                    0,
                    6,
                    2_000,
                    (second, i) -> quic(
                            traffic,
                            new Endpoint(family.internet(traffic.random), traffic.ephemeralPort()),
                            server,
                            second,
                            20));
        });
        row(
                "QUIC download",
                EVERY_VIEW,
                (traffic, talk, family) -> quic(
                        traffic,
                        new Endpoint(family.own(1), 50_000),
                        new Endpoint(family.internet(traffic.random), 443),
                        0,
                        30_000));
        row("QUIC of 200 clients behind one address", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] servers = family.internet(traffic.random, 150);
            traffic.spread(
                    0,
                    10,
                    1_000,
                    (second, i) -> quic(
                            traffic,
                            new Endpoint(family.own(1), 10_000 + i),
                            new Endpoint(traffic.oneOf(servers), 443),
                            second,
                            40));
        });
        row("mail server", EVERY_VIEW, (traffic, talk, family) -> {
            traffic.spread(
                    0,
                    30,
                    900,
                    (second, i) -> talk.web(
                            new Endpoint(family.internet(traffic.random), traffic.ephemeralPort()),
                            new Endpoint(family.own(1), 25),
                            second,
                            5));
            traffic.spread(
                    0,
                    30,
                    600,
                    (second, i) -> talk.web(
                            new Endpoint(family.own(1), traffic.ephemeralPort()),
                            new Endpoint(family.internet(traffic.random), 25),
                            second,
                            5));
        });
        for (boolean answered : new boolean[] {true, false}) {
            row(
                    "30 clients retry a service that is " + (answered ? "refused" : "dead"),
                    EVERY_VIEW,
                    (traffic, talk, family) -> {
                        IpAddress[] clients = family.internet(traffic.random, 30);
                        traffic.spread(
                                0,
                                30,
                                3_000,
                                (second, i) -> talk.refused(
                                        new Endpoint(clients[i % clients.length], traffic.ephemeralPort()),
                                        new Endpoint(family.own(1), 8_443),
                                        second,
                                        answered));
                    });
        }
    }

    /** A QUIC connection; the client acknowledges every fourth packet. */
    private static void quic(Traffic traffic, Endpoint client, Endpoint server, double second, int packets) {
        traffic.add(second, Packet.udp(client, server, 1_228, PayloadHint.QUIC_LONG_HEADER));
        traffic.add(second + 0.01, Packet.udp(server, client, 1_228, PayloadHint.QUIC_LONG_HEADER));
        traffic.add(second + 0.02, Packet.udp(client, server, 120, PayloadHint.QUIC_LONG_HEADER));
        for (int i = 0; i < packets; i++) {
            double time = second + 0.03 + i * 0.0003;
            traffic.add(time, Packet.udp(server, client, 1_278, NONE));
            if (i % 4 == 0) {
                traffic.add(time + 0.01, Packet.udp(client, server, traffic.between(60, 80), NONE));
            }
        }
    }

    private void names() {
        row("resolver that asks 5,000 times a second", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] servers = family.internet(traffic.random, 500);
            traffic.spread(0, 6, 30_000, (second, i) -> talk.resolve(family.own(1), traffic.oneOf(servers), second));
        });
        row("resolver of a small office", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] servers = family.internet(traffic.random, 100);
            traffic.spread(0, 60, 3_000, (second, i) -> talk.resolve(family.own(1), traffic.oneOf(servers), second));
        });
        row("resolver that two forwarders serve", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] forwarders = family.internet(traffic.random, 2);
            traffic.spread(0, 6, 12_000, (second, i) -> talk.resolve(family.own(1), traffic.oneOf(forwarders), second));
        });
        row("authoritative server with 5,000 queries a second", BOTH_WAYS, (traffic, talk, family) -> {
            IpAddress[] resolvers = family.internet(traffic.random, 3_000);
            traffic.spread(0, 6, 30_000, (second, i) -> talk.resolve(traffic.oneOf(resolvers), family.own(1), second));
        });
        row("authoritative server that a few impossible hosts ask, too", BOTH_WAYS, (traffic, talk, family) -> {
            IpAddress[] resolvers = family.internet(traffic.random, 3_000);
            traffic.spread(0, 6, 30_000, (second, i) -> {
                IpAddress stray = IpAddress.ofIpv4(0xe000_0000 + i);
                boolean impossible = family == AddressFamily.IPV4 && i % 50 == 0;
                talk.resolve(impossible ? stray : traffic.oneOf(resolvers), family.own(1), second);
            });
        });
        row("authoritative server with 300 queries a second", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] resolvers = family.internet(traffic.random, 500);
            traffic.spread(0, 20, 6_000, (second, i) -> talk.resolve(traffic.oneOf(resolvers), family.own(1), second));
        });
    }

    private void time() {
        row("time server with 10,000 clients", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] clients = family.internet(traffic.random, 10_000);
            traffic.spread(0, 64, 10_000, (second, i) -> talk.askTime(clients[i], family.own(1), second));
        });
        row("time server with 1,000 requests a second", BOTH_WAYS, (traffic, talk, family) -> {
            IpAddress[] clients = family.internet(traffic.random, 10_000);
            traffic.spread(0, 10, 10_000, (second, i) -> talk.askTime(clients[i], family.own(1), second));
        });
        row("client of four time servers", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] servers = family.internet(traffic.random, 4);
            traffic.spread(
                    0,
                    60,
                    240,
                    (second, i) -> talk.exchange(
                            new Endpoint(family.own(1), 123),
                            new Endpoint(servers[i % 4], 123),
                            second,
                            76,
                            PayloadHint.NTP_REQUEST,
                            76,
                            PayloadHint.NTP_RESPONSE));
        });
        row("network of 250 clients of the pool", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] servers = family.internet(traffic.random, 40);
            traffic.spread(
                    0,
                    60,
                    3_000,
                    (second, i) -> talk.askTime(family.own(0x0a01 + i % 250), traffic.oneOf(servers), second));
        });
    }

    private void transfers() {
        row("speed test over eight connections", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress server = family.internet(traffic.random);
            for (int i = 0; i < 8; i++) {
                talk.download(new Endpoint(family.own(1), 50_000 + i), new Endpoint(server, 8_080), 0, 5, 5_000);
            }
        });
        row("iperf over UDP, 80,000 packets a second", EVERY_VIEW, (traffic, talk, family) -> {
            Endpoint client = new Endpoint(family.internet(traffic.random), 51_000);
            Endpoint server = new Endpoint(family.own(1), 5_201);
            traffic.spread(0, 3, 240_000, (second, i) -> traffic.add(second, Packet.udp(client, server, 1_476, NONE)));
            traffic.add(3.1, Packet.udp(server, client, 1_476, NONE));
        });
        row(
                "large download",
                EVERY_VIEW,
                (traffic, talk, family) -> talk.download(
                        new Endpoint(family.own(1), 50_000),
                        new Endpoint(family.internet(traffic.random), 443),
                        0,
                        10,
                        10_000));
        row("large download that began before", EVERY_VIEW, (traffic, talk, family) -> {
            Endpoint client = new Endpoint(family.own(1), 50_000);
            Endpoint server = new Endpoint(family.internet(traffic.random), 443);
            traffic.spread(0, 10, 60_000, (second, i) -> {
                talk.send(second, server, client, ACK, 1_500);
                if (i % 2 == 0) {
                    talk.send(second + 0.001, client, server, ACK, 52);
                }
            });
        });
        row("400 connections that began before", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] clients = family.internet(traffic.random, 400);
            traffic.spread(0, 10, 60_000, (second, i) -> {
                int client = traffic.random.nextInt(400);
                Endpoint visitor = new Endpoint(clients[client], 40_000 + client);
                talk.send(second, visitor, new Endpoint(family.own(1), 443), i % 3 == 0 ? PSH | ACK : ACK, 52);
                talk.send(second + 0.01, new Endpoint(family.own(1), 443), visitor, ACK, 1_500);
            });
        });
        row(
                "backup",
                EVERY_VIEW,
                (traffic, talk, family) -> talk.download(
                        new Endpoint(family.internet(traffic.random), 45_000),
                        new Endpoint(family.own(1), 873),
                        0,
                        10,
                        6_000));
    }

    private void media() {
        row(
                "video call",
                EVERY_VIEW,
                (traffic, talk, family) -> talk.stream(
                        new Endpoint(family.internet(traffic.random), 3_478),
                        new Endpoint(family.own(1), 50_444),
                        0,
                        30,
                        300,
                        200,
                        1_100));
        row("conference server with 300 participants", EVERY_VIEW, (traffic, talk, family) -> {
            for (int i = 0; i < 300; i++) {
                talk.stream(
                        new Endpoint(family.internet(traffic.random), traffic.ephemeralPort()),
                        new Endpoint(family.own(1), 10_000),
                        0,
                        4,
                        50,
                        100,
                        1_100);
            }
        });
        row("television by multicast", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress group = family == AddressFamily.IPV4
                    ? IpAddress.ofIpv4(MULTICAST_LISTENERS)
                    : IpAddress.parse("ff3e::8000:1");
            Endpoint sender = new Endpoint(family.own(2), 5_004);
            traffic.spread(
                    0,
                    10,
                    20_000,
                    (second, i) -> traffic.add(second, Packet.udp(sender, new Endpoint(group, 5_004), 1_356, NONE)));
        });
        row("telephone trunk", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress provider = family.internet(traffic.random);
            traffic.spread(
                    0,
                    20,
                    1_000,
                    (second, i) -> talk.exchange(
                            new Endpoint(family.own(1), 5_060),
                            new Endpoint(provider, 5_060),
                            second,
                            600,
                            NONE,
                            500,
                            PayloadHint.SIP_RESPONSE));
            for (int call = 0; call < 60; call++) {
                talk.stream(
                        new Endpoint(provider, 20_000 + 2 * call),
                        new Endpoint(family.own(1), 30_000 + 2 * call),
                        0,
                        10,
                        50,
                        50,
                        200);
            }
        });
        row("gateway that carries 200 video calls", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress provider = family.internet(traffic.random);
            for (int call = 0; call < 200; call++) {
                talk.stream(
                        new Endpoint(provider, 20_000 + 2 * call),
                        new Endpoint(family.own(1), 30_000 + 2 * call),
                        0,
                        2,
                        50,
                        50,
                        1_100);
            }
        });
        row("exporter of flows whose collector is down", EVERY_VIEW, (traffic, talk, family) -> {
            Endpoint exporter = new Endpoint(family.internet(traffic.random), 50_000);
            traffic.spread(0, 5, 15_000, (second, i) -> {
                Packet export = Packet.udp(exporter, new Endpoint(family.own(1), 2_055), 1_428, NONE);
                traffic.add(second, export);
                if (i % 100 == 0) {
                    traffic.add(second + 0.0005, Packet.unreachable(export));
                }
            });
        });
        row("game server with 200 players", EVERY_VIEW, (traffic, talk, family) -> {
            for (int i = 0; i < 200; i++) {
                talk.stream(
                        new Endpoint(family.internet(traffic.random), traffic.ephemeralPort()),
                        new Endpoint(family.own(1), 27_015),
                        0,
                        5,
                        64,
                        64,
                        200);
            }
        });
    }

    private void peers() {
        row("BitTorrent peer", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] peers = family.internet(traffic.random, 2_000);
            Endpoint own = new Endpoint(family.own(1), 6_881);
            traffic.spread(0, 60, 6_000, (second, i) -> {
                int port = i % 3 == 0 ? 6_881 : traffic.between(1_024, 65_535);
                Endpoint peer = new Endpoint(traffic.oneOf(peers), port);
                byte hint = PayloadHint.BITTORRENT_DHT;
                traffic.add(second, Packet.udp(peer, own, traffic.between(90, 350), hint));
                if (i % 2 == 0) {
                    traffic.add(second + 0.02, Packet.udp(own, peer, traffic.between(90, 350), hint));
                }
            });
            traffic.spread(0, 60, 3_000, (second, i) -> {
                Endpoint asking = new Endpoint(family.own(1), traffic.ephemeralPort());
                talk.refused(asking, new Endpoint(traffic.oneOf(peers), 51_413), second, i % 2 == 0);
            });
        });
        row("peer whose port is closed since", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] peers = family.internet(traffic.random, 2_000);
            traffic.spread(0, 60, 3_000, (second, i) -> {
                Packet query = Packet.udp(
                        new Endpoint(traffic.oneOf(peers), traffic.between(1_024, 65_535)),
                        new Endpoint(family.own(1), 6_881),
                        traffic.between(90, 140),
                        PayloadHint.BITTORRENT_DHT);
                traffic.add(second, query);
                traffic.add(second + 0.001, Packet.unreachable(query));
            });
        });
    }

    private void tunnels() {
        int[] protocols = {50, Protocols.GRE, Protocols.IPIP};
        for (int protocol : protocols) {
            row(
                    "tunnel of protocol " + protocol,
                    EVERY_VIEW,
                    (traffic, talk, family) ->
                            talk.tunnel(family.own(1), family.internet(traffic.random), protocol, 5, 4_000, 6_000));
            row("20 tunnels of protocol " + protocol, EVERY_VIEW, (traffic, talk, family) -> {
                for (int i = 0; i < 20; i++) {
                    talk.tunnel(family.own(1), family.internet(traffic.random), protocol, 5, 200, 300);
                }
            });
        }
        for (int port : new int[] {4_500, 51_820, 1_194}) {
            row(
                    "VPN on port " + port,
                    EVERY_VIEW,
                    (traffic, talk, family) -> talk.stream(
                            new Endpoint(family.internet(traffic.random), port),
                            new Endpoint(family.own(1), port),
                            0,
                            5,
                            6_000,
                            3_000,
                            1_400));
            row("VPN server on port " + port + " with 50 users", EVERY_VIEW, (traffic, talk, family) -> {
                for (int i = 0; i < 50; i++) {
                    talk.stream(
                            new Endpoint(family.internet(traffic.random), traffic.between(1_024, 65_535)),
                            new Endpoint(family.own(1), port),
                            0,
                            5,
                            60,
                            100,
                            1_400);
                }
            });
        }
    }

    private void scans() {
        row("scan of 65,000 ports", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress scanner = family.internet(traffic.random);
            traffic.spread(0, 10, 65_000, (second, i) -> {
                Packet probe = Packet.tcp(
                        new Endpoint(scanner, traffic.ephemeralPort()), new Endpoint(family.own(1), i + 1), SYN, 44);
                traffic.add(second, probe);
                traffic.add(second + 0.0002, Packet.answer(probe, RST | ACK));
            });
        });
        row("UDP scan of 10,000 ports", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress scanner = family.internet(traffic.random);
            traffic.spread(
                    0,
                    10,
                    10_000,
                    (second, i) -> traffic.add(
                            second,
                            Packet.udp(
                                    new Endpoint(scanner, 50_000),
                                    new Endpoint(family.own(1), i + 1),
                                    28,
                                    PayloadHint.EMPTY)));
        });
        row("masscan over the network", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress scanner = family.internet(traffic.random);
            traffic.spread(0, 6, 65_536, (second, i) -> {
                Packet probe = Packet.tcp(
                        new Endpoint(scanner, 61_000), new Endpoint(family.own(i * 40_503 & 0xffff), 23), SYN, 40);
                traffic.add(second, probe);
                if (i % 50 == 0) {
                    traffic.add(second + 0.01, Packet.answer(probe, RST | ACK));
                }
            });
        });
        row("botnet of 300 scans the network", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] bots = family.internet(traffic.random, 300);
            traffic.spread(
                    0,
                    20,
                    40_000,
                    (second, i) -> talk.send(
                            second,
                            new Endpoint(traffic.oneOf(bots), traffic.ephemeralPort()),
                            new Endpoint(family.own(traffic.random.nextInt(65_536)), 23),
                            SYN,
                            40));
        });
        row(
                "own host scans the Internet",
                EVERY_VIEW,
                (traffic, talk, family) -> traffic.spread(0, 10, 30_000, (second, i) -> {
                    Packet probe = Packet.tcp(
                            new Endpoint(family.own(1), traffic.ephemeralPort()),
                            new Endpoint(family.internet(traffic.random), 23),
                            SYN,
                            40);
                    traffic.add(second, probe);
                    if (i % 10 == 0) {
                        traffic.add(second + 0.1, Packet.answer(probe, i % 30 == 0 ? SYN | ACK : RST | ACK));
                    }
                }));
        row(
                "background radiation on dark hosts",
                EVERY_VIEW,
                (traffic, talk, family) -> traffic.spread(
                        0,
                        120,
                        2_400,
                        (second, i) -> talk.radiation(family.own(0x0c00 + traffic.random.nextInt(256)), second)));
        row(
                "background radiation on the whole network",
                EVERY_VIEW,
                (traffic, talk, family) -> traffic.spread(
                        0,
                        30,
                        60_000,
                        (second, i) -> talk.radiation(family.own(traffic.random.nextInt(65_536)), second)));
        row("backscatter of another's SYN flood", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] victims = family.internet(traffic.random, 5);
            traffic.spread(
                    0,
                    10,
                    20_000,
                    (second, i) -> talk.send(
                            second,
                            new Endpoint(traffic.oneOf(victims), 80),
                            new Endpoint(family.own(traffic.random.nextInt(65_536)), traffic.between(1_024, 65_535)),
                            SYN | ACK,
                            44));
        });
        row("backscatter of RST and ICMP", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] victims = family.internet(traffic.random, 5);
            traffic.spread(0, 10, 20_000, (second, i) -> {
                Endpoint own = new Endpoint(family.own(traffic.random.nextInt(65_536)), traffic.between(1_024, 65_535));
                Packet forged = Packet.udp(own, new Endpoint(traffic.oneOf(victims), 80), 60, NONE);
                traffic.add(second, i % 2 == 0 ? Packet.tcp(forged.to(), own, RST, 40) : Packet.unreachable(forged));
            });
        });
    }

    private void localNetwork() {
        row("discovery among 60 devices", BOTH_WAYS, (traffic, talk, family) -> {
            IpAddress group =
                    family == AddressFamily.IPV4 ? IpAddress.parse("239.255.255.250") : IpAddress.parse("ff02::c");
            IpAddress names =
                    family == AddressFamily.IPV4 ? IpAddress.parse("224.0.0.251") : IpAddress.parse("ff02::fb");
            traffic.spread(0, 60, 200, (second, i) -> {
                Endpoint seeker = new Endpoint(local(family, 1 + i % 60), 50_000 + i % 3);
                traffic.add(second, Packet.udp(seeker, new Endpoint(group, 1_900), 200, PayloadHint.SSDP_REQUEST));
                for (int device = 1; device <= 60; device++) {
                    traffic.add(
                            second + traffic.random.nextDouble(),
                            Packet.udp(
                                    new Endpoint(local(family, device), 1_900),
                                    seeker,
                                    320,
                                    PayloadHint.SSDP_RESPONSE));
                    traffic.add(
                            second + traffic.random.nextDouble(),
                            Packet.udp(
                                    new Endpoint(local(family, device), 5_353),
                                    new Endpoint(names, 5_353),
                                    220,
                                    PayloadHint.DNS_RESPONSE));
                }
            });
        });
        row("DHCP of 250 hosts", BOTH_WAYS, (traffic, talk, family) -> {
            boolean ipv4 = family == AddressFamily.IPV4;
            IpAddress everyone = IpAddress.parse(ipv4 ? "255.255.255.255" : "ff02::1:2");
            traffic.spread(0, 30, 500, (second, i) -> {
                IpAddress asking = ipv4 ? IpAddress.parse("0.0.0.0") : local(family, 2 + i % 250);
                traffic.add(
                        second,
                        Packet.udp(
                                new Endpoint(asking, ipv4 ? 68 : 546),
                                new Endpoint(everyone, ipv4 ? 67 : 547),
                                328,
                                NONE));
                traffic.add(
                        second + 0.01,
                        Packet.udp(
                                new Endpoint(local(family, 1), ipv4 ? 67 : 547),
                                new Endpoint(ipv4 ? everyone : asking, ipv4 ? 68 : 546),
                                328,
                                NONE));
            });
        });
        row(
                "monitoring pings 500 hosts",
                EVERY_VIEW,
                (traffic, talk, family) -> traffic.spread(
                        0, 10, 5_000, (second, i) -> talk.ping(family.own(1), family.own(0x0b00 + i % 500), second)));
        row("monitoring from outside pings 500 hosts", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress monitor = family.internet(traffic.random);
            traffic.spread(0, 10, 5_000, (second, i) -> talk.ping(monitor, family.own(0x0b00 + i % 500), second));
        });
        row("monitoring pings 500 hosts outside", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] hosts = family.internet(traffic.random, 500);
            traffic.spread(0, 10, 5_000, (second, i) -> talk.ping(family.own(1), hosts[i % 500], second));
        });
        // Of the answers alone nobody can tell that they were asked for.
        row("monitoring by SNMP of 300 devices", List.of(View.BOTH_WAYS, View.OUTBOUND), (traffic, talk, family) -> {
            IpAddress[] devices = family.internet(traffic.random, 300);
            Endpoint manager = new Endpoint(family.own(1), 50_161);
            traffic.spread(
                    0,
                    30,
                    9_000,
                    (second, i) -> talk.exchange(
                            manager,
                            new Endpoint(devices[i % 300], 161),
                            second,
                            90,
                            PayloadHint.SNMP_REQUEST,
                            traffic.between(90, 1_200),
                            PayloadHint.SNMP_RESPONSE));
        });
        row("traceroutes", EVERY_VIEW, (traffic, talk, family) -> {
            IpAddress[] routers = family.internet(traffic.random, 200);
            traffic.spread(0, 30, 3_000, (second, i) -> {
                Packet probe = Packet.udp(
                        new Endpoint(family.own(1), traffic.ephemeralPort()),
                        new Endpoint(traffic.oneOf(routers), 33_434 + i % 60),
                        60,
                        NONE);
                traffic.add(second, probe);
                Packet expired = Packet.unreachable(probe);
                traffic.add(
                        second + 0.03,
                        new Packet(
                                0,
                                new Endpoint(
                                        traffic.oneOf(routers), expired.from().port()),
                                new Endpoint(family.own(1), family == AddressFamily.IPV4 ? 11 * 256 : 3 * 256),
                                expired.protocol(),
                                0,
                                expired.length(),
                                0,
                                expired.hint(),
                                1,
                                null));
            });
        });
    }

    private static IpAddress local(AddressFamily family, int index) {
        return family == AddressFamily.IPV4
                ? IpAddress.ofIpv4(0xc0a8_0100 + index)
                : new IpAddress(0xfe80_0000_0000_0000L, 0x0200_5eff_fe00_0000L + index);
    }

    private void background() {
        row("ordinary hour of 20 servers", EVERY_VIEW, (traffic, talk, family) -> {
            for (int host = 0; host < 20; host++) {
                talk.background(family.own(0x0a10 + host), 0, 60);
            }
        });
    }
}
