package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.ExporterTable;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.testing.RealData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What softflowd, pmacct and nfreplay export of real captures, received by this collector and by nfcapd or sfcapd: flows,
 * packets and bytes are the same for each target.
 */
@Tag("slow")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class RealExportersTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int RECEIVE_BUFFER_BYTES = 64 << 20;
    private static final int MOST_ATTEMPTS = 5;
    private static final long LONGEST_EXPORT_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    /** sFlow counts the frame: Ethernet's header and check sequence come on top of the packet. */
    private static final long ETHERNET_BYTES = 18;

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    /** How an export is made. */
    private enum Exporter {
        SOFTFLOWD("softflowd"),
        NFPROBE("pmacctd"),
        SFPROBE("pmacctd"),
        NFREPLAY("nfreplay");

        final String program;

        Exporter(String program) {
            this.program = program;
        }
    }

    /** @param version of NetFlow, 10 for IPFIX, 5 for sFlow */
    private record Export(Exporter exporter, int version, String capture, String target, long packets) {
        @Override
        public String toString() {
            return exporter + " " + version + " of " + capture;
        }

        boolean isSflow() {
            return exporter == Exporter.SFPROBE;
        }
    }

    private record Sum(long flows, long packets, long bytes) {
        Sum plus(Sum other) {
            return new Sum(flows + other.flows, packets + other.packets, bytes + other.bytes);
        }
    }

    static Stream<Export> exports() {
        return Stream.of(
                        reflection(Exporter.SOFTFLOWD, 5, 9, 10),
                        reflection(Exporter.NFPROBE, 5, 9, 10),
                        reflection(Exporter.SFPROBE, 5),
                        reflection(Exporter.NFREPLAY, 5, 9),
                        Stream.of(
                                new Export(Exporter.SOFTFLOWD, 9, "thc-denial6-5.pcap", "2001:db8:1::1", 35_690),
                                new Export(Exporter.NFPROBE, 10, "thc-denial6-5.pcap", "2001:db8:1::1", 35_690),
                                new Export(
                                        Exporter.SOFTFLOWD, 9, "pkt.TCP.synflood.spoofed.pcap", "10.10.10.10", 37_841)))
                .flatMap(s -> s);
    }

    private static Stream<Export> reflection(Exporter exporter, int... versions) {
        return Arrays.stream(versions)
                .mapToObj(version -> new Export(exporter, version, "amp.UDP.isakmp.pcap", "10.10.10.10", 3_984));
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(RealExportersTest::end);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** One export after the other, so that the kernel loses none of it. */
    @ParameterizedTest
    @MethodSource("exports")
    @Execution(ExecutionMode.SAME_THREAD)
    void eachTargetHasWhatNfcapdSays(Export export) throws Exception {
        Path capture = RealData.file("attacks/" + export.capture());
        String collector = export.isSflow() ? "sfcapd" : "nfcapd";
        for (String program : List.of(export.exporter().program, collector, "nfdump")) {
            assumeThat(program(program)).as(program + " is not installed").isPresent();
        }

        Received received = null;
        for (int attempt = 0; received == null && attempt < MOST_ATTEMPTS; attempt++) {
            received = withoutLoss(export, capture, collector, attempt);
        }
        assertThat(received).as("an attempt of which nothing was lost").isNotNull();

        assertThat(received.copied()).isEqualTo(received.here());
        assertThat(received.direct()).isEqualTo(received.here());
        assertThat(received.here().get(IpAddress.parse(export.target())).packets())
                .isEqualTo(export.packets());
    }

    /**
     * What three collectors received, by target.
     *
     * @param copied to nfcapd, by this collector
     * @param direct to nfcapd, of the same export made once more
     */
    private record Received(Map<IpAddress, Sum> here, Map<IpAddress, Sum> copied, Map<IpAddress, Sum> direct) {}

    /** One attempt; null if a datagram was lost on the way, which a busy machine cannot help. */
    private @Nullable Received withoutLoss(Export export, Path capture, String collector, int attempt)
            throws Exception {
        Capd copied = capd(collector, "copied-" + attempt);
        ExporterTable exporters = ExporterTable.open(1);
        Tally tally = new Tally();
        boolean isLost;
        try (FlowCollector here = new FlowCollector(
                List.of(new InetSocketAddress(LOOPBACK, 0)),
                RECEIVE_BUFFER_BYTES,
                List.of(new InetSocketAddress(LOOPBACK, copied.port())),
                exporters,
                () -> System.currentTimeMillis() * 1_000_000,
                1,
                tally)) {
            int port = here.ports().getFirst().getPort();
            Process process = start(export, capture, port, "here-" + attempt);
            receive(here, process);
            isLost = KernelDrops.of(Set.of(port, copied.port())) > 0 || here.uncopied() > 0;
        }
        isLost |= exporters.statistics().stream()
                        .mapToLong(ExporterStatistics::lost)
                        .sum()
                > 0;
        assertThat(exporters.statistics())
                .allSatisfy(exporter -> assertThat(exporter.rejected()).isEmpty());

        Capd direct = capd(collector, "direct-" + attempt);
        Process again = start(export, capture, direct.port(), "direct-" + attempt);
        assertThat(again.waitFor(LONGEST_EXPORT_NANOS, TimeUnit.NANOSECONDS)).isTrue();
        Thread.sleep(TimeUnit.NANOSECONDS.toMillis(QUIET_NANOS));
        isLost |= KernelDrops.of(Set.of(direct.port())) > 0;
        Map<IpAddress, Sum> ofCopied = copied.sums(export.isSflow());
        Map<IpAddress, Sum> ofDirect = direct.sums(export.isSflow());
        // pmacct may end without its last datagram, which no sequence number shows.
        isLost |= !ofCopied.equals(ofDirect) && attempt < MOST_ATTEMPTS - 1;
        return isLost ? null : new Received(tally.byTarget, ofCopied, ofDirect);
    }

    /** Until the exporter has ended, and nothing came for a while. */
    private static void receive(FlowCollector here, Process exporter) throws IOException {
        long end = System.nanoTime() + LONGEST_EXPORT_NANOS;
        long last = System.nanoTime();
        while (exporter.isAlive() || System.nanoTime() - last < QUIET_NANOS) {
            assertThat(System.nanoTime()).as("the exporter's time").isLessThan(end);
            long before = here.datagrams();
            here.receive(50);
            here.decode(Integer.MAX_VALUE);
            if (here.datagrams() > before) {
                last = System.nanoTime();
            }
        }
    }

    /** Adds rows up by target. */
    private static final class Tally implements FlowCollector.Output {
        final Map<IpAddress, Sum> byTarget = new TreeMap<>();
        private final FlowBatch batch = new FlowBatch(1_024);

        @Override
        public FlowBatch batch() {
            return batch;
        }

        @Override
        public void filled() {
            for (int row = 0; row < batch.size; row++) {
                IpAddress target = new IpAddress(batch.destinationHigh[row], batch.destinationLow[row]);
                byTarget.merge(target, new Sum(1, batch.packets[row], batch.bytes[row]), Sum::plus);
            }
            batch.clear(FlowBatch.Rows.FLOWS);
        }

        @Override
        public void clockSetBack() {
            filled();
        }
    }

    private Process start(Export export, Path capture, int port, String name) throws Exception {
        return switch (export.exporter()) {
            case SOFTFLOWD ->
                run(
                        "softflowd",
                        "-r",
                        capture.toString(),
                        "-n",
                        "127.0.0.1:" + port,
                        "-v",
                        Integer.toString(export.version()),
                        // Without this it waits for a connection to its control socket at the end.
                        "-c",
                        "none",
                        "-p",
                        folder.resolve(name + ".pid").toString(),
                        "-d",
                        "-m",
                        "400000");
            case NFPROBE, SFPROBE -> {
                Path configuration = folder.resolve(name + ".conf");
                Files.writeString(configuration, pmacct(export, capture, port));
                yield run("pmacctd", "-f", configuration.toString());
            }
            case NFREPLAY -> {
                Path flows = folder.resolve(name + ".flows");
                Files.createDirectory(flows);
                Process reader = run("nfpcapd", "-r", capture.toString(), "-w", flows.toString());
                assertThat(reader.waitFor(LONGEST_EXPORT_NANOS, TimeUnit.NANOSECONDS))
                        .isTrue();
                Path file;
                try (Stream<Path> files = Files.list(flows)) {
                    file = files.findFirst().orElseThrow();
                }
                yield run(
                        "nfreplay",
                        "-r",
                        file.toString(),
                        "-H",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-v",
                        Integer.toString(export.version()),
                        "-d",
                        "500");
            }
        };
    }

    private static String pmacct(Export export, Path capture, int port) {
        String general = """
            daemonize: false
            pcap_savefile: %s
            pcap_savefile_wait: 3
            plugin_buffer_size: 1024000
            plugin_pipe_size: 102400000
            """.formatted(capture);
        if (export.isSflow()) {
            return general + """
                plugins: sfprobe[s]
                sampling_rate[s]: 1
                sfprobe_receiver: 127.0.0.1:%d
                sfprobe_agentip: 192.0.2.1
                """.formatted(port);
        }
        return general + """
            aggregate: src_host, dst_host, src_port, dst_port, proto, tos, tcpflags
            plugins: nfprobe
            nfprobe_receiver: 127.0.0.1:%d
            nfprobe_version: %d
            nfprobe_maxflows: 200000
            nfprobe_timeouts: tcp=1:maxlife=5:expint=1:udp=1:general=1
            """.formatted(port, export.version());
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(path -> Path.of(path, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Process run(String name, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program(name).orElseThrow().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Capd capd(String program, String name) throws Exception {
        Path flows = Files.createDirectory(folder.resolve(name));
        int port;
        try (DatagramSocket free = new DatagramSocket(0, LOOPBACK)) {
            port = free.getLocalPort();
        }
        Process process = run(
                program,
                "-w",
                flows.toString(),
                "-p",
                Integer.toString(port),
                "-b",
                "127.0.0.1",
                "-t",
                "3600",
                "-B",
                "4000000");
        String listening = String.format(":%04X ", port);
        while (!Files.readString(Path.of("/proc/net/udp")).contains(listening)) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(20);
        }
        return new Capd(process, flows, port);
    }

    /** A running nfcapd or sfcapd. */
    private record Capd(Process process, Path flows, int port) {

        /** Ends it, and adds up what it received. */
        Map<IpAddress, Sum> sums(boolean areFrames) throws Exception {
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            Process reader = new ProcessBuilder(
                            "nfdump", "-R", flows.toString(), "-q", "-N", "-6", "-o", "fmt:%da %pkt %byt")
                    .start();
            Map<IpAddress, Sum> sums = new TreeMap<>();
            for (String line : new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] columns = line.trim().split("\\s+");
                long packets = Long.parseLong(columns[1]);
                long bytes = Long.parseLong(columns[2]) - (areFrames ? packets * ETHERNET_BYTES : 0);
                sums.merge(IpAddress.parse(columns[0]), new Sum(1, packets, bytes), Sum::plus);
            }
            return sums;
        }
    }
}
