package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;

/** Servers to which a host comes back in a beat, and that answer. */
final class Beacons {
    private static final long SECOND = 1_000_000_000L;

    /** Contacts below which nothing is said of a server. */
    static final int FEWEST = 12;

    private static final double REGULAR = 0.75;
    private static final double CONCENTRATED = 0.5;

    /** Programs of people ask once a minute, or keep a connection. */
    private static final double HASTY_SECONDS = 15;

    /** Nobody is written to for that alone. */
    private static final double MOST_BY_NAME = 28;

    private static final int MANY = 100;
    private static final int SHORT_SECONDS = 900;
    private static final int LONG_SECONDS = 3_600;

    private final Population population;

    Beacons(Population population) {
        this.population = population;
    }

    /** Whether most gaps between contacts are about the same. */
    static boolean isBeat(BeaconScore score) {
        return score.time() >= REGULAR && score.concentration() >= CONCENTRATED;
    }

    /** @param context what speaks for a command server otherwise, in decibans */
    Optional<Sign> judge(Pair pair, double context, long nowNanos) {
        if (pair.attempts < FEWEST || pair.answered < FEWEST / 2) {
            return Optional.empty();
        }
        BeaconScore score = pair.score(population.startSeconds(), (int) (nowNanos / SECOND));
        if (score.contacts() < FEWEST || score.score() < REGULAR || !isBeat(score)) {
            return Optional.empty();
        }
        boolean isOdd = pair.oddRequests >= FEWEST / 2;
        // Programs of people say whom they want when they begin TLS (RFC 6066 section 3).
        boolean isNameless = pair.namelessHellos >= FEWEST / 2 && pair.namedHellos == 0;
        boolean isHasty = score.medianGapSeconds() <= HASTY_SECONDS && score.contacts() >= MANY;
        // Whoever plays, chats or listens keeps a beat, too, but not for hours.
        long span = (pair.lastNanos - pair.firstNanos) / SECOND;
        double weight = 2
                + 36 * (score.score() - REGULAR)
                + Decibans.growing(score.contacts(), 3 * FEWEST, 5, 8)
                + Decibans.growing(span, SHORT_SECONDS, 5, 10)
                + (isOdd ? 7 : 0)
                + (isNameless ? 4 : 0)
                + (isHasty && span >= LONG_SECONDS ? 5 : 0)
                + context;
        boolean isPlainWeb = ServicePorts.isWeb(pair.remote.port) && !isOdd && !isNameless && context < 0;
        boolean isNamed = pair.namedHellos >= FEWEST / 2 && pair.namelessHellos == 0;
        if (isPlainWeb || isNamed) {
            // So does whatever asks its maker for news, or keeps files alike here and at home.
            weight = Math.min(MOST_BY_NAME, weight);
        }
        return weight <= 0
                ? Optional.empty()
                : Optional.of(pair.sign(BehaviourKind.BEACONING, weight, evidence(pair, score, isOdd, isNameless)));
    }

    private static List<Evidence> evidence(Pair pair, BeaconScore score, boolean isOdd, boolean isNameless) {
        List<Evidence> evidence = new ArrayList<>();
        if (isOdd) {
            evidence.add(new Evidence(
                    "asked " + pair.remote.title()
                            + " over HTTP without naming whom it wants, or in clear at a port for encryption",
                    pair.oddRequests,
                    FEWEST / 2,
                    "HTTP requests without Host, or at port 443"));
        }
        if (isNameless) {
            evidence.add(new Evidence(
                    "began TLS with " + pair.remote.title() + " without saying whom it wants",
                    pair.namelessHellos,
                    FEWEST / 2,
                    "client hellos without server name"));
        }
        evidence.add(new Evidence(
                String.format(
                        Locale.ROOT,
                        "came to %s %,d times, every %,.0f s as a rule; %.0f %% of the gaps are within 30 %% of that",
                        pair.remote.title(),
                        pair.attempts,
                        score.medianGapSeconds(),
                        100 * score.concentration()),
                score.contacts(),
                FEWEST,
                pair.log.isComplete() ? "all contacts of the last day" : "the latest contacts"));
        evidence.add(new Evidence(
                String.format(
                        Locale.ROOT,
                        "regular in time %.2f, in size %.2f, over the day %.2f, for how long %.2f; together %.2f of 1",
                        score.time(),
                        score.size(),
                        score.histogram(),
                        score.duration(),
                        score.score()),
                score.score(),
                REGULAR,
                "components of RITA v5"));
        evidence.add(new Evidence(
                "own hosts that come to the same server: " + pair.remote.hostCount(),
                pair.remote.hostCount(),
                1,
                "distinct hosts"));
        return evidence;
    }
}
