package levee.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import levee.store.StoreException.Category;
import org.jspecify.annotations.Nullable;

/**
 * Takes findings and traffic without making the giver wait, and writes them to a store a little later. Of several
 * revisions of a finding that wait, only the highest is written. What finds no room is dropped and counted; what cannot
 * be written now is tried again.
 *
 * <p>{@link #start} gives it a thread of its own. Without one, somebody calls {@link #step} from time to time.
 */
public final class WriteBehind implements AutoCloseable {
    /** One transaction writes at most so many, so that others get their turn. */
    private static final int BATCH_FINDINGS = 200;

    private static final int BATCH_CHARACTERS = 4 << 20;
    private static final int BATCH_POINTS = 10_000;

    /** While closing, this many failures in a row are the end. */
    private static final int LAST_ATTEMPTS = 3;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Store store;
    private final Limits limits;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();

    // All below is guarded by the lock, which is never held while the store is used.
    private final LinkedHashMap<String, StoredFinding> findings = new LinkedHashMap<>();
    private final LinkedHashMap<PointKey, TrafficPoint> points = new LinkedHashMap<>();
    private long characters;
    private boolean closed;
    private long findingsWritten;
    private long findingsCoalesced;
    private long findingsDropped;
    private long pointsWritten;
    private long pointsDropped;
    private long failures;
    private @Nullable RuntimeException problem;

    /** Only one step at a time. */
    private final ReentrantLock stepping = new ReentrantLock();

    private @Nullable Thread thread;

    /**
     * How much may wait.
     *
     * @param findings different ones
     * @param characters of JSON of all findings together
     * @param points of traffic
     */
    public record Limits(int findings, long characters, int points) {
        public static final Limits DEFAULT = new Limits(10_000, 32 << 20, 100_000);

        public Limits {
            if (findings < 1 || characters < 1 || points < 1) {
                throw new IllegalArgumentException("nothing may wait");
            }
        }
    }

    /**
     * What has happened so far.
     *
     * @param findingsCoalesced revisions that were not written, since a higher one was
     * @param findingsDropped revisions that found no room, came too late or could not be written at all
     * @param pointsDropped points of traffic likewise, and those of series for which the store had no room
     * @param failures attempts to write that failed and are made again
     * @param findingsWaiting findings that wait now
     * @param pointsWaiting points that wait now
     * @param problem why the last attempt failed; empty if it did not
     */
    public record Counts(
            long findingsWritten,
            long findingsCoalesced,
            long findingsDropped,
            long pointsWritten,
            long pointsDropped,
            long failures,
            int findingsWaiting,
            int pointsWaiting,
            Optional<String> problem) {}

    private record PointKey(Resolution resolution, String series, long step) {}

    /** Without a thread. */
    public WriteBehind(Store store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * Begins to write every {@code interval}, in a thread of its own; less often while the store does not work.
     *
     * @param interval for how long findings and traffic are gathered; as much is lost if the process is killed
     */
    public static WriteBehind start(Store store, Limits limits, Duration interval) {
        WriteBehind writer = new WriteBehind(store, limits);
        Thread thread = new Thread(() -> writer.run(interval), "levee-store-writer");
        thread.setDaemon(true);
        writer.thread = thread;
        thread.start();
        return writer;
    }

    /**
     * Takes a finding to write; never waits for the store.
     *
     * @return false if it was dropped
     */
    public boolean offer(StoredFinding finding) {
        lock.lock();
        try {
            StoredFinding waiting = findings.get(finding.id());
            if (waiting != null && waiting.revision() > finding.revision()) {
                findingsCoalesced++;
                return true;
            }
            long room = limits.characters()
                    - characters
                    + (waiting == null ? 0 : waiting.json().length());
            if (closed || finding.json().length() > room || waiting == null && findings.size() == limits.findings()) {
                findingsDropped++;
                return false;
            }
            if (waiting != null) {
                findingsCoalesced++;
            }
            hold(finding);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void hold(StoredFinding finding) {
        StoredFinding before = findings.put(finding.id(), finding);
        characters +=
                finding.json().length() - (before == null ? 0 : before.json().length());
    }

    /**
     * Takes points of traffic to write; never waits for the store.
     *
     * @return how many were dropped
     */
    public int offer(Resolution resolution, List<TrafficPoint> more) {
        lock.lock();
        try {
            int dropped = 0;
            for (TrafficPoint point : more) {
                PointKey key = key(resolution, point);
                if (closed || points.size() == limits.points() && !points.containsKey(key)) {
                    dropped++;
                } else {
                    points.put(key, point);
                }
            }
            pointsDropped += dropped;
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private static PointKey key(Resolution resolution, TrafficPoint point) {
        Instant time = point.time();
        return new PointKey(
                resolution,
                point.series(),
                Math.floorDiv(time.getEpochSecond(), resolution.step().toSeconds()));
    }

    /**
     * Writes what waits now.
     *
     * @return whether nothing failed
     */
    public boolean step() {
        stepping.lock();
        try {
            boolean sound = writeFindings() && writePoints(Resolution.SECOND) && writePoints(Resolution.MINUTE);
            if (sound) {
                note(null);
            }
            return sound;
        } finally {
            stepping.unlock();
        }
    }

    private boolean writeFindings() {
        // Not more often than needed for what waits now: what comes meanwhile has its turn in the next step.
        for (int left = counts().findingsWaiting(); left > 0; ) {
            List<StoredFinding> batch = takeFindings();
            if (batch.isEmpty()) {
                return true;
            }
            left -= batch.size();
            try {
                store.saveAll(batch);
                written(batch);
            } catch (RuntimeException e) {
                if (isHopeless(e)) {
                    if (!writeEach(batch)) {
                        return false;
                    }
                } else {
                    giveBack(batch);
                    note(e);
                    return false;
                }
            }
        }
        return true;
    }

    /** One of them cannot be written, ever; the others need not suffer. */
    private boolean writeEach(List<StoredFinding> batch) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                store.save(batch.get(i));
                written(batch.subList(i, i + 1));
            } catch (RuntimeException e) {
                note(e);
                if (!isHopeless(e)) {
                    giveBack(batch.subList(i, batch.size()));
                    return false;
                }
                drop(1, 0);
            }
        }
        return true;
    }

    private boolean writePoints(Resolution resolution) {
        for (int left = counts().pointsWaiting(); left > 0; ) {
            Map<PointKey, TrafficPoint> batch = takePoints(resolution);
            if (batch.isEmpty()) {
                return true;
            }
            left -= batch.size();
            try {
                int leftOut = store.addTraffic(resolution, List.copyOf(batch.values()));
                lock.lock();
                try {
                    pointsWritten += batch.size() - leftOut;
                    pointsDropped += leftOut;
                } finally {
                    lock.unlock();
                }
            } catch (RuntimeException e) {
                note(e);
                if (isHopeless(e)) {
                    drop(0, batch.size());
                } else {
                    giveBack(batch);
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether trying again is of no use. */
    private static boolean isHopeless(RuntimeException error) {
        return error instanceof StoreException failure && failure.category() == Category.FAILED
                || error instanceof IllegalArgumentException;
    }

    private List<StoredFinding> takeFindings() {
        lock.lock();
        try {
            List<StoredFinding> batch = new ArrayList<>();
            long taken = 0;
            Iterator<StoredFinding> waiting = findings.values().iterator();
            while (waiting.hasNext() && batch.size() < BATCH_FINDINGS && taken < BATCH_CHARACTERS) {
                StoredFinding finding = waiting.next();
                waiting.remove();
                batch.add(finding);
                taken += finding.json().length();
            }
            characters -= taken;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private Map<PointKey, TrafficPoint> takePoints(Resolution resolution) {
        lock.lock();
        try {
            Map<PointKey, TrafficPoint> batch = new LinkedHashMap<>();
            Iterator<Map.Entry<PointKey, TrafficPoint>> waiting =
                    points.entrySet().iterator();
            while (waiting.hasNext() && batch.size() < BATCH_POINTS) {
                Map.Entry<PointKey, TrafficPoint> point = waiting.next();
                if (point.getKey().resolution() == resolution) {
                    batch.put(point.getKey(), point.getValue());
                    waiting.remove();
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Revisions that came meanwhile and are higher stay. A batch may go beyond the limits for a while. */
    private void giveBack(List<StoredFinding> batch) {
        lock.lock();
        try {
            for (StoredFinding finding : batch) {
                StoredFinding newer = findings.get(finding.id());
                if (newer == null) {
                    hold(finding);
                } else {
                    findingsCoalesced++;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Map<PointKey, TrafficPoint> batch) {
        lock.lock();
        try {
            batch.forEach(points::putIfAbsent);
        } finally {
            lock.unlock();
        }
    }

    private void written(List<StoredFinding> batch) {
        lock.lock();
        try {
            findingsWritten += batch.size();
        } finally {
            lock.unlock();
        }
    }

    private void drop(int moreFindings, int morePoints) {
        lock.lock();
        try {
            findingsDropped += moreFindings;
            pointsDropped += morePoints;
        } finally {
            lock.unlock();
        }
    }

    private void note(@Nullable RuntimeException error) {
        lock.lock();
        try {
            problem = error;
            if (error != null) {
                failures++;
            }
        } finally {
            lock.unlock();
        }
    }

    public Counts counts() {
        lock.lock();
        try {
            return new Counts(
                    findingsWritten,
                    findingsCoalesced,
                    findingsDropped,
                    pointsWritten,
                    pointsDropped,
                    failures,
                    findings.size(),
                    points.size(),
                    Optional.ofNullable(problem).map(String::valueOf));
        } finally {
            lock.unlock();
        }
    }

    private void run(Duration interval) {
        Duration pause = interval;
        while (isOpenAfter(pause)) {
            boolean sound = step();
            pause = sound ? interval : shorter(pause.plus(pause).plusMillis(1), longer(interval, LONGEST_PAUSE));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private boolean isOpenAfter(Duration pause) {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (!closed && nanos > 0) {
                nanos = closing.awaitNanos(nanos);
            }
            return !closed;
        } catch (InterruptedException e) {
            // Nobody but a shutdown interrupts this thread; what waits is written when it is closed.
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more, and writes what waits; what cannot be written after some attempts is dropped and counted. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = !isOver(thread);
        int attempts = LAST_ATTEMPTS;
        while (isWaiting() && attempts > 0) {
            attempts = step() ? LAST_ATTEMPTS : attempts - 1;
        }
        lock.lock();
        try {
            findingsDropped += findings.size();
            pointsDropped += points.size();
            findings.clear();
            points.clear();
            characters = 0;
        } finally {
            lock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOver(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(60));
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private boolean isWaiting() {
        lock.lock();
        try {
            return !findings.isEmpty() || !points.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
