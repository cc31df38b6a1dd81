package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import levee.attack.Floods.Choice;
import levee.attack.Floods.Reply;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.AttackVector.Family;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each vector alone, among the victim's ordinary conversations. */
@Execution(ExecutionMode.CONCURRENT)
class VectorTest {

    /** Rows that come out wrong; each goes from here when the detector gets it right. */
    private static final KnownWrong KNOWN_WRONG = KnownWrong.of(
            // The victim's own look-ups, of which only the answers are seen, widen the attack's time.
            "(dns|ntp)-reflection ipv. .* one-way .*",
            // Hints of QUIC and BitTorrent confirm nothing.
            "(quic|dht)-reflection ipv. booter .*");

    /** How fast and how long. */
    enum Pace {
        MODERATE,
        BURST,
        BOOTER
    }

    /** One attack of the matrix. */
    record Case(
            AttackVector vector,
            AddressFamily family,
            Pace pace,
            View view,
            Reply reply,
            Choice ports,
            Choice lengths) {

        @Override
        public String toString() {
            return String.format(
                            Locale.ROOT,
                            "%s %s %s %s %s ports-%s lengths-%s",
                            vector,
                            family,
                            pace,
                            view == View.INBOUND ? "one-way" : "two-way",
                            reply,
                            ports,
                            lengths)
                    .toLowerCase(Locale.ROOT);
        }

        private Shape shape() {
            Shape shape = pace == Pace.BOOTER ? Shape.booter() : Shape.moderate();
            return (pace == Pace.BURST ? shape.lasting(0.025, shape.packets()) : shape)
                    .with(ports, lengths)
                    .answered(reply);
        }
    }

    static Stream<Case> someOfEach() {
        // Thirteen is prime to the number of choices, so that each vector meets each of them.
        List<Case> all = everything().toList();
        return Stream.iterate(0, i -> i < all.size(), i -> i + 13).map(all::get);
    }

    static Stream<Case> everything() {
        List<Case> cases = new ArrayList<>();
        for (AttackVector vector : AttackVector.values()) {
            for (AddressFamily family : AddressFamily.values()) {
                if (vector == AttackVector.ICMP_FLOOD && family == AddressFamily.IPV6
                        || vector == AttackVector.ICMPV6_FLOOD && family == AddressFamily.IPV4) {
                    continue;
                }
                for (Pace pace : Pace.values()) {
                    if (pace == Pace.BOOTER && !isConfirmed(vector)) {
                        continue;
                    }
                    for (Choice ports : Choice.values()) {
                        for (Choice lengths : Choice.values()) {
                            if (!depends(vector) && (ports == Choice.RANDOM || lengths == Choice.RANDOM)) {
                                continue;
                            }
                            cases.add(new Case(vector, family, pace, View.INBOUND, Reply.NOTHING, ports, lengths));
                            for (Reply reply : Reply.values()) {
                                if (reply != Reply.ACCEPTS || vector == AttackVector.TCP_SYN_FLOOD) {
                                    cases.add(new Case(vector, family, pace, View.BOTH_WAYS, reply, ports, lengths));
                                }
                            }
                        }
                    }
                }
            }
        }
        return cases.stream();
    }

    /** Whether the vector has ports and lengths to choose. */
    private static boolean depends(AttackVector vector) {
        return vector != AttackVector.TCP_CONNECTION_FLOOD && vector.family() != Family.OTHER_FLOOD;
    }

    /** Whether a payload hint tells that the packets are answers of the service. */
    private static boolean isConfirmed(AttackVector vector) {
        return vector.family() == Family.UDP_REFLECTION && Floods.answerHint(vector) != 0;
    }

    @ParameterizedTest
    @MethodSource("someOfEach")
    void isFoundAsWhatItIs(Case attack) {
        check(attack);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("everything")
    void isFoundInEveryShape(Case attack) {
        check(attack);
    }

    private static void check(Case attack) {
        Traffic traffic = new Traffic(attack.toString().hashCode());
        IpAddress victim = attack.family().own(0x0a07);
        Shape shape = attack.shape();
        double seconds = shape.seconds() + 6;
        new Conversations(traffic, attack.family()).background(victim, 0, seconds);
        new Conversations(traffic, attack.family()).background(attack.family().own(0x0a08), 0, seconds);
        new Floods(traffic, attack.family()).add(attack.vector(), victim, shape);
        List<Packet> seen = traffic.seen(attack.view());
        List<Attack> attacks = Detection.analyse(seen).attacks();
        KNOWN_WRONG.check(attack.toString(), Truth.complaints(seen, attacks, Prefix.host(victim)));
    }

    /** Every case of the matrix is another one. */
    @Test
    void casesAreDistinct() {
        assertThat(everything().map(Case::toString)).doesNotHaveDuplicates();
    }
}
