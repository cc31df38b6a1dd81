package levee.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.report.FindingJson;
import levee.server.OpenFinding;
import levee.store.FindingPage;
import levee.store.FindingQuery;
import levee.store.Store;
import levee.store.StoredFinding;
import levee.store.StoredFinding.Mode;
import levee.store.StoredFinding.State;

/**
 * Makes of the detector's events what is kept and told: revisions of findings. After a restart, what was going
 * on before keeps its identity, and nobody is told of it once more. Safe for several threads.
 */
final class FindingJournal {
    /** Within this time after a start, what is of the same kind and subject is what went on before. */
    private static final Duration RESUMABLE = Duration.ofMinutes(5);

    /**
     * The same for abuse, since it was seen last: detection begins with nothing, and signs of an infection may take hours to
     * show again. What an infected host showed counts by half a day later.
     */
    private static final Duration ABUSE_RESUMABLE = Duration.ofDays(1);

    private static final int PAGE = 500;

    /** Samples of one may take half a megabyte. */
    private static final int MOST_ENDED = 32;

    private volatile Mode mode;
    private final InstantSource clock;
    private final Instant started;

    /** What went on when the process before this one stopped, by kind and subject, until it is met again. */
    private final Map<String, Unmet> before = new LinkedHashMap<>();

    /** By the detector's own id. */
    private final Map<String, Entry> entries = new HashMap<>();

    private final Map<String, OpenFinding> latest = new ConcurrentHashMap<>();

    /** The last attacks that ended, with all their samples, of which the store keeps but a few. */
    private final Map<String, Finding> ended = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Finding> eldest) {
            return size() > MOST_ENDED;
        }
    });

    /** What was going on, as it is kept and as it is shown. */
    private record Unmet(StoredFinding stored, OpenFinding shown) {
        Unmet(StoredFinding stored) {
            this(stored, new OpenFinding(FindingJson.read(stored.json()), stored.detectedAt(), stored.mode(), false));
        }
    }

    /** What is known of a finding that goes on. */
    private record Entry(String id, Instant detectedAt, int revision, Optional<StoredFinding> continued) {}

    /**
     * A change to tell, with what is kept of it.
     *
     * @param before what was told of it before the start of this process, if this is the first change since
     */
    record Told(FindingEvent event, StoredFinding stored, Optional<Finding> before) {
        boolean isContinued() {
            return before.isPresent();
        }
    }

    FindingJournal(Mode mode, InstantSource clock) {
        this.mode = mode;
        this.clock = clock;
        started = clock.instant();
    }

    /** From the next change on, findings are of another mode. */
    void mode(Mode changed) {
        mode = changed;
    }

    /** Notes what the store knows to be going on. */
    synchronized void resume(Store store) {
        FindingQuery query = FindingQuery.newest(PAGE).withState(State.OPEN);
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            FindingPage page = store.findings(query);
            page.findings().forEach(finding -> {
                Unmet unmet = new Unmet(finding);
                before.putIfAbsent(key(unmet.shown().finding()), unmet);
            });
            next = page.next();
            query = next.map(query::withCursor).orElse(query);
        }
    }

    synchronized Told note(FindingEvent event) {
        Instant now = clock.instant();
        String detectorsId = event.finding().id();
        Entry entry = entries.get(detectorsId);
        Optional<Finding> before = Optional.empty();
        if (entry == null) {
            Optional<StoredFinding> earlier = earlier(event.finding(), now);
            before = earlier.map(found -> FindingJson.read(found.json()));
            entry = earlier.map(
                            found -> new Entry(found.id(), found.detectedAt(), found.revision(), Optional.of(found)))
                    .orElseGet(() -> new Entry(detectorsId, now, 0, Optional.empty()));
        }
        entry = new Entry(entry.id(), entry.detectedAt(), entry.revision() + 1, entry.continued());
        Finding finding = entry.continued()
                .map(earlier -> continuing(event.finding(), earlier))
                .orElse(event.finding());
        Change change = before.isPresent() && event.change() == Change.OPENED ? Change.CHANGED : event.change();
        if (change == Change.ENDED || change == Change.ABSORBED) {
            entries.remove(detectorsId);
            latest.remove(entry.id());
            if (finding instanceof Attack) {
                ended.put(entry.id(), finding);
            }
        } else {
            entries.put(detectorsId, entry);
            latest.put(entry.id(), new OpenFinding(finding, entry.detectedAt(), mode, true));
        }
        return new Told(new FindingEvent(change, finding), stored(finding, change, entry, now), before);
    }

    private Optional<StoredFinding> earlier(Finding finding, Instant now) {
        Unmet unmet = before.get(key(finding));
        if (unmet == null || now.isAfter(until(unmet))) {
            return Optional.empty();
        }
        before.remove(key(finding));
        return Optional.of(unmet.stored());
    }

    /** Until when something is waited for that was going on before the start. */
    private Instant until(Unmet unmet) {
        Instant soon = started.plus(RESUMABLE);
        return switch (unmet.shown().finding()) {
            case Attack attack -> soon;
            case Abuse abuse -> {
                Instant forgotten = abuse.end().plus(ABUSE_RESUMABLE);
                yield forgotten.isAfter(soon) ? forgotten : soon;
            }
        };
    }

    private static String key(Finding finding) {
        return finding.kind() + " " + finding.subject();
    }

    private Finding continuing(Finding finding, StoredFinding earlier) {
        double seconds =
                Math.max(0, Duration.between(earlier.updatedAt(), started).toMillis() / 1_000.0);
        Evidence gap = new Evidence(
                String.format(
                        Locale.ROOT,
                        "nothing was seen for up to %.0f s before %s, when Levee was started again;"
                                + " what came before that is not in these numbers",
                        seconds,
                        started.truncatedTo(ChronoUnit.SECONDS)),
                seconds,
                0,
                "start of the process");
        return switch (finding) {
            case Attack attack -> attack.continuing(earlier.id(), earlier.start(), gap);
            case Abuse abuse -> abuse.continuing(earlier.id(), earlier.start(), gap);
        };
    }

    private StoredFinding stored(Finding finding, Change change, Entry entry, Instant now) {
        return new StoredFinding(
                finding.id(),
                finding.kind(),
                state(change),
                FindingTarget.of(finding),
                finding.start(),
                finding.end(),
                entry.detectedAt(),
                mode,
                entry.revision(),
                now,
                FindingJson.of(finding));
    }

    private static State state(Change change) {
        return switch (change) {
            case OPENED, CHANGED -> State.OPEN;
            case ENDED -> State.ENDED;
            case ABSORBED -> State.ABSORBED;
        };
    }

    /** What is from before the start and did not go on: it ended unseen. To be called now and then. */
    synchronized List<StoredFinding> endWhatDidNotGoOn() {
        Instant now = clock.instant();
        List<StoredFinding> ended = new ArrayList<>();
        before.values().removeIf(unmet -> {
            boolean isOver = !now.isBefore(until(unmet));
            if (isOver) {
                ended.add(ended(unmet.stored(), now));
            }
            return isOver;
        });
        return ended;
    }

    private static StoredFinding ended(StoredFinding finding, Instant now) {
        return new StoredFinding(
                finding.id(),
                finding.kind(),
                State.ENDED,
                finding.target(),
                finding.start(),
                finding.end(),
                finding.detectedAt(),
                finding.mode(),
                finding.revision() + 1,
                now,
                finding.json().replaceFirst("\"state\":\"open\"", "\"state\":\"ended\""));
    }

    /** A finding that goes on, or an attack that ended lately, with all that is in memory of it. */
    Optional<Finding> finding(String id) {
        return Optional.ofNullable(latest.get(id))
                .map(OpenFinding::finding)
                .or(() -> Optional.ofNullable(ended.get(id)));
    }

    /** All findings that go on, those from before the start included. */
    synchronized List<OpenFinding> open() {
        List<OpenFinding> open = new ArrayList<>(latest.values());
        before.values().forEach(unmet -> open.add(unmet.shown()));
        return open;
    }
}
