package levee.report;

import java.io.IOException;
import java.io.OutputStream;
import levee.model.Analysis;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/** The analysis as one indented JSON document, as {@code docs/findings.schema.json} describes it. */
public final class JsonReport implements Report {

    @Override
    public void write(Analysis analysis, OutputStream out) throws IOException {
        try (JsonGenerator json = JsonOutput.indented(out)) {
            new JsonContract(json).document(analysis);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        out.write('\n');
        out.flush();
    }
}
