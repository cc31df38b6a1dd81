package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import levee.drill.PlannedAttack;
import levee.drill.Scenario;
import levee.model.AttackVector;
import levee.model.Groups;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

final class DrillScenariosTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private static List<Prefix> targets(Scenario scenario) {
        return scenario.attacks().stream()
                .map(attack -> attack.target().orElseThrow())
                .toList();
    }

    @Test
    void eachDayIsAnother() {
        DrillScenarios days = DrillScenarios.days();
        Scenario first = days.next(START);
        Scenario second = days.next(START.plus(first.duration()));

        assertThat(days.name()).isEqualTo("day");
        assertThat(first.start()).isEqualTo(START);
        assertThat(second.start()).isEqualTo(START.plus(first.duration()));
        assertThat(second.seed()).isEqualTo(first.seed() + 1);
        assertThat(targets(second)).isNotEqualTo(targets(first));
        assertThat(DrillScenarios.days().next(START))
                .as("the first day is always the same")
                .isEqualTo(first);
    }

    @Test
    void aDayIsVariedAndEndsQuietly() {
        DrillScenarios days = DrillScenarios.days();
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.drill(DrillSettings.yaml(), days.name());
        Groups groups = builder.build().detection().groups();
        for (int day = 0; day < 50; day++) {
            Scenario scenario = days.next(START);

            assertThat(scenario.attacks()).allSatisfy(attack -> {
                assertThat(attack.problem()).isEmpty();
                assertThat(attack.start().plus(attack.duration()).plusSeconds(60))
                        .isLessThanOrEqualTo(scenario.duration());
            });
            assertThat(scenario.attacks().stream().map(PlannedAttack::start).min(Duration::compareTo))
                    .contains(Duration.ofSeconds(8));
            assertThat(targets(scenario))
                    .allMatch(target -> groups.find(
                                    target.address().high(),
                                    target.address().low(),
                                    128 - target.address().bits() + target.length())
                            != Groups.NO_GROUP)
                    .anyMatch(target -> !target.isHost());
            List<AttackVector> reflections = scenario.attacks().stream()
                    .flatMap(attack -> attack.vectors().stream())
                    .filter(vector -> vector.family() == AttackVector.Family.UDP_REFLECTION)
                    .toList();
            assertThat(reflections).hasSize(5).doesNotHaveDuplicates();
            assertThat(scenario.lookAlikes()).hasSize(2);
            assertThat(scenario.botnets()).hasSize(1);
        }
    }

    @Test
    void outbreaksAreDifferentEachTime() {
        DrillScenarios outbreaks = DrillScenarios.outbreaks();
        Scenario first = outbreaks.next(START);
        Scenario second = outbreaks.next(START);

        assertThat(outbreaks.name()).isEqualTo("outbreak");
        assertThat(first.seed()).isNotEqualTo(second.seed());
        assertThat(first.start()).isEqualTo(START);
        assertThat(first.bots())
                .hasSize(6)
                .allSatisfy(bots -> assertThat(bots.start().plus(bots.spread())).isLessThan(first.duration()));
        assertThat(first.lookAlikes()).allMatch(l -> l.kind().resemblesInfection());
    }

    @Test
    void aFileIsPlayedOnceAndOrdinaryTrafficGoesOn() {
        Scenario scenario = Scenario.random(7).withSize(500, 20);
        DrillScenarios file = DrillScenarios.file(Path.of("some", "play.yaml"), scenario);

        assertThat(file.name()).isEqualTo("play.yaml");
        assertThat(file.next(START)).isEqualTo(scenario.startingAt(START));
        Scenario second = file.next(START.plusSeconds(600));
        Scenario third = file.next(START.plusSeconds(1_200));
        assertThat(second.attacks()).isEmpty();
        assertThat(second.hosts()).isEqualTo(500);
        assertThat(second.flowsPerSecond()).isEqualTo(20);
        assertThat(List.of(second.seed(), third.seed())).containsExactly(8L, 9L);
    }
}
