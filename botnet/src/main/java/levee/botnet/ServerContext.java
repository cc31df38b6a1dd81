package levee.botnet;

import levee.model.InfectedHost.BehaviourKind;
import org.jspecify.annotations.Nullable;

/** What port, name and company say of a server, before anything is known of how a host comes to it. */
final class ServerContext {
    private static final long SECOND = 1_000_000_000L;
    private static final int BUSY = 150;
    private static final int MANY_HOSTS = 100;
    private static final double RARE = 0.02;
    private static final int NEW_SECONDS = 3_600;
    private static final double NEW_SHARE = 0.2;

    /** Until so long after the beginning of watching nobody knows who had asked for a name before. */
    private static final int NAMES_SETTLE_SECONDS = 600;

    private final Population population;

    ServerContext(Population population) {
        this.population = population;
    }

    /**
     * How much of it speaks for a command server, in decibans; what is below zero speaks against one.
     *
     * @param name of the server, as hosts call it or found it
     */
    double judge(Host host, Pair pair, @Nullable String name) {
        double context = ofPort(pair.remote.port) + ofName(host, pair, name);
        // Of very many services some are dead or odd by chance: behind one address there may be a hundred people.
        context -= Decibans.growing(host.ordinary, BUSY, 8, 20);
        int others = healthyOthers(host, pair.remote);
        // Among many hosts a few that have the same server need not be healthy ones.
        boolean isRare = population.hosts() >= MANY_HOSTS && others <= RARE * population.hosts();
        // Nobody knew it when watching began, and then one after the other comes: so do infections spread.
        boolean isNew = pair.failed() < 0.5 * pair.attempts
                && pair.remote.firstSeconds - population.startSeconds() > NEW_SECONDS;
        double perDoubling = isRare ? 2 : isNew && others <= NEW_SHARE * population.hosts() ? 1 : 6;
        return context + (isNew ? 2 : 0) - Decibans.doubling(1.0 + others, perDoubling);
    }

    private static double ofPort(int port) {
        if (ServicePorts.isRemoteControl(port)) {
            return 8;
        }
        if (ServicePorts.isWeb(port)) {
            return -5;
        }
        if (ServicePorts.isPolled(port)) {
            return -8;
        }
        return ServicePorts.isKnown(port) ? -3 : 4;
    }

    private static double ofName(Host host, Pair pair, @Nullable String name) {
        if (name == null) {
            boolean asksOthers = host.asksNames && pair.firstNanos / SECOND > host.firstSeconds + NAMES_SETTLE_SECONDS;
            return asksOthers ? 4 : 0;
        }
        if (DynamicNames.holds(name)) {
            return 11;
        }
        if (Pollers.holds(name)) {
            return -12;
        }
        return pair.remote.name != null ? -2 : -3;
    }

    /** Others that come to the same server and show nothing else: who has such company is probably none. */
    private static int healthyOthers(Host host, Remote remote) {
        int healthy = Math.max(0, remote.hostCount() - remote.hosts().size());
        for (Host other : remote.hosts()) {
            healthy += other.equals(host) || showsMore(other) ? 0 : 1;
        }
        return healthy;
    }

    /** Whether a host shows what no server explains. */
    private static boolean showsMore(Host host) {
        for (BehaviourKind kind : host.signs().keySet()) {
            switch (kind) {
                case SCANNING,
                        BRUTE_FORCE,
                        FLOODING,
                        SPAM,
                        SCAN_TOOL_FINGERPRINT,
                        KNOWN_INDICATOR,
                        DGA,
                        DNS_TUNNEL,
                        PEER_TO_PEER,
                        LOADING -> {
                    return true;
                }
                case BEACONING, DEAD_COMMAND_SERVER, LONG_CONNECTION, IRC -> {}
            }
        }
        return false;
    }
}
