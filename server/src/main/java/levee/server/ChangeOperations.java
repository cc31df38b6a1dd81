package levee.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import levee.model.Suggestion;
import levee.server.Operation.Request;
import levee.store.Annotation;
import levee.store.AuditLine;
import levee.store.Store;
import levee.store.StoredFinding;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What people say about findings. Nothing is changed that was not written to the audit trail before. */
final class ChangeOperations {
    private static final int LARGEST_BODY = 16_384;
    private static final int LONGEST_NOTE = 2_000;
    private static final Duration LONGEST_MUTING = Duration.ofDays(366);

    private final Store store;
    private final InstantSource clock;

    ChangeOperations(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.ANNOTATIONS, this::list),
                Operation.post(
                        Paths.ACKNOWLEDGE,
                        request -> mark(request, "finding.acknowledge", Annotation.Mark.ACKNOWLEDGED)),
                Operation.post(Paths.CLEAR, request -> mark(request, "finding.clear", Annotation.Mark.CLEARED)),
                Operation.post(Paths.MUTE, request -> mark(request, "finding.mute", Annotation.Mark.MUTED)),
                Operation.post(
                        Paths.FALSE_ALARM,
                        request -> mark(request, "finding.false-alarm", Annotation.Mark.FALSE_ALARM)));
    }

    private void list(Request request) throws IOException {
        List<Annotation> annotations =
                store.annotations(FindingOperations.find(store, request).id());
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("annotations");
            annotations.forEach(annotation -> write(json, annotation));
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private void mark(Request request, String action, Annotation.Mark mark) throws IOException {
        StoredFinding finding = FindingOperations.find(store, request);
        boolean mutes = mark == Annotation.Mark.MUTED;
        JsonNode body = body(request, mutes ? List.of("until", "note") : List.of("note"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Instant> until = mutes ? Optional.of(until(body, now)) : Optional.empty();
        Annotation annotation = new Annotation(mark, request.caller().name(), now, until, note(body));
        store.audit(
                new AuditLine(now, request.caller().name(), action, finding.id(), auditDetail(request, annotation)));
        store.annotate(finding.id(), annotation);
        Answer.json(request.context(), Json.write(json -> write(json, annotation)));
    }

    /** Where from and what, as one JSON object. */
    private static String auditDetail(Request request, Annotation annotation) {
        byte[] detail = Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("from", request.caller().address());
            annotation.until().ifPresent(until -> json.writeStringProperty("until", until.toString()));
            json.writeStringProperty("note", annotation.note());
            json.writeEndObject();
        });
        return new String(detail, StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, Annotation annotation) {
        json.writeStartObject();
        json.writeStringProperty("mark", Constants.label(annotation.mark()));
        json.writeStringProperty("by", annotation.by());
        json.writeStringProperty("at", annotation.at().toString());
        annotation
                .until()
                .ifPresentOrElse(
                        until -> json.writeStringProperty("until", until.toString()),
                        () -> json.writeNullProperty("until"));
        json.writeStringProperty("note", annotation.note());
        json.writeEndObject();
    }

    private static JsonNode body(Request request, List<String> known) throws IOException {
        byte[] bytes;
        try (InputStream in = request.context().req().getInputStream()) {
            bytes = in.readNBytes(LARGEST_BODY + 1);
        }
        if (bytes.length > LARGEST_BODY) {
            throw new Problem(
                            413,
                            "too-large",
                            "The body is too large",
                            "It has more than " + LARGEST_BODY + " bytes.",
                            "Shorten the note to " + LONGEST_NOTE + " characters.")
                    .exception();
        }
        if (bytes.length == 0) {
            return Json.STRICT.createObjectNode();
        }
        String type =
                Optional.ofNullable(request.context().req().getContentType()).orElse("");
        if (!type.matches("(?i)application/json *(;.*)?")) {
            throw new Problem(
                            415,
                            "not-json",
                            "The body is not said to be JSON",
                            "Its type is '" + Texts.printable(type, 64) + "'.",
                            "Send a JSON object with 'Content-Type: application/json'.")
                    .exception();
        }
        JsonNode body;
        try {
            body = Json.STRICT.readTree(bytes);
        } catch (JacksonException e) {
            throw Problem.body("It is not JSON that can be read.", "Send one JSON object.")
                    .exception();
        }
        if (!body.isObject()) {
            throw Problem.body("It is not a JSON object.", "Send one JSON object.")
                    .exception();
        }
        for (String name : body.propertyNames()) {
            if (!known.contains(name)) {
                throw Problem.body(
                                "There is no field '" + Texts.printable(name, 64) + "' here.",
                                "Known are: " + String.join(", ", known) + "." + Suggestion.among(name, known))
                        .exception();
            }
        }
        return body;
    }

    private static Instant until(JsonNode body, Instant now) {
        JsonNode value = body.path("until");
        if (!value.isString()) {
            throw Problem.body(
                            "It does not say until when the finding is muted.",
                            "Send a time as in RFC 3339: {\"until\": \"2026-01-31T12:00:00Z\"}.")
                    .exception();
        }
        Instant until = Query.time("until", value.asString());
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTING))) {
            throw Problem.body(
                            "'until' is " + until + ", and it is " + now + " now.",
                            "A finding can be muted until some time in the next " + LONGEST_MUTING.toDays() + " days.")
                    .exception();
        }
        return until;
    }

    private static String note(JsonNode body) {
        JsonNode value = body.path("note");
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        String note = value.isString() ? value.asString() : "\0";
        if (note.length() > LONGEST_NOTE || note.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
            throw Problem.body(
                            "The note cannot be kept.",
                            "It is a text of at most " + LONGEST_NOTE + " characters without control characters.")
                    .exception();
        }
        return note;
    }
}
