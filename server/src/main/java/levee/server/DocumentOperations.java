package levee.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import levee.server.Operation.Access;

/** What describes this interface. */
final class DocumentOperations {
    private final byte[] description = resource("openapi.yaml");
    private final byte[] findingsSchema = resource("findings.schema.json");

    List<Operation> all() {
        return List.of(
                Operation.get(
                        Paths.DESCRIPTION,
                        Access.ANYBODY,
                        List.of(),
                        request -> Answer.send(request.context(), 200, "application/yaml", description)),
                Operation.get(
                        Paths.FINDINGS_SCHEMA,
                        Access.ANYBODY,
                        List.of(),
                        request -> Answer.send(request.context(), 200, "application/schema+json", findingsSchema)));
    }

    private static byte[] resource(String name) {
        try (InputStream in = DocumentOperations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
