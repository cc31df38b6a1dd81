package levee.attack;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.CWR;
import static levee.telemetry.TcpFlags.ECE;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;
import static levee.telemetry.TcpFlags.URG;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import levee.attack.Floods.Choice;
import levee.attack.Floods.Reply;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.Fragment;
import levee.telemetry.PayloadHint;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks as they are seen in public captures: mixed, spread, pulsing, from few sources. */
@Execution(ExecutionMode.CONCURRENT)
class VariantTest {

    /** Rows that come out wrong; each goes from here when the detector gets it right. */
    private static final KnownWrong KNOWN_WRONG = KnownWrong.of(
            // One-way: the answers to the victim's own look-ups widen the attack's time.
            "(dns|ntp)-reflection at the victim's port (443|53), one-way",
            "NTP .*, one-way",
            "(memcached, NTP and CLDAP|ten reflections|DNS reflection .*)(, IPv6)?, one-way",
            "(slow ramp of NTP reflection|vectors one after the other|two targets at once)(, IPv6)?, one-way",
            // Few sources: the first fragments may have taken another path.
            "later fragments from three hosts.*",
            // What is answered does not count; of IPv6 no address is impossible.
            "forged DNS queries, answered 1.0, IPv6, two-way",
            // A flood counts from when some thirty connections a second wait.
            "slow ramp of SYNs from 20 a second.*",
            // A tenth of a SYN a second is what each host of the Internet gets from scanners.
            "tcp-syn-flood over 198.18.0.0/16 of 198.18.0.0/16.*");

    private static final String FEW_REFLECTORS = "memcached from two servers";
    private static final int VICTIM = 0x0a07;
    private static final byte NONE = PayloadHint.NONE;

    /** What an attack is made of. */
    @FunctionalInterface
    interface Recipe {
        void add(Traffic traffic, Floods floods, IpAddress victim);
    }

    record Case(
            String name,
            AddressFamily family,
            View view,
            double seconds,
            OwnNetworks networks,
            List<Prefix> targets,
            Recipe recipe) {
        @Override
        public String toString() {
            return name
                    + (family == AddressFamily.IPV6 ? ", IPv6" : "")
                    + (view == View.INBOUND ? ", one-way" : ", two-way");
        }
    }

    private final List<Case> cases = new ArrayList<>();

    /** In both address families and both views. */
    private void onHost(String name, double seconds, Recipe recipe) {
        for (AddressFamily family : AddressFamily.values()) {
            onHost(family, name, seconds, recipe);
        }
    }

    private void onHost(AddressFamily family, String name, double seconds, Recipe recipe) {
        for (View view : List.of(View.INBOUND, View.BOTH_WAYS)) {
            cases.add(new Case(
                    name,
                    family,
                    view,
                    seconds,
                    AddressFamily.ownNetworks(),
                    List.of(Prefix.host(family.own(VICTIM))),
                    recipe));
        }
    }

    private void onNetwork(
            AddressFamily family, String name, double seconds, OwnNetworks networks, Prefix target, Recipe recipe) {
        for (View view : List.of(View.INBOUND, View.BOTH_WAYS)) {
            cases.add(new Case(name, family, view, seconds, networks, List.of(target), recipe));
        }
    }

    static Stream<Case> cases() {
        VariantTest all = new VariantTest();
        all.tcp();
        all.reflections();
        all.datagrams();
        all.others();
        all.overTime();
        all.overPrefixes();
        return all.cases.stream().filter(c -> !isUndecidable(c));
    }

    /**
     * One-way, the one is the same as a measurement of throughput, which is none: the refusals tell them apart. The other
     * is the same as two servers that were asked.
     */
    private static boolean isUndecidable(Case attack) {
        return attack.view() == View.INBOUND
                && (attack.name().equals("one connection's flood from one host")
                        || attack.name().equals(FEW_REFLECTORS));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFoundAsWhatItIs(Case attack) {
        Traffic traffic = new Traffic(attack.toString().hashCode());
        IpAddress victim = attack.family().own(VICTIM);
        Conversations innocent = new Conversations(traffic, attack.family());
        for (int neighbour = 0; neighbour < 3; neighbour++) {
            innocent.background(attack.family().own(VICTIM + neighbour), 0, attack.seconds());
        }
        attack.recipe().add(traffic, new Floods(traffic, attack.family()), victim);
        List<Packet> seen = traffic.seen(attack.view());
        List<Attack> attacks = Detection.analyse(seen, attack.networks()).attacks();
        KNOWN_WRONG.check(
                attack.toString(),
                Truth.complaints(seen, attacks, attack.targets().toArray(Prefix[]::new)));
    }

    private void tcp() {
        onHost(
                "SYN+ECE+CWR flood",
                7,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().from(0),
                        (second, source) -> floods.send(
                                second,
                                AttackVector.TCP_SYN_FLOOD,
                                Packet.tcp(
                                        new Endpoint(source, traffic.ephemeralPort()),
                                        new Endpoint(victim, 443),
                                        SYN | ECE | CWR,
                                        40),
                                Reply.ACCEPTS)));
        onHost("SYN and SYN-ACK mixed", 7, (traffic, floods, victim) -> {
            Shape half = Shape.moderate().lasting(1, 1_500).answered(Reply.REFUSES);
            floods.add(AttackVector.TCP_SYN_FLOOD, new Endpoint(victim, 443), half.from(0));
            floods.add(AttackVector.TCP_SYNACK_REFLECTION, new Endpoint(victim, 443), half.from(200));
        });
        onHost(
                "SYN flood from one host",
                7,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.TCP_SYN_FLOOD,
                        new Endpoint(victim, 25_565),
                        Shape.moderate().from(1)));
        onHost(
                "forged SYN flood on a dead port",
                7,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.TCP_SYN_FLOOD,
                        new Endpoint(victim, 25_565),
                        Shape.moderate().from(0).answered(Reply.REFUSES)));
        flags("null flood", AttackVector.TCP_FLAG_FLOOD, 0);
        flags("XMAS flood", AttackVector.TCP_FLAG_FLOOD, FIN | PSH | URG);
        flags("all flags", AttackVector.TCP_FLAG_FLOOD, 0xff);
        flags("SYN-FIN flood", AttackVector.TCP_FLAG_FLOOD, SYN | FIN);
        flags("URG flood", AttackVector.TCP_FLAG_FLOOD, URG);
        flags("forged ACK flood", AttackVector.TCP_ACK_FLOOD, ACK);
        flags("forged PSH-ACK flood", AttackVector.TCP_ACK_FLOOD, PSH | ACK);
        flags("forged RST flood", AttackVector.TCP_RST_FLOOD, RST);
        flags("forged RST-ACK flood", AttackVector.TCP_RST_FLOOD, RST | ACK);
        flags("forged FIN flood", AttackVector.TCP_FIN_FLOOD, FIN);
        flags("forged FIN-ACK flood", AttackVector.TCP_FIN_FLOOD, FIN | ACK);
        onHost(
                "connection flood from 200 bots",
                16,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.TCP_CONNECTION_FLOOD,
                        victim,
                        Shape.moderate().from(200).lasting(10, 12_000)));
    }

    private void flags(String name, AttackVector vector, int flags) {
        onHost(
                name,
                11,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().from(0).lasting(5, 15_000),
                        (second, source) -> floods.send(
                                second,
                                vector,
                                Packet.tcp(
                                        new Endpoint(source, traffic.between(1_024, 65_535)),
                                        new Endpoint(victim, 443),
                                        flags,
                                        40),
                                Reply.REFUSES)));
    }

    private void reflections() {
        for (AttackVector vector : AttackVector.values()) {
            if (vector.family() == AttackVector.Family.UDP_REFLECTION) {
                onHost(
                        AddressFamily.IPV4,
                        vector + " at the victim's port 443",
                        7,
                        (traffic, floods, victim) -> floods.add(vector, new Endpoint(victim, 443), Shape.moderate()));
                onHost(
                        AddressFamily.IPV4,
                        vector + " at the victim's port 53",
                        7,
                        (traffic, floods, victim) -> floods.add(vector, new Endpoint(victim, 53), Shape.moderate()));
            }
        }
        onHost("NTP monlist", 7, (traffic, floods, victim) -> ntp(traffic, floods, victim, 468));
        onHost("NTP mode 6", 7, (traffic, floods, victim) -> ntp(traffic, floods, victim, 0));
        for (int port : new int[] {80, 443, 22}) {
            onHost(
                    "SYN-ACK reflection from port " + port,
                    7,
                    (traffic, floods, victim) -> floods.each(
                            Shape.moderate(),
                            (second, source) -> floods.send(
                                    second,
                                    AttackVector.TCP_SYNACK_REFLECTION,
                                    Packet.tcp(
                                            new Endpoint(source, port),
                                            new Endpoint(victim, traffic.between(1_024, 65_535)),
                                            SYN | ACK,
                                            44),
                                    Reply.REFUSES)));
        }
        onHost("memcached, NTP and CLDAP", 9, (traffic, floods, victim) -> {
            mixed(floods, victim, AttackVector.MEMCACHED_REFLECTION, 40, 3_000);
            mixed(floods, victim, AttackVector.NTP_REFLECTION, 300, 6_000);
            mixed(floods, victim, AttackVector.CLDAP_REFLECTION, 200, 3_000);
        });
        onHost("ten reflections", 16, (traffic, floods, victim) -> {
            mixed(floods, victim, AttackVector.DNS_REFLECTION, 300, 3_000);
            mixed(floods, victim, AttackVector.NTP_REFLECTION, 300, 2_000);
            mixed(floods, victim, AttackVector.SSDP_REFLECTION, 300, 1_500);
            mixed(floods, victim, AttackVector.SNMP_REFLECTION, 200, 1_000);
            mixed(floods, victim, AttackVector.CLDAP_REFLECTION, 200, 800);
            mixed(floods, victim, AttackVector.CHARGEN_REFLECTION, 100, 500);
            mixed(floods, victim, AttackVector.MEMCACHED_REFLECTION, 20, 400);
            mixed(floods, victim, AttackVector.WSD_REFLECTION, 100, 300);
            mixed(floods, victim, AttackVector.COAP_REFLECTION, 100, 300);
            mixed(floods, victim, AttackVector.ARD_REFLECTION, 100, 200);
        });
        onHost(
                FEW_REFLECTORS,
                9,
                (traffic, floods, victim) -> mixed(floods, victim, AttackVector.MEMCACHED_REFLECTION, 2, 3_000));
        onHost("BACnet and DHDiscover", 9, (traffic, floods, victim) -> {
            mixed(floods, victim, AttackVector.BACNET_REFLECTION, 200, 1_000);
            mixed(floods, victim, AttackVector.DHDISCOVER_REFLECTION, 300, 2_000);
        });
        onHost(
                "DNS reflection with fragments",
                9,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().lasting(3, 3_000),
                        (second, source) -> answerInFragments(traffic, second, source, victim)));
        onHost("DNS reflection and UDP flood", 9, (traffic, floods, victim) -> {
            mixed(floods, victim, AttackVector.DNS_REFLECTION, 300, 3_000);
            floods.add(
                    AttackVector.UDP_FLOOD,
                    victim,
                    Shape.moderate().lasting(3, 3_000).from(0));
        });
    }

    private static void mixed(Floods floods, IpAddress victim, AttackVector vector, int sources, int packets) {
        floods.add(
                vector,
                new Endpoint(victim, 80),
                Shape.moderate().from(sources).lasting(3, packets).with(Choice.FIXED, Choice.RANDOM));
    }

    private static void ntp(Traffic traffic, Floods floods, IpAddress victim, int length) {
        floods.each(
                Shape.moderate().from(60),
                (second, source) -> floods.send(
                        second,
                        AttackVector.NTP_REFLECTION,
                        Packet.udp(
                                new Endpoint(source, 123),
                                new Endpoint(victim, 80),
                                length == 0 ? traffic.between(200, 500) : length,
                                PayloadHint.NTP_CONTROL_RESPONSE),
                        Reply.REFUSES));
    }

    private static void answerInFragments(Traffic traffic, double second, IpAddress source, IpAddress victim) {
        Packet first =
                Packet.udp(new Endpoint(source, 53), new Endpoint(victim, 4_444), 1_500, PayloadHint.DNS_RESPONSE);
        traffic.attack(second, AttackVector.DNS_REFLECTION, first.withFragment(Fragment.FRAGMENT));
        Packet later = first.withFragment(Fragment.FRAGMENT | Fragment.CONTINUES | Fragment.JOINED);
        traffic.attack(second + 0.0001, AttackVector.DNS_REFLECTION, later);
    }

    private void datagrams() {
        onHost(
                "forged empty datagrams",
                9,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().from(0).lasting(3, 9_000),
                        (second, source) -> floods.send(
                                second,
                                AttackVector.UDP_FLOOD,
                                Packet.udp(
                                        new Endpoint(source, traffic.between(1, 65_535)),
                                        new Endpoint(victim, traffic.between(1, 65_535)),
                                        28,
                                        PayloadHint.EMPTY),
                                Reply.REFUSES)));
        for (int sources : new int[] {1, 50}) {
            onHost(
                    "datagrams of one length to random ports from " + sources,
                    9,
                    (traffic, floods, victim) -> floods.add(
                            AttackVector.UDP_FLOOD,
                            victim,
                            Shape.moderate()
                                    .from(sources)
                                    .lasting(3, 24_000)
                                    .with(Choice.RANDOM, Choice.FIXED)
                                    .answered(Reply.REFUSES)));
        }
        onHost(
                "one connection's flood from one host",
                9,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().from(1).lasting(3, 60_000),
                        (second, source) -> floods.send(
                                second,
                                AttackVector.UDP_FLOOD,
                                Packet.udp(new Endpoint(source, 40_000), new Endpoint(victim, 9_987), 1_400, NONE),
                                Reply.REFUSES)));
        onHost(
                "QUIC flood",
                7,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.QUIC_FLOOD, victim, Shape.moderate().from(0)));
        for (double answered : new double[] {0, 0.3, 1}) {
            onHost(
                    "forged DNS queries, answered " + answered,
                    9,
                    (traffic, floods, victim) ->
                            floods.each(Shape.moderate().from(0).lasting(3, 15_000), (second, source) -> {
                                Packet query = Packet.udp(
                                        new Endpoint(source, traffic.between(1_024, 65_535)),
                                        new Endpoint(victim, 53),
                                        traffic.between(60, 80),
                                        PayloadHint.DNS_QUERY);
                                traffic.attack(second, AttackVector.DNS_QUERY_FLOOD, query);
                                if (traffic.random.nextDouble() < answered) {
                                    traffic.add(
                                            second + 0.01,
                                            Packet.udp(query.to(), query.from(), 130, PayloadHint.DNS_RESPONSE));
                                }
                            }));
        }
        onHost(
                "fragments with their first ones",
                9,
                (traffic, floods, victim) ->
                        floods.each(Shape.moderate().from(300).lasting(3, 3_000), (second, source) -> {
                            Packet first = Packet.udp(
                                    new Endpoint(source, traffic.between(1_024, 65_535)),
                                    new Endpoint(victim, traffic.between(1_024, 65_535)),
                                    1_500,
                                    NONE);
                            AttackVector vector = AttackVector.UDP_FLOOD;
                            traffic.attack(second, vector, first.withFragment(Fragment.FRAGMENT));
                            traffic.attack(
                                    second + 0.0001,
                                    vector,
                                    first.withFragment(Fragment.FRAGMENT | Fragment.CONTINUES | Fragment.JOINED));
                        }));
        onHost(
                "later fragments only",
                9,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.UDP_FRAGMENT_FLOOD,
                        victim,
                        Shape.moderate().lasting(3, 9_000)));
        onHost(
                "later fragments from three hosts",
                9,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.UDP_FRAGMENT_FLOOD,
                        victim,
                        Shape.moderate().from(3).lasting(3, 24_000)));
    }

    private void others() {
        for (int sources : new int[] {1, 400}) {
            onHost(
                    "long pings from " + sources,
                    9,
                    (traffic, floods, victim) -> floods.each(
                            Shape.moderate().from(sources).lasting(3, 9_000),
                            (second, source) -> floods.send(
                                    second,
                                    source.isIpv4() ? AttackVector.ICMP_FLOOD : AttackVector.ICMPV6_FLOOD,
                                    Packet.icmp(source, victim, source.isIpv4() ? 8 : 128, 0, 1_428),
                                    Reply.REFUSES)));
        }
        onHost(
                "echo replies from 20 hosts",
                9,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().from(20).lasting(3, 9_000),
                        (second, source) -> floods.send(
                                second,
                                source.isIpv4() ? AttackVector.ICMP_FLOOD : AttackVector.ICMPV6_FLOOD,
                                Packet.icmp(source, victim, source.isIpv4() ? 0 : 129, 0, 1_428),
                                Reply.NOTHING)));
        onHost(
                "GRE from 300 bots",
                9,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.GRE_FLOOD,
                        victim,
                        Shape.moderate().from(300).lasting(3, 9_000)));
        onHost(
                "fragments of TCP",
                9,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.IP_FRAGMENT_FLOOD, victim, Shape.moderate().lasting(3, 9_000)));
        onHost(
                "random protocols",
                9,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().lasting(3, 9_000),
                        (second, source) -> floods.send(
                                second,
                                AttackVector.IP_PROTOCOL_FLOOD,
                                Packet.ip(source, victim, traffic.between(100, 250), 500),
                                Reply.NOTHING)));
        onHost(
                "unreachable errors nobody asked for",
                9,
                (traffic, floods, victim) -> floods.each(
                        Shape.moderate().lasting(3, 9_000),
                        (second, source) -> floods.send(
                                second,
                                source.isIpv4() ? AttackVector.ICMP_FLOOD : AttackVector.ICMPV6_FLOOD,
                                Packet.unreachable(Packet.udp(
                                        new Endpoint(victim, traffic.ephemeralPort()),
                                        new Endpoint(source, traffic.between(1, 65_535)),
                                        60,
                                        NONE)),
                                Reply.NOTHING)));
    }

    private void overTime() {
        onHost("pulses of 5 s every 35 s", 156, (traffic, floods, victim) -> {
            for (int pulse = 0; pulse < 5; pulse++) {
                floods.add(
                        AttackVector.UDP_FLOOD,
                        new Endpoint(victim, 80),
                        Shape.moderate().lasting(5, 10_000).beginning(3 + 35 * pulse));
            }
        });
        onHost("SYN pulses of 5 s every 35 s", 156, (traffic, floods, victim) -> {
            for (int pulse = 0; pulse < 5; pulse++) {
                floods.add(
                        AttackVector.TCP_SYN_FLOOD,
                        new Endpoint(victim, 80),
                        Shape.moderate().from(0).lasting(5, 10_000).beginning(3 + 35 * pulse));
            }
        });
        // Each ten seconds half as much again, up to 1,150 packets a second.
        onHost(
                "slow ramp of NTP reflection",
                116,
                (traffic, floods, victim) -> ramp(floods, victim, AttackVector.NTP_REFLECTION, 300, 20, 1.5));
        onHost(
                "slow ramp of SYNs from 20 a second",
                116,
                (traffic, floods, victim) -> ramp(floods, victim, AttackVector.TCP_SYN_FLOOD, 0, 20, 1.5));
        // Enough to be called an attack only after 80 seconds.
        onHost(
                "slow ramp of SYNs from 40 a second",
                116,
                (traffic, floods, victim) -> ramp(floods, victim, AttackVector.TCP_SYN_FLOOD, 0, 40, 1.25));
        onHost(
                "five minutes of UDP",
                306,
                (traffic, floods, victim) -> floods.add(
                        AttackVector.UDP_FLOOD,
                        new Endpoint(victim, 80),
                        Shape.moderate().from(0).lasting(300, 150_000)));
        onHost("vectors one after the other", 46, (traffic, floods, victim) -> {
            floods.add(
                    AttackVector.TCP_SYN_FLOOD,
                    new Endpoint(victim, 80),
                    Shape.moderate().from(0).lasting(10, 10_000));
            floods.add(
                    AttackVector.DNS_REFLECTION,
                    new Endpoint(victim, 80),
                    Shape.moderate().beginning(15).lasting(10, 10_000));
            floods.add(
                    AttackVector.TCP_ACK_FLOOD,
                    new Endpoint(victim, 80),
                    Shape.moderate().beginning(30).lasting(10, 10_000));
        });
    }

    private static void ramp(
            Floods floods, IpAddress victim, AttackVector vector, int sources, double firstRate, double growth) {
        double rate = firstRate;
        for (int step = 0; step < 11; step++) {
            floods.add(
                    vector,
                    new Endpoint(victim, 80),
                    Shape.moderate()
                            .from(sources)
                            .lasting(10, (int) (10 * rate))
                            .beginning(3 + 10 * step));
            rate *= growth;
        }
    }

    private void overPrefixes() {
        for (AddressFamily family : AddressFamily.values()) {
            for (View view : List.of(View.INBOUND, View.BOTH_WAYS)) {
                IpAddress other = family.own(VICTIM + 1);
                cases.add(new Case(
                        "two targets at once",
                        family,
                        view,
                        9,
                        AddressFamily.ownNetworks(),
                        List.of(Prefix.host(family.own(VICTIM)), Prefix.host(other)),
                        (traffic, floods, victim) -> {
                            floods.add(AttackVector.DNS_REFLECTION, victim, Shape.moderate());
                            floods.add(AttackVector.TCP_SYN_FLOOD, other, Shape.moderate());
                        }));
            }
        }
        onHost("one host of a busy network", 13, (traffic, floods, victim) -> {
            AddressFamily family = victim.isIpv4() ? AddressFamily.IPV4 : AddressFamily.IPV6;
            Conversations innocent = new Conversations(traffic, family);
            traffic.spread(
                    0,
                    12,
                    12 * 400,
                    (second, i) -> innocent.web(
                            new Endpoint(family.internet(traffic.random), traffic.ephemeralPort()),
                            new Endpoint(family.own(0x0a10 + traffic.random.nextInt(200)), 443),
                            second,
                            4));
            floods.add(
                    AttackVector.TCP_SYN_FLOOD, victim, Shape.moderate().from(0).lasting(6, 12_000));
            floods.add(AttackVector.UDP_FLOOD, victim, Shape.moderate().from(0).lasting(6, 6_000));
        });
        for (AttackVector vector : List.of(
                AttackVector.UDP_FLOOD,
                AttackVector.DNS_REFLECTION,
                AttackVector.NTP_REFLECTION,
                AttackVector.TCP_SYN_FLOOD,
                AttackVector.TCP_SYNACK_REFLECTION,
                AttackVector.TCP_ACK_FLOOD)) {
            carpet(AddressFamily.IPV4, vector, AddressFamily.IPV4.ownNetwork(), Prefix.parse("198.18.10.0/24"));
            carpet(AddressFamily.IPV4, vector, Prefix.parse("198.18.0.0/20"), Prefix.parse("198.18.0.0/20"));
            carpet(AddressFamily.IPV4, vector, AddressFamily.IPV4.ownNetwork(), AddressFamily.IPV4.ownNetwork());
            carpet(AddressFamily.IPV6, vector, AddressFamily.IPV6.ownNetwork(), AddressFamily.IPV6.ownNetwork());
        }
    }

    /** Each host gets less than would be noticed there. */
    private void carpet(AddressFamily family, AttackVector vector, Prefix own, Prefix target) {
        int hosts = 1 << Math.min(16, target.address().bits() - target.length());
        String name = vector + " over " + target + " of " + own;
        onNetwork(
                family,
                name,
                16,
                OwnNetworks.of(List.of(own)),
                target,
                (traffic, floods, victim) -> floods.each(Shape.moderate().lasting(10, 60_000), (second, source) -> {
                    IpAddress first = target.address();
                    IpAddress address = new IpAddress(first.high(), first.low() + traffic.random.nextInt(hosts));
                    Endpoint hit = new Endpoint(address, traffic.between(1_024, 65_535));
                    int length = vector.protocol() == Protocols.TCP ? 44 : 512;
                    floods.send(second, vector, floods.packet(vector, source, hit, length), Reply.NOTHING);
                }));
    }
}
