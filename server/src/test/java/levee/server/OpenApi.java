package levee.server;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the interface, and what is wrong with an answer by it. */
final class OpenApi {
    private static final String DOCUMENT = "https://levee.example/openapi.yaml";
    private static final Path DOCS = Path.of("..", "docs");

    private final JsonNode document;
    private final SchemaRegistry registry;

    OpenApi() {
        String yaml = read("openapi.yaml");
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        document = JsonMapper.shared().valueToTree(loaded);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(
                        DOCUMENT,
                        document.toString(),
                        "https://levee.example/findings.schema.json",
                        read("findings.schema.json"))));
    }

    private static String read(String name) {
        try {
            return Files.readString(DOCS.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All operations, such as {@code GET /metrics}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    JsonNode operation(String operation) {
        String[] parts = operation.split(" ", 2);
        return document.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    Set<String> queryParameters(String operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation(operation).path("parameters")) {
            JsonNode meant = resolved(parameter);
            if (meant.path("in").asString().equals("query")) {
                names.add(meant.path("name").asString());
            }
        }
        return names;
    }

    /** What is wrong with an answer to this operation. */
    List<String> complaints(String operation, HttpResponse<String> answer) {
        List<String> complaints = new ArrayList<>();
        JsonNode response =
                resolved(operation(operation).path("responses").path(Integer.toString(answer.statusCode())));
        if (response.isMissingNode()) {
            return List.of("status " + answer.statusCode() + " is not described: " + answer.body());
        }
        response.path("headers").properties().forEach(header -> {
            JsonNode meant = resolved(header.getValue());
            String value = answer.headers().firstValue(header.getKey()).orElse(null);
            if (value == null) {
                complaints.add("no header " + header.getKey());
            } else {
                complaints.addAll(complaints(
                        header.getKey(),
                        meant.path("schema").toString(),
                        JsonMapper.shared().writeValueAsString(value)));
            }
        });
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            complaints.add("type " + type + " is not described");
        } else {
            String body =
                    type.contains("json") ? answer.body() : JsonMapper.shared().writeValueAsString(answer.body());
            complaints.addAll(complaints("body", absolute(content.path("schema")), body));
        }
        return complaints;
    }

    /** What is wrong with a JSON text by one of the schemas. */
    List<String> complaints(String schema, String json) {
        return complaints(schema, "{\"$ref\":\"" + DOCUMENT + "#/components/schemas/" + schema + "\"}", json);
    }

    private List<String> complaints(String what, String schema, String json) {
        Schema compiled = registry.getSchema(schema, InputFormat.JSON);
        List<Error> errors = compiled.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        return errors.stream().map(error -> what + ": " + error).toList();
    }

    private static String absolute(JsonNode schema) {
        return schema.toString().replace("\"#/", "\"" + DOCUMENT + "#/");
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }
}
