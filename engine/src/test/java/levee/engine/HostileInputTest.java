package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Attack.VectorShare;
import levee.model.InputSummary;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.XZInputStream;

/** Captures that were cut or damaged at random places: all that precedes the damage is used, and the damage is told. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class HostileInputTest {
    private static final int PLACES = 50;
    private static final Duration GENEROUS = Duration.ofMinutes(1);

    /** Of a longer capture, for each place another part of that length is taken. */
    private static final int MOST_BYTES = 4 << 20;

    /** Of captures that are damaged in one place, this much is read on average. */
    private static final double READ_IN_SPITE_OF_DAMAGE = 0.9;

    @TempDir
    private Path folder;

    static Stream<String> captures() {
        return Stream.concat(
                Truth.all().map(Truth::capture),
                Stream.of("benign/lan-mix.pcap", "benign/mixed-applications.pcap.xz", "botnet/masscan-tcp.pcap"));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void cutAnywhere(String name) throws IOException {
        cutAnywhere(read(name), name.hashCode());
    }

    @Test
    void madeFloodCutAnywhere() throws IOException {
        cutAnywhere(SampleCapture.flood(), 1);
    }

    private void cutAnywhere(byte[] all, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> allEnds = SampleCapture.recordEnds(all);
        for (int i = 0; i < PLACES; i++) {
            byte[] capture = part(all, allEnds, random);
            List<Integer> ends = SampleCapture.recordEnds(capture);
            int length = i == 0 ? random.nextInt(4, SampleCapture.FILE_HEADER) : random.nextInt(4, capture.length);
            InputSummary input = analyze(Arrays.copyOf(capture, length));

            assertThat(input.packets()).as("cut at %d", length).isEqualTo(wholeRecords(ends, length));
            assertThat(input.format()).isEqualTo("pcap");
            if (ends.contains(length)) {
                assertThat(input.damage()).isEmpty();
            } else {
                assertThat(input.damage()).as("cut at %d", length).hasValueSatisfying(damage -> {
                    assertThat(damage.offset()).isBetween(0L, (long) length);
                    assertThat(damage.reason()).startsWith("the input ends inside ");
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void damagedAnywhere(String name) throws IOException {
        damagedAnywhere(read(name), name.hashCode());
    }

    @Test
    void madeFloodDamagedAnywhere() throws IOException {
        damagedAnywhere(SampleCapture.flood(), 2);
    }

    private void damagedAnywhere(byte[] all, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> allEnds = SampleCapture.recordEnds(all);
        double read = 0;
        for (int i = 0; i < PLACES; i++) {
            byte[] capture = part(all, allEnds, random);
            List<Integer> ends = SampleCapture.recordEnds(capture);
            long whole = wholeRecords(ends, capture.length);
            int place = random.nextInt(SampleCapture.FILE_HEADER, capture.length);
            byte[] damaged = damage(capture, place, i % 3, random);
            InputSummary input = analyze(damaged);
            read += (double) Math.min(whole, input.packets()) / whole;

            assertThat(input.packets()).as("damaged at %d", place).isGreaterThanOrEqualTo(wholeRecords(ends, place));
            if (input.packets() != whole && !isWholeToo(damaged)) {
                assertThat(input.damage())
                        .as("damaged at %d", place)
                        .hasValueSatisfying(
                                damage -> assertThat(damage.reason()).isNotBlank());
            }
        }
        assertThat(read / PLACES).isGreaterThan(READ_IN_SPITE_OF_DAMAGE);
    }

    /** Whole records from anywhere in a capture that is too long to be read so often, or all of it. */
    private static byte[] part(byte[] all, List<Integer> ends, SplittableRandom random) {
        if (all.length <= MOST_BYTES) {
            return all;
        }
        int latest = (int)
                ends.stream().filter(end -> end <= all.length - MOST_BYTES).count();
        int from = ends.get(random.nextInt(latest));
        int to = ends.stream().filter(end -> end <= from + MOST_BYTES).reduce(from, Math::max);
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.write(all, 0, SampleCapture.FILE_HEADER);
        part.write(all, from, to - from);
        return part.toByteArray();
    }

    private static byte[] damage(byte[] capture, int place, int kind, SplittableRandom random) {
        int length = Math.min(capture.length - place, random.nextInt(1, 2_000));
        byte[] damaged = capture.clone();
        switch (kind) {
            case 0 -> {
                for (int i = 0; i < 5; i++) {
                    damaged[Math.min(capture.length - 1, place + random.nextInt(100))] ^= (byte) random.nextInt(1, 256);
                }
            }
            case 1 -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, damaged, place, length);
            }
            default -> {
                ByteArrayOutputStream rest = new ByteArrayOutputStream();
                rest.write(capture, 0, place);
                rest.write(capture, place + length, capture.length - place - length);
                damaged = rest.toByteArray();
            }
        }
        return damaged;
    }

    /** Whether whole records were deleted, which nobody can see. */
    private static boolean isWholeToo(byte[] damaged) {
        List<Integer> ends = SampleCapture.recordEnds(damaged);
        return ends.get(ends.size() - 1) == damaged.length;
    }

    private static long wholeRecords(List<Integer> ends, int length) {
        return Math.max(0, ends.stream().filter(end -> end <= length).count() - 1);
    }

    private InputSummary analyze(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("input"), bytes);
        Analysis analysis = assertTimeoutPreemptively(GENEROUS, () -> Analyses.of(file));
        assertThat(analysis.inputs()).hasSize(1);
        InputSummary input = analysis.inputs().get(0);
        Analyses.attacks(analysis).forEach(attack -> assertSound(attack, input));
        return input;
    }

    private static void assertSound(Attack attack, InputSummary input) {
        assertThat(attack.vectors().stream()
                        .mapToDouble(VectorShare::packetShare)
                        .sum())
                .isBetween(0.999_999, 1.000_001);
        assertThat(attack.total().packets()).isBetween(1L, input.packets());
        assertThat(attack.start()).isBetween(input.first().orElseThrow(), attack.end());
        assertThat(attack.end()).isBeforeOrEqualTo(input.last().orElseThrow());
    }

    private static byte[] read(String name) throws IOException {
        Path file = RealData.file(name);
        if (!name.endsWith(".xz")) {
            return Files.readAllBytes(file);
        }
        try (InputStream in = new XZInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }
}
