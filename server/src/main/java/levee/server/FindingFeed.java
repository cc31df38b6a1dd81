package levee.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import levee.model.FindingEvent;
import levee.store.StoredFinding;

/**
 * Changes of findings, as they happen, for any number of viewers. There is one history of bounded size, and each viewer
 * has a place in it: what a viewer costs does not depend on how far it lags behind, and a viewer that lags behind the
 * history is cut off. Publishing never waits for a viewer. Safe for several threads.
 *
 * <p>Places have the form {@code LIFE-NUMBER}. The life tells this feed from those of earlier processes, whose places
 * mean nothing here.
 */
public final class FindingFeed {
    private static final int USUAL_EVENTS = 4_096;
    private static final long USUAL_BYTES = 32L << 20;

    private final String life;
    private final int mostEvents;
    private final long mostBytes;
    private final FindingDelays delays = new FindingDelays();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Event> history = new ArrayDeque<>();
    private final Set<Viewer> viewers = new HashSet<>();
    private final Map<FindingEvent.Change, Long> published = new EnumMap<>(FindingEvent.Change.class);
    private long bytes;
    /** Of the newest event; the first one has number 1. */
    private long newest;

    private long cutOff;
    private boolean closed;

    /** @param clock tells one life from another */
    public FindingFeed(InstantSource clock) {
        this(clock, USUAL_EVENTS, USUAL_BYTES);
    }

    /**
     * @param clock tells one life from another
     * @param mostEvents that are kept for viewers who come back
     * @param mostBytes that these events may take
     */
    public FindingFeed(InstantSource clock, int mostEvents, long mostBytes) {
        this.life = Long.toString(clock.millis(), Character.MAX_RADIX);
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    /**
     * A change as it goes over the wire.
     *
     * @param target of the finding
     */
    private record Event(String target, byte[] bytes) {
        /** For those who do not see routers. The data are the only line that begins with a brace. */
        byte[] withoutRouters() {
            String text = new String(bytes, StandardCharsets.UTF_8);
            int data = text.indexOf("\ndata: ") + "\ndata: ".length();
            return (text.substring(0, data)
                            + FindingObjects.withoutRouters(text.substring(data).strip()) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Tells all viewers. Save the finding first, so that who hears of it can also ask for it. */
    public void publish(FindingEvent.Change change, StoredFinding finding) {
        byte[] line = FindingObjects.line(change, finding);
        lock.lock();
        try {
            newest++;
            byte[] event = ServerSentEvent.of(place(newest), Constants.label(change), line);
            history.addLast(new Event(finding.target(), event));
            bytes += event.length;
            while (history.size() > mostEvents || bytes > mostBytes && history.size() > 1) {
                bytes -= history.removeFirst().bytes().length;
            }
            published.merge(change, 1L, Long::sum);
            // An infection is hours old when it is sure, which says nothing of how soon attacks are found.
            if (change == FindingEvent.Change.OPENED && finding.kind().equals("attack")) {
                delays.add(Duration.between(finding.start(), finding.detectedAt()));
            }
            cutOffWhoLags();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void cutOffWhoLags() {
        for (Iterator<Viewer> all = viewers.iterator(); all.hasNext(); ) {
            Viewer viewer = all.next();
            if (viewer.place < oldest() - 1) {
                all.remove();
                cutOff++;
                // Closing a socket is nothing that the detectors should wait for.
                Thread.ofVirtual().name("cut-off").start(viewer.disconnect);
            }
        }
    }

    /** The number of the oldest event that is still kept. */
    private long oldest() {
        return newest - history.size() + 1;
    }

    /**
     * A new viewer, or none if there are too many.
     *
     * @param lastSeen where a viewer that comes back was; empty for a new one, which begins with what comes next
     * @param disconnect ends a viewer that is too slow
     */
    Optional<Viewer> join(Optional<String> lastSeen, int mostViewers, Runnable disconnect) {
        lock.lock();
        try {
            if (closed || viewers.size() >= mostViewers) {
                return Optional.empty();
            }
            Optional<Long> known = lastSeen.flatMap(this::number).filter(number -> number >= oldest() - 1);
            Viewer viewer = new Viewer(known.orElse(newest), lastSeen.isPresent() && known.isEmpty(), disconnect);
            viewers.add(viewer);
            return Optional.of(viewer);
        } finally {
            lock.unlock();
        }
    }

    /** What a place says, if it is one of this life. */
    private Optional<Long> number(String place) {
        int hyphen = place.indexOf('-');
        if (hyphen < 0 || !place.substring(0, hyphen).equals(life)) {
            return Optional.empty();
        }
        String digits = place.substring(hyphen + 1);
        if (!digits.matches("0|[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(digits)).filter(number -> number <= newest);
    }

    private String place(long number) {
        return life + "-" + number;
    }

    /** Ends all viewers, for good. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    FeedStatistics statistics() {
        lock.lock();
        try {
            Map<String, Long> byChange = new TreeMap<>();
            for (FindingEvent.Change change : FindingEvent.Change.values()) {
                byChange.put(Constants.label(change), published.getOrDefault(change, 0L));
            }
            return new FeedStatistics(byChange, viewers.size(), cutOff, delays.copy());
        } finally {
            lock.unlock();
        }
    }

    /** Somebody who reads along. Belongs to one thread. */
    final class Viewer implements AutoCloseable {
        private static final int MOST_AT_ONCE = 64;

        private final Runnable disconnect;
        private final boolean missedSome;
        /** The number of the last event handed out; guarded by the lock. */
        private long place;

        private Viewer(long place, boolean missedSome, Runnable disconnect) {
            this.place = place;
            this.missedSome = missedSome;
            this.disconnect = disconnect;
        }

        /** Whether it came back too late to be told everything. */
        boolean missedSome() {
            return missedSome;
        }

        /** Where it is, for the case that it breaks off before it was told anything. */
        String place() {
            lock.lock();
            try {
                return FindingFeed.this.place(place);
            } finally {
                lock.unlock();
            }
        }

        /**
         * The next events that the caller may see, ready to be sent; none if nothing happened for as long as
         * {@code patience}. What others see is not even noticed.
         *
         * @return empty if there will be no more
         */
        Optional<List<byte[]>> next(Duration patience, Caller caller) throws InterruptedException {
            List<Event> seen = new ArrayList<>();
            lock.lockInterruptibly();
            try {
                long nanos = patience.toNanos();
                do {
                    while (place == newest && !closed && nanos > 0) {
                        nanos = changed.awaitNanos(nanos);
                    }
                    if (closed || !viewers.contains(this)) {
                        return Optional.empty();
                    }
                    List<Event> events = history.stream()
                            .skip(place - oldest() + 1)
                            .limit(MOST_AT_ONCE)
                            .toList();
                    place += events.size();
                    events.stream().filter(event -> caller.sees(event.target())).forEach(seen::add);
                } while (seen.isEmpty() && nanos > 0);
            } finally {
                lock.unlock();
            }
            boolean isLimited = caller.networks().isPresent();
            return Optional.of(seen.stream()
                    .map(event -> isLimited ? event.withoutRouters() : event.bytes())
                    .toList());
        }

        @Override
        public void close() {
            lock.lock();
            try {
                viewers.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
