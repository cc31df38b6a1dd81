package levee.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
record AttackSituation(
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
        List<Attack.Origin> origins)
        implements Situation {
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

    static AttackSituation of(Attack attack, FindingEvent.Change change, Instant detectedAt, AlertMode mode) {
        boolean isAbsorbed = change == FindingEvent.Change.ABSORBED;
        return new AttackSituation(
                Plain.line(attack.id(), Situation.LONGEST_ID),
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
                attack.vectors().stream().map(AttackSituation::part).toList(),
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

    @Override
    public boolean isMuchElseThan(Situation before) {
        return switch (before) {
            case AttackSituation earlier -> isMuchElse(earlier);
            case HostSituation other -> true;
        };
    }

    private boolean isMuchElse(AttackSituation earlier) {
        return !target.equals(earlier.target)
                || hasNewVector(earlier)
                || isMuchMore(packetsPerSecond, earlier.packetsPerSecond)
                || isMuchMore(bitsPerSecond, earlier.bitsPerSecond);
    }

    private boolean hasNewVector(AttackSituation earlier) {
        return vectors.stream()
                .anyMatch(part -> earlier.vectors.stream().noneMatch(known -> known.vector == part.vector));
    }

    private static boolean isMuchMore(double rate, double earlier) {
        return earlier > 0 && rate >= MUCH_MORE * earlier;
    }

    @Override
    public String changesSince(Situation before) {
        return switch (before) {
            case AttackSituation earlier -> changes(earlier);
            case HostSituation other -> "";
        };
    }

    private String changes(AttackSituation earlier) {
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

    /** What makes a change the same as another one. */
    @Override
    public List<String> marks() {
        return List.of(
                target,
                vectors.stream().map(part -> part.vector().label()).sorted().collect(Collectors.joining(",")),
                decade(packetsPerSecond),
                decade(bitsPerSecond));
    }

    private static String decade(double rate) {
        return rate < 1 ? "0" : String.valueOf((int) Math.log10(rate));
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

    @Override
    public Severity severity() {
        if (isEnded) {
            return Severity.INFO;
        }
        boolean isLarge = bitsPerSecond >= CRITICAL_BITS_PER_SECOND || packetsPerSecond >= CRITICAL_PACKETS_PER_SECOND;
        return isLarge && confidence >= CRITICAL_CONFIDENCE ? Severity.CRITICAL : Severity.WARNING;
    }
}
