package levee.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import levee.model.Attack;
import levee.model.Prefix;
import levee.report.Element;
import levee.server.OpenFinding;
import levee.server.ServerSentEvent;
import org.jspecify.annotations.Nullable;

/**
 * What changes on the overview, made once a second for all who look at it: what a viewer costs is only the sending. Safe
 * for several threads.
 */
final class LiveView {
    /** So many seconds of traffic are sent again, so that a second that is missed leaves no gap. */
    private static final Duration POINTS = Duration.ofSeconds(8);

    private static final int MOST_AUDIENCES = 64;

    private final Running running;
    private final TrafficHistory history;
    private final ExporterRates rates;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Optional<List<Prefix>>, Tick> ticks = new HashMap<>();

    /**
     * @param second that it was made in
     * @param events by what they are about
     */
    record Tick(long second, Map<String, Event> events) {}

    /**
     * Something to tell.
     *
     * @param since the second from which on there was nothing else to tell
     * @param bytes ready to be sent
     */
    record Event(long since, byte[] bytes) {}

    LiveView(Running running, TrafficHistory history, ExporterRates rates) {
        this.running = running;
        this.history = history;
        this.rates = rates;
    }

    /**
     * What there is to see in this second.
     *
     * @param networks those that the audience is limited to
     */
    Tick now(Optional<List<Prefix>> networks) {
        Instant now = running.clock().instant();
        lock.lock();
        try {
            Tick known = ticks.get(networks);
            if (known != null && known.second() == now.getEpochSecond()) {
                return known;
            }
            if (ticks.size() >= MOST_AUDIENCES) {
                ticks.values().removeIf(tick -> tick.second() < now.getEpochSecond());
            }
            Tick made = new Tick(now.getEpochSecond(), events(networks, now, known));
            ticks.put(networks, made);
            return made;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Event> events(Optional<List<Prefix>> networks, Instant now, @Nullable Tick before) {
        Map<String, byte[]> made = new HashMap<>();
        made.put(
                "open-attacks",
                fragment("open-attacks", openAttacks(networks, now).toElement()));
        made.put(AbuseLine.ID, fragment(AbuseLine.ID, abuse(networks)));
        if (networks.isEmpty()) {
            rates.look(running.system().exporters(), now);
            made.put("health", fragment("health", new SensorHealth(running.system(), now).toElement()));
            made.put("points", ServerSentEvent.of("points", LiveJson.of(history.newest(POINTS))));
        }
        Map<String, Event> events = new HashMap<>();
        made.forEach((name, bytes) -> {
            Event known = before == null ? null : before.events().get(name);
            boolean isAsBefore = known != null && Arrays.equals(known.bytes(), bytes);
            events.put(name, isAsBefore ? known : new Event(now.getEpochSecond(), bytes));
        });
        return events;
    }

    OpenAttacks openAttacks(Optional<List<Prefix>> networks, Instant now) {
        List<OpenFinding> visible = new ArrayList<>();
        for (OpenFinding finding : running.system().open()) {
            if (!(finding.finding() instanceof Attack attack)) {
                continue;
            }
            if (networks.isEmpty()) {
                visible.add(finding);
            } else if (networks.get().stream().anyMatch(network -> network.contains(attack.target()))) {
                visible.add(new OpenFinding(
                        attack.withoutIngress(), finding.detectedAt(), finding.mode(), finding.isSeen()));
            }
        }
        return new OpenAttacks(running.store(), visible, now, SensorHealth.isBlind(running.system(), now));
    }

    Element abuse(Optional<List<Prefix>> networks) {
        return AbuseLine.of(StoredAbuse.open(running, networks));
    }

    private static byte[] fragment(String id, Element element) {
        return ServerSentEvent.of("fragment", LiveJson.fragment(id, element));
    }
}
