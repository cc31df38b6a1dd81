package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound datagrams, cut and changed. */
class HostileDatagramsTest {
    private static List<byte[]> sound(ExportFormat format) {
        boolean isSflow = format == ExportFormat.SFLOW;
        FlowBatch batch = new FlowBatch(8);
        batch.clear(isSflow ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS);
        while (!batch.isFull()) {
            int row = batch.size++;
            batch.reset(row);
            batch.sourceLow[row] = IpAddress.mapIpv4(row);
            batch.destinationLow[row] = IpAddress.mapIpv4(-row);
            batch.protocol[row] = 17;
            batch.firstNanos[row] = ExportFile.NANOS;
            batch.lastNanos[row] = ExportFile.NANOS;
            batch.packets[row] = 10;
            batch.bytes[row] = 1_000;
            batch.samplingRate[row] = 10;
        }
        List<byte[]> datagrams = new ArrayList<>();
        EncoderSettings settings = new EncoderSettings(format, 1_400, 1, ExportFile.NANOS, 1, 10, false);
        FlowExportEncoder encoder =
                new FlowExportEncoder(settings, (bytes, length) -> datagrams.add(Arrays.copyOf(bytes, length)));
        encoder.encode(batch, ExportFile.NANOS);
        encoder.flush(ExportFile.NANOS);
        return datagrams;
    }

    @ParameterizedTest
    @EnumSource
    void aDatagramMayEndAnywhere(ExportFormat format) {
        byte[] whole = sound(format).getFirst();
        int before = 0;
        for (int length = 0; length <= whole.length; length++) {
            int rows = new Decoding().add(Arrays.copyOf(whole, length)).size();
            assertThat(rows).isBetween(before, 8);
            before = rows;
        }
        assertThat(before).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource
    void anyChangeIsReadOrCounted(ExportFormat format) {
        byte[] whole = sound(format).getFirst();
        SplittableRandom random = new SplittableRandom(format.ordinal());
        Decoding decoding = new Decoding(ExporterTable.open(1), 16);
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = Arrays.copyOf(whole, random.nextInt(8, whole.length + 1));
            for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
                int at = random.nextInt(4, changed.length);
                switch (random.nextInt(3)) {
                    case 0 -> changed[at] = (byte) random.nextInt();
                    case 1 -> changed[at] = (byte) 0xff;
                    default -> changed[at] = 0;
                }
            }
            for (Row row : decoding.add(changed)) {
                assertThat(row.lastNanos()).isBetween(row.firstNanos(), ExportFile.NANOS);
                assertThat(row.packets()).isBetween(1L, Counts.LARGEST);
                assertThat(row.bytes()).isBetween(0L, Counts.LARGEST);
            }
        }
        ExporterStatistics exporter = decoding.statistics();
        assertThat(exporter.datagrams()).isEqualTo(3_000);
        assertThat(exporter.rejected()).isNotEmpty();
        assertThat(exporter.lost()).isNotNegative();
        assertThat(decoding.table.templateBytes())
                .isLessThan(ExporterLimits.defaults().templateBytes());
        assertThat(decoding.table.waitingBytes())
                .isLessThan(ExporterLimits.defaults().waitingBytes());
    }
}
