package levee.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/**
 * A capture read to its end.
 *
 * @param restarts how many rows were read before each batch that restarts the clock
 */
record ReadCapture(List<Row> rows, List<Integer> restarts, SourceStatistics statistics) {
    private static final int CAPACITY = 64;

    static ReadCapture of(byte[] file) {
        CaptureFormat format = CaptureFormat.detect(file, file.length).orElseThrow();
        return of(format, Channels.newChannel(new ByteArrayInputStream(file)), CAPACITY, false);
    }

    static ReadCapture of(CaptureFormat format, ReadableByteChannel channel, int capacity, boolean live) {
        List<Row> rows = new ArrayList<>();
        List<Integer> restarts = new ArrayList<>();
        try (BatchSource source = format.open(channel, live)) {
            FlowBatch batch = new FlowBatch(capacity);
            boolean more;
            do {
                more = source.fill(batch);
                if (batch.restart) {
                    restarts.add(rows.size());
                }
                for (int row = 0; row < batch.size; row++) {
                    rows.add(Row.of(batch, row));
                }
            } while (more);
            return new ReadCapture(rows, restarts, source.statistics());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Long> times() {
        return rows.stream().map(Row::nanos).toList();
    }

    /** The packets of {@link #numbered} that were read. */
    List<Integer> numbers() {
        return rows.stream().map(Row::destinationPort).toList();
    }

    /** A packet that is recognised by its destination port. */
    static byte[] numbered(int number) {
        return PacketBuilder.ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(40_000, number)
                .payload("payload of a few bytes")
                .bytes();
    }

    long rejected(RejectionReason reason) {
        return statistics.rejections.of(reason);
    }
}
