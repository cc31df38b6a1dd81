package levee.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one channel still has to tell. Instead of a queue of alerts there is, for each finding, what was told last and
 * what is the case now; what to send is the difference at the time of sending. Thus newer states replace older ones,
 * changes come together, and nothing is told twice.
 */
final class Outbox {
    /** A receiver that was away gets news soon after it is back, however long single alerts wait. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private Channel channel;
    private final AlertSettings settings;
    private final Silence silence;
    private final Backoff backoff;
    private TokenBucket bucket;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    /** Those of which there is something to tell, the one that has waited longest first. */
    private final Map<String, Entry> pending = new LinkedHashMap<>();
    /** Those of which there is, were they not muted, the one to ask for again first. */
    private final Map<String, Entry> silenced = new LinkedHashMap<>();
    /** Those that ended and of which all is told, the first to be forgotten first. */
    private final Set<String> settled = new LinkedHashSet<>();

    private long jsonCharacters;
    private int inFlight;
    private int failuresInARow;
    private Instant pausedUntil = Instant.MIN;
    private @Nullable Instant lastDigest;
    /** Nothing is due before. */
    private Instant nextDue = Instant.MIN;

    private long sent;
    private long failed;
    private long retried;
    private long dropped;
    private long suppressed;
    private long withheld;
    private ChannelStatistics.@Nullable LastError lastError;
    private @Nullable Instant lastSuccess;

    Outbox(Channel channel, AlertSettings settings, Silence silence, RandomGenerator random) {
        this.channel = channel;
        this.settings = settings;
        this.silence = silence;
        this.backoff = new Backoff(settings.firstBackoff(), settings.longestBackoff(), random);
        this.bucket = new TokenBucket(channel.pace());
    }

    /** What is sent at once, to be given back with its outcome. */
    record Delivery(Alert alert, List<Part> parts) {}

    /** What a delivery says of one finding. */
    record Part(Entry entry, Alert.Single single) {}

    /** What is known of one finding. */
    static final class Entry {
        private Situation latest;
        /** What receivers know, or what was given up or withheld. */
        private @Nullable Situation baseline;
        /** Whether receivers know the baseline. */
        private boolean isTold;
        /** Whether the baseline says so that the attack ended; an opening may come too late, but still comes first. */
        private boolean isEndKnown;

        private @Nullable String json;
        private String lastAlertId = "";
        private @Nullable Instant lastSaid;
        private boolean isInFlight;
        private boolean isCountedAsSuppressed;
        private int attempts;
        private Instant due = Instant.MIN;
        /** Since when there has been something to tell. */
        private Instant since = Instant.MIN;

        private Entry(Situation latest) {
            this.latest = latest;
        }

        private Optional<AlertEvent> need() {
            if (baseline == null) {
                return latest.isAbsorbed() ? Optional.empty() : Optional.of(AlertEvent.OPENED);
            }
            boolean isMonitored = baseline.mode() == AlertMode.MONITOR;
            if (!isTold && !(isMonitored && latest.mode() == AlertMode.MONITOR)) {
                boolean isNews = isMonitored || latest.isMuchElseThan(baseline);
                return isNews && !latest.isEnded() ? Optional.of(AlertEvent.OPENED) : Optional.empty();
            }
            if (latest.isEnded()) {
                return isEndKnown ? Optional.empty() : Optional.of(AlertEvent.ENDED);
            }
            return isEndKnown || latest.isMuchElseThan(baseline) ? Optional.of(AlertEvent.CHANGED) : Optional.empty();
        }
    }

    /** Goes on with what the operator changed about the channel; what was told stays told. */
    synchronized void apply(Channel changed) {
        if (!changed.pace().equals(channel.pace())) {
            bucket = new TokenBucket(changed.pace());
        }
        channel = changed;
    }

    /** Takes what was told before a restart. */
    synchronized void resume(Situation situation) {
        if (!entries.containsKey(situation.id()) && makeRoom()) {
            Entry entry = new Entry(situation);
            entry.baseline = situation;
            entry.isTold = situation.mode() == AlertMode.ALERT;
            entry.isEndKnown = situation.isEnded();
            entries.put(situation.id(), entry);
            if (situation.isEnded()) {
                settled.add(situation.id());
            }
        }
    }

    synchronized boolean knows(String id) {
        return entries.containsKey(id);
    }

    synchronized void accept(Situation situation, String json, Instant now) {
        Entry entry = entries.get(situation.id());
        if (entry == null) {
            if (situation.isAbsorbed()) {
                return;
            }
            if (!makeRoom()) {
                dropped++;
                return;
            }
            entry = new Entry(situation);
            entries.put(situation.id(), entry);
        }
        entry.latest = situation;
        keepJson(entry, json);
        rearm(entry, now);
    }

    private boolean makeRoom() {
        if (entries.size() < settings.mostFindings()) {
            return true;
        }
        Iterator<String> oldest = settled.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        entries.remove(oldest.next());
        oldest.remove();
        return true;
    }

    private void keepJson(Entry entry, @Nullable String json) {
        jsonCharacters -= entry.json == null ? 0 : entry.json.length();
        entry.json = null;
        if (json != null && json.length() <= AlertSettings.MOST_JSON_CHARACTERS - jsonCharacters) {
            entry.json = json;
            jsonCharacters += json.length();
        }
    }

    /** Puts a finding where it belongs, by what there is to tell of it. */
    private void rearm(Entry entry, Instant now) {
        if (entry.isInFlight) {
            return;
        }
        String id = entry.latest.id();
        if (entry.need().isEmpty()) {
            pending.remove(id);
            silenced.remove(id);
            keepJson(entry, null);
            entry.attempts = 0;
            if (entry.latest.isEnded()) {
                settled.add(id);
            }
            return;
        }
        settled.remove(id);
        if (!pending.containsKey(id) && !silenced.containsKey(id)) {
            Instant next = entry.lastSaid == null ? now : entry.lastSaid.plus(settings.groupingInterval());
            entry.due = next.isAfter(now) ? next : now;
            entry.since = now;
            entry.attempts = 0;
            await(entry);
        }
    }

    private void await(Entry entry) {
        pending.put(entry.latest.id(), entry);
        nextDue = earlier(nextDue, entry.due);
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    /** What is to be sent now, if anything. It is in flight until {@link #done}. */
    synchronized Optional<Delivery> next(Instant now) {
        askAgain(now);
        if (pending.isEmpty() || now.isBefore(earliest()) || bucket.isEmpty(now)) {
            return Optional.empty();
        }
        List<Entry> ready = ready(now);
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        bucket.take(now);
        inFlight++;
        if (ready.size() > settings.digestAbove()) {
            List<Part> parts = ready.stream().map(this::takeOff).toList();
            lastDigest = now;
            return Optional.of(new Delivery(
                    Alert.Digest.of(parts.stream().map(Part::single).toList(), now), parts));
        }
        // Attacks that nobody knows of go first.
        Entry first = ready.stream()
                .filter(entry -> entry.need().filter(AlertEvent.OPENED::equals).isPresent())
                .findFirst()
                .orElse(ready.getFirst());
        Part part = takeOff(first);
        return Optional.of(new Delivery(part.single(), List.of(part)));
    }

    /** Before that there is nothing to send; {@code Instant.MAX} if there is nothing at all. */
    synchronized Instant wakeAt() {
        Instant next = pending.isEmpty() ? Instant.MAX : later(earliest(), bucket.next());
        return silenced.isEmpty()
                ? next
                : earlier(next, silenced.values().iterator().next().due);
    }

    private Instant earliest() {
        Instant earliest = later(pausedUntil, nextDue);
        return lastDigest != null && pending.size() > settings.digestAbove()
                ? later(earliest, lastDigest.plus(settings.groupingInterval()))
                : earliest;
    }

    /** Whether nothing is on its way, and nothing would be sent now. */
    synchronized boolean isIdle(Instant now) {
        return inFlight == 0 && (pending.isEmpty() || now.isBefore(later(earliest(), bucket.next())));
    }

    private void askAgain(Instant now) {
        Iterator<Entry> waiting = silenced.values().iterator();
        while (waiting.hasNext()) {
            Entry entry = waiting.next();
            if (now.isBefore(entry.due)) {
                return;
            }
            waiting.remove();
            entry.since = now;
            await(entry);
        }
    }

    /** Those that may be sent now; on the way those that may not be are sorted out. */
    private List<Entry> ready(Instant now) {
        List<Entry> ready = new ArrayList<>();
        List<Entry> changed = new ArrayList<>();
        Instant next = Instant.MAX;
        Iterator<Entry> waiting = pending.values().iterator();
        while (waiting.hasNext()) {
            Entry entry = waiting.next();
            if (now.isBefore(entry.due)) {
                next = earlier(next, entry.due);
            } else if (entry.latest.mode() == AlertMode.MONITOR) {
                waiting.remove();
                withheld++;
                conclude(entry, entry.latest, entry.need().orElseThrow(), now);
                changed.add(entry);
            } else if (isSilenced(entry, now)) {
                waiting.remove();
                if (!entry.isCountedAsSuppressed) {
                    suppressed++;
                    entry.isCountedAsSuppressed = true;
                }
                entry.due = now.plus(settings.groupingInterval());
                silenced.put(entry.latest.id(), entry);
            } else {
                ready.add(entry);
            }
        }
        nextDue = ready.isEmpty() ? next : now;
        changed.forEach(entry -> rearm(entry, now));
        return ready;
    }

    private boolean isSilenced(Entry entry, Instant now) {
        try {
            return silence.isSilenced(entry.latest.id(), entry.latest.target(), now);
        } catch (RuntimeException e) {
            // Better one alert too many than an attack that nobody hears of.
            lastError = new ChannelStatistics.LastError(
                    now,
                    "Whether findings are muted could not be found out: "
                            + e.getClass().getSimpleName());
            return false;
        }
    }

    private Part takeOff(Entry entry) {
        pending.remove(entry.latest.id());
        entry.isInFlight = true;
        Situation latest = entry.latest;
        return new Part(
                entry,
                Alert.Single.of(
                        entry.need().orElseThrow(),
                        latest,
                        entry.lastAlertId,
                        entry.isTold ? Optional.ofNullable(entry.baseline) : Optional.empty(),
                        Optional.ofNullable(entry.json),
                        page(latest.id())));
    }

    private Optional<String> page(String id) {
        return settings.page().map(template -> template.replace("{id}", Percent.encode(id)));
    }

    /** Takes a delivery back with what became of it. */
    synchronized void done(Delivery delivery, Outcome outcome, Instant now) {
        inFlight--;
        switch (outcome) {
            case Outcome.Delivered delivered -> {
                sent++;
                failuresInARow = 0;
                pausedUntil = Instant.MIN;
                lastSuccess = now;
                for (Part part : delivery.parts()) {
                    part.entry().isTold = true;
                    part.entry().lastAlertId = part.single().alertId();
                }
                delivery.parts().forEach(part -> land(part, now));
            }
            case Outcome.Refused refused -> {
                lastError = new ChannelStatistics.LastError(now, refused.text());
                failed++;
                delivery.parts().forEach(part -> land(part, now));
            }
            case Outcome.Failed failure -> {
                lastError = new ChannelStatistics.LastError(now, failure.text());
                retryLater(delivery, failure, now);
            }
        }
    }

    private void land(Part part, Instant now) {
        Entry entry = part.entry();
        entry.isInFlight = false;
        conclude(entry, part.single().situation(), part.single().event(), now);
        rearm(entry, now);
    }

    private static void conclude(Entry entry, Situation said, AlertEvent event, Instant now) {
        entry.isEndKnown = said.isEnded() && event != AlertEvent.OPENED;
        entry.baseline = said;
        entry.lastSaid = now;
        entry.attempts = 0;
        entry.isCountedAsSuppressed = false;
    }

    private void retryLater(Delivery delivery, Outcome.Failed failure, Instant now) {
        failuresInARow++;
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration most = settings.oldest().dividedBy(2);
        Duration wanted = asked.compareTo(most) > 0 ? most : asked;
        Duration pause = backoff.after(failuresInARow);
        pausedUntil = now.plus(longer(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, wanted));
        if (delivery.alert() instanceof Alert.Digest) {
            // Its findings wait for the next one, which need not wait for the next interval.
            lastDigest = null;
        }
        boolean isGivenUp = false;
        boolean isRetried = false;
        for (Part part : delivery.parts()) {
            Entry entry = part.entry();
            int attempts = entry.attempts + 1;
            Instant due = now.plus(longer(backoff.after(attempts), wanted));
            if (attempts >= settings.mostAttempts() || due.isAfter(entry.since.plus(settings.oldest()))) {
                isGivenUp = true;
                land(part, now);
            } else {
                isRetried = true;
                entry.isInFlight = false;
                entry.attempts = attempts;
                entry.due = due;
                if (entry.need().isPresent()) {
                    await(entry);
                } else {
                    rearm(entry, now);
                }
            }
        }
        failed += isGivenUp ? 1 : 0;
        retried += isRetried ? 1 : 0;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    synchronized ChannelStatistics statistics() {
        return new ChannelStatistics(
                channel.name(),
                sent,
                failed,
                retried,
                dropped,
                suppressed,
                withheld,
                pending.size() + silenced.size(),
                Optional.ofNullable(lastError),
                Optional.ofNullable(lastSuccess));
    }

    /** How many findings are remembered, and how many characters of JSON with them. */
    synchronized long[] sizes() {
        return new long[] {entries.size(), jsonCharacters};
    }
}
