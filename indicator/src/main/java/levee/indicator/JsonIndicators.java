package levee.indicator;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Objects of JSON that are indicators, wherever they stand: of STIX 2.1, MISP, abuse.ch and DROP. Only those fields are kept
 * that tell of them, and those of the objects around.
 */
final class JsonIndicators {
    /** Deeper objects are passed over. */
    private static final int DEEPEST = 12;

    private static final int DEEPEST_JSON = 100;
    private static final int LONGEST_TEXT = 1 << 18;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_JSON)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    /** Names of fields that are kept; of those that hold lists the first text. */
    private static final Set<String> KEPT = Set.of(
            // STIX
            "type",
            "pattern",
            "pattern_type",
            "valid_from",
            "valid_until",
            "revoked",
            "name",
            "indicator_types",
            "labels",
            // MISP
            "value",
            "to_ids",
            "deleted",
            "info",
            // abuse.ch
            "ip_address",
            "port",
            "malware",
            "ioc_value",
            "ioc_type",
            "malware_printable",
            "url",
            "threat",
            // DROP
            "cidr",
            "sblid");

    private final Intake intake;

    JsonIndicators(Intake intake) {
        this.intake = intake;
    }

    /** Fields of an object. */
    private static final class Fields {
        private final Map<String, String> texts = new HashMap<>();

        String text(String name) {
            return texts.getOrDefault(name, "");
        }

        boolean has(String name) {
            return texts.containsKey(name);
        }
    }

    /** Reads one document, or several one after another. */
    void read(InputStream in) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            read(parser, 0);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            intake.line = Math.max(
                    intake.line, e.getLocation() == null ? 0 : e.getLocation().getLineNr());
            intake.malformed();
        }
    }

    /** Reads lines that each hold an object; a damaged one spoils no other. */
    void readLines(Lines lines) throws IOException {
        while (lines.next()) {
            intake.line = lines.number;
            if (lines.isCut) {
                intake.malformed();
            } else if (lines.start < lines.end) {
                try (JsonParser parser = JSON.createParser(
                        ObjectReadContext.empty(), lines.bytes, lines.start, lines.end - lines.start)) {
                    read(parser, lines.number);
                } catch (JacksonException e) {
                    intake.malformed();
                }
            }
        }
    }

    /** @param line the number of the line, or 0 where the parser counts them */
    private void read(JsonParser parser, long line) {
        List<Fields> open = new ArrayList<>();
        int depth = 0;
        String name = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    depth++;
                    if (depth <= DEEPEST) {
                        open.add(new Fields());
                    }
                    name = "";
                }
                case END_OBJECT -> {
                    if (depth == open.size()) {
                        if (line == 0) {
                            intake.line = parser.currentTokenLocation().getLineNr();
                        }
                        take(
                                open.removeLast(),
                                open.isEmpty() ? "" : open.getLast().text("info"));
                    }
                    depth--;
                    name = "";
                }
                case PROPERTY_NAME -> {
                    String field = parser.currentName();
                    name = field != null && KEPT.contains(field) ? field : "";
                }
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_TRUE, VALUE_FALSE -> {
                    if (!name.isEmpty() && depth == open.size() && depth > 0) {
                        open.getLast().texts.putIfAbsent(name, parser.getString());
                    }
                }
                default -> {
                    // Arrays hand their name on to what they hold; the rest says nothing.
                }
            }
        }
    }

    private void take(Fields fields, String event) {
        if (fields.text("type").equals("indicator") && fields.has("pattern")) {
            stix(fields);
        } else if (fields.has("to_ids") && fields.has("value")) {
            misp(fields, event);
        } else if (fields.has("ioc_value") && fields.has("ioc_type")) {
            intake.typed(
                    fields.text("ioc_type"), fields.text("ioc_value"), Intake.label(fields.text("malware_printable")));
        } else if (fields.has("ip_address") && fields.has("malware")) {
            String port = fields.text("port");
            String address = fields.text("ip_address");
            boolean hasPort = !port.isEmpty() && !port.equals("0");
            intake.typed(
                    hasPort ? "ip-dst|port" : "ip",
                    hasPort ? address + "|" + port : address,
                    Intake.label(fields.text("malware")));
        } else if (fields.has("url") && fields.has("threat")) {
            intake.url(fields.text("url"), Intake.label(fields.text("threat")));
        } else if (fields.has("cidr")) {
            intake.item(fields.text("cidr"), Intake.label(fields.text("sblid")));
        }
    }

    private void misp(Fields fields, String event) {
        boolean isMeant = isTrue(fields.text("to_ids")) && !isTrue(fields.text("deleted"));
        if (isMeant) {
            intake.typed(fields.text("type"), fields.text("value"), Intake.label(event));
        } else {
            intake.unsupported();
        }
    }

    private static boolean isTrue(String text) {
        return text.equals("true") || text.equals("1");
    }

    private void stix(Fields fields) {
        String type = fields.text("pattern_type");
        if (isTrue(fields.text("revoked")) || !type.isEmpty() && !type.equals("stix")) {
            intake.unsupported();
            return;
        }
        if (intake.isOutdated(fields.text("valid_from"), fields.text("valid_until"))) {
            return;
        }
        String kind = fields.text("indicator_types").isEmpty() ? fields.text("labels") : fields.text("indicator_types");
        StixPattern.Result result = StixPattern.parse(fields.text("pattern"));
        switch (result) {
            case StixPattern.Malformed ignored -> intake.malformed();
            case StixPattern.Unsupported ignored -> intake.unsupported();
            case StixPattern.Values values -> {
                // Many a producer names an indicator after its value, which would make each label unique.
                String name = fields.text("name");
                boolean saysMore = values.list().stream().noneMatch(value -> name.contains(value.value()));
                String label = Intake.label(saysMore && !name.isEmpty() ? name : kind);
                values.list().forEach(value -> intake.typed(value.type(), value.value(), label));
            }
        }
    }
}
