package levee.drill;

import java.time.Duration;

/**
 * Own hosts to get infected, one after the other: few at first, then ever more, until hardly any is left (a logistic
 * curve).
 *
 * @param hosts how many
 * @param start of the first infection, since the start of the drill
 * @param spread from the first infection to the last
 */
public record PlannedBots(BotFamily family, int hosts, Duration start, Duration spread) {
    public static final int MOST_HOSTS = 10_000;

    public PlannedBots {
        if (hosts < 1 || hosts > MOST_HOSTS) {
            throw new IllegalArgumentException("an outbreak of " + hosts + " bots");
        }
    }

    /** The usual bots of a family, all infected within a few seconds. */
    public static PlannedBots of(BotFamily family, int hosts) {
        return new PlannedBots(family, hosts, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    public PlannedBots at(Duration other) {
        return new PlannedBots(family, hosts, other, spread);
    }

    public PlannedBots spreadingOver(Duration other) {
        return new PlannedBots(family, hosts, start, other);
    }

    /**
     * When one of the hosts is infected, in nanoseconds since the first infection.
     *
     * @param number 0 to {@link #hosts} - 1
     */
    long infectionNanos(int number) {
        if (hosts == 1) {
            return 0;
        }
        // The curve between its values 2 and 98 %, stretched over the whole spread.
        double first = logit(0.02);
        double share = 0.02 + 0.96 * number / (hosts - 1);
        return (long) ((logit(share) - first) / (-2 * first) * spread.toNanos());
    }

    private static double logit(double share) {
        return Math.log(share / (1 - share));
    }
}
