package levee.botnet;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import levee.model.FindingEvent;
import levee.model.InfectedHost;
import levee.telemetry.FlowBatch;

/**
 * Finds what somebody should be told of who owns a device or lends a network: infected hosts and who commands them ({@link
 * BotDetector}), services that can be abused, forged traffic that leaves, and who scans from outside.
 */
public final class AbuseDetector {
    private final BotDetector bots;
    private final ExposedServices services;
    private final SpoofedSources forgeries;
    private final OutsideScanners scanners;
    private final List<RowDetector<?>> ofRows;

    /**
     * @param settings what the operator says
     * @param seed of the hashes in the rows, secret on a live network
     * @param exporters the address of an exporter by its index in rows, from 1 on
     * @param listener is told of findings as they open, change and end, on the thread that calls
     */
    public AbuseDetector(
            AbuseSettings settings,
            BotMemory memory,
            long seed,
            IntFunction<String> exporters,
            Consumer<FindingEvent> listener) {
        bots = new BotDetector(settings, memory, seed, listener);
        services = new ExposedServices(settings.networks(), settings.groups(), seed, listener);
        forgeries = new SpoofedSources(settings.networks(), settings.edges(), seed, exporters, listener);
        scanners = new OutsideScanners(settings.networks(), seed, listener);
        ofRows = List.of(services, forgeries, scanners);
    }

    /** See {@link BotDetector#spread}. */
    public void spread() {
        bots.spread();
    }

    /** See {@link BotDetector#observe}. */
    public void observe(JudgementListener listener) {
        bots.observe(listener);
    }

    /** See {@link BotDetector#remember}. */
    public void remember(InfectedHost found) {
        bots.remember(found);
    }

    /** Takes over what the operator changed, on the thread that gives the rows. */
    public void apply(AbuseSettings settings) {
        bots.apply(settings);
        services.apply(settings.networks(), settings.groups());
        forgeries.apply(settings.networks(), settings.edges());
        scanners.apply(settings.networks(), settings.groups());
    }

    /** Looks at all rows and events of a batch, whose hashes and relations must be filled in. */
    public void process(FlowBatch batch) {
        bots.process(batch);
        for (RowDetector<?> detector : ofRows) {
            detector.process(batch);
        }
    }

    /**
     * Lets time go on though no rows come.
     *
     * @param time in nanoseconds since 1970
     */
    public void tick(long time) {
        bots.tick(time);
        for (RowDetector<?> detector : ofRows) {
            detector.tick(time);
        }
    }

    /** Tells of everything as it stands: the input is at its end. */
    public void finish() {
        bots.finish();
        for (RowDetector<?> detector : ofRows) {
            detector.finish();
        }
    }

    /**
     * How often something about own hosts had to be forgotten because a table was full. What is kept of services, forged sources
     * and scanners does not count: that is a choice of the heaviest by design, and what matters of them comes again.
     */
    public long evicted() {
        return bots.evicted();
    }
}
