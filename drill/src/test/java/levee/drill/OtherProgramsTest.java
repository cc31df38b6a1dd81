package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import levee.telemetry.Fragment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tshark, tcpdump, nfpcapd and argus say of a drill with every vector, look-alike and shape. */
@Tag("slow")
final class OtherProgramsTest {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private static Path folder;

    private static Path vectors = Path.of("");
    private static Path kinds = Path.of("");
    private static Played playedVectors = Played.capture(Scenarios.everyVector(21));
    private static Played playedKinds = Played.capture(Scenarios.everyKind(21));

    @BeforeAll
    static void write() throws IOException {
        vectors = Files.write(folder.resolve("vectors.pcap"), playedVectors.bytes());
        kinds = Files.write(folder.resolve("kinds.pcap"), playedKinds.bytes());
    }

    @Test
    void tsharkFindsNothingMalformedAndNoWrongChecksum() throws Exception {
        for (Path capture : List.of(vectors, kinds)) {
            String found = run(
                    "tshark",
                    "-n",
                    "-o",
                    "ip.check_checksum:TRUE",
                    "-o",
                    "tcp.check_checksum:TRUE",
                    "-o",
                    "udp.check_checksum:TRUE",
                    "-r",
                    capture.toString(),
                    "-Y",
                    "_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0 or udp.checksum.status == 0"
                            + " or icmp.checksum.status == 0 or icmpv6.checksum.status == 0");
            assertThat(found).isEmpty();
        }
    }

    @Test
    void tcpdumpReadsEveryPacket() throws Exception {
        assertThat(run("tcpdump", "-n", "-q", "-r", kinds.toString()).lines().count())
                .isEqualTo(playedKinds.truth().packets());
    }

    @Test
    void argusCountsTheSamePackets() throws Exception {
        Path records = folder.resolve("kinds.argus");
        run("argus", "-r", kinds.toString(), "-w", records.toString());
        long packets = run("ra", "-n", "-r", records.toString(), "-s", "pkts", "-", "not", "man")
                .lines()
                .map(String::strip)
                .filter(l -> l.matches("[0-9]+"))
                .mapToLong(Long::parseLong)
                .sum();
        assertThat(packets).isEqualTo(playedKinds.truth().packets());
    }

    /** It puts the fragments of IPv4 together and counts the first one. */
    @Test
    void nfpcapdCountsTheSamePacketsButForLaterFragments() throws Exception {
        Path flows = Files.createDirectory(folder.resolve("flows"));
        run("nfpcapd", "-r", kinds.toString(), "-w", flows.toString());
        String statistics = run("nfdump", "-R", flows.toString(), "-I");
        List<Played.Row> counted = playedKinds.rows().stream()
                .filter(r -> (r.fragment() & Fragment.TUNNELLED) == 0)
                .filter(r ->
                        (r.fragment() & Fragment.CONTINUES) == 0 || !r.source().isIpv4())
                .toList();
        assertThat(counted.size())
                .isBetween(
                        (int) playedKinds.truth().packets() * 9 / 10,
                        (int) playedKinds.truth().packets() - 1);
        assertThat(number(statistics, "Packets")).isEqualTo(counted.size());
    }

    private static long number(String text, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":\\s*([0-9]+)").matcher(text);
        assertThat(matcher.find()).as("%s in %s", name, text).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** Runs a program and returns what it says, or skips the test where there is none. */
    private static String run(String... command) throws IOException, InterruptedException {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(p -> Files.isExecutable(Path.of(p, command[0])));
        assumeTrue(installed, command[0] + " is not installed");
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }
}
