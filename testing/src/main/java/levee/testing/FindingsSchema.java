package levee.testing;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The published schema, and what a validator says by it. */
public final class FindingsSchema {
    public static final String TEXT = read();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of("urn:levee:findings:1", TEXT)));
    private static final Schema DOCUMENT = schema("urn:levee:findings:1");
    private static final Schema LINE = schema("urn:levee:findings:1#/$defs/line");

    private FindingsSchema() {}

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "findings.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema(String reference) {
        return REGISTRY.getSchema("{\"$ref\":\"" + reference + "\"}", InputFormat.JSON);
    }

    /** What is wrong with a JSON document; empty where nothing is. */
    public static List<Error> complaintsAboutDocument(String json) {
        return complaints(DOCUMENT, json);
    }

    /** What is wrong with one of the JSON lines; empty where nothing is. */
    public static List<Error> complaintsAboutLine(String json) {
        return complaints(LINE, json);
    }

    private static List<Error> complaints(Schema schema, String json) {
        return schema.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
