package levee.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import levee.model.AttackVector;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value in a document that people may have written by hand. All methods throw {@link InvalidDocumentException} where
 * it is not what they are to return.
 *
 * @param path where it is, such as {@code attacks[0].start}; empty for the whole document
 */
record JsonValue(String path, JsonNode node) {
    static final String SCHEMA_VERSION = "1";

    /** Whole numbers up to here are the same in every JSON reader (RFC 8259 section 6). */
    private static final long MOST = (1L << 53) - 1;

    private static final Pattern UTC = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");

    /** What the parser says of a source that only the caller knows by name. */
    private static final Pattern SOURCE = Pattern.compile(" \\(start marker at \\[.*?\\]\\)");

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads a document and leaves {@code in} open. */
    static JsonValue document(InputStream in) throws IOException {
        try {
            return new JsonValue("", MAPPER.readTree(in));
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** Reads documents that follow each other, one at a time, and leaves {@code in} open. */
    static void documents(InputStream in, Visitor visitor) throws IOException {
        try (MappingIterator<JsonNode> documents =
                MAPPER.readerFor(JsonNode.class).readValues(in)) {
            while (documents.hasNextValue()) {
                visitor.visit(new JsonValue("", documents.nextValue()));
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    /** Looks at a document. */
    interface Visitor {
        void visit(JsonValue document) throws InvalidDocumentException;
    }

    private static InvalidDocumentException notJson(JacksonException e) {
        // What is nested too deeply has no place.
        @Nullable TokenStreamLocation location = e.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        String what = SOURCE.matcher(e.getOriginalMessage()).replaceAll("");
        return new InvalidDocumentException("this is not JSON" + where + ": " + what);
    }

    /** Sees to it that {@code schema_version} is the one that is understood here. */
    void checkSchemaVersion() throws InvalidDocumentException {
        String version = field("schema_version").text();
        if (!version.equals(SCHEMA_VERSION)) {
            throw new InvalidDocumentException("schema_version is \"" + version + "\", but this Levee reads \""
                    + SCHEMA_VERSION + "\": read it with the version of Levee that wrote it, or a newer one");
        }
    }

    boolean has(String name) {
        return node.has(name);
    }

    boolean hasNumber(String name) {
        return node.path(name).isNumber();
    }

    JsonValue field(String name) throws InvalidDocumentException {
        if (!node.isObject()) {
            throw expected("an object in braces");
        }
        JsonNode value = node.get(name);
        String where = path.isEmpty() ? name : path + "." + name;
        if (value == null) {
            throw new InvalidDocumentException(where + " is missing");
        }
        return new JsonValue(where, value);
    }

    List<JsonValue> elements() throws InvalidDocumentException {
        if (!node.isArray()) {
            throw expected("an array in brackets");
        }
        List<JsonValue> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(new JsonValue(path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    /** An array of values, each read by {@code reader}. */
    <T> List<T> listOf(Reader<T> reader) throws InvalidDocumentException {
        List<T> values = new ArrayList<>();
        for (JsonValue element : elements()) {
            values.add(reader.read(element));
        }
        return values;
    }

    /** Makes something of a value. */
    interface Reader<T> {
        T read(JsonValue value) throws InvalidDocumentException;
    }

    String text() throws InvalidDocumentException {
        if (!node.isString()) {
            throw expected("a text in quotes");
        }
        return node.stringValue();
    }

    boolean truth() throws InvalidDocumentException {
        if (!node.isBoolean()) {
            throw expected("true or false");
        }
        return node.booleanValue();
    }

    /** A whole number from 0 to 2^53 - 1. */
    long count() throws InvalidDocumentException {
        return wholeNumber(MOST);
    }

    int port() throws InvalidDocumentException {
        return (int) wholeNumber(65_535);
    }

    private long wholeNumber(long most) throws InvalidDocumentException {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0 || node.longValue() > most) {
            throw expected("a whole number from 0 to " + most);
        }
        return node.longValue();
    }

    /** A number from 0 to 1. */
    double fraction() throws InvalidDocumentException {
        if (!node.isNumber() || !(node.doubleValue() >= 0 && node.doubleValue() <= 1)) {
            throw expected("a number from 0 to 1");
        }
        return node.doubleValue();
    }

    double number() throws InvalidDocumentException {
        if (!node.isNumber()) {
            throw expected("a number");
        }
        return node.doubleValue();
    }

    Instant time() throws InvalidDocumentException {
        String what = "a time in UTC such as \"2026-01-31T12:00:00.5Z\"";
        if (!node.isString() || !UTC.matcher(node.stringValue()).matches()) {
            throw expected(what);
        }
        try {
            return Instant.parse(node.stringValue());
        } catch (DateTimeException e) {
            throw expected(what);
        }
    }

    Prefix prefix() throws InvalidDocumentException {
        try {
            return Prefix.parse(text());
        } catch (IllegalArgumentException e) {
            throw expected("a prefix such as \"192.0.2.0/24\" or \"2001:db8::1/128\"");
        }
    }

    IpAddress address() throws InvalidDocumentException {
        try {
            return IpAddress.parse(text());
        } catch (IllegalArgumentException e) {
            throw expected("an address such as \"192.0.2.1\" or \"2001:db8::1\"");
        }
    }

    Endpoint endpoint() throws InvalidDocumentException {
        return new Endpoint(
                field("address").address(),
                field("port").port(),
                field("transport").text());
    }

    AttackVector vector() throws InvalidDocumentException {
        String label = text();
        return AttackVector.byLabel(label)
                .orElseThrow(() -> new InvalidDocumentException(
                        path + ": there is no vector \"" + label + "\"; the names are in docs/findings.schema.json"));
    }

    InvalidDocumentException expected(String what) {
        String where = path.isEmpty() ? "the document" : path;
        return new InvalidDocumentException(where + " should be " + what + ", but is " + shortened());
    }

    private String shortened() {
        String text = node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
