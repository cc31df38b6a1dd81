package levee.alert;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.Group;
import levee.model.Prefix;

/**
 * What alerts say of an attack, of bounded size and without its samples.
 *
 * @param id one line of at most 200 characters
 * @param target an address, or a prefix
 * @param isAbsorbed whether a wider finding goes on instead of this one
 * @param evidence one line each
 * @param group whose networks are attacked, or attack others
 * @param origins the autonomous systems that send most; empty where they are not known
 */
record Situation(
        String id,
        String target,
        Attack.Direction direction,
        boolean isEnded,
        boolean isAbsorbed,
        AlertMode mode,
        Instant detectedAt,
        Instant start,
        Instant end,
        double confidence,
        double packetsPerSecond,
        double bitsPerSecond,
        long packets,
        long bytes,
        Attack.Count sources,
        Attack.Spoofing.Verdict spoofing,
        List<Part> vectors,
        List<String> evidence,
        Optional<Group> group,
        List<Attack.Origin> origins) {
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_STATEMENT = 200;
    private static final int MOST_STATEMENTS = 5;
    private static final int MOST_PORTS = 5;
    private static final int MOST_ORIGINS = 3;

    /** From here on an attack is ten times what it was. */
    private static final double MUCH_MORE = 10;

    private static final double CRITICAL_CONFIDENCE = 0.8;
    private static final double CRITICAL_BITS_PER_SECOND = 1e9;
    private static final double CRITICAL_PACKETS_PER_SECOND = 500_000;

    /**
     * A vector's part.
     *
     * @param packetShare 0 to 1
     */
    record Part(AttackVector vector, double packetShare, List<Integer> sourcePorts, List<Integer> destinationPorts) {}

    static Situation of(FindingEvent event, Instant detectedAt, AlertMode mode) {
        return switch (event.finding()) {
            case Attack attack -> of(attack, event.change(), detectedAt, mode);
            case Abuse abuse -> throw new IllegalArgumentException("nobody is alerted of kind " + abuse.kind());
        };
    }

    private static Situation of(Attack attack, FindingEvent.Change change, Instant detectedAt, AlertMode mode) {
        boolean isAbsorbed = change == FindingEvent.Change.ABSORBED;
        return new Situation(
                Plain.line(attack.id(), LONGEST_ID),
                shortForm(attack.target()),
                attack.direction(),
                isAbsorbed || change == FindingEvent.Change.ENDED || attack.state() == Finding.State.ENDED,
                isAbsorbed,
                mode,
                detectedAt,
                attack.start(),
                attack.end(),
                attack.confidence(),
                attack.peak().packetsPerSecond(),
                attack.peak().bitsPerSecond(),
                attack.total().packets(),
                attack.total().bytes(),
                attack.sources().distinct(),
                attack.sources().spoofing().verdict(),
                attack.vectors().stream().map(Situation::part).toList(),
                attack.evidence().stream()
                        .limit(MOST_STATEMENTS)
                        .map(Evidence::statement)
                        .map(statement -> Plain.line(statement, LONGEST_STATEMENT))
                        .toList(),
                attack.group(),
                attack.sources().origins().stream().limit(MOST_ORIGINS).toList());
    }

    private static Part part(Attack.VectorShare share) {
        return new Part(
                share.vector(),
                share.packetShare(),
                share.sourcePorts().stream().limit(MOST_PORTS).toList(),
                share.destinationPorts().stream().limit(MOST_PORTS).toList());
    }

    private static String shortForm(Prefix prefix) {
        return prefix.isHost() ? prefix.address().toString() : prefix.toString();
    }

    /** Whether people who know {@code earlier} need to know this. */
    boolean isMuchElseThan(Situation earlier) {
        return !target.equals(earlier.target)
                || hasNewVector(earlier)
                || isMuchMore(packetsPerSecond, earlier.packetsPerSecond)
                || isMuchMore(bitsPerSecond, earlier.bitsPerSecond);
    }

    private boolean hasNewVector(Situation earlier) {
        return vectors.stream()
                .anyMatch(part -> earlier.vectors.stream().noneMatch(known -> known.vector == part.vector));
    }

    private static boolean isMuchMore(double rate, double earlier) {
        return earlier > 0 && rate >= MUCH_MORE * earlier;
    }

    /** What is new, in words. */
    String changesSince(Situation earlier) {
        String added = vectors.stream()
                .map(Part::vector)
                .filter(vector -> earlier.vectors.stream().noneMatch(known -> known.vector == vector))
                .map(AttackVector::label)
                .collect(Collectors.joining(", "));
        StringBuilder changes = new StringBuilder();
        if (earlier.isEnded && !isEnded) {
            changes.append("it goes on again; ");
        }
        if (!target.equals(earlier.target)) {
            changes.append("the target was ").append(earlier.target).append("; ");
        }
        if (!added.isEmpty()) {
            changes.append("new: ").append(added).append("; ");
        }
        if (isMuchMore(packetsPerSecond, earlier.packetsPerSecond)
                || isMuchMore(bitsPerSecond, earlier.bitsPerSecond)) {
            changes.append("it was ")
                    .append(Figures.bitRate(earlier.bitsPerSecond))
                    .append(", ")
                    .append(Figures.packetRate(earlier.packetsPerSecond))
                    .append("; ");
        }
        return changes.isEmpty() ? "" : changes.substring(0, changes.length() - 2);
    }

    /** The largest first. */
    String vectorNames() {
        return vectors.isEmpty()
                ? "unknown vector"
                : vectors.stream()
                        .limit(MOST_STATEMENTS)
                        .map(part -> part.vector.label())
                        .collect(Collectors.joining(", "));
    }

    Severity severity() {
        if (isEnded) {
            return Severity.INFO;
        }
        boolean isLarge = bitsPerSecond >= CRITICAL_BITS_PER_SECOND || packetsPerSecond >= CRITICAL_PACKETS_PER_SECOND;
        return isLarge && confidence >= CRITICAL_CONFIDENCE ? Severity.CRITICAL : Severity.WARNING;
    }

    /** How urgent an alert is, the most urgent first. */
    enum Severity {
        CRITICAL(2),
        WARNING(4),
        INFO(6);

        private final int syslogCode;

        Severity(int syslogCode) {
            this.syslogCode = syslogCode;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** RFC 5424 table 2. */
        int syslogCode() {
            return syslogCode;
        }
    }
}
