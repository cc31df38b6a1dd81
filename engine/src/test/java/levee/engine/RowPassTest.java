package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import levee.model.InputSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second reading sees what the first one saw. */
final class RowPassTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatTheAnalyzerReads() throws IOException {
        byte[] capture = SampleCapture.flood();
        Path whole = Files.write(folder.resolve("whole.pcap"), capture);
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(capture, capture.length - 5));
        Path missing = folder.resolve("missing.pcap");
        List<Integer> relations = new ArrayList<>();
        List<Integer> frameLengths = new ArrayList<>();

        List<InputSummary> summaries = new RowPass(Analyses.SEED, ReadProgress.NONE)
                .read(
                        List.of(
                                new Analyzer.Location.File(whole),
                                new Analyzer.Location.File(cut),
                                new Analyzer.Location.File(missing)),
                        (batch, details) -> {
                            for (int row = 0; row < batch.size; row++) {
                                relations.add((int) batch.relation[row]);
                                frameLengths.add(details.frameLength(row));
                            }
                        });

        assertThat(summaries).isEqualTo(Analyses.of(whole, cut, missing).inputs());
        long packets = summaries.stream().mapToLong(InputSummary::packets).sum();
        assertThat(relations).hasSize((int) packets).doesNotContain(0);
        assertThat(frameLengths).allMatch(length -> length > 0);
    }
}
