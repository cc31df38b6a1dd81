package levee.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
final class LoadTest {
    private static final int DATAGRAMS = 2_000;
    private static final long NANOS_PER_MILLISECOND = 1_000_000L;

    @ParameterizedTest
    @EnumSource(names = {"NETFLOW_V9", "SFLOW"})
    void collectorsFindNothingWrongWithIt(ExportFormat format) {
        Load load = new Load(format);
        ExporterTable exporters = ExporterTable.open(1);
        FlowExportDecoder decoder = new FlowExportDecoder(exporters);
        FlowBatch batch = new FlowBatch(64);
        Set<Long> hosts = new HashSet<>();
        Prefix network = Prefix.parse(Load.NETWORK);
        int sequence = 0;
        int flows = 0;
        if (load.hasTemplate()) {
            flows += decode(decoder, batch, load.template(1, sequence++), System.currentTimeMillis());
        }
        // The same ones twice: numbers and times are put in place each time.
        for (int i = 0; i < 2 * DATAGRAMS; i++) {
            long nowMillis = System.currentTimeMillis() + 2L * i;
            flows += decode(decoder, batch, load.datagram(i % DATAGRAMS, 1, sequence++, nowMillis), nowMillis);
            for (int row = 0; row < batch.size; row++) {
                IpAddress source = new IpAddress(batch.sourceHigh[row], batch.sourceLow[row]);
                IpAddress destination = new IpAddress(batch.destinationHigh[row], batch.destinationLow[row]);
                assertThat(network.contains(source)).isNotEqualTo(network.contains(destination));
                // Headers of NetFlow v9 have whole seconds.
                assertThat(nowMillis * NANOS_PER_MILLISECOND - batch.lastNanos[row])
                        .isBetween(0L, 2_000 * NANOS_PER_MILLISECOND);
                hosts.add(source.low());
            }
        }

        int templates = load.hasTemplate() ? 1 : 0;
        assertThat(flows).isEqualTo(2 * DATAGRAMS * load.flowsPerDatagram() + templates);
        assertThat(hosts.size()).isGreaterThan(DATAGRAMS * load.flowsPerDatagram() * 9 / 10);
        assertThat(exporters.statistics()).singleElement().satisfies(exporter -> {
            assertThat(exporter.lost()).isZero();
            assertThat(exporter.duplicates()).isZero();
            assertThat(exporter.clampedTimes()).isZero();
            assertThat(exporter.rejected()).isEmpty();
        });
    }

    private static int decode(FlowExportDecoder decoder, FlowBatch batch, ByteBuffer datagram, long nowMillis) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        batch.clear(FlowBatch.Rows.FLOWS);
        decoder.begin(0, 1, nowMillis * NANOS_PER_MILLISECOND, bytes, 0, bytes.length);
        assertThat(decoder.fill(batch)).isTrue();
        return batch.size;
    }
}
