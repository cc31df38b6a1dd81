package levee.evaluation;

import static levee.evaluation.Samples.at;
import static levee.evaluation.Samples.attack;
import static levee.evaluation.Samples.evaluation;
import static levee.evaluation.Samples.found;
import static levee.evaluation.Samples.lookAlike;
import static levee.evaluation.Samples.noticed;
import static levee.evaluation.Samples.truth;
import static levee.evaluation.Samples.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import levee.evaluation.Evaluation.Attacks;
import levee.evaluation.Evaluation.ConfidenceScore;
import levee.evaluation.Evaluation.FalseAttack;
import levee.evaluation.Evaluation.FalseAttack.Reason;
import levee.evaluation.Evaluation.LookAlikeScore;
import levee.evaluation.Evaluation.MissedAttack;
import levee.evaluation.Evaluation.Packets;
import levee.evaluation.Evaluation.VectorScore;
import levee.model.Prefix;
import levee.model.Truth;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
    private static final String HOST = "192.0.2.1";

    @Test
    void nothingHappenedAndNothingWasFound() {
        Evaluation evaluation = evaluation(truth());

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(0, 0, 0, 0, 0));
        assertThat(evaluation.vectors()).isEmpty();
        assertThat(evaluation.startError()).isEmpty();
        assertThat(evaluation.endError()).isEmpty();
        assertThat(evaluation.packets()).isEqualTo(new Packets(0, 0, 0));
        assertThat(evaluation.hostHours()).isEqualTo(1_000);
        assertThat(evaluation.missed()).isEmpty();
        assertThat(evaluation.falseAttacks()).isEmpty();
        assertThat(evaluation.confidence())
                .hasSize(10)
                .allSatisfy(score -> assertThat(score.findings()).isZero());
    }

    @Test
    void delayIsThatOfVectorsThatAreRight() {
        Evaluation evaluation = evaluation(
                truth(
                        attack(HOST, 100, 200, 1_000, "dns-reflection", "udp-flood"),
                        attack("192.0.2.99", 300, 310, 1_000, "tcp-syn-flood")),
                noticed(found(HOST, 100.5, 199, 900, 0.97, "dns-reflection", "icmp-flood"), 101.5),
                found("192.0.2.99", 300, 310, 1_000, 0.97, "tcp-syn-flood"));

        assertThat(evaluation.noticeDelay()).contains(new TimeError(1.5, 1.5, 1.5));
    }

    @Test
    void attackIsFound() {
        Evaluation evaluation = evaluation(
                truth(attack(HOST, 100, 200, 1_000, "dns-reflection")),
                found(HOST, 100.5, 199, 900, 0.97, "dns-reflection"));

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(1, 1, 1, 0, 1));
        assertThat(evaluation.vectors()).containsExactly(new VectorScore(vector("dns-reflection"), 1, 1, 0, 0, 0));
        assertThat(evaluation.startError()).contains(new TimeError(0.5, 0.5, 0.5));
        assertThat(evaluation.endError()).contains(new TimeError(-1, 1, -1));
        assertThat(evaluation.packets()).isEqualTo(new Packets(1_000, 900, 900));
        assertThat(evaluation.falseAttacks()).isEmpty();
        assertThat(evaluation.confidence().getLast()).isEqualTo(new ConfidenceScore(0.9, 1, 1, 0.97, 1));
    }

    @Test
    void attackIsMissed() {
        Evaluation evaluation = evaluation(truth(attack(HOST, 100, 200, 1_000, "dns-reflection", "udp-flood")));

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(1, 0, 0, 0, 0));
        assertThat(evaluation.missed())
                .containsExactly(new MissedAttack(
                        "drill",
                        Prefix.parse(HOST),
                        at(100),
                        at(200),
                        List.of(vector("dns-reflection"), vector("udp-flood"))));
        assertThat(evaluation.vectors())
                .containsExactly(
                        new VectorScore(vector("dns-reflection"), 1, 0, 1, 0, 0),
                        new VectorScore(vector("udp-flood"), 1, 0, 1, 0, 0));
        assertThat(evaluation.packets()).isEqualTo(new Packets(1_000, 0, 0));
    }

    @Test
    void secondFindingOfAnAttackIsADuplicate() {
        FoundAttack whole = found(HOST, 100, 200, 800, 0.9, "udp-flood");
        FoundAttack tail = found(HOST, 190, 200, 100, 0.6, "udp-flood");

        Evaluation evaluation = evaluation(truth(attack(HOST, 100, 200, 1_000, "udp-flood")), tail, whole);

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(1, 1, 1, 0, 1));
        assertThat(evaluation.falseAttacks()).containsExactly(new FalseAttack("drill", tail, Reason.DUPLICATE));
        assertThat(evaluation.falseAttacks(Reason.DUPLICATE)).isOne();
        assertThat(evaluation.vectors()).containsExactly(new VectorScore(vector("udp-flood"), 1, 1, 0, 0, 1));
        assertThat(evaluation.packets()).isEqualTo(new Packets(1_000, 900, 800));
        assertThat(evaluation.startError()).contains(new TimeError(0, 0, 0));
    }

    /** Two findings that are the same in everything are still two. */
    @Test
    void sameFindingTwiceIsADuplicate() {
        FoundAttack finding = found(HOST, 100, 200, 1_000, 0.9, "udp-flood");

        Evaluation evaluation = evaluation(truth(attack(HOST, 100, 200, 1_000, "udp-flood")), finding, finding);

        assertThat(evaluation.attacks().found()).isOne();
        assertThat(evaluation.falseAttacks()).containsExactly(new FalseAttack("drill", finding, Reason.DUPLICATE));
    }

    @Test
    void hostOfAnAttackedPrefixIsPartlyRight() {
        Evaluation evaluation = evaluation(
                truth(attack("2001:db8::/48", 100, 200, 1_000, "icmpv6-flood")),
                found("2001:db8::9", 100, 200, 10, 0.9, "icmpv6-flood"));

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(1, 1, 0, 1, 1));
        assertThat(evaluation.confidence().getLast().right()).isZero();
    }

    @Test
    void prefixAroundTwoAttackedHostsFindsOne() {
        Evaluation evaluation = evaluation(
                truth(
                        attack("192.0.2.1", 100, 200, 1_000, "udp-flood"),
                        attack("192.0.2.2", 100, 200, 1_000, "udp-flood")),
                found("192.0.2.0/24", 100, 200, 2_000, 0.9, "udp-flood"));

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(2, 1, 0, 1, 1));
        assertThat(evaluation.missed()).hasSize(1);
        assertThat(evaluation.falseAttacks()).isEmpty();
    }

    @Test
    void veryTargetIsPreferredToWiderOne() {
        FoundAttack wide = found("192.0.2.0/24", 100, 200, 1_000, 0.9, "udp-flood");
        FoundAttack exact = found(HOST, 150, 200, 1_000, 0.9, "udp-flood");

        Evaluation evaluation = evaluation(truth(attack(HOST, 100, 200, 1_000, "udp-flood")), wide, exact);

        assertThat(evaluation.attacks().targetRight()).isOne();
        assertThat(evaluation.falseAttacks()).containsExactly(new FalseAttack("drill", wide, Reason.DUPLICATE));
    }

    @Test
    void neighbourIsNotTheTarget() {
        Evaluation evaluation = evaluation(
                truth(attack(HOST, 100, 200, 1_000, "udp-flood")),
                found("192.0.2.2", 100, 200, 1_000, 0.9, "udp-flood"));

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(1, 0, 0, 0, 0));
        assertThat(evaluation.falseAttacks(Reason.OTHER)).isOne();
    }

    @Test
    void vectorsAreComparedOneByOne() {
        Evaluation evaluation = evaluation(
                truth(attack(HOST, 100, 200, 900, "dns-reflection", "ntp-reflection", "udp-flood")),
                found(HOST, 100, 200, 900, 0.9, "udp-flood", "dns-reflection", "tcp-syn-flood"),
                found("192.0.2.99", 100, 200, 900, 0.9, "tcp-syn-flood", "gre-flood"));

        assertThat(evaluation.vectors())
                .containsExactlyInAnyOrder(
                        new VectorScore(vector("dns-reflection"), 1, 1, 0, 0, 0),
                        new VectorScore(vector("ntp-reflection"), 1, 0, 1, 0, 0),
                        new VectorScore(vector("udp-flood"), 1, 1, 0, 0, 0),
                        new VectorScore(vector("tcp-syn-flood"), 0, 0, 0, 1, 1),
                        new VectorScore(vector("gre-flood"), 0, 0, 0, 0, 1));
        assertThat(evaluation.attacks().mainVectorRight())
                .as("dns-reflection is the largest, udp-flood was said to be")
                .isZero();
        assertThat(evaluation.confidence().getLast().right()).isZero();
    }

    @Test
    void timesMayBeFiveSecondsApart() {
        Truth truth = truth(attack(HOST, 100, 200, 1_000, "udp-flood"));

        assertThat(foundIn(truth, 205, 300)).isOne();
        assertThat(foundIn(truth, 205.001, 300)).isZero();
        assertThat(foundIn(truth, 10, 95)).isOne();
        assertThat(foundIn(truth, 10, 94.999)).isZero();
    }

    private static int foundIn(Truth truth, double start, double end) {
        return evaluation(truth, found(HOST, start, end, 1_000, 0.9, "udp-flood"))
                .attacks()
                .found();
    }

    @Test
    void pulsesTwoMinutesApartAreOneAttack() {
        Truth pulses = truth(
                attack(HOST, 320, 400, 700, "udp-flood"),
                attack(HOST, 100, 200, 300, "dns-reflection"),
                attack("192.0.2.2", 110, 120, 1_000, "udp-flood"));
        Evaluation evaluation = evaluation(pulses, found(HOST, 100, 400, 1_000, 0.9, "udp-flood", "dns-reflection"));

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(2, 1, 1, 0, 1));
        assertThat(evaluation.startError()).contains(new TimeError(0, 0, 0));
        assertThat(evaluation.endError()).contains(new TimeError(0, 0, 0));
        assertThat(evaluation.packets()).isEqualTo(new Packets(2_000, 1_000, 1_000));
    }

    @Test
    void pulsesFurtherApartAreTwoAttacks() {
        Truth pulses = truth(attack(HOST, 100, 200, 300, "udp-flood"), attack(HOST, 320.001, 400, 700, "udp-flood"));
        Evaluation evaluation = evaluation(pulses, found(HOST, 100, 400, 1_000, 0.9, "udp-flood"));

        assertThat(evaluation.attacks().happened()).isEqualTo(2);
        assertThat(evaluation.missed())
                .as("the one that overlaps longest is found")
                .singleElement()
                .satisfies(missed -> assertThat(missed.start()).isEqualTo(at(320.001)));
    }

    /** The second finding overlaps both; were it given to the first attack, only one would be found. */
    @Test
    void eachAttackGetsItsOwnFinding() {
        Truth pulses = truth(attack(HOST, 100, 200, 10, "udp-flood"), attack(HOST, 1_000, 1_100, 10, "udp-flood"));
        Evaluation evaluation = evaluation(
                pulses, found(HOST, 100, 200, 10, 0.9, "udp-flood"), found(HOST, 150, 1_100, 10, 0.9, "udp-flood"));

        assertThat(evaluation.attacks()).isEqualTo(new Attacks(2, 2, 2, 0, 2));
        assertThat(evaluation.startError()).contains(new TimeError(-425, 850, -850));
    }

    @Test
    void packetsAreCappedBothWays() {
        Evaluation evaluation = evaluation(
                truth(attack("192.0.2.1", 100, 200, 100, "udp-flood"), attack("192.0.2.2", 100, 200, 100, "udp-flood")),
                found("192.0.2.1", 100, 200, 150, 0.9, "udp-flood"),
                found("192.0.2.2", 100, 200, 40, 0.9, "udp-flood"));

        assertThat(evaluation.packets()).isEqualTo(new Packets(200, 190, 140));
    }

    @Test
    void lookAlikesAreCountedByName() {
        Truth truth = truth(
                "busy day",
                List.of(),
                List.of(
                        lookAlike("flash-crowd", "192.0.2.80", 100, 200),
                        lookAlike("flash-crowd", "192.0.2.81", 100, 200),
                        lookAlike("backup", "192.0.2.82", 100, 200)));
        FoundAttack crowd = found("192.0.2.80", 110, 190, 10, 0.7, "tcp-syn-flood");
        FoundAttack later = found("192.0.2.81", 300, 400, 10, 0.7, "tcp-syn-flood");

        Evaluation evaluation = evaluation(truth, crowd, later);

        assertThat(evaluation.lookAlikes())
                .containsExactly(new LookAlikeScore("backup", 1, 0), new LookAlikeScore("flash-crowd", 2, 1));
        assertThat(evaluation.falseAttacks())
                .containsExactly(
                        new FalseAttack("busy day", crowd, Reason.LOOK_ALIKE),
                        new FalseAttack("busy day", later, Reason.OTHER));
    }

    @Test
    void confidenceIsCountedByTenths() {
        Truth truth = truth(
                attack("192.0.2.1", 100, 200, 10, "udp-flood"),
                attack("192.0.2.2", 100, 200, 10, "udp-flood"),
                attack("192.0.2.3", 100, 200, 10, "udp-flood"));
        Evaluation evaluation = evaluation(
                truth,
                found("192.0.2.1", 100, 200, 10, 1, "udp-flood"),
                found("192.0.2.2", 100, 200, 10, 0.9, "icmp-flood"),
                found("192.0.2.3", 100, 200, 10, 0.8999, "udp-flood"),
                found("192.0.2.4", 100, 200, 10, 0.8, "udp-flood"),
                found("192.0.2.5", 100, 200, 10, 0, "udp-flood"));

        assertThat(evaluation.confidence().get(9)).isEqualTo(new ConfidenceScore(0.9, 1, 2, 1.9, 1));
        ConfidenceScore eighth = evaluation.confidence().get(8);
        assertThat(eighth.findings()).isEqualTo(2);
        assertThat(eighth.confidenceSum()).isCloseTo(1.6999, within(1e-9));
        assertThat(eighth.right()).isOne();
        assertThat(evaluation.confidence().get(0)).isEqualTo(new ConfidenceScore(0, 0.1, 1, 0, 0));
        assertThat(IntStream.range(1, 8).map(i -> evaluation.confidence().get(i).findings()))
                .containsOnly(0);
    }

    @Test
    void severalRunsAreSummed() {
        Run first = new Run(
                truth(
                        "first",
                        List.of(attack(HOST, 100, 200, 100, "udp-flood")),
                        List.of(lookAlike("scan", "192.0.2.7", 0, 9))),
                List.of(found(HOST, 101, 200, 100, 0.9, "udp-flood")));
        // The same target and time, but another day: the finding above must not match here.
        Run second = new Run(
                truth(
                        "second",
                        List.of(attack(HOST, 100, 200, 50, "udp-flood")),
                        List.of(lookAlike("scan", "192.0.2.7", 0, 9))),
                List.of(found("192.0.2.7", 0, 9, 7, 0.5, "udp-flood")));

        Evaluation evaluation = Evaluation.of(List.of(first, second));

        assertThat(evaluation.runs()).isEqualTo(2);
        assertThat(evaluation.attacks()).isEqualTo(new Attacks(2, 1, 1, 0, 1));
        assertThat(evaluation.missed()).extracting(MissedAttack::run).containsExactly("second");
        assertThat(evaluation.falseAttacks()).extracting(FalseAttack::run).containsExactly("second");
        assertThat(evaluation.vectors()).containsExactly(new VectorScore(vector("udp-flood"), 2, 1, 1, 0, 1));
        assertThat(evaluation.packets()).isEqualTo(new Packets(150, 107, 100));
        assertThat(evaluation.hostHours()).isEqualTo(2_000);
        assertThat(evaluation.lookAlikes()).containsExactly(new LookAlikeScore("scan", 2, 1));
        assertThat(evaluation.startError()).contains(new TimeError(1, 1, 1));
    }
}
