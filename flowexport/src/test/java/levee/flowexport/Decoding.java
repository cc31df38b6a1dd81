package levee.flowexport;

import java.util.ArrayList;
import java.util.List;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;

/** A decoder with its table, and the rows that it made. */
final class Decoding {
    final ExporterTable table;
    private final FlowExportDecoder decoder;
    private final int capacity;
    private FlowBatch batch;
    private final List<Row> rows = new ArrayList<>();

    Decoding() {
        this(ExporterTable.open(1), 256);
    }

    Decoding(ExporterTable table, int capacity) {
        this.table = table;
        this.capacity = capacity;
        decoder = new FlowExportDecoder(table);
        batch = new FlowBatch(capacity);
    }

    static List<Row> rows(List<ReceivedDatagram> datagrams) {
        Decoding decoding = new Decoding();
        datagrams.forEach(decoding::add);
        return decoding.rows();
    }

    /** Decodes a datagram and returns its rows. */
    List<Row> add(ReceivedDatagram datagram) {
        return add(datagram.from(), datagram.nanos(), datagram.bytes());
    }

    List<Row> add(IpAddress from, long nanos, byte[] bytes) {
        int before = rows.size();
        decoder.begin(from.high(), from.low(), nanos, bytes, 0, bytes.length);
        while (true) {
            boolean isDone = decoder.fill(batch);
            for (int row = 0; row < batch.size; row++) {
                rows.add(Row.of(batch, row));
            }
            if (!isDone && batch.size == 0) {
                throw new AssertionError("no progress");
            }
            batch.size = 0;
            if (isDone) {
                return List.copyOf(rows.subList(before, rows.size()));
            }
        }
    }

    /** As {@link #add}, from the usual exporter at the usual time. */
    List<Row> add(byte[] bytes) {
        return add(ExportFile.EXPORTER, ExportFile.NANOS, bytes);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    int capacity() {
        return capacity;
    }

    ExporterStatistics statistics() {
        return statistics(ExportFile.EXPORTER);
    }

    ExporterStatistics statistics(IpAddress address) {
        return table.statistics().stream()
                .filter(exporter -> exporter.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    long rejected(RejectionReason reason) {
        return statistics().rejected().getOrDefault(reason.label(), 0L);
    }
}
