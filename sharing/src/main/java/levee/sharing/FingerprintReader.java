package levee.sharing;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import levee.model.IpAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads fingerprints of the DDoS Clearing House: Levee's own, those of its dissector (NLADC/dissector), and those of the
 * dissector's earlier versions:
 *
 * <ul>
 *   <li>of 2021, from flows: {@code TCP_flags}, ports as arrays, amounts of the whole as {@code nr_packets};
 *   <li>of 2019: {@code attack_vector} with {@code ip_proto}, {@code srcport}, {@code src_ips}, all as arrays;
 *   <li>of 2018: a single vector without an array around it, with {@code src_ports} and {@code dst_ports} that list all there
 *       were, an application as {@code protocol}, and what that says under {@code additional}.
 * </ul>
 *
 * <p>As DDoS-DB hands them out, one may be wrapped in an array, or in a text that holds JSON. What is missing is passed over;
 * what is there must be of its type.
 */
public final class FingerprintReader {
    /** The largest file that is read, in bytes: two million addresses. */
    public static final int MOST_BYTES = 32 << 20;

    private static final int MOST_VECTORS = 64;
    private static final int MOST_NESTING = 32;

    /** See {@link Observation#httpUri}. */
    private static final int LONGEST_LINE = 128;

    /** The first version lists the most common values without their shares. */
    private static final double MOST_COMMON_ONLY = 0.5;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTING)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Found on the way; told all at once. */
    private final List<String> problems = new ArrayList<>();

    private FingerprintReader() {}

    /**
     * Reads a fingerprint and leaves {@code in} open.
     *
     * @throws FingerprintException if it is none; the message names what is wrong
     * @throws IOException if the stream fails
     */
    public static SharedFingerprint read(InputStream in) throws IOException, FingerprintException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new FingerprintException("it is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new FingerprintException("it is not JSON: " + e.getOriginalMessage());
        }
        FingerprintReader reader = new FingerprintReader();
        SharedFingerprint fingerprint = reader.fingerprint(unwrapped(root));
        if (!reader.problems.isEmpty()) {
            throw new FingerprintException(String.join("; ", reader.problems));
        }
        return fingerprint;
    }

    private static JsonNode unwrapped(JsonNode root) throws FingerprintException {
        JsonNode inner = root;
        if (inner.isString()) {
            try {
                inner = MAPPER.readTree(inner.stringValue());
            } catch (JacksonException e) {
                throw new FingerprintException("it is a text, but no JSON: " + e.getOriginalMessage());
            }
        }
        if (inner.isArray() && inner.size() > 1) {
            throw new FingerprintException("it holds " + inner.size() + " fingerprints; one is expected");
        }
        return inner.isArray() && !inner.isEmpty() ? inner.get(0) : inner;
    }

    private SharedFingerprint fingerprint(JsonNode root) throws FingerprintException {
        if (!root.isObject()) {
            throw new FingerprintException("it is no JSON object");
        }
        Optional<JsonNode> vectors = field(root, "attack_vectors", "attack_vector");
        if (vectors.isEmpty() && root.has("src_ips")) {
            return new SharedFingerprint(text(root, "", "key"), List.of(), List.of(vector(root, root, "")));
        }
        if (vectors.isEmpty() || !vectors.get().isArray() || vectors.get().isEmpty()) {
            throw new FingerprintException("it has no array attack_vectors with a vector in it");
        }
        if (vectors.get().size() > MOST_VECTORS) {
            throw new FingerprintException("it has more than " + MOST_VECTORS + " vectors");
        }
        List<String> tags = new ArrayList<>();
        field(root, "tags")
                .filter(JsonNode::isArray)
                .ifPresent(array -> array.forEach(tag -> tags.add(tag.asString(""))));
        List<SharedFingerprint.Vector> read = new ArrayList<>();
        for (JsonNode vector : vectors.get()) {
            String path = "attack_vectors[" + read.size() + "]";
            if (!vector.isObject()) {
                throw new FingerprintException(path + " is no object");
            }
            read.add(vector(root, vector, path));
        }
        return new SharedFingerprint(text(root, "", "key"), tags, read);
    }

    private SharedFingerprint.Vector vector(JsonNode root, JsonNode vector, String path) {
        String protocol = text(vector, path, "protocol", "ip_proto");
        OptionalInt number = Names.protocolOrApplication(protocol);
        if (!protocol.isEmpty() && number.isEmpty()) {
            problems.add(join(path, "protocol") + ": there is no protocol '" + shortened(protocol) + "'");
        }
        String named = text(vector, path, "vector", "service", "highest_protocol");
        String name = named.isEmpty() ? protocol : named;
        Optional<JsonNode> packets = field(vector, "nr_packets").or(() -> field(root, "total_packets", "nr_packets"));
        JsonNode additional =
                field(vector, "additional").filter(JsonNode::isObject).orElse(vector);
        Optional<JsonNode> duration =
                field(vector, "duration_seconds").or(() -> field(root, "duration_seconds", "duration_sec"));
        return new SharedFingerprint.Vector(
                name.isEmpty() ? "unnamed" : name,
                number,
                values(vector, path, 1, FingerprintReader::port, "source_ports", "source_port", "srcport", "src_ports"),
                values(vector, path, 1, FingerprintReader::port, "destination_ports", "dstport", "dst_ports"),
                values(vector, path, 1, FingerprintReader::flags, "tcp_flags", "TCP_flags"),
                values(vector, path, MOST_COMMON_ONLY, FingerprintReader::port, "frame_len"),
                values(vector, path, MOST_COMMON_ONLY, FingerprintReader::port, "ttl", "ip_ttl"),
                values(additional, path, 1, FingerprintReader::name, "dns_query_name", "dns_qry_name", "dns_query"),
                values(vector, path, 1, FingerprintReader::line, "http_method", "http_request_method"),
                values(vector, path, 1, FingerprintReader::line, "http_uri", "http_request_uri"),
                values(vector, path, 1, FingerprintReader::line, "http_user_agent"),
                (long) number(packets, join(path, "nr_packets")),
                number(duration, join(path, "duration_seconds")),
                sources(vector, path));
    }

    /** The first of the fields that is there and not null. */
    private static Optional<JsonNode> field(JsonNode object, String... names) {
        for (String name : names) {
            @Nullable JsonNode value = object.get(name);
            if (value != null && !value.isNull()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** A text, or the first of an array of them; empty where there is none. */
    private String text(JsonNode object, String path, String... names) {
        Optional<JsonNode> found = field(object, names);
        if (found.isEmpty()) {
            return "";
        }
        JsonNode value =
                found.get().isArray() && !found.get().isEmpty() ? found.get().get(0) : found.get();
        if (value.isNumber()) {
            return value.asString("");
        }
        if (!value.isString()) {
            problems.add(join(path, names[0]) + ": a text is expected, not " + shortened(value.toString()));
            return "";
        }
        return value.stringValue();
    }

    private double number(Optional<JsonNode> value, String path) {
        if (value.isEmpty()) {
            return 0;
        }
        double number = value.get().isNumber() ? value.get().doubleValue() : Double.NaN;
        if (!(number >= 0 && number <= Long.MAX_VALUE)) {
            problems.add(path + ": a number from 0 on is expected, not "
                    + shortened(value.get().toString()));
            return 0;
        }
        return number;
    }

    /**
     * Values as an object with their shares, a single value, an array, or a text such as {@code random}.
     *
     * @param coverageOfArray what an array of values without shares covers
     */
    private <T> CommonValues<T> values(
            JsonNode object,
            String path,
            double coverageOfArray,
            Function<String, Optional<T>> reader,
            String... names) {
        Optional<JsonNode> found = field(object, names);
        if (found.isEmpty()) {
            return CommonValues.none();
        }
        JsonNode field = found.get();
        Set<T> values = new HashSet<>();
        double coverage = coverageOfArray;
        if (field.isObject()) {
            coverage = 0;
            for (Map.Entry<String, JsonNode> entry : field.properties()) {
                Optional<T> value = reader.apply(entry.getKey());
                if (value.isPresent()) {
                    values.add(value.get());
                    coverage += number(Optional.of(entry.getValue()), join(path, names[0]));
                }
            }
        } else if (field.isArray()) {
            field.forEach(element -> reader.apply(element.asString("")).ifPresent(values::add));
        } else if (field.isNumber() || field.isString()) {
            reader.apply(field.asString("")).ifPresent(values::add);
        } else {
            problems.add(join(path, names[0]) + ": values with their shares are expected, not "
                    + shortened(field.toString()));
        }
        return new CommonValues<>(values, coverage);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A port, length or TTL; none for what is another word, such as {@code random} and {@code others}. */
    private static Optional<Integer> port(String text) {
        return text.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static Optional<Integer> flags(String text) {
        OptionalInt flags = Names.tcpFlags(text);
        return flags.isPresent() ? Optional.of(flags.getAsInt()) : Optional.empty();
    }

    private static Optional<String> name(String text) {
        return isNoValue(text) ? Optional.empty() : Optional.of(text.toLowerCase(Locale.ROOT));
    }

    /** In the form that {@link Observation#httpUri} has. */
    private static Optional<String> line(String text) {
        if (isNoValue(text)) {
            return Optional.empty();
        }
        return Optional.of(text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "..." : text);
    }

    private static boolean isNoValue(String text) {
        return text.equals("random") || text.equals("others") || text.isEmpty();
    }

    /** Addresses; the dissector's summaries have a text in their place. */
    private List<IpAddress> sources(JsonNode vector, String path) {
        List<IpAddress> sources = new ArrayList<>();
        Optional<JsonNode> found = field(vector, "source_ips", "src_ips", "ip_src");
        if (found.isEmpty() || found.get().isString()) {
            return sources;
        }
        if (!found.get().isArray()) {
            problems.add(join(path, "source_ips") + ": an array of addresses is expected");
            return sources;
        }
        int unreadable = 0;
        for (JsonNode element : found.get()) {
            JsonNode address = element.isObject() ? element.path("ip") : element;
            try {
                sources.add(IpAddress.parse(address.asString("")));
            } catch (IllegalArgumentException e) {
                unreadable++;
            }
        }
        // "omitted" stands for a list that was left out.
        if (unreadable > 1 || unreadable == 1 && !sources.isEmpty()) {
            problems.add(join(path, "source_ips") + ": " + unreadable + " of "
                    + found.get().size() + " are no IP addresses");
        }
        return sources;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
