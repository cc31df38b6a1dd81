package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.Fragment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tshark, tcpdump, nfpcapd and argus say of a drill with every vector, look-alike and shape. */
@Tag("slow")
final class OtherProgramsTest {
    private static final long PATIENCE_SECONDS = 120;
    private static final String ENDS = "proto saddr sport daddr dport";

    @TempDir
    private static Path folder;

    private static Path vectors = Path.of("");
    private static Path kinds = Path.of("");
    private static Path infections = Path.of("");
    private static Played playedVectors = Played.capture(Scenarios.everyVector(21));
    private static Played playedKinds = Played.capture(Scenarios.everyKind(21));

    @BeforeAll
    static void write() throws IOException {
        vectors = Files.write(folder.resolve("vectors.pcap"), playedVectors.bytes());
        kinds = Files.write(folder.resolve("kinds.pcap"), playedKinds.bytes());
        infections = Files.write(
                folder.resolve("infections.pcap"),
                Played.capture(Scenarios.everyInfection(21)).bytes());
    }

    @Test
    void tsharkFindsNothingMalformedAndNoWrongChecksum() throws Exception {
        for (Path capture : List.of(vectors, kinds, infections)) {
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
                .filter(r -> !is(r, Fragment.TUNNELLED))
                .filter(r -> !is(r, Fragment.CONTINUES) || !r.source().isIpv4())
                .toList();
        assertThat(counted.size())
                .isBetween(
                        (int) playedKinds.truth().packets() * 9 / 10,
                        (int) playedKinds.truth().packets() - 1);
        assertThat(number(statistics, "Packets")).isEqualTo(counted.size());
    }

    /** One way of a flow; ports are 0 where the protocol has none, or where they are not sent. */
    private record Flow(int protocol, IpAddress source, int sourcePort, IpAddress destination, int destinationPort) {
        private static final int IPV6_FRAGMENT = 44;

        static Flow of(Played.Row row) {
            return of(row.protocol(), row.source(), row.sourcePort(), row.destination(), row.destinationPort());
        }

        /** @param fields protocol, address, port, address, port; ICMP has its type in place of ports */
        static Flow of(String[] fields) {
            return of(
                    Integer.parseInt(fields[0]),
                    IpAddress.parse(fields[1]),
                    port(fields[2]),
                    IpAddress.parse(fields[3]),
                    port(fields[4]));
        }

        private static int port(String text) {
            return text.matches("[0-9]+") ? Integer.parseInt(text) : 0;
        }

        private static Flow of(
                int protocol, IpAddress source, int sourcePort, IpAddress destination, int destinationPort) {
            boolean hasPorts = protocol == Protocols.TCP || protocol == Protocols.UDP;
            return new Flow(protocol, source, hasPorts ? sourcePort : 0, destination, hasPorts ? destinationPort : 0);
        }

        Flow asFragments() {
            return new Flow(IPV6_FRAGMENT, source, 0, destination, 0);
        }

        /** The same for both ways. */
        Flow bothWays() {
            int byAddress = source.compareTo(destination);
            boolean ordered = byAddress < 0 || byAddress == 0 && sourcePort <= destinationPort;
            return ordered ? this : new Flow(protocol, destination, destinationPort, source, sourcePort);
        }

        /** The same for both ways, and whichever port is whose. */
        Flow withoutOrder() {
            boolean ordered = source.compareTo(destination) <= 0;
            return new Flow(
                    protocol,
                    ordered ? source : destination,
                    Math.min(sourcePort, destinationPort),
                    ordered ? destination : source,
                    Math.max(sourcePort, destinationPort));
        }
    }

    private static boolean is(Played.Row row, int fragment) {
        return (row.fragment() & fragment) != 0;
    }

    /** The drills are too short for a pause to part a flow. */
    @Test
    void truthCountsTheFlowsOfTheCapture() {
        for (Played played : List.of(playedVectors, playedKinds)) {
            Set<Flow> flows = played.rows().stream()
                    .filter(r -> !is(r, Fragment.TUNNELLED))
                    .map(Flow::of)
                    .collect(Collectors.toSet());
            assertThat(played.truth().flows()).hasValueSatisfying(counts -> {
                assertThat(counts.unidirectional()).isEqualTo(flows.size());
                assertThat(counts.bidirectional())
                        .isEqualTo(flows.stream().map(Flow::bothWays).distinct().count());
            });
        }
    }

    @Test
    void nfpcapdCountsTheSameFlows() throws Exception {
        assertThat(flowsOfNfpcapd(vectors)).isEqualTo(asNfpcapdSeesThem(playedVectors));

        // Here the fragments over IPv6, which it does not put together, are as many flows as their datagrams.
        assertThat(flowsOfNfpcapd(kinds))
                .isEqualTo(asNfpcapdSeesThem(playedKinds))
                .hasSize((int) playedKinds.truth().flows().orElseThrow().unidirectional());
    }

    private static Set<Flow> flowsOfNfpcapd(Path capture) throws IOException, InterruptedException {
        Path records = Files.createTempDirectory(folder, "flows");
        run("nfpcapd", "-r", capture.toString(), "-w", records.toString());
        return run("nfdump", "-R", records.toString(), "-q", "-N", "-6", "-o", "fmt:%pr %sa %sp %da %dp")
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .map(l -> Flow.of(l.split("\\s+")))
                .collect(Collectors.toSet());
    }

    /**
     * It drops datagrams over IPv4 that are never whole, takes fragments over IPv6 for a protocol of its own, and counts
     * what is in a tunnel besides the tunnel.
     */
    private static Set<Flow> asNfpcapdSeesThem(Played played) {
        Set<Flow> flows = new HashSet<>();
        for (Played.Row row : played.rows()) {
            boolean orphan = is(row, Fragment.CONTINUES) && !is(row, Fragment.JOINED);
            if (!row.source().isIpv4() && is(row, Fragment.FRAGMENT)) {
                flows.add(Flow.of(row).asFragments());
            } else if (!orphan) {
                flows.add(Flow.of(row));
            }
        }
        return flows;
    }

    @Test
    void argusCountsTheSameFlows() throws Exception {
        assertThat(flowsOfArgus(vectors)).isEqualTo(asArgusSeesThem(playedVectors));

        assertThat(flowsOfArgus(kinds)).isEqualTo(asArgusSeesThem(playedKinds)).hasSize((int)
                playedKinds.truth().flows().orElseThrow().bidirectional());
    }

    private static Set<Flow> flowsOfArgus(Path capture) throws IOException, InterruptedException {
        Path records = folder.resolve(capture.getFileName() + ".records");
        run("argus", "-r", capture.toString(), "-w", records.toString());
        Set<Flow> flows = new HashSet<>();
        for (String line : run("ra", "-nn", "-c", ",", "-r", records.toString(), "-s", ENDS, "-", "not", "man")
                .split("\n")) {
            String[] fields = line.split(",", -1);
            if (!fields[0].matches("[0-9]+")) {
                continue;
            }
            Flow flow = Flow.of(fields);
            boolean hasPorts = flow.protocol() == Protocols.TCP || flow.protocol() == Protocols.UDP;
            // Made up of the middle of datagrams, see below.
            boolean ofLaterFragments =
                    hasPorts && !flow.source().isIpv4() && (flow.sourcePort() == 0 || flow.destinationPort() == 0);
            if (!ofLaterFragments) {
                flows.add(flow.withoutOrder());
            }
        }
        return flows;
    }

    /**
     * It reads ports in the middle of datagrams over IPv6, where there are none; it counts what is in a tunnel over IPv4
     * in place of the tunnel; and it swaps the ports of some connections over IPv6.
     */
    private static Set<Flow> asArgusSeesThem(Played played) {
        Set<Flow> flows = new HashSet<>();
        boolean overIpv4 = false;
        for (Played.Row row : played.rows()) {
            boolean inside = is(row, Fragment.TUNNELLED);
            overIpv4 = inside ? overIpv4 : row.source().isIpv4();
            boolean isTunnel = !inside && overIpv4 && row.protocol() == Protocols.GRE;
            boolean isLaterFragment = !overIpv4 && is(row, Fragment.CONTINUES);
            if (!isTunnel && !isLaterFragment && (!inside || overIpv4)) {
                flows.add(Flow.of(row).withoutOrder());
            }
        }
        return flows;
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
