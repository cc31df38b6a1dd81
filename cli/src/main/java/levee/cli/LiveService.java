package levee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import levee.access.People;
import levee.alert.AlertMode;
import levee.alert.AlertSettings;
import levee.alert.Alerts;
import levee.archive.ArchiveLimits;
import levee.archive.FlowArchive;
import levee.attack.DetectionSettings;
import levee.engine.CaptureFeed;
import levee.engine.LiveEngine;
import levee.engine.RowObserver;
import levee.engine.TalkerMeter;
import levee.flowexport.ExporterCache;
import levee.flowexport.ExporterLimits;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.ExporterTable;
import levee.flowexport.InterfaceCounters;
import levee.indicator.IndicatorTable;
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Attack.Volume;
import levee.model.EpochNanos;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.HostTraffic;
import levee.model.InfectedHost;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;
import levee.pages.Pages;
import levee.pages.Running;
import levee.pages.Signing;
import levee.server.FindingFeed;
import levee.server.LearningReport;
import levee.server.LeveeServer;
import levee.server.LiveStatistics;
import levee.server.LiveSystem;
import levee.server.OpenFinding;
import levee.server.Operation;
import levee.server.ServerException;
import levee.server.ServerLimits;
import levee.server.ServerSettings;
import levee.server.SessionCookie;
import levee.server.SettingInForce;
import levee.server.SparedTraffic;
import levee.server.Transport;
import levee.store.Annotation;
import levee.store.Resolution;
import levee.store.Store;
import levee.store.StoreException;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.store.TrafficPoint;
import levee.store.WriteBehind;
import levee.telemetry.FlowBatch;

/**
 * Everything that {@code levee serve} runs: engine, store and HTTP interface. What the detecting thread notices is handed
 * to a thread of its own, which makes JSON of it and passes it on, so that detection never waits.
 */
final class LiveService implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 64 << 20;
    private static final int MOST_EVENTS_WAITING = 100_000;
    private static final Duration WRITE_INTERVAL = Duration.ofMillis(500);
    private static final int MAINTENANCE_SECONDS = 10;
    private static final long SECONDS_PER_MINUTE = 60;

    /** How long to wait at the end for a thread to finish what it does. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long to wait for what is being sent. */
    private static final Duration LAST_ALERTS = Duration.ofSeconds(2);

    private volatile ServeSettings settings;
    private final Consumer<String> messages;
    private final Consumer<FindingEvent> observer;
    private final InstantSource clock;
    private final ExporterTable exporters;
    private final Learning learning;
    private final Store store;
    private final WriteBehind writer;
    private final FindingFeed feed;
    private final FindingJournal journal;
    private final Alerts alerts;
    private final LiveEngine engine;
    private final List<CaptureFeed> feeds;
    private final People people;
    private volatile CustomerNetworks customers;
    private final LeveeServer server;
    private final TalkerMeter talkers;
    private final Optional<FlowArchive> archive;
    private final Optional<ArchivedTraffic> archived;
    private final BlockingQueue<FindingEvent> events = new LinkedBlockingQueue<>(MOST_EVENTS_WAITING);
    private final AtomicLong lostEvents = new AtomicLong();
    private final Thread teller;
    private final Thread maintenance;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    // Of the detecting thread.
    private final Map<String, Volume> minute = new TreeMap<>();
    private long minuteNumber = Long.MIN_VALUE;

    private int webPort;
    private volatile Volume lastSecond = Volume.NONE;
    private volatile double flowsPerSecond;
    private long flowsBefore;

    /**
     * Starts everything, or nothing.
     *
     * @param messages takes what the operator should know, a line each, from any thread
     * @throws StartException if something cannot be started
     */
    static LiveService start(ServeSettings settings, Consumer<String> messages) throws StartException {
        return start(settings, messages, InstantSource.system());
    }

    /** The same, with a clock of its own. */
    static LiveService start(ServeSettings settings, Consumer<String> messages, InstantSource clock)
            throws StartException {
        LiveService service = start(settings, messages, clock, event -> {});
        service.introduce();
        return service;
    }

    /**
     * The same, without a word of what it does.
     *
     * @param observer is told of each change of a finding, on a thread that may wait for a moment
     */
    static LiveService start(
            ServeSettings settings, Consumer<String> messages, InstantSource clock, Consumer<FindingEvent> observer)
            throws StartException {
        Store store = openStore(settings);
        try {
            LiveService service = new LiveService(settings, store, messages, clock, observer);
            service.begin();
            return service;
        } catch (IOException | ServerException | RuntimeException e) {
            store.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The store that settings name. */
    static Store openStore(ServeSettings settings) throws StartException {
        try {
            Files.createDirectories(settings.data());
        } catch (IOException e) {
            throw new StartException(
                    "cannot make the folder " + settings.data() + ": " + e.getMessage()
                            + "; choose another with --data",
                    e);
        }
        try {
            return Store.open(settings.store()
                    .map(StoreLocation::parse)
                    .orElseGet(
                            () -> new StoreLocation.SqliteFile(settings.data().resolve("levee.db"))));
        } catch (StoreException | IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private LiveService(
            ServeSettings settings,
            Store store,
            Consumer<String> messages,
            InstantSource clock,
            Consumer<FindingEvent> observer)
            throws IOException, ServerException {
        this.clock = clock;
        this.observer = observer;
        this.settings = settings;
        this.store = store;
        this.messages = messages;
        long seed = new SecureRandom().nextLong();
        exporters = new ExporterTable(settings.exporters(), limits(settings), seed);
        loadExporters();
        learning = Learning.load(settings.data(), settings.networks(), seed, clock, messages);
        journal = new FindingJournal(settings.mode(), clock);
        journal.resume(store);
        feed = new FindingFeed(clock);
        writer = WriteBehind.start(store, WriteBehind.Limits.DEFAULT, WRITE_INTERVAL);
        alerts = new Alerts(AlertSettings.DEFAULT, settings.alerts(), this::isSilenced, clock, new SecureRandom());
        alerts.apply(settings.infectedHosts());
        teller = Thread.ofPlatform().daemon().name("levee-findings").unstarted(this::tell);
        customers = new CustomerNetworks(settings.detection().groups().all());
        people = new People(
                store,
                clock,
                new SecureRandom(),
                settings.signIn().sessions(),
                settings.signIn().provider());
        LiveSystem view = new View();
        maintenance = Thread.ofPlatform().daemon().name("levee-maintenance").unstarted(this::maintain);
        server = new LeveeServer(
                new ServerSettings(
                        settings.web().getAddress().getHostAddress(),
                        settings.web().getPort(),
                        settings.names(),
                        settings.tokens(),
                        settings.isDrill() ? Operation.Access.OPERATORS : Operation.Access.VIEWERS,
                        Version.text(),
                        ServerLimits.USUAL,
                        settings.transport()),
                store,
                view,
                feed,
                clock,
                messages,
                people,
                new Pages(
                        new Running(store, view, clock, Version.text()),
                        new Signing(
                                people, new SessionCookie(settings.transport().isSecure())),
                        ServerLimits.USUAL.viewers()));
        engine = new LiveEngine(
                new LiveEngine.Settings(
                        settings.flows(),
                        settings.copies(),
                        RECEIVE_BUFFER_BYTES,
                        withOrigins(settings),
                        settings.abuse(),
                        seed),
                exporters,
                learning.rates(),
                learning.traffic(),
                () -> EpochNanos.of(clock.instant()),
                this::noticed,
                this::measured);
        journal.open().stream()
                .map(OpenFinding::finding)
                .filter(InfectedHost.class::isInstance)
                .map(InfectedHost.class::cast)
                .forEach(engine::remember);
        talkers = new TalkerMeter(
                settings.networks(), settings.detection().groups(), seed, EpochNanos.of(clock.instant()));
        engine.observe(talkers);
        archive = settings.archive().map(limits -> archive(limits, seed));
        archived = settings.archive().map(limits -> new ArchivedTraffic(ArchiveSection.folder(settings.data()), clock));
        feeds = feeds(messages);
    }

    private List<CaptureFeed> feeds(Consumer<String> messages) {
        List<CaptureFeed> feeds = settings.captures().stream()
                .map(name -> new CaptureFeed(name, messages))
                .toList();
        feeds.forEach(engine::attach);
        return feeds;
    }

    private FlowArchive archive(ArchiveLimits limits, long seed) {
        FlowArchive made = new FlowArchive(
                ArchiveSection.folder(settings.data()), limits, exporters::address, seed, clock, messages);
        engine.observe(new RowObserver() {
            @Override
            public void rows(FlowBatch batch) {
                made.record(batch);
            }

            @Override
            public void tick(long nowNanos) {
                made.tick(nowNanos);
            }
        });
        return made;
    }

    private static ExporterLimits limits(ServeSettings settings) {
        ExporterLimits usual = ExporterLimits.defaults();
        return settings.onlyKnown() ? usual.withUnknownExporters(0) : usual;
    }

    private void begin() throws ServerException {
        try {
            webPort = server.start();
        } catch (ServerException e) {
            engine.close();
            writer.close();
            throw e;
        }
        archive.ifPresent(FlowArchive::start);
        alerts.start();
        teller.start();
        engine.start();
        learning.start(server::learning);
        maintenance.start();
    }

    /** Says what it does, and where. */
    private void introduce() {
        messages.accept("flows (NetFlow, IPFIX, sFlow) are received on "
                + engine.ports().stream().map(LiveService::text).collect(Collectors.joining(", ")));
        settings.captures()
                .forEach(name -> messages.accept("packets are read from "
                        + (name.equals(CaptureFeed.STANDARD_INPUT) ? "standard input" : name)));
        messages.accept("pages for people, and all that programs can ask, are at "
                + (settings.transport() instanceof Transport.Tls ? "https://" : "http://")
                + text(web()) + "/");
        if (indicators().size() > 0) {
            messages.accept("known to be bad: " + Amounts.count(indicators().size(), "indicator"));
        }
        messages.accept("what must survive a restart is in " + settings.data());
        messages.accept(
                switch (settings.mode()) {
                    case ALERT -> "attacks are told (mode alert)";
                    case MONITOR -> "attacks are noted, but nobody is told (mode monitor)";
                });
    }

    /** An address with its port, as in a URL. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /**
     * Takes over all of changed settings that can be changed while it runs, and says what cannot. Attacks stay open, and
     * what was learned stays.
     *
     * @throws StartException if they must not be taken over; then nothing changes
     */
    synchronized void apply(ServeSettings changed) throws StartException {
        ServeSettings before = settings;
        ServeSettings next = changed.keepingWhatIsFixed(before);
        try {
            server.apply(next.names(), next.tokens(), next.transport());
        } catch (ServerException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        customers = new CustomerNetworks(next.detection().groups().all());
        people.apply(next.signIn().sessions(), next.signIn().provider());
        exporters.apply(next.exporters());
        engine.apply(withOrigins(next), next.abuse());
        talkers.apply(next.networks(), next.detection().groups());
        alerts.apply(next.alerts());
        alerts.apply(next.infectedHosts());
        journal.mode(next.mode());
        settings = next;
        messages.accept("the settings were read again and are in force"
                + (indicators().size() > 0
                        ? ", with " + Amounts.count(indicators().size(), "indicator")
                        : ""));
        List<String> left = Reload.needRestart(before, changed);
        if (!left.isEmpty()) {
            messages.accept(String.join(", ", left) + ": needs a restart; until then the former value holds");
        }
    }

    /** What is known to be bad. */
    IndicatorTable indicators() {
        return settings.bots().indicators();
    }

    /** What is said of the network, with the table of origins as it is now. */
    private DetectionSettings withOrigins(ServeSettings of) {
        try {
            return of.detection().withOrigins(OriginFile.load(of.data()));
        } catch (IOException e) {
            messages.accept(OriginFile.in(of.data()) + " cannot be used: " + e.getMessage()
                    + "; make it again with levee asn import");
            return of.detection();
        }
    }

    /** All that the HTTP interface does. */
    List<Operation> operations() {
        return server.operations();
    }

    /** Where flows are received. */
    List<InetSocketAddress> flows() {
        return engine.ports();
    }

    /** Where the HTTP interface is. */
    InetSocketAddress web() {
        return new InetSocketAddress(settings.web().getAddress(), webPort);
    }

    /** Waits until something fails that cannot be mended, and says what. */
    Optional<String> awaitFailure() throws InterruptedException {
        while (!ended.await(200, TimeUnit.MILLISECONDS)) {
            Optional<Throwable> failure = engine.failure();
            if (failure.isPresent()) {
                return Optional.of("detection has stopped: " + failure.get() + "; please report this");
            }
        }
        return Optional.empty();
    }

    /** On the detecting thread. */
    private void noticed(FindingEvent event) {
        if (!events.offer(event)) {
            lostEvents.incrementAndGet();
        }
    }

    private void tell() {
        try {
            while (true) {
                FindingJournal.Told told = journal.note(events.take());
                StoredFinding stored = told.stored();
                told.before()
                        .map(before -> knownTo(told, before))
                        .ifPresent(known -> alerts.resume(known, stored.detectedAt(), alertMode(stored)));
                alerts.offer(told.event(), stored.detectedAt(), alertMode(stored), stored.json());
                writer.offer(stored);
                feed.publish(told.event().change(), stored);
                observer.accept(told.event());
            }
        } catch (InterruptedException e) {
            // The service is being closed.
        }
    }

    /** An attack is measured anew after a start; that a host became surer meanwhile is news. */
    private static Finding knownTo(FindingJournal.Told told, Finding before) {
        return switch (before) {
            case Attack attack -> told.event().finding();
            case Abuse abuse -> abuse;
        };
    }

    private static AlertMode alertMode(StoredFinding finding) {
        return switch (finding.mode()) {
            case MONITOR -> AlertMode.MONITOR;
            case ALERT -> AlertMode.ALERT;
        };
    }

    /** What somebody acknowledged, muted or called a false alarm; what was said last counts. */
    private boolean isSilenced(String findingId, String target, Instant now) {
        try {
            List<Annotation> annotations = store.annotations(findingId);
            for (Annotation annotation : annotations.reversed()) {
                switch (annotation.mark()) {
                    case ACKNOWLEDGED, FALSE_ALARM -> {
                        return true;
                    }
                    case MUTED -> {
                        return annotation.until().filter(now::isBefore).isPresent();
                    }
                    case CLEARED -> {
                        return false;
                    }
                    case NOTE -> {
                        // Silences nothing.
                    }
                }
            }
            return false;
        } catch (StoreException e) {
            // One alert too many is better than one too few.
            return false;
        }
    }

    /** On the detecting thread. */
    private void measured(long second, Map<String, Volume> volumes) {
        lastSecond = volumes.getOrDefault("total", Volume.NONE);
        long flows = engine.flows();
        flowsPerSecond = flows - flowsBefore;
        flowsBefore = flows;
        Instant time = Instant.ofEpochSecond(second);
        writer.offer(Resolution.SECOND, points(time, volumes));
        long current = Math.floorDiv(second, SECONDS_PER_MINUTE);
        if (current != minuteNumber) {
            if (!minute.isEmpty()) {
                writer.offer(
                        Resolution.MINUTE, points(Instant.ofEpochSecond(minuteNumber * SECONDS_PER_MINUTE), minute));
            }
            minute.clear();
            minuteNumber = current;
        }
        volumes.forEach((series, volume) -> minute.merge(series, volume, Volume::plus));
    }

    private static List<TrafficPoint> points(Instant time, Map<String, Volume> volumes) {
        return volumes.entrySet().stream()
                .map(entry -> new TrafficPoint(
                        entry.getKey(),
                        time,
                        entry.getValue().packets(),
                        entry.getValue().bytes()))
                .toList();
    }

    private void maintain() {
        try {
            while (!ended.await(MAINTENANCE_SECONDS, TimeUnit.SECONDS)) {
                maintainOnce();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but who ends the process.
        }
    }

    private void maintainOnce() {
        try {
            saveExporters();
            journal.endWhatDidNotGoOn().forEach(ended -> {
                writer.offer(ended);
                feed.publish(FindingEvent.Change.ENDED, ended);
            });
            store.expire(clock.instant(), settings.retention());
        } catch (StoreException e) {
            messages.accept(String.valueOf(e.getMessage()));
        }
    }

    private Path cache() {
        return settings.data().resolve("exporters.cache");
    }

    private void loadExporters() {
        if (!Files.exists(cache())) {
            return;
        }
        try (InputStream in = Files.newInputStream(cache())) {
            ExporterCache.load(exporters, in, EpochNanos.of(clock.instant()));
        } catch (IOException e) {
            messages.accept(cache() + " cannot be used: " + e.getMessage()
                    + "; flows wait until their exporters send their templates again");
        }
    }

    private void saveExporters() {
        try {
            WholeFile.write(cache(), out -> ExporterCache.save(exporters, out));
        } catch (IOException e) {
            messages.accept("the exporters' templates cannot be saved in " + cache() + ": " + e.getMessage());
        }
    }

    /** What the HTTP interface sees. */
    private final class View implements LiveSystem {
        @Override
        public List<ExporterStatistics> exporters() {
            return exporters.statistics();
        }

        @Override
        public List<InterfaceCounters> interfaces(int exporter) {
            return exporters.interfaces(exporter);
        }

        @Override
        public LiveStatistics statistics() {
            LiveEngine.Statistics now = engine.statistics();
            Map<String, Long> rejected = new HashMap<>();
            exporters
                    .statistics()
                    .forEach(exporter ->
                            exporter.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum)));
            feeds.forEach(feed -> feed.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum)));
            rejected.merge("unknown_exporter", exporters.refusedDatagrams(), Long::sum);
            rejected.merge("unknown_version", exporters.unknownDatagrams(), Long::sum);
            return new LiveStatistics(
                    now.datagrams(),
                    now.flows(),
                    now.packets(),
                    now.bytes(),
                    flowsPerSecond,
                    lastSecond.packets(),
                    lastSecond.bytes() * 8.0,
                    now.kernelDrops(),
                    now.shed(),
                    now.waiting(),
                    now.capacity(),
                    rejected,
                    now.evicted() + lostEvents.get(),
                    (int) journal.open().stream()
                            .filter(open -> open.finding() instanceof Attack)
                            .count(),
                    archive.map(FlowArchive::statistics)
                            .map(kept -> new LiveStatistics.Archive(kept.flows(), kept.dropped(), kept.bytes())));
        }

        @Override
        public List<SparedTraffic> spared() {
            return settings.detection().allowed().spared().stream()
                    .map(spared -> new SparedTraffic(spared.entry(), spared.rows(), spared.packets()))
                    .toList();
        }

        @Override
        public List<SettingInForce> settings() {
            return settings.inForce();
        }

        @Override
        public List<String> obstacles() {
            return engine.failure()
                    .map(failure -> List.of("detection has stopped: " + failure))
                    .orElse(List.of());
        }

        @Override
        public List<Prefix> networksOf(String customer) {
            return customers.of(customer);
        }

        @Override
        public LearningReport learning() {
            return learning.report();
        }

        @Override
        public List<OpenFinding> open() {
            return journal.open();
        }

        @Override
        public Optional<Finding> finding(String id) {
            return journal.finding(id);
        }

        @Override
        public Talkers talkers() {
            return talkers.talkers();
        }

        @Override
        public Optional<HostTraffic> host(IpAddress address) {
            Optional<HostTraffic.Live> live = talkers.host(address);
            Optional<HostTraffic.Archived> kept = archived.flatMap(flows -> flows.of(address));
            return live.isEmpty() && kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new HostTraffic(address, live, kept));
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ended.countDown();
        engine.close();
        archive.ifPresent(FlowArchive::close);
        teller.interrupt();
        awaitEnd(teller);
        awaitEnd(maintenance);
        alerts.close(LAST_ALERTS);
        server.close();
        saveExporters();
        learning.close();
        writer.close();
        store.close();
    }
}
