package levee.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Truth.Behaviour;
import levee.model.Truth.InfectedHost;

/** An infected own host, and what it did so far. */
final class Infected {
    private final int host;
    private final String family;
    private final Map<BehaviourKind, Times> behaviours = new EnumMap<>(BehaviourKind.class);

    private static final class Times {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
    }

    /**
     * @param host its number among the own hosts
     * @param family what it is infected with
     */
    Infected(int host, String family) {
        this.host = host;
        this.family = family;
    }

    int host() {
        return host;
    }

    /** It did something now. */
    void note(BehaviourKind kind, long nanos) {
        Times times = behaviours.computeIfAbsent(kind, k -> new Times());
        times.first = Math.min(times.first, nanos);
        times.last = Math.max(times.last, nanos);
    }

    /** Whoever shows the behaviour by each packet. */
    LongConsumer doing(BehaviourKind... kinds) {
        return nanos -> {
            for (BehaviourKind kind : kinds) {
                note(kind, nanos);
            }
        };
    }

    /** What is true of it, if it did anything. */
    Optional<InfectedHost> truth(IpAddress address) {
        List<Behaviour> shown = new ArrayList<>();
        behaviours.forEach((kind, times) -> shown.add(new Behaviour(
                kind.label(), Instant.ofEpochSecond(0, times.first), Instant.ofEpochSecond(0, times.last))));
        return shown.isEmpty() ? Optional.empty() : Optional.of(new InfectedHost(address, Optional.of(family), shown));
    }
}
