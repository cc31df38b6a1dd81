package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import levee.flowexport.EncoderSettings;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportEncoder;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps the collector; what is sent over loopback is there when it looks. */
@Timeout(20)
final class FlowCollectorTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long NOW = 1_770_000_000_000_000_000L;
    private static final int ROWS = 40;
    private static final int BUFFER = 1 << 20;

    private final ExporterTable exporters = ExporterTable.open(1);
    private final Batches batches = new Batches();

    /** Keeps what was filled. */
    private static final class Batches implements FlowCollector.Output {
        final List<FlowBatch> filled = new ArrayList<>();
        private FlowBatch current = new FlowBatch(16);

        @Override
        public FlowBatch batch() {
            return current;
        }

        @Override
        public void filled() {
            if (current.size > 0) {
                filled.add(current);
                current = new FlowBatch(16);
            }
        }

        @Override
        public void clockSetBack() {
            filled();
        }

        int rows() {
            return filled.stream().mapToInt(batch -> batch.size).sum();
        }
    }

    private FlowCollector collector(List<InetSocketAddress> copies) throws IOException {
        return new FlowCollector(
                List.of(new InetSocketAddress(LOOPBACK, 0), new InetSocketAddress(LOOPBACK, 0)),
                BUFFER,
                copies,
                exporters,
                () -> NOW,
                1,
                batches);
    }

    private static void step(FlowCollector collector) throws IOException {
        collector.receive(1_000);
        collector.decode(100);
    }

    private static void export(DatagramSocket socket, InetSocketAddress to, ExportFormat format) {
        FlowExportEncoder encoder = new FlowExportEncoder(
                new EncoderSettings(format, 1_400, 1, NOW - 1_000_000_000L, 20, 1, false), (bytes, length) -> {
                    try {
                        socket.send(new DatagramPacket(bytes, length, to));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        FlowBatch rows = new FlowBatch(ROWS);
        rows.clear(format == ExportFormat.SFLOW ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
        for (int row = 0; row < ROWS; row++) {
            rows.reset(row);
            rows.firstNanos[row] = NOW;
            rows.lastNanos[row] = NOW;
            rows.sourceLow[row] = IpAddress.mapIpv4(0x0102_0300 + row);
            rows.destinationLow[row] = IpAddress.parse("192.0.2.1").low();
            rows.destinationPort[row] = 80;
            rows.protocol[row] = 17;
            rows.bytes[row] = 100;
        }
        rows.size = ROWS;
        encoder.encode(rows, NOW);
        encoder.flush(NOW);
    }

    @ParameterizedTest
    @EnumSource
    void flowsOfEachFormatBecomeRows(ExportFormat format) throws IOException {
        try (FlowCollector collector = collector(List.of());
                DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            export(socket, collector.ports().get(1), format);
            while (batches.rows() < ROWS) {
                step(collector);
            }

            assertThat(batches.rows()).isEqualTo(ROWS);
            assertThat(batches.filled.getFirst().sourceLow[0]).isEqualTo(IpAddress.mapIpv4(0x0102_0300));
            assertThat(exporters.statistics()).singleElement().satisfies(exporter -> {
                assertThat(exporter.format()).isEqualTo(format);
                assertThat(exporter.flows()).isEqualTo(ROWS);
                assertThat(exporter.address()).isEqualTo(IpAddress.parse("127.0.0.1"));
            });
        }
    }

    @Test
    void datagramsAreCopiedAsTheyCame() throws IOException {
        try (DatagramSocket other = new DatagramSocket(0, LOOPBACK);
                FlowCollector collector = collector(List.of(new InetSocketAddress(LOOPBACK, other.getLocalPort())));
                DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            byte[] garbage = {0, 99, 1, 2, 3, 4, 5, 6, 7, 8};
            socket.send(new DatagramPacket(
                    garbage, garbage.length, collector.ports().getFirst()));
            while (collector.datagrams() == 0) {
                step(collector);
            }
            DatagramPacket copy = new DatagramPacket(new byte[100], 100);
            other.receive(copy);

            assertThat(copy.getData()).startsWith(garbage);
            assertThat(copy.getLength()).isEqualTo(garbage.length);
            assertThat(exporters.unknownDatagrams()).isEqualTo(1);
            assertThat(batches.rows()).isZero();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
            assertThatThrownBy(() -> new FlowCollector(
                                    List.of(new InetSocketAddress(LOOPBACK, taken.getLocalPort())),
                                    BUFFER,
                                    List.of(),
                                    exporters,
                                    () -> NOW,
                                    1,
                                    batches)
                            .close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }
}
