package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import levee.model.Analysis;
import levee.model.InputSummary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Compressed input that is cut, damaged or made to exhaust memory. */
@Execution(ExecutionMode.CONCURRENT)
final class HostileCompressionTest {
    private static final Duration GENEROUS = Duration.ofMinutes(2);
    private static final int PLACES = 50;
    private static final int BOMB_MEBIBYTES = 400;

    /** What reading may allocate, however much comes out: windows and buffers, but nothing for each byte. */
    private static final long MOST_ALLOCATED = 200L << 20;

    private static final byte[] CAPTURE = SampleCapture.flood();
    private static final long PACKETS = SampleCapture.recordEnds(CAPTURE).size() - 1L;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    @Tag("slow")
    void cutAnywhere(Compression compression) throws IOException {
        byte[] compressed = Compressed.by(compression, CAPTURE);
        SplittableRandom random = new SplittableRandom(3);
        long read = 0;
        for (int i = 0; i < PLACES; i++) {
            int length = random.nextInt(20, compressed.length);
            InputSummary input = analyze(Arrays.copyOf(compressed, length));

            assertThat(input.damage()).as("cut at %d", length).isPresent();
            assertThat(input.packets()).isLessThanOrEqualTo(PACKETS);
            read += input.packets();
        }
        // A decoder of xz needs the whole of a block of 64 KiB, of which there are hardly three.
        assertThat(read).as("what precedes the cut is used").isGreaterThan(PLACES * PACKETS / 6);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    @Tag("slow")
    void damagedAnywhere(Compression compression) throws IOException {
        byte[] compressed = Compressed.by(compression, CAPTURE);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < PLACES; i++) {
            byte[] damaged = compressed.clone();
            // Gzip does not protect its header of ten bytes.
            int place = random.nextInt(10, compressed.length);
            damaged[place] ^= (byte) random.nextInt(1, 256);
            InputSummary input = analyze(damaged);

            assertThat(input.damage()).as("damaged at %d", place).isPresent();
        }
    }

    /** The head that tells the format is all there is of a short log. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void shortLogThatWasCutIsStillALog(Compression compression) throws IOException {
        StringBuilder log = new StringBuilder("#separator \\x09\n"
                + "#path\tconn\n"
                + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\torig_pkts"
                + "\tresp_pkts\n");
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 120; i++) {
            log.append("15454038%02d.%06d\tC%d\t192.168.1.%d\t%d\t192.0.2.%d\t80\ttcp\tSF\t6\t7\n"
                    .formatted(
                            i % 60,
                            random.nextInt(1_000_000),
                            random.nextInt(1_000_000_000),
                            random.nextInt(1, 255),
                            random.nextInt(1_024, 65_536),
                            random.nextInt(1, 255)));
        }
        byte[] text = log.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressed = Compressed.stream(compression, out)) {
            compressed.write(text, 0, text.length / 2);
            compressed.flush();
            compressed.write(text, text.length / 2, text.length - text.length / 2);
        }
        byte[] whole = out.toByteArray();
        InputSummary input = analyze(Arrays.copyOf(whole, whole.length - 9));

        assertThat(input.damage()).isPresent();
        assertThat(input.compression()).isEqualTo(compression.label());
        if (compression != Compression.ZSTD) {
            // A zstd block of which the end is missing yields nothing.
            assertThat(input.format()).isEqualTo("zeek-tsv");
            assertThat(input.flows()).isGreaterThanOrEqualTo(50);
        }
    }

    /** Deflate cannot expand more than 1,032 times: its zeros are simply read, in the memory that anything needs. */
    @Test
    @Tag("slow")
    void zerosInGzipAreReadInLittleMemory() throws IOException {
        InputSummary input = analyzeInLittleMemory(bomb(Compression.GZIP));

        assertThat(input.bytes()).isEqualTo(SampleCapture.FILE_HEADER + ((long) BOMB_MEBIBYTES << 20));
        assertThat(input.packets()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"XZ", "ZSTD"})
    @Tag("slow")
    void bombIsNotReadToItsEnd(Compression compression) throws IOException {
        InputSummary input = analyzeInLittleMemory(bomb(compression));

        assertThat(input.damage())
                .hasValueSatisfying(damage -> assertThat(damage.reason())
                        .isEqualTo("the data expands more than 5000 times, as only a bomb does"));
        assertThat(input.bytes()).isLessThan((long) BOMB_MEBIBYTES << 20);
    }

    /** A capture that goes on with zeros, which are records of empty packets. */
    private Path bomb(Compression compression) throws IOException {
        Path file = folder.resolve("bomb");
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = Compressed.stream(compression, new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.write(SampleCapture.fileHeader());
            for (int i = 0; i < BOMB_MEBIBYTES; i++) {
                out.write(zeros);
            }
        }
        return file;
    }

    @Test
    void hugeXzDictionaryIsRefused() throws IOException {
        byte[] compressed = Compressed.by(Compression.XZ, CAPTURE);
        // The first block's header follows the stream header of 12 bytes: its size, flags, the filter's number and the
        // length of its properties, then the dictionary, of which 37 is the largest that Java can hold: 1.5 GiB.
        int header = 12;
        int size = ((compressed[header] & 0xff) + 1) * 4;
        int dictionary = header + 4;
        compressed[dictionary] = 37;
        CRC32 checksum = new CRC32();
        checksum.update(compressed, header, size - 4);
        ByteBuffer.wrap(compressed).order(ByteOrder.LITTLE_ENDIAN).putInt(header + size - 4, (int) checksum.getValue());
        InputSummary input = analyzeInLittleMemory(Files.write(folder.resolve("input"), compressed));

        assertThat(input.packets()).isZero();
        assertThat(input.damage())
                .hasValueSatisfying(damage -> assertThat(damage.reason()).contains("memory"));
    }

    @Test
    void hugeZstdWindowIsRefused() throws IOException {
        byte[] content = Arrays.copyOf(CAPTURE, 10_000);
        ByteBuffer frame = ByteBuffer.allocate(content.length + 9).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0xfd2fb528);
        // No checksum, and a window of 2^(10 + 21) bytes.
        frame.put((byte) 0).put((byte) (21 << 3));
        // The last block, which is not compressed.
        int block = content.length << 3 | 1;
        frame.put((byte) block).put((byte) (block >>> 8)).put((byte) (block >>> 16));
        frame.put(content);
        InputSummary input = analyzeInLittleMemory(Files.write(folder.resolve("input"), frame.array()));

        assertThat(input.packets()).isZero();
        assertThat(input.damage())
                .hasValueSatisfying(damage -> assertThat(damage.reason()).contains("memory"));
    }

    private InputSummary analyze(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("input"), bytes);
        return assertTimeoutPreemptively(GENEROUS, () -> Analyses.summary(file));
    }

    /** The thread that calls reads and decompresses. */
    private static InputSummary analyzeInLittleMemory(Path file) {
        return assertTimeoutPreemptively(GENEROUS, () -> {
            Analyzer analyzer = Analyses.analyzer(Analyses.SEED);
            long before = allocated();
            Analysis analysis = analyzer.analyze(List.of(new Analyzer.Location.File(file)));
            assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
            return analysis.inputs().get(0);
        });
    }

    private static long allocated() {
        return ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getCurrentThreadAllocatedBytes();
    }
}
