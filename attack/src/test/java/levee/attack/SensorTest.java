package levee.attack;

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
import levee.model.Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same attacks and look-alikes as samples, as flow records, and as flow records of samples. */
@Execution(ExecutionMode.CONCURRENT)
class SensorTest {
    private static final KnownWrong KNOWN_WRONG_ATTACKS = KnownWrong.of(
            // Many SYN-ACKs of one pair of ports have the flags of an opened connection.
            "tcp-synack-reflection .* flows 1:1(00)?");

    private static final KnownWrong KNOWN_WRONG_PEACE = KnownWrong.of(
            // As with packets: only the answers are seen.
            "QUIC of 200 clients behind one address, only inbound, flows 1:1",
            "masscan over the network, only outbound, flows 1:1",
            "own host scans the Internet, only inbound, flows 1:1");

    private static final List<Sensor> SENSORS = List.of(
            Sensor.packets(100), Sensor.packets(1_000), Sensor.flows(1), Sensor.flows(100), Sensor.flows(1_000));

    record Flood(AttackVector vector, View view, Reply reply, Sensor sensor) {
        @Override
        public String toString() {
            return vector + (view == View.INBOUND ? " one-way " : " two-way ") + reply + " " + describe(sensor);
        }
    }

    private static String describe(Sensor sensor) {
        return (sensor.flows() ? "flows" : "packets") + " 1:" + sensor.rate();
    }

    static Stream<Flood> floods() {
        List<Flood> floods = new ArrayList<>();
        for (AttackVector vector : List.of(
                AttackVector.DNS_REFLECTION,
                AttackVector.NTP_REFLECTION,
                AttackVector.MEMCACHED_REFLECTION,
                AttackVector.CLDAP_REFLECTION,
                AttackVector.SSDP_REFLECTION,
                AttackVector.TCP_SYN_FLOOD,
                AttackVector.TCP_ACK_FLOOD,
                AttackVector.TCP_RST_FLOOD,
                AttackVector.TCP_SYNACK_REFLECTION,
                AttackVector.UDP_FLOOD,
                AttackVector.DNS_QUERY_FLOOD,
                AttackVector.ICMP_FLOOD,
                AttackVector.UDP_FRAGMENT_FLOOD,
                AttackVector.GRE_FLOOD)) {
            for (Sensor sensor : SENSORS) {
                floods.add(new Flood(vector, View.INBOUND, Reply.NOTHING, sensor));
                floods.add(new Flood(vector, View.BOTH_WAYS, Reply.NOTHING, sensor));
                floods.add(new Flood(vector, View.BOTH_WAYS, Reply.REFUSES, sensor));
            }
        }
        return floods.stream();
    }

    /** 10,000 packets a second for 20 s. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("floods")
    void isFoundAsWhatItIs(Flood flood) {
        Traffic traffic = new Traffic(flood.toString().hashCode());
        AddressFamily family = AddressFamily.IPV4;
        IpAddress victim = family.own(0x0a07);
        new Conversations(traffic, family).background(victim, 0, 26);
        new Conversations(traffic, family).background(family.own(0x0a08), 0, 26);
        Shape shape = Shape.moderate()
                .lasting(20, 200_000)
                .from(flood.vector().isReflection() ? 500 : 0)
                .with(Choice.FIXED, Choice.FIXED)
                .answered(flood.reply());
        new Floods(traffic, family).add(flood.vector(), victim, shape);

        List<Attack> attacks =
                Detection.analyse(traffic.seen(flood.view()), flood.sensor()).attacks();

        KNOWN_WRONG_ATTACKS.check(flood.toString(), complaints(attacks, victim, flood));
    }

    private static List<String> complaints(List<Attack> attacks, IpAddress victim, Flood flood) {
        if (attacks.size() != 1) {
            return List.of(attacks.size() + " attacks: "
                    + attacks.stream().map(Truth::describe).toList());
        }
        Attack attack = attacks.get(0);
        List<String> complaints = new ArrayList<>();
        boolean right = attack.target().equals(Prefix.host(victim))
                && attack.vectors().size() == 1
                && attack.vectors().get(0).vector() == flood.vector();
        double tolerance = flood.sensor().rate() == 1 ? 0.1 : 0.25;
        if (!right
                || Math.abs(attack.total().packets() - 200_000) > tolerance * 200_000
                || Math.abs(attack.peak().packetsPerSecond() - 10_000) > 2.5 * tolerance * 10_000) {
            complaints.add(Truth.describe(attack));
        }
        boolean isSampled = flood.sensor().rate() > 1;
        if (attack.sampling().rate() != flood.sensor().rate()
                || isSampled && attack.sources().distinct().exact()) {
            complaints.add("sampling " + attack.sampling());
        }
        return complaints;
    }

    record Innocent(LookAlikeTest.Case lookAlike, Sensor sensor) {
        @Override
        public String toString() {
            return lookAlike + ", " + describe(sensor);
        }
    }

    static Stream<Innocent> innocents() {
        return LookAlikeTest.cases()
                .filter(c -> c.family() == AddressFamily.IPV4)
                .flatMap(c -> SENSORS.stream().map(s -> new Innocent(c, s)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("innocents")
    void isNoAttack(Innocent innocent) {
        LookAlikeTest.Case lookAlike = innocent.lookAlike();
        Traffic traffic = new Traffic(lookAlike.toString().hashCode());
        Conversations talk = new Conversations(traffic, lookAlike.family());
        talk.background(lookAlike.family().own(0x0a08), 0, 5);
        lookAlike.recipe().add(traffic, talk, lookAlike.family());

        KNOWN_WRONG_PEACE.check(
                innocent.toString(),
                Truth.complaintsAboutPeace(Detection.analyse(traffic.seen(lookAlike.view()), innocent.sensor())
                        .attacks()));
    }
}
