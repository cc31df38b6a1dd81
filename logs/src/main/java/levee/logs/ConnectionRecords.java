package levee.logs;

import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;

/** Lines that become rows. */
final class ConnectionRecords implements RecordFormat {
    private final ConnectionFormat format;
    private final boolean bothDirections;
    private final ConnectionRecord record = new ConnectionRecord();

    /** @param bothDirections whether the format tells how a row stands to its connection */
    ConnectionRecords(ConnectionFormat format, boolean bothDirections) {
        this.format = format;
        this.bothDirections = bothDirections;
    }

    @Override
    public boolean read(Fields fields, SourceStatistics statistics) {
        statistics.flows++;
        return format.read(fields, record, statistics.rejections);
    }

    @Override
    public long startNanos() {
        return record.startNanos;
    }

    @Override
    public long endNanos() {
        return record.endNanos;
    }

    @Override
    public FirstRecord identity() {
        return record.identity();
    }

    @Override
    public void write(FlowBatch batch) {
        if (bothDirections) {
            RecordWriter.write(record, batch);
        } else {
            RecordWriter.writeFlows(record, batch);
        }
    }
}
