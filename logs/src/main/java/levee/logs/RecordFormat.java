package levee.logs;

import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;

/**
 * Makes rows or events of the fields of a line. What was read last is held until the next line, whose bytes it may point
 * into.
 */
interface RecordFormat {
    /** The most rows, and the most events, that a line becomes. */
    int MOST = 2;

    /**
     * Reads the fields.
     *
     * @param statistics counts the record, and the reason why it is of no use
     * @return whether there is something to write
     */
    boolean read(Fields fields, SourceStatistics statistics);

    /** When what was read began, in nanoseconds since 1970. */
    long startNanos();

    /** When it ended. */
    long endNanos();

    /** What tells it from other records of its kind. */
    FirstRecord identity();

    /** Adds it to a batch that has room for {@link #MOST} rows and events. */
    void write(FlowBatch batch);

    /** Whether a batch has room for whatever a line becomes. */
    static boolean fits(FlowBatch batch) {
        return batch.remaining() >= MOST && batch.events.hasRoom(MOST);
    }
}
