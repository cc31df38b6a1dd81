package levee.botnet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what the watches say of a host. Evidence adds up in decibans, from what is usual before anything is seen; it fades by
 * half each day. docs/detection.md gives the weights and where they come from.
 */
final class HostJudge {
    /** A level is not taken back for a little less. */
    private static final double HYSTERESIS = 5;

    /** A watch that says nothing any more takes back what it said lately; what is older, it has forgotten. */
    private static final long FORGETS_NANOS = 3_600_000_000_000L;

    private static final int MANY_CONTACTS = 50;
    private static final double NEARLY_ALL = 0.95;

    private final List<Watch> watches;

    HostJudge(List<Watch> watches) {
        this.watches = List.copyOf(watches);
    }

    /** What is thought of a host. */
    record Verdict(double score, List<Sign> signs, List<Evidence> against) {
        Map<BehaviourKind, Double> weights() {
            Map<BehaviourKind, Double> weights = new EnumMap<>(BehaviourKind.class);
            signs.forEach(sign -> weights.put(sign.kind(), sign.weight()));
            return weights;
        }

        @Nullable
        Level level(@Nullable Level before) {
            if (reaches(Level.NOTIFY, before == Level.NOTIFY)) {
                return Level.NOTIFY;
            }
            return reaches(Level.SUSPECTED, before != null) ? Level.SUSPECTED : null;
        }

        private boolean reaches(Level level, boolean wasThere) {
            return score >= level.leastDecibans() - (wasThere ? HYSTERESIS : 0);
        }
    }

    Verdict judge(Host host, long nowNanos) {
        Map<BehaviourKind, Sign> now = new EnumMap<>(BehaviourKind.class);
        Consumer<Sign> add =
                sign -> now.merge(sign.kind(), sign, (a, b) -> faded(b, nowNanos) > faded(a, nowNanos) ? b : a);
        for (Watch watch : watches) {
            watch.judge(host, nowNanos, add);
        }
        host.signs().values().stream()
                .filter(sign -> nowNanos - sign.lastNanos() > FORGETS_NANOS)
                .forEach(add);
        host.remembered.signs().forEach(add);
        host.say(now);
        double score = InfectedHost.PRIOR_DECIBANS;
        List<Sign> signs = new ArrayList<>();
        for (Sign sign : now.values()) {
            double weight = faded(sign, nowNanos);
            if (weight >= 1) {
                score += weight;
                signs.add(sign);
            }
        }
        List<Evidence> against = new ArrayList<>();
        for (Evidence evidence : against(host)) {
            score += evidence.value();
            against.add(evidence);
        }
        signs.sort((a, b) -> Double.compare(b.weight(), a.weight()));
        return new Verdict(score, signs, against);
    }

    private static double faded(Sign sign, long nowNanos) {
        return Decibans.faded(sign.weight(), nowNanos - sign.lastNanos());
    }

    private static List<Evidence> against(Host host) {
        List<Evidence> against = new ArrayList<>();
        if (host.contacts >= MANY_CONTACTS && host.answered >= NEARLY_ALL * host.contacts) {
            against.add(new Evidence(
                    String.format(
                            Locale.ROOT,
                            "%,d of the %,d services that it talked to for the first time answered",
                            host.answered,
                            host.contacts),
                    -1,
                    0,
                    "decibans against"));
        }
        PeerState peers = host.peers;
        if (peers != null && peers.met >= 20 && peers.sharing > 0.2 * peers.met) {
            against.add(new Evidence(
                    String.format(
                            Locale.ROOT,
                            "shares files with %,d of its %,d peers",
                            Math.min(peers.sharing, peers.met),
                            peers.met),
                    -3,
                    0,
                    "decibans against"));
        }
        return against;
    }
}
