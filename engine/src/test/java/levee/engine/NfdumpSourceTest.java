package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import levee.model.InputSummary;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of nfdump, which are made by nfpcapd of a capture and read by nfdump. */
class NfdumpSourceTest {
    @TempDir
    private Path folder;

    @Test
    void knowsItsFiles() {
        assertThat(isFile(0x0c, 0xa5, 2, 0)).isTrue();
        assertThat(isFile(0x0c, 0xa5, 1, 0)).isTrue();
        assertThat(isFile(0xa5, 0x0c, 0, 2)).isTrue();
        assertThat(isFile(0xa5, 0x0c, 2, 0)).isFalse();
        assertThat(isFile(0x0c, 0xa5, 3, 0)).isFalse();
        assertThat(isFile(0x0c, 0xa5, 0, 0)).isFalse();
        assertThat(isFile(0x0c, 0xa5, 2)).isFalse();
        assertThat(isFile('t', 's', ',', 't')).isFalse();
    }

    private static boolean isFile(int... bytes) {
        byte[] head = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            head[i] = (byte) bytes[i];
        }
        return NfdumpSource.isFile(head, head.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-y", "-z"})
    @Tag("slow")
    void allPacketsOfACaptureAreThere(String compression) throws Exception {
        Path file = flowFile(compression);
        List<Integer> flags = new ArrayList<>();
        List<IpAddress> targets = new ArrayList<>();
        long[] first = {Long.MAX_VALUE};
        long[] sums = new long[2];
        List<InputSummary> summaries = new RowPass(1, ReadProgress.NONE)
                .read(List.of(new Analyzer.Location.File(file)), (batch, details) -> {
                    for (int row = 0; row < batch.size; row++) {
                        sums[0] += batch.packets[row];
                        sums[1] += batch.bytes[row];
                        flags.add((int) batch.tcpFlags[row]);
                        targets.add(new IpAddress(batch.destinationHigh[row], batch.destinationLow[row]));
                        first[0] = Math.min(first[0], batch.firstNanos[row]);
                        assertThat(batch.rows).isEqualTo(FlowBatch.Rows.FLOWS);
                        assertThat(batch.samplingRate[row]).isEqualTo(1);
                    }
                });
        InputSummary capture = Analyses.summary(capture());
        assertThat(sums[0]).isEqualTo(capture.packets());
        assertThat(sums[1]).isPositive();
        assertThat(flags).contains(2);
        assertThat(targets).isNotEmpty();
        assertThat(first[0] / 1_000_000)
                .as("to the millisecond, whatever the zone of this machine is")
                .isEqualTo(capture.first().orElseThrow().toEpochMilli());
        InputSummary summary = summaries.get(0);
        assertThat(summary.format()).isEqualTo("nfdump");
        assertThat(summary.carries()).isEqualTo("flows");
        assertThat(summary.flows()).isEqualTo(flags.size());
        assertThat(summary.rejected()).isEmpty();
        assertThat(summary.damage()).isEmpty();
    }

    @Test
    @Tag("slow")
    void aFileThatIsCutIsDamage() throws Exception {
        byte[] whole = Files.readAllBytes(flowFile(""));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));
        InputSummary summary = Analyses.summary(cut);
        assertThat(summary.damage().orElseThrow().reason()).startsWith("nfdump");
    }

    @Test
    void withoutTheProgramTheInputIsDamagedAndSaysWhy() throws IOException {
        Path file = Files.write(folder.resolve("nfcapd.1"), new byte[] {0x0c, (byte) 0xa5, 2, 0, 0, 0});
        assertThatIOException()
                .isThrownBy(() -> NfdumpSource.open("no-such-program-as-nfdump", file))
                .withMessageContaining("is it installed?");
    }

    @Test
    void theProgramIsEndedWithTheSource() throws IOException {
        Path program = Files.writeString(folder.resolve("endless"), "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        NfdumpSource source = NfdumpSource.open(program.toString(), folder);
        ProcessHandle child = ProcessHandle.current()
                .children()
                .max(Comparator.comparing(
                        process -> process.info().startInstant().orElse(Instant.EPOCH)))
                .orElseThrow();
        assertThat(child.isAlive()).isTrue();
        source.close();
        assertThat(child.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void aCompressedFileHasToBeDecompressedBefore() throws IOException {
        Path file = folder.resolve("nfcapd.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(new byte[] {0x0c, (byte) 0xa5, 2, 0, 0, 0});
        }
        InputSummary summary = Analyses.summary(file);
        assertThat(summary.format()).isEqualTo("nfdump");
        assertThat(summary.damage().orElseThrow().reason()).contains("not compressed as a whole");
    }

    private Path capture() throws IOException {
        return Files.write(folder.resolve("flood.pcap"), SampleCapture.flood());
    }

    private Path flowFile(String compression) throws Exception {
        for (String program : List.of("nfpcapd", "nfdump")) {
            assumeThat(Stream.of(System.getenv("PATH").split(":")).map(Path::of))
                    .as("the program " + program + " is installed")
                    .anyMatch(bin -> Files.isExecutable(bin.resolve(program)));
        }
        Path flows = Files.createDirectories(folder.resolve("flows"));
        List<String> command =
                new ArrayList<>(List.of("nfpcapd", "-r", capture().toString(), "-w", flows.toString()));
        if (!compression.isEmpty()) {
            command.add(compression);
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nfpcapd.txt").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (Stream<Path> files = Files.list(flows)) {
            List<Path> all = files.filter(file -> file.getFileName().toString().startsWith("nfcapd.2"))
                    .toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
