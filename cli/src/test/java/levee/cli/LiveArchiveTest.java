package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import levee.capture.CaptureFormat;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.engine.RowPass;
import levee.flowexport.ExportFormat;
import levee.model.IpAddress;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.testing.RealData;
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
    private static final String ARCHIVE = "mode: monitor\narchive: {size: 100 MB, days: 1}\n";

    /** So many datagrams are in the kernel's buffer at the most. */
    private static final int IN_FLIGHT = 40;

    @TempDir
    private Path folder;

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

    private static void awaitCount(GuardedNetwork network, String pointer, long count)
            throws IOException, InterruptedException {
        network.await(() -> network.get("/api/v1/stats").at(pointer).asLong() >= count);
    }

    private JsonNode flows(GuardedNetwork network, String... arguments) throws IOException {
        Path output = folder.resolve("output.json");
        List<String> all = new ArrayList<>(
                List.of("flows", "--data", network.data.toString(), "--output", output.toString(), "--format", "json"));
        all.addAll(List.of(arguments));
        assertThat(Main.run(all.toArray(String[]::new))).isZero();
        return JsonMapper.shared().readTree(Files.readAllBytes(output));
    }

    private static void send(GuardedNetwork network, List<byte[]> datagrams) throws IOException, InterruptedException {
        int sent = 0;
        for (byte[] datagram : datagrams) {
            network.router().send(datagram, datagram.length);
            sent++;
            if (sent % IN_FLIGHT == 0) {
                awaitCount(network, "/datagrams", sent);
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
        Path capture = RealData.file("attacks/exports/" + name);
        Totals expected = expected(capture);
        try (GuardedNetwork network = GuardedNetwork.inFastMotion(folder, ARCHIVE, ExportFormat.IPFIX)) {
            send(network, datagrams(capture));
            // While it runs, a few seconds of its clock later at the most.
            awaitCount(network, "/archive/flows", expected.count());
            JsonNode json = flows(network);
            Totals found = found(json);

            assertThat(found.flows).isEqualTo(expected.flows);
            assertThat(json.at("/summary/flows").asLong()).isEqualTo(expected.count());
            assertThat(json.at("/summary/packets").asLong()).isEqualTo(expected.packets);
            assertThat(json.at("/summary/bytes").asLong()).isEqualTo(expected.bytes);
            assertThat(network.text("/metrics"))
                    .contains("levee_archive_flows_total " + expected.count())
                    .contains("levee_archive_dropped_total 0");

            // And after a restart, those of both runs.
            network.restart();
            send(network, datagrams(capture));
            awaitCount(network, "/flows", expected.count());
            network.stop();
            assertThat(flows(network, "--limit", "0").at("/summary/packets").asLong())
                    .isEqualTo(2 * expected.packets);
        }
    }

    @Test
    void withoutTheSettingNothingIsKept() throws Exception {
        try (GuardedNetwork network = new GuardedNetwork(folder, "mode: monitor\n")) {
            assertThat(network.text("/api/v1/stats")).doesNotContain("archive");
            assertThat(network.text("/metrics")).doesNotContain("archive");
            network.stop();
            assertThat(ArchiveSection.folder(network.data)).doesNotExist();
        }
    }
}
