package levee.drill;

import java.util.SplittableRandom;

/** Ordinary traffic: as much of each kind as a network of offices and a few servers has, more by day than by night. */
final class Background {
    private static final double BUSIEST_HOUR = 15;
    private static final double SWING = 0.6;

    /** Look-ups that belong to other conversations, as a part of all flows. */
    private static final double ASKING = 0.2;

    /** Names that do not exist. */
    private static final double MISSPELT = 0.01;

    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private final Conversations conversations;
    private final double flowsPerSecond;

    Background(Conversations conversations, double flowsPerSecond) {
        this.conversations = conversations;
        this.flowsPerSecond = flowsPerSecond;
    }

    /** The rate at a time as a part of the day's average; the clock is UTC. */
    static double activity(long nanos) {
        double hour = Math.floorMod(nanos, NANOS_PER_DAY) / 3.6e12;
        return 1 + SWING * Math.cos((hour - BUSIEST_HOUR) / 24 * 2 * Math.PI);
    }

    void enter(Stage stage, long endNanos, SplittableRandom random) {
        OwnHosts hosts = conversations.hosts();
        // Where hosts ask by themselves before they connect, that many questions less come from nowhere.
        double asking = conversations.areNamed() ? ASKING : 0;
        add(stage, endNanos, random, 0.27, conversations::browsing);
        add(stage, endNanos, random, 0.11, r -> conversations.visit(hosts.webServer(r), r));
        add(stage, endNanos, random, 0.10, conversations::quic);
        add(stage, endNanos, random, 0.24 - asking, r -> conversations.lookup(hosts.resolver(r), r));
        if (conversations.areNamed()) {
            add(stage, endNanos, random, MISSPELT, conversations::misspelt);
        }
        add(stage, endNanos, random, 0.06, conversations::query);
        add(stage, endNanos, random, 0.03, conversations::timeRequest);
        add(stage, endNanos, random, 0.01, r -> conversations.timeVisit(hosts.timeServer(r), r));
        add(stage, endNanos, random, 0.03, conversations::mail);
        add(stage, endNanos, random, 0.005, conversations::shell);
        add(stage, endNanos, random, 0.015, conversations::ping);
        add(stage, endNanos, random, 0.04, conversations::peer);
        add(stage, endNanos, random, 0.08, conversations::probe);
        add(stage, endNanos, random, 0.01, conversations::backscatter);
    }

    private void add(Stage stage, long endNanos, SplittableRandom random, double share, Arrivals.Opening opening) {
        double rate = share * flowsPerSecond;
        stage.add(stage.now, new Arrivals(nanos -> rate * activity(nanos), endNanos, random.split(), opening));
    }
}
