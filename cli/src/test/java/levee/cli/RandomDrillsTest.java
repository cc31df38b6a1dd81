package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.drill.PlannedAttack;
import levee.drill.Scenario;
import levee.drill.Shape;
import levee.evaluation.Evaluation;
import levee.evaluation.EvaluationText;
import levee.evaluation.FoundAttack;
import levee.evaluation.HostEvaluation;
import levee.evaluation.Run;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.model.Truth.TrueAttack;
import levee.model.Truth.TrueVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fifty random drills ({@link RandomSeeds}). {@code docs/detection.md}
 * tells what is missed and why, so a few misses are expected; many are a step back.
 */
@Tag("slow")
final class RandomDrillsTest {
    private static final long FIRST_SEED = 520_000_001L;
    private static final int DRILLS = 50;
    private static final Duration SOON = Duration.ofSeconds(2);

    /** Attacks on one target that are no further apart are one, whose vectors began at different times. */
    private static final Duration TOGETHER = Duration.ofSeconds(130);

    /** An attack on a prefix that is thinner than this on each of its hosts cannot be told from stray packets. */
    private static final int LEAST_RATE_OF_EACH = 5;

    private static final List<String> LATE = new ArrayList<>();
    private static int steadyVectors;
    private static int soon;
    private static Evaluation evaluation = Evaluation.of(List.of());

    @BeforeAll
    static void play() throws IOException {
        long seed = RandomSeeds.first(FIRST_SEED);
        System.out.println("Random drills of the seeds " + seed + " to " + (seed + DRILLS - 1)
                + "; again with: levee evaluate --drills " + DRILLS + " --seed " + seed);
        List<Scenario> scenarios = RandomDrills.scenarios(seed, DRILLS);
        List<Run> runs = RandomDrills.play(scenarios, Optional.empty(), over -> {});
        for (int i = 0; i < DRILLS; i++) {
            look(scenarios.get(i), runs.get(i));
        }
        evaluation = Evaluation.of(runs);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        EvaluationText.write(evaluation, HostEvaluation.of(List.of()), text);
        System.out.print(text.toString(StandardCharsets.UTF_8));
        System.out.println("\nOf " + steadyVectors + " vectors with a full rate from the start " + soon
                + " were noticed within 2 s; the others:");
        LATE.forEach(System.out::println);
    }

    private static void look(Scenario scenario, Run run) {
        for (TrueAttack attack : run.truth().attacks()) {
            if (isAlone(attack, run)
                    && plan(scenario, attack)
                            .filter(plan -> isSteady(plan, scenario))
                            .isPresent()) {
                attack.vectors().forEach(vector -> look(scenario, run, attack, vector));
            }
        }
    }

    private static void look(Scenario scenario, Run run, TrueAttack attack, TrueVector vector) {
        steadyVectors++;
        Optional<Instant> noticed = noticed(run, attack.target(), vector);
        if (noticed.filter(at -> !at.isAfter(vector.start().plus(SOON))).isPresent()) {
            soon++;
        } else {
            LATE.add("  seed " + scenario.seed() + ", " + attack.target() + ", " + vector.vector()
                    + ": began " + vector.start() + ", noticed "
                    + noticed.map(Instant::toString).orElse("never"));
        }
    }

    private static Optional<Instant> noticed(Run run, Prefix target, TrueVector vector) {
        return run.findings().stream()
                .filter(found -> found.target().equals(target))
                .map(FoundAttack::noticed)
                .flatMap(noticed -> Optional.ofNullable(noticed.get(vector.vector())).stream())
                .filter(at -> at.isAfter(vector.start()))
                .min(Instant::compareTo);
    }

    private static boolean isAlone(TrueAttack attack, Run run) {
        return run.truth().attacks().stream()
                .noneMatch(other -> !other.equals(attack)
                        && (other.target().contains(attack.target())
                                || attack.target().contains(other.target()))
                        && other.start().isBefore(attack.end().plus(TOGETHER))
                        && other.end().isAfter(attack.start().minus(TOGETHER)));
    }

    /** What was planned to become this attack; the floods of a botnet are not planned one by one. */
    private static Optional<PlannedAttack> plan(Scenario scenario, TrueAttack attack) {
        List<AttackVector> vectors =
                attack.vectors().stream().map(TrueVector::vector).toList();
        return scenario.attacks().stream()
                .filter(plan -> plan.vectors().containsAll(vectors)
                        && Duration.between(scenario.start().plus(plan.start()), attack.start())
                                        .abs()
                                        .compareTo(SOON)
                                < 0)
                .findFirst();
    }

    /** Whether it has its full rate from the start, and enough of it. */
    private static boolean isSteady(PlannedAttack plan, Scenario scenario) {
        boolean reflection = plan.vectors().stream().allMatch(AttackVector::isReflection);
        int hosts = plan.ipv6() ? scenario.hosts() : 256;
        boolean enough = !plan.carpet() || reflection || plan.packetsPerSecond() > LEAST_RATE_OF_EACH * hosts;
        return switch (plan.shape()) {
            case Shape.Constant constant -> enough;
            case Shape.Pulses pulses -> enough;
            case Shape.Ramp ramp -> false;
        };
    }

    @Test
    void vectorsAreNoticedWithinTwoSeconds() {
        assertThat(steadyVectors).isGreaterThan(50);
        assertThat((double) soon / steadyVectors).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void attacksAreFoundWithTheirTargetAndMainVector() {
        Evaluation.Attacks attacks = evaluation.attacks();
        assertThat(attacks.happened()).isGreaterThan(100);
        assertThat((double) attacks.found() / attacks.happened()).isGreaterThanOrEqualTo(0.9);
        assertThat((double) attacks.targetRight() / attacks.found()).isGreaterThanOrEqualTo(0.95);
        assertThat((double) attacks.mainVectorRight() / attacks.found()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void hardlyAnythingInnocentIsCalledAnAttack() {
        assertThat(evaluation.hostHours()).isGreaterThan(10_000);
        assertThat(1_000 * evaluation.falseAttacks().size() / evaluation.hostHours())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void confidenceIsHonest() {
        Evaluation.ConfidenceScore sure = evaluation.confidence().getLast();
        assertThat(sure.findings()).isGreaterThan(50);
        assertThat((double) sure.right() / sure.findings()).isGreaterThanOrEqualTo(0.85);
    }
}
