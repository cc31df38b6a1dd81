package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import levee.cli.DrillPlay.Exports;
import levee.drill.Scenario;
import levee.evaluation.Evaluation;
import levee.evaluation.EvaluationText;
import levee.evaluation.HostEvaluation;
import levee.flowexport.ExportFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random drills ({@link RandomSeeds}) as a router exports them: hardly anything innocent is called an attack. Attacks
 * below the floors of a live network are missed on purpose; {@code docs/detection.md} has figures of more drills.
 */
@Tag("slow")
final class ExportedDrillsTest {
    private static final long FIRST_SEED = 520_000_001L;
    private static final int DRILLS = 6;

    static Stream<Exports> exports() {
        return Stream.of(new Exports(ExportFormat.NETFLOW_V9, 1), new Exports(ExportFormat.SFLOW, 100));
    }

    @ParameterizedTest
    @MethodSource("exports")
    void areJudgedAsOnALiveNetwork(Exports exports) throws IOException {
        long seed = RandomSeeds.first(FIRST_SEED);
        System.out.println("Random drills of the seeds " + seed + " to " + (seed + DRILLS - 1)
                + "; again with: levee evaluate --drills " + DRILLS + " --seed " + seed + " --exports "
                + exports.format().label() + "/" + exports.samplingRate());
        List<Scenario> scenarios = RandomDrills.scenarios(seed, DRILLS);
        Evaluation evaluation = Evaluation.of(RandomDrills.play(scenarios, Optional.of(exports), over -> {}));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        EvaluationText.write(evaluation, HostEvaluation.of(List.of()), text);
        System.out.print(text.toString(StandardCharsets.UTF_8));

        Evaluation.Attacks attacks = evaluation.attacks();
        assertThat(evaluation.falseAttacks())
                .as("in %.0f host-hours", evaluation.hostHours())
                .hasSizeLessThan(2);
        assertThat((double) attacks.found() / attacks.happened()).isGreaterThan(0.5);
        assertThat((double) attacks.targetRight() / attacks.found()).isGreaterThan(0.8);
    }
}
