package levee.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.model.Suggestion;
import levee.server.Operation.Request;
import levee.store.Annotation;
import levee.store.Store;
import levee.store.StoredFinding;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What people say about findings. */
final class ChangeOperations {
    private static final int LARGEST_BODY = 16_384;

    private final Store store;
    private final FindingMarks marks;

    ChangeOperations(Store store, FindingMarks marks) {
        this.store = store;
        this.marks = marks;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.ANNOTATIONS, this::list).alsoForCustomers(),
                mark(Paths.ACKNOWLEDGE, Annotation.Mark.ACKNOWLEDGED),
                mark(Paths.CLEAR, Annotation.Mark.CLEARED),
                mark(Paths.MUTE, Annotation.Mark.MUTED),
                mark(Paths.FALSE_ALARM, Annotation.Mark.FALSE_ALARM));
    }

    private Operation mark(String path, Annotation.Mark mark) {
        return Operation.post(path, request -> mark(request, mark)).alsoForCustomers();
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

    private void mark(Request request, Annotation.Mark mark) throws IOException {
        StoredFinding finding = FindingOperations.find(store, request);
        boolean mutes = mark == Annotation.Mark.MUTED;
        JsonNode body = body(request, mutes ? List.of("until", "note") : List.of("note"));
        Optional<Instant> until = mutes ? Optional.of(until(body)) : Optional.empty();
        Annotation annotation = marks.mark(request.caller(), finding.id(), mark, until, note(body));
        Answer.json(request.context(), Json.write(json -> write(json, annotation)));
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
                            "Shorten the note to " + FindingMarks.LONGEST_NOTE + " characters.")
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

    private static Instant until(JsonNode body) {
        JsonNode value = body.path("until");
        if (!value.isString()) {
            throw Problem.body(
                            "It does not say until when the finding is muted.",
                            "Send a time as in RFC 3339: {\"until\": \"2026-01-31T12:00:00Z\"}.")
                    .exception();
        }
        return Query.time("until", value.asString());
    }

    private static String note(JsonNode body) {
        JsonNode value = body.path("note");
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw Problem.body(
                            "The note is not a text.",
                            "It is a text of at most " + FindingMarks.LONGEST_NOTE + " characters.")
                    .exception();
        }
        return value.asString();
    }
}
