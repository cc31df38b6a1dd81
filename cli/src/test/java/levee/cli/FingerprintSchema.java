package levee.cli;

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

/** The published schema of fingerprints, and what a validator says by it. */
final class FingerprintSchema {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(read(), InputFormat.JSON);

    private FingerprintSchema() {}

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "fingerprint.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a fingerprint; empty where nothing is. */
    static List<Error> complaints(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }
}
