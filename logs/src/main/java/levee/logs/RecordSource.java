package levee.logs;

import java.io.Closeable;
import java.io.IOException;

/** Records one after the other. */
interface RecordSource extends Closeable {
    /** Goes to the next record that is of use; false at the end. */
    boolean advance() throws IOException;

    /** Whether the clock jumped before the present record: everything that is open ends there. */
    boolean restarts();

    /** The present record. */
    RecordFormat record();
}
