package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import levee.archive.ArchiveLimits;
import levee.attack.DetectionSettings;
import levee.capture.CaptureFormat;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.engine.RowPass;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.store.Retention;
import levee.store.StoredFinding.Mode;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code levee serve} receives is what {@code levee flows} finds. */
@Tag("slow")
@Timeout(120)
final class LiveArchiveTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** So many datagrams are in the kernel's buffer at the most. */
    private static final int IN_FLIGHT = 40;

    @TempDir
    private Path data;

    private final List<String> messages = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    /** Flows by all that one of them says, with how many there are; and their sums. */
    private static final class Totals {
        final TreeMap<String, Integer> flows = new TreeMap<>();
        long packets;
        long bytes;

        void add(String flow, long morePackets, long moreBytes) {
            flows.merge(flow + " " + morePackets + " " + moreBytes, 1, Integer::sum);
            packets += morePackets;
            bytes += moreBytes;
        }

        int count() {
            return flows.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private static Path capture(String name) {
        Path file = Optional.ofNullable(System.getenv("LEVEE_DATA"))
                .map(Path::of)
                .orElseGet(() -> Path.of("..", "..", "shared", "data"))
                .resolve("attacks/exports")
                .resolve(name);
        assumeThat(file).as("real traffic, in the folder that LEVEE_DATA names").exists();
        return file;
    }

    /** The payloads of all datagrams of a capture. */
    private static List<byte[]> datagrams(Path capture) throws IOException {
        List<byte[]> datagrams = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(capture);
                BatchSource source = CaptureFormat.PCAP.open(
                        channel, false, (row, frameLength, fragmentOffset, packet, start, limit) -> {
                            byte[] bytes = new byte[limit - start];
                            packet.get(start, bytes);
                            datagrams.add(bytes);
                        })) {
            FlowBatch batch = new FlowBatch(1_024);
            boolean more = true;
            while (more) {
                batch.clear(FlowBatch.Rows.PACKETS);
                more = source.fill(batch);
            }
        }
        return datagrams;
    }

    private static Totals expected(Path capture) {
        Totals totals = new Totals();
        new RowPass(1, ReadProgress.NONE).read(List.of(new Location.File(capture, false)), (batch, details) -> {
            for (int row = 0; row < batch.size; row++) {
                totals.add(
                        new IpAddress(batch.sourceHigh[row], batch.sourceLow[row])
                                + " " + (int) batch.sourcePort[row]
                                + " " + new IpAddress(batch.destinationHigh[row], batch.destinationLow[row])
                                + " " + (int) batch.destinationPort[row]
                                + " " + (batch.protocol[row] & 0xff)
                                + " " + (batch.tcpFlags[row] & 0xff)
                                + " " + batch.samplingRate[row]
                                + " " + batch.ingressInterface[row],
                        batch.packets[row],
                        batch.bytes[row]);
            }
        });
        return totals;
    }

    private static Totals found(JsonNode json) {
        Totals totals = new Totals();
        for (JsonNode flow : json.at("/flows")) {
            totals.add(
                    flow.at("/source").asString()
                            + " " + flow.at("/source_port").asInt()
                            + " " + flow.at("/destination").asString()
                            + " " + flow.at("/destination_port").asInt()
                            + " " + flow.at("/protocol").asInt()
                            + " " + flow.at("/tcp_flags").asInt()
                            + " " + flow.at("/sampling_rate").asInt()
                            + " " + flow.at("/ingress_interface").asInt(),
                    flow.at("/packets").asLong(),
                    flow.at("/bytes").asLong());
            assertThat(flow.at("/exporter").asString()).isEqualTo("127.0.0.1");
        }
        return totals;
    }

    private ServeSettings settings(int web) {
        return new ServeSettings(
                data,
                Optional.empty(),
                new InetSocketAddress(LOOPBACK, web),
                List.of(new InetSocketAddress(LOOPBACK, 0)),
                List.of(),
                DetectionSettings.of(OwnNetworks.unknown()),
                Mode.MONITOR,
                List.of(),
                false,
                List.of(),
                List.of(),
                List.of(),
                Retention.DEFAULT,
                List.of(),
                Optional.of(new ArchiveLimits(100_000_000, Duration.ofDays(1))),
                List.of());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private String get(int web, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void awaitCount(int web, String pointer, long count) throws IOException, InterruptedException {
        while (JsonMapper.shared()
                        .readTree(get(web, "/api/v1/stats"))
                        .at(pointer)
                        .asLong()
                < count) {
            Thread.sleep(5);
        }
    }

    private JsonNode flows(String... arguments) throws IOException {
        Path output = data.resolve("output.json");
        List<String> all = new ArrayList<>(
                List.of("flows", "--data", data.toString(), "--output", output.toString(), "--format", "json"));
        all.addAll(List.of(arguments));
        assertThat(Main.run(all.toArray(String[]::new))).isZero();
        return JsonMapper.shared().readTree(Files.readAllBytes(output));
    }

    private void send(LiveService service, int web, List<byte[]> datagrams) throws IOException, InterruptedException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(service.flows().getFirst());
            int sent = 0;
            for (byte[] datagram : datagrams) {
                socket.send(new DatagramPacket(datagram, datagram.length));
                sent++;
                if (sent % IN_FLIGHT == 0) {
                    awaitCount(web, "/datagrams", sent);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benign-mix-ndpi.nf9.pcap",
                "stopddos-snmp.nf5.pcap",
                "nladc-ssdp-booter.ipfix.pcap",
                "thc-denial6-5.ipfix.pcap",
                "stopddos-dns-rrsig-frag.sflow.pcap"
            })
    void whatIsReceivedIsFound(String name) throws Exception {
        Path capture = capture(name);
        Totals expected = expected(capture);
        int web = freePort();
        try (LiveService service = LiveService.start(settings(web), messages::add)) {
            send(service, web, datagrams(capture));
            // While it runs, a few seconds later at the most.
            awaitCount(web, "/archive/flows", expected.count());
            JsonNode json = flows();
            Totals found = found(json);

            assertThat(found.flows).isEqualTo(expected.flows);
            assertThat(json.at("/summary/flows").asLong()).isEqualTo(expected.count());
            assertThat(json.at("/summary/packets").asLong()).isEqualTo(expected.packets);
            assertThat(json.at("/summary/bytes").asLong()).isEqualTo(expected.bytes);
            assertThat(get(web, "/metrics"))
                    .contains("levee_archive_flows_total " + expected.count())
                    .contains("levee_archive_dropped_total 0");
        }
        // And after a restart, those of both runs.
        try (LiveService service = LiveService.start(settings(web), messages::add)) {
            send(service, web, datagrams(capture));
            awaitCount(web, "/flows", expected.count());
        }
        assertThat(flows("--limit", "0").at("/summary/packets").asLong()).isEqualTo(2 * expected.packets);
    }

    @Test
    void withoutTheSettingNothingIsKept() throws Exception {
        int web = freePort();
        ServeSettings with = settings(web);
        ServeSettings without = new ServeSettings(
                with.data(),
                with.store(),
                with.web(),
                with.flows(),
                with.copies(),
                with.detection(),
                with.mode(),
                with.exporters(),
                with.onlyKnown(),
                with.names(),
                with.tokens(),
                with.alerts(),
                with.retention(),
                with.captures(),
                Optional.empty(),
                with.inForce());
        try (LiveService service = LiveService.start(without, messages::add)) {
            assertThat(service.flows()).isNotEmpty();
            assertThat(get(web, "/api/v1/stats")).doesNotContain("archive");
            assertThat(get(web, "/metrics")).doesNotContain("archive");
        }
        assertThat(ArchiveSection.folder(data)).doesNotExist();
    }
}
