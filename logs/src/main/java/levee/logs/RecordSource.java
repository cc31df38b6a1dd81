package levee.logs;

import java.io.Closeable;
import java.io.IOException;

/** Records one after the other. */
interface RecordSource extends Closeable {
    /** Goes to the next record that is of use; false at the end. */
    boolean advance() throws IOException;

    /** The present record. */
    RecordFormat record();
}
