package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import levee.model.IpAddress;

/** Sequences of datagrams, whose state one makes for the next. */
class FlowExportDecoderFuzzTest {
    private static final long LONGEST_FLOW = TimeUnit.MINUTES.toNanos(35);

    /** The input is datagrams, each behind its length in two bytes and a byte that chooses exporter and pause. */
    @FuzzTest(maxDuration = "60s")
    void whatComesInIsReadOrCounted(byte[] input) {
        List<ReceivedDatagram> datagrams = datagrams(input);
        Decoding decoding = new Decoding(ExporterTable.open(1), 64);
        for (ReceivedDatagram datagram : datagrams) {
            for (Row row : decoding.add(datagram)) {
                assertThat(row.lastNanos()).isBetween(row.firstNanos(), datagram.nanos());
                // Data that waited were received up to a minute before.
                assertThat(row.firstNanos()).isGreaterThanOrEqualTo(datagram.nanos() - 2 * LONGEST_FLOW);
                assertThat(row.samplingRate()).isPositive();
                assertThat(row.packets()).isBetween(1L, 1L << 48);
                assertThat(row.bytes()).isBetween(0L, 1L << 48);
                assertThat(row.exporter()).isPositive();
            }
        }
        for (ExporterStatistics exporter : decoding.table.statistics()) {
            assertThat(exporter.lost()).isNotNegative();
            assertThat(exporter.samplingRate()).isPositive();
            assertThat(exporter.templates()).isBetween(0L, 1_024L);
        }
        // The size of batches makes no difference.
        Decoding small = new Decoding(ExporterTable.open(1), 4);
        datagrams.forEach(small::add);
        assertThat(small.rows()).isEqualTo(decoding.rows());
        assertThat(small.table.statistics()).isEqualTo(decoding.table.statistics());
        decoding.table.expire(Long.MAX_VALUE);
        assertThat(decoding.table.waitingBytes()).isZero();
    }

    static List<ReceivedDatagram> datagrams(byte[] input) {
        List<ReceivedDatagram> datagrams = new ArrayList<>();
        long nanos = ExportFile.NANOS;
        int at = 0;
        while (at <= input.length - 3) {
            int length = Math.min((input[at] & 0xff) << 8 | input[at + 1] & 0xff, input.length - at - 3);
            int choice = input[at + 2] & 0xff;
            nanos += TimeUnit.SECONDS.toNanos(choice >> 4);
            datagrams.add(new ReceivedDatagram(
                    IpAddress.ofIpv4(choice & 3), nanos, Arrays.copyOfRange(input, at + 3, at + 3 + length)));
            at += 3 + length;
        }
        return datagrams;
    }
}
