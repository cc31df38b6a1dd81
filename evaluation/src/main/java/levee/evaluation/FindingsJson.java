package levee.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import levee.model.AttackVector;

/**
 * Reads the attacks of {@code levee analyze --format json} or {@code jsonl}, as {@code docs/findings.schema.json}
 * describes both. Findings of other kinds are passed over.
 */
public final class FindingsJson {
    private final List<FoundAttack> ofDocument = new ArrayList<>();
    private final Map<String, FoundAttack> lastOfLines = new LinkedHashMap<>();
    private int read;
    private boolean lines;

    private FindingsJson() {}

    /**
     * Reads all attacks and leaves {@code in} open. Of JSON lines the last about each finding holds, and what was
     * absorbed is gone.
     *
     * @throws InvalidDocumentException if it is neither; the message says where and why
     */
    public static List<FoundAttack> read(InputStream in) throws IOException {
        FindingsJson findings = new FindingsJson();
        JsonValue.documents(in, findings::accept);
        if (findings.read == 0) {
            throw new InvalidDocumentException("it is empty, but even without findings there is something to read");
        }
        return findings.lines ? List.copyOf(findings.lastOfLines.values()) : findings.ofDocument;
    }

    private void accept(JsonValue value) throws InvalidDocumentException {
        read++;
        if (read == 1) {
            value.checkSchemaVersion();
            lines = value.has("event");
        }
        if (lines) {
            try {
                line(value);
            } catch (InvalidDocumentException e) {
                throw new InvalidDocumentException("line " + read + ": " + e.getMessage());
            }
        } else if (read == 1) {
            document(value);
        } else {
            throw new InvalidDocumentException("something follows the findings; give each document by itself");
        }
    }

    private void document(JsonValue document) throws InvalidDocumentException {
        for (JsonValue finding : document.field("findings").elements()) {
            if (isAttack(finding)) {
                ofDocument.add(attack(finding));
            }
        }
    }

    private void line(JsonValue line) throws InvalidDocumentException {
        String event = line.field("event").text();
        if (!line.has("kind") || !isAttack(line)) {
            return;
        }
        if (event.equals("absorbed")) {
            lastOfLines.remove(line.field("id").text());
        } else {
            lastOfLines.put(line.field("id").text(), attack(line));
        }
    }

    private static boolean isAttack(JsonValue finding) throws InvalidDocumentException {
        return finding.field("kind").text().equals("attack");
    }

    private static FoundAttack attack(JsonValue json) throws InvalidDocumentException {
        List<AttackVector> vectors =
                json.field("vectors").listOf(vector -> vector.field("name").vector());
        Map<AttackVector, Instant> noticed = new EnumMap<>(AttackVector.class);
        for (JsonValue vector : json.field("vectors").elements()) {
            if (vector.has("noticed")) {
                noticed.put(
                        vector.field("name").vector(), vector.field("noticed").time());
            }
        }
        if (vectors.isEmpty()) {
            throw json.field("vectors").expected("an array of one vector or more");
        }
        return new FoundAttack(
                json.field("id").text(),
                json.field("target").prefix(),
                json.field("start").time(),
                json.field("end").time(),
                json.field("confidence").fraction(),
                json.field("total").field("packets").count(),
                vectors,
                noticed);
    }
}
