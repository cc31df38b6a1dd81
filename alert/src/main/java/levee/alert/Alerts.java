package levee.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import levee.model.Finding;
import levee.model.FindingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tells people and programs of findings. A detector hands events over and goes on at once; one thread sorts them, and
 * one more for each channel sends, so that a channel that hangs delays no other.
 */
public final class Alerts implements AutoCloseable {
    /** Threads look at the time at least so often, in case the clock was set. */
    private static final long LONGEST_NAP_NANOS = 1_000_000_000L;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final AlertSettings settings;
    private final InstantSource clock;
    private final Silence silence;
    private final RandomGenerator random;
    private final Function<Channel, Sender> senders;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** Replaced as a whole. */
    private volatile List<Line> lines;

    private volatile InfectedHostAlerts told = InfectedHostAlerts.NOTIFY;

    private final Queue<HandedOver> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong queuedCharacters = new AtomicLong();
    private final AtomicLong handedOver = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    private volatile @Nullable Thread sorter;
    private boolean isStarted;
    private volatile boolean isClosing;
    private volatile boolean isClosed;

    /**
     * @param random for waits between attempts
     * @throws IllegalArgumentException if two channels have the same name
     */
    public Alerts(
            AlertSettings settings,
            List<Channel> channels,
            Silence silence,
            InstantSource clock,
            RandomGenerator random) {
        this(settings, channels, silence, clock, random, Sender::of);
    }

    Alerts(
            AlertSettings settings,
            List<Channel> channels,
            Silence silence,
            InstantSource clock,
            RandomGenerator random,
            Function<Channel, Sender> senders) {
        this.settings = settings;
        this.clock = clock;
        this.silence = silence;
        this.random = random;
        this.senders = senders;
        checkNames(channels);
        lines = channels.stream().map(channel -> line(channel, outbox(channel))).toList();
    }

    private static void checkNames(List<Channel> channels) {
        Set<String> names = new HashSet<>();
        for (Channel channel : channels) {
            if (!names.add(channel.name())) {
                throw new IllegalArgumentException("two channels are called '" + channel.name() + "'");
            }
        }
    }

    private Line line(Channel channel, Outbox outbox) {
        return new Line(channel, outbox, senders.apply(channel), new AtomicBoolean());
    }

    private Outbox outbox(Channel channel) {
        return new Outbox(channel, settings, silence, random);
    }

    /**
     * Takes over which channels there are now. One that has the name of an earlier one goes on where that was, so that
     * nothing is told twice; a new one is told of what changes from now on.
     *
     * @throws IllegalArgumentException if two channels have the same name
     */
    public synchronized void apply(List<Channel> channels) {
        checkNames(channels);
        List<Line> before = lines;
        List<Line> after = new ArrayList<>();
        for (Channel channel : channels) {
            Optional<Line> same = before.stream()
                    .filter(line -> line.channel().name().equals(channel.name()))
                    .findFirst();
            after.add(same.map(line -> changed(line, channel)).orElseGet(() -> line(channel, outbox(channel))));
        }
        lines = List.copyOf(after);
        before.stream().filter(line -> !after.contains(line)).forEach(this::retire);
        if (isStarted) {
            after.stream().filter(line -> !before.contains(line)).forEach(this::start);
        }
    }

    /** Which infected hosts are told of from now on. */
    public void apply(InfectedHostAlerts infectedHosts) {
        told = infectedHosts;
    }

    private Line changed(Line line, Channel channel) {
        if (line.channel().equals(channel)) {
            return line;
        }
        line.outbox().apply(channel);
        return line(channel, line.outbox());
    }

    /** Its thread closes the sender when it has sent what it is sending. */
    private void retire(Line line) {
        line.isRetired().set(true);
        if (isStarted) {
            threads.forEach(LockSupport::unpark);
        } else {
            line.sender().close();
        }
    }

    private record HandedOver(FindingEvent event, Instant detectedAt, AlertMode mode, String json) {}

    /** A channel with what it has to send. */
    private record Line(Channel channel, Outbox outbox, Sender sender, AtomicBoolean isRetired) {}

    /** Starts the threads. Without them {@link #step} does their work. */
    public synchronized void start() {
        isStarted = true;
        lines.forEach(this::start);
        sorter = start("levee-alerts", this::sortForever);
    }

    private void start(Line line) {
        start("levee-alert-" + line.channel().name(), () -> run(line));
    }

    private Thread start(String name, Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name(name).start(work);
        threads.add(thread);
        return thread;
    }

    /**
     * Takes what is known of a finding already, and was told before a restart. To be called before any of its events.
     */
    public void resume(Finding finding, Instant detectedAt, AlertMode mode) {
        if (told.includes(finding)) {
            Situation.of(new FindingEvent(FindingEvent.Change.CHANGED, finding), detectedAt, mode)
                    .ifPresent(situation -> lines.forEach(line -> line.outbox().resume(situation)));
        }
    }

    /**
     * Takes an event, without ever waiting. What nobody is to be alerted of is taken, and nothing comes of it.
     *
     * @param detectedAt when the finding was first found
     * @param json the finding as a JSON object
     * @return false if it was dropped, since too many wait or this is closed
     */
    public boolean offer(FindingEvent event, Instant detectedAt, AlertMode mode, String json) {
        if (!told.mayInclude(event.finding())) {
            return true;
        }
        // Both bounds may be passed by what as many threads hand over at the same moment, which does no harm.
        if (isClosing
                || queued.get() >= settings.mostHandedOver()
                || queuedCharacters.get() + json.length() > AlertSettings.MOST_JSON_CHARACTERS) {
            dropped.incrementAndGet();
            return false;
        }
        queued.incrementAndGet();
        queuedCharacters.addAndGet(json.length());
        queue.add(new HandedOver(event, detectedAt, mode, json));
        handedOver.incrementAndGet();
        LockSupport.unpark(sorter);
        return true;
    }

    /**
     * Sorts what was handed over and sends what is due, on this thread, for tests and for programs without threads.
     *
     * @return whether there was anything to do
     */
    public boolean step() {
        boolean didSomething = sortAll();
        for (Line line : lines) {
            while (sendNext(line)) {
                didSomething = true;
            }
        }
        return didSomething;
    }

    private boolean sortAll() {
        boolean didSomething = false;
        for (HandedOver next = queue.poll(); next != null; next = queue.poll()) {
            try {
                sort(next);
            } catch (RuntimeException e) {
                // One event that cannot be told must not silence the others.
                dropped.incrementAndGet();
            }
            queued.decrementAndGet();
            queuedCharacters.addAndGet(-next.json().length());
            didSomething = true;
        }
        return didSomething;
    }

    private void sort(HandedOver event) {
        Situation.of(event.event(), event.detectedAt(), event.mode()).ifPresent(situation -> {
            Instant now = clock.instant();
            boolean isTold = told.includes(event.event().finding());
            for (Line line : lines) {
                // Who was told of something is told how it ends, too.
                if (isTold || line.outbox().knows(situation.id())) {
                    line.outbox().accept(situation, event.json(), now);
                }
            }
        });
    }

    private boolean sendNext(Line line) {
        Optional<Outbox.Delivery> delivery = line.outbox().next(clock.instant());
        if (delivery.isEmpty()) {
            return false;
        }
        Outcome outcome = attempt(line.sender(), delivery.get().alert(), clock.instant());
        line.outbox().done(delivery.get(), outcome, clock.instant());
        return true;
    }

    private static Outcome attempt(Sender sender, Alert alert, Instant now) {
        try {
            return sender.send(alert, now);
        } catch (RuntimeException e) {
            // A message from anywhere may quote anything.
            return new Outcome.Failed("Unexpected " + e.getClass().getSimpleName());
        }
    }

    private void sortForever() {
        while (!isClosed) {
            if (sortAll()) {
                threads.forEach(LockSupport::unpark);
            } else {
                LockSupport.parkNanos(this, LONGEST_NAP_NANOS);
            }
        }
    }

    private void run(Line line) {
        line.sender().warmUp();
        while (!isClosed && !line.isRetired().get()) {
            if (!sendNext(line)) {
                LockSupport.parkNanos(this, napNanos(line.outbox().wakeAt()));
            }
        }
        if (line.isRetired().get()) {
            line.sender().close();
            threads.remove(Thread.currentThread());
        }
    }

    private long napNanos(Instant wakeAt) {
        Instant now = clock.instant();
        if (!wakeAt.isAfter(now)) {
            return 1;
        }
        Instant latest = now.plusNanos(LONGEST_NAP_NANOS);
        return wakeAt.isAfter(latest)
                ? LONGEST_NAP_NANOS
                : Duration.between(now, wakeAt).toNanos();
    }

    public AlertStatistics statistics() {
        return new AlertStatistics(
                handedOver.get(),
                dropped.get(),
                lines.stream().map(line -> line.outbox().statistics()).toList());
    }

    /** Sends a test alert, marked as such, over a channel, and waits for the answer. */
    public static TestResult sendTest(Channel channel, Instant now) {
        try (Sender sender = Sender.of(channel)) {
            Outcome outcome = attempt(sender, Alert.Trial.of(channel.name(), now), now);
            boolean succeeded = outcome instanceof Outcome.Delivered;
            return new TestResult(
                    channel.name(), channel.where(), succeeded, outcome.text(), Advice.of(channel, outcome));
        }
    }

    /** Ends without sending what waits. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * Takes nothing more, and ends once nothing is due.
     *
     * @param patience how long to wait for that
     */
    public void close(Duration patience) {
        isClosing = true;
        if (!threads.isEmpty()) {
            awaitQuiet(patience);
        }
        isClosed = true;
        threads.forEach(Thread::interrupt);
        join();
        lines.forEach(line -> line.sender().close());
    }

    private void awaitQuiet(Duration patience) {
        Instant deadline = clock.instant().plus(patience);
        BooleanSupplier isQuiet = () -> {
            Instant now = clock.instant();
            return queued.get() == 0
                    && lines.stream().allMatch(line -> line.outbox().isIdle(now));
        };
        while (clock.instant().isBefore(deadline) && !isQuiet.getAsBoolean()) {
            LockSupport.parkNanos(this, 1_000_000);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    private void join() {
        try {
            for (Thread thread : threads) {
                thread.join(STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
