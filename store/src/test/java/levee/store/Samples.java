package levee.store;

import java.time.Instant;
import java.util.Optional;
import levee.store.StoredFinding.Mode;
import levee.store.StoredFinding.State;

/** Things to keep. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private Samples() {}

    static StoredFinding finding(String id) {
        return finding(id, 1, State.OPEN, NOON);
    }

    static StoredFinding finding(String id, int revision, State state, Instant detectedAt) {
        return new StoredFinding(
                id,
                "attack",
                state,
                "10.0.0.1/32",
                detectedAt.minusSeconds(3),
                detectedAt.plusSeconds(revision),
                detectedAt,
                Mode.ALERT,
                revision,
                detectedAt.plusSeconds(revision),
                "{\"id\":\"" + id + "\",\"revision\":" + revision + ",\"ü\":\"\\u0000 ☂ 🌊\"}");
    }

    static StoredFinding aimedAt(String id, String target) {
        StoredFinding finding = finding(id);
        return new StoredFinding(
                id,
                finding.kind(),
                finding.state(),
                target,
                finding.start(),
                finding.end(),
                finding.detectedAt(),
                finding.mode(),
                finding.revision(),
                finding.updatedAt(),
                finding.json());
    }

    static Annotation note(String text) {
        return new Annotation(Annotation.Mark.NOTE, "ada", NOON, Optional.empty(), text);
    }

    static AuditLine line(int number) {
        return new AuditLine(NOON.plusSeconds(number), "ada", "finding.mute", "f-" + number, "because");
    }

    static StoredAccount account(String name, int revision) {
        return new StoredAccount(
                name, "viewer", Optional.empty(), "$argon2id$secret", NOON, NOON.plusSeconds(1), false, revision);
    }

    static TrafficPoint point(String series, Instant time, long packets) {
        return new TrafficPoint(series, time, packets, packets * 100);
    }
}
