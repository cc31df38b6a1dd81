package levee.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import levee.store.Annotation;
import levee.store.AuditLine;
import levee.store.Store;

/** Keeps what people say about findings. Nothing is changed that was not written to the audit trail before. */
public final class FindingMarks {
    public static final int LONGEST_NOTE = 2_000;
    private static final Duration LONGEST_MUTING = Duration.ofDays(366);

    private final Store store;
    private final InstantSource clock;

    public FindingMarks(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param id of a finding that there is
     * @param until where it is muted
     * @param note why; may be empty
     * @throws ProblemException if time or note cannot be kept
     */
    public Annotation mark(Caller caller, String id, Annotation.Mark mark, Optional<Instant> until, String note) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        until.ifPresent(time -> check(time, now));
        check(note);
        Annotation annotation = new Annotation(mark, caller.name(), now, until, note);
        store.audit(new AuditLine(now, caller.name(), action(mark), id, auditDetail(caller, annotation)));
        store.annotate(id, annotation);
        return annotation;
    }

    private static String action(Annotation.Mark mark) {
        return switch (mark) {
            case ACKNOWLEDGED -> "finding.acknowledge";
            case MUTED -> "finding.mute";
            case FALSE_ALARM -> "finding.false-alarm";
            case CLEARED -> "finding.clear";
            case NOTE -> "finding.note";
        };
    }

    private static void check(Instant until, Instant now) {
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTING))) {
            throw Problem.body(
                            "'until' is " + until + ", and it is " + now + " now.",
                            "A finding can be muted until some time in the next " + LONGEST_MUTING.toDays() + " days.")
                    .exception();
        }
    }

    private static void check(String note) {
        if (note.length() > LONGEST_NOTE || note.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
            throw Problem.body(
                            "The note cannot be kept.",
                            "It is a text of at most " + LONGEST_NOTE + " characters without control characters.")
                    .exception();
        }
    }

    /** Where from and what, as one JSON object. */
    private static String auditDetail(Caller caller, Annotation annotation) {
        byte[] detail = Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("from", caller.address());
            annotation.until().ifPresent(until -> json.writeStringProperty("until", until.toString()));
            json.writeStringProperty("note", annotation.note());
            json.writeEndObject();
        });
        return new String(detail, StandardCharsets.UTF_8);
    }
}
