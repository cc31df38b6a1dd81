package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.flowexport.ExporterTable;
import levee.model.Analysis;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.InputSummary;
import levee.model.OwnNetworks;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same traffic gives the same findings, however it comes and whatever the hashes. */
@Execution(ExecutionMode.CONCURRENT)
final class DeterminismTest {
    @TempDir
    private Path folder;

    @Test
    void madeFloodIsFoundHoweverItComes() throws IOException {
        Path capture = write("flood.pcap", SampleCapture.flood());
        List<Finding> findings = Analyses.of(capture).findings();

        assertThat(findings).hasSize(1);
        assertThat(Analyses.attacks(Analyses.of(capture)).get(0).target()).hasToString(SampleCapture.FLOOD_TARGET);
        assertSameHoweverItComes(capture, findings);
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    @Tag("slow")
    void realAttackIsFoundHoweverItComes(Truth truth) throws IOException {
        Path capture = RealData.file(truth.capture());

        assertSameHoweverItComes(capture, Analyses.of(capture).findings());
    }

    /** Hashes are seeded anew for each run, so that nobody can aim at them. What is said does not depend on that. */
    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void hashesDoNotMatter(Truth truth) {
        Path capture = RealData.file(truth.capture());
        Analysis analysis = Analyses.of(capture);

        for (long seed : new long[] {0, 1, -1, 0x5ca1ab1e0ddba11L}) {
            assertThat(Analyses.withSeed(seed, capture)).as("seed %d", seed).isEqualTo(analysis);
        }
    }

    private void assertSameHoweverItComes(Path capture, List<Finding> findings) throws IOException {
        byte[] bytes = Files.readAllBytes(capture);
        for (int rows : new int[] {16, 1_024, 5_000}) {
            assertThat(onOneThread(capture, false, rows))
                    .as("one thread, %d rows", rows)
                    .isEqualTo(findings);
        }
        assertThat(onOneThread(capture, true, 1_024)).as("as if live").isEqualTo(findings);
        assertThat(compressed("gzip", "c.pcap.gz", gzip(bytes))).isEqualTo(findings);
        assertThat(compressed("xz", "c.pcap.xz", xz(bytes))).isEqualTo(findings);
        assertThat(compressed("zstd", "c.pcap.zst", zstd(bytes))).isEqualTo(findings);
        // A program that is told to append makes several members; the name of the file says nothing.
        int middle = bytes.length / 3;
        byte[] head = Arrays.copyOf(bytes, middle);
        byte[] tail = Arrays.copyOfRange(bytes, middle, bytes.length);
        assertThat(compressed("gzip", "appended", joined(gzip(head), gzip(tail))))
                .isEqualTo(findings);
        assertThat(compressed("xz", "appended", joined(xz(head), xz(tail)))).isEqualTo(findings);
        assertThat(compressed("zstd", "appended", joined(zstd(head), zstd(tail))))
                .isEqualTo(findings);
    }

    @ParameterizedTest
    @MethodSource("levee.engine.Truth#all")
    void splitCaptureIsOneRecording(Truth truth) throws IOException {
        assertSameWhenSplit(RealData.file(truth.capture()));
    }

    @Test
    void splitFloodIsOneRecording() throws IOException {
        assertSameWhenSplit(write("flood.pcap", SampleCapture.flood()));
    }

    private void assertSameWhenSplit(Path capture) throws IOException {
        byte[] bytes = Files.readAllBytes(capture);
        List<Integer> ends = SampleCapture.recordEnds(bytes);
        int cut = ends.get(ends.size() / 2);
        byte[] header = Arrays.copyOf(bytes, SampleCapture.FILE_HEADER);
        Path first = write("1.pcap", Arrays.copyOf(bytes, cut));
        Path second = write("2.pcap", joined(header, Arrays.copyOfRange(bytes, cut, bytes.length)));

        Analysis analysis = Analyses.of(first, second);
        assertThat(analysis.inputs().stream().mapToLong(InputSummary::packets).sum())
                .isEqualTo(ends.size() - 1);
        assertThat(analysis.findings()).isEqualTo(Analyses.of(capture).findings());
    }

    /** Recordings of different days are not one. */
    @Test
    void recordingsFarApartAreJudgedEachByItself() throws IOException {
        byte[] today = SampleCapture.flood();
        byte[] yesterday = today.clone();
        for (int end : SampleCapture.recordEnds(today)
                .subList(0, SampleCapture.recordEnds(today).size() - 1)) {
            // 86,400 seconds less, in the three lower bytes of a little-endian number.
            int seconds = (int) (SampleCapture.START_SECONDS - 86_400) + second(today, end);
            for (int i = 0; i < 4; i++) {
                yesterday[end + i] = (byte) (seconds >>> 8 * i);
            }
        }
        Path first = write("yesterday.pcap", yesterday);
        Path second = write("today.pcap", today);

        List<Finding> both = Analyses.of(first, second).findings();
        assertThat(both).hasSize(2).doesNotHaveDuplicates();
        assertThat(both.get(0)).isEqualTo(Analyses.of(first).findings().get(0));
        assertThat(both.get(1)).isEqualTo(Analyses.of(second).findings().get(0));
        // The wrong order is noticed, too.
        assertThat(Analyses.of(second, first).findings()).isEqualTo(both);
    }

    private static int second(byte[] capture, int record) {
        int seconds = 0;
        for (int i = 3; i >= 0; i--) {
            seconds = seconds << 8 | capture[record + i] & 0xff;
        }
        return seconds - (int) SampleCapture.START_SECONDS;
    }

    /** The same work without the pipeline. */
    private static List<Finding> onOneThread(Path capture, boolean live, int rows) throws IOException {
        Map<String, Finding> findings = new LinkedHashMap<>();
        ConnectionTable connections = new ConnectionTable(1 << 19, Analyses.SEED);
        AttackDetector detector = new AttackDetector(
                DetectionPolicy.analysis(), OwnNetworks.unknown(), Analyses.SEED, event -> keep(event, findings));
        FlowBatch batch = new FlowBatch(rows);
        try (OpenInput input = OpenInput.open(
                Files.newByteChannel(capture), live, new OpenInput.Context(ExporterTable.open(Analyses.SEED), null))) {
            BatchSource source = input.source().orElseThrow();
            boolean more = true;
            while (more) {
                more = source.fill(batch);
                connections.hash(batch);
                connections.annotate(batch);
                detector.process(batch);
            }
        }
        detector.finish();
        return List.copyOf(findings.values());
    }

    private static void keep(FindingEvent event, Map<String, Finding> findings) {
        if (event.change() == FindingEvent.Change.ABSORBED) {
            findings.remove(event.finding().id());
        } else {
            findings.put(event.finding().id(), event.finding());
        }
    }

    private List<Finding> compressed(String label, String name, byte[] bytes) throws IOException {
        Analysis analysis = Analyses.of(write(name, bytes));
        InputSummary input = analysis.inputs().get(0);
        assertThat(input.compression()).isEqualTo(label);
        assertThat(input.damage()).isEmpty();
        return analysis.findings();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Stream.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        return Compressed.by(Compression.GZIP, bytes);
    }

    private static byte[] xz(byte[] bytes) {
        return Compressed.by(Compression.XZ, bytes);
    }

    private static byte[] zstd(byte[] bytes) {
        return Compressed.by(Compression.ZSTD, bytes);
    }
}
