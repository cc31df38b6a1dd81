package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import levee.drill.Drill;
import levee.drill.PlannedAttack;
import levee.drill.Scenario;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.model.Truth;
import org.junit.jupiter.api.Test;

/** Without any finding; {@link DrillDayTest} has those. */
final class DrillScoreTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final DrillScore score = new DrillScore();

    private static Truth truth(int number) {
        Drill drill = new Drill(Scenario.ordinary(number)
                .withSize(50, 1)
                .lasting(LENGTH)
                .startingAt(START.plus(LENGTH.multipliedBy(number)))
                .with(PlannedAttack.of(AttackVector.UDP_FLOOD)
                        .at(Duration.ofSeconds(5))
                        .lasting(Duration.ofSeconds(1))
                        .atRate(10)
                        .on(Prefix.parse("10.16.0.33"))));
        while (drill.advance()) {
            // All of it is played.
        }
        return drill.truth();
    }

    @Test
    void nothingPlayedIsNothingToScore() {
        assertThat(score.summary(START))
                .containsExactly(
                        "0 attacks played, 0 found, target and main vector right in 0", "0 missed", "0 false attacks");
    }

    @Test
    void whatHasOnlyJustBegunIsNotMissed() {
        score.over(truth(0));

        assertThat(score.summary(START.plusSeconds(7)))
                .contains("1 attack played, 0 found, target and main vector right in 0")
                .contains("0 missed, and 1 had only just begun");
    }

    @Test
    void everythingThatWasPlayedIsScoredOnce() {
        for (int number = 0; number < 5; number++) {
            score.over(truth(number));
        }

        assertThat(score.summary(START.plusSeconds(3_600)))
                .contains("5 attacks played, 0 found, target and main vector right in 0", "5 missed")
                .anyMatch(line -> line.startsWith("  missed: udp-flood on 10.16.0.33 at 09:00:05"));
    }
}
