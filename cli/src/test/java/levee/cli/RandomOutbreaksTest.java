package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.cli.DrillPlay.Exports;
import levee.cli.OutbreakPlay.Seen;
import levee.drill.RandomOutbreaks;
import levee.drill.Scenario;
import levee.evaluation.Evaluation;
import levee.evaluation.EvaluationText;
import levee.evaluation.HostEvaluation;
import levee.evaluation.HostEvaluation.LevelScore;
import levee.evaluation.HostLevel;
import levee.evaluation.HostRun;
import levee.flowexport.ExportFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random days of infected hosts and of innocent ones that look like them, which nobody has seen before: other seeds in each run,
 * which are printed. Some bots are low and slow and missed, and few hosts are wrongly suspected; many are a step back.
 */
@Tag("slow")
final class RandomOutbreaksTest {
    private static final int DAYS = 8;
    private static final int EXPORTED_DAYS = 3;
    private static final double MOST_FALSE_PER_HOST_DAY = 0.001;

    @Test
    void mostBotsAreFoundInPackets() throws IOException {
        HostEvaluation evaluation = played(DAYS, new Seen.Packets(), "");

        assertThat(found(evaluation, HostLevel.SUSPECTED)).isGreaterThanOrEqualTo(0.7);
        assertFewFalse(evaluation);
    }

    @Test
    void manyBotsAreFoundInExports() throws IOException {
        HostEvaluation evaluation = played(
                EXPORTED_DAYS,
                new Seen.ByRouter(new Exports(ExportFormat.NETFLOW_V9, 1)),
                " --exports " + ExportFormat.NETFLOW_V9.label());

        assertThat(found(evaluation, HostLevel.SUSPECTED)).isGreaterThanOrEqualTo(0.4);
        assertFewFalse(evaluation);
    }

    /** Days without any infection would say nothing of what is found: the seeds go on until there are bots. */
    private static HostEvaluation played(int days, Seen seen, String exports) throws IOException {
        long seed = new SplittableRandom().nextLong(1_000_000_000);
        while (bots(seed, days) < days) {
            seed++;
        }
        System.out.println("Random days of the seeds " + seed + " to " + (seed + days - 1)
                + "; again with: levee evaluate --outbreaks " + days + " --seed " + seed + exports);
        List<HostRun> runs =
                RandomDrills.play(RandomDrills.outbreaks(seed, days, RandomOutbreaks.USUAL_DURATION), seen, over -> {});
        HostEvaluation evaluation = HostEvaluation.of(runs);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        EvaluationText.write(Evaluation.of(List.of()), evaluation, text);
        System.out.print(text.toString(StandardCharsets.UTF_8));
        return evaluation;
    }

    private static int bots(long seed, int days) {
        return RandomDrills.outbreaks(seed, days, Duration.ofDays(1)).stream()
                .map(Scenario::bots)
                .mapToInt(List::size)
                .sum();
    }

    private static LevelScore level(HostEvaluation evaluation, HostLevel level) {
        return Optional.ofNullable(evaluation.levels().get(level)).orElseThrow();
    }

    private static double found(HostEvaluation evaluation, HostLevel level) {
        return (double) level(evaluation, level).found() / evaluation.infected();
    }

    private static void assertFewFalse(HostEvaluation evaluation) {
        double hostDays = evaluation.benignHostHours() / 24;
        assertThat(hostDays).isGreaterThan(100);
        assertThat((double) level(evaluation, HostLevel.NOTIFY).falsely())
                .isLessThanOrEqualTo(Math.max(1, MOST_FALSE_PER_HOST_DAY * hostDays));
    }
}
