package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;

/** Servers that a host calls again and again though nobody answers: of bots whose master was taken away. */
final class DeadServers {
    private static final long SECOND = 1_000_000_000L;

    /** Calls below which nothing is said of a server. */
    static final int FEWEST = 10;

    private static final long SHORTEST_NANOS = 600 * SECOND;

    private final Population population;

    DeadServers(Population population) {
        this.population = population;
    }

    /** @param context what speaks for a command server otherwise, in decibans */
    Optional<Sign> judge(Host host, Pair pair, double context, long nowNanos) {
        boolean isOffline = host.answered == 0 && host.contacts > 3;
        if (isOffline
                || pair.attempts < FEWEST
                || pair.failed() < 0.5 * pair.attempts
                || pair.lastNanos - pair.firstNanos < SHORTEST_NANOS) {
            return Optional.empty();
        }
        BeaconScore score = pair.score(population.startSeconds(), (int) (nowNanos / SECOND));
        boolean isBeat = Beacons.isBeat(score);
        double weight = 8
                + Decibans.growing(pair.failed(), FEWEST, 9, 22)
                + (pair.answered == 0 ? 3 : 0)
                + (isBeat ? 5 : 0)
                + context;
        if (weight <= 0) {
            return Optional.empty();
        }
        Evidence evidence = new Evidence(
                String.format(
                        Locale.ROOT,
                        "called %s %,d times within %,d min%s; %,d calls were not answered, %,d were refused",
                        pair.remote.title(),
                        pair.attempts,
                        (pair.lastNanos - pair.firstNanos) / (60 * SECOND),
                        isBeat ? String.format(Locale.ROOT, ", every %,.0f s as a rule", score.medianGapSeconds()) : "",
                        pair.unanswered,
                        pair.refused),
                pair.failed(),
                FEWEST,
                "failed connections to one address and port, over 10 min at least");
        return Optional.of(pair.sign(BehaviourKind.DEAD_COMMAND_SERVER, weight, List.of(evidence)));
    }
}
