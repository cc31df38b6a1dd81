package levee.report;

import java.io.IOException;
import java.io.OutputStream;
import levee.model.Analysis;

/** One way of writing the result of an analysis. */
@FunctionalInterface
public interface Report {

    /**
     * Writes {@code analysis} as UTF-8 and flushes. The stream stays open.
     *
     * @throws IOException if the stream refuses
     */
    void write(Analysis analysis, OutputStream out) throws IOException;
}
