package levee.telemetry;

import java.io.IOException;

/** Something that yields rows: a capture, a log, a socket. Bytes that cannot be used are counted, never thrown. */
public interface BatchSource extends AutoCloseable {

    /**
     * Fills a cleared batch with the next rows.
     *
     * @return false at the end of the input; the batch may still hold rows
     * @throws IOException if the input itself fails, as a disk does; never because of what its bytes say
     */
    boolean fill(FlowBatch batch) throws IOException;

    /** What was read so far. */
    SourceStatistics statistics();

    @Override
    void close() throws IOException;
}
