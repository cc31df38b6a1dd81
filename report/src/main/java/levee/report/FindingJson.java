package levee.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import levee.model.Finding;
import tools.jackson.core.JsonGenerator;

/** A finding alone, as JSON for a store, a message or an interface. */
public final class FindingJson {
    private FindingJson() {}

    /**
     * The JSON object that stands for the finding in the document of {@link JsonReport}, in one line and in ASCII;
     * {@code $defs/finding} of {@code docs/findings.schema.json} describes it.
     */
    public static String of(Finding finding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = JsonOutput.compact(out)) {
            new JsonContract(json).findingObject(finding);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    /**
     * Reads what {@link #of} has written. Samples are the excerpts that JSON holds.
     *
     * @throws IllegalArgumentException if it is no such object
     */
    public static Finding read(String json) {
        return FindingReader.read(json);
    }
}
