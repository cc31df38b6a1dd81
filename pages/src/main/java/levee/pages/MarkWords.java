package levee.pages;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.report.UtcTime;
import levee.store.Annotation;

/** What people said about a finding, in words. */
final class MarkWords {
    private MarkWords() {}

    /** What holds now; empty where nothing was said, or taken back. */
    static Optional<Annotation> inForce(List<Annotation> annotations, Instant now) {
        for (Annotation annotation : annotations.reversed()) {
            switch (annotation.mark()) {
                case ACKNOWLEDGED, FALSE_ALARM -> {
                    return Optional.of(annotation);
                }
                case MUTED -> {
                    return annotation.until().filter(now::isBefore).map(until -> annotation);
                }
                case CLEARED -> {
                    return Optional.empty();
                }
                case NOTE -> {
                    // Changes nothing.
                }
            }
        }
        return Optional.empty();
    }

    static String of(Annotation annotation) {
        return switch (annotation.mark()) {
            case ACKNOWLEDGED -> "acknowledged by " + annotation.by();
            case MUTED ->
                "muted by " + annotation.by()
                        + annotation
                                .until()
                                .map(until -> " until " + UtcTime.toSecond(until) + " UTC")
                                .orElse("");
            case FALSE_ALARM -> "called a false alarm by " + annotation.by();
            case CLEARED -> "marks taken back by " + annotation.by();
            case NOTE -> "noted by " + annotation.by();
        };
    }
}
