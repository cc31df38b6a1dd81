package levee.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.function.Consumer;
import levee.botnet.AbuseDetector;
import levee.botnet.AbuseSettings;
import levee.botnet.BotMemory;
import levee.capture.CaptureFormat;
import levee.cli.DrillPlay.Exports;
import levee.drill.ConnLogSink;
import levee.drill.Drill;
import levee.drill.ExportingRouter;
import levee.drill.PcapSink;
import levee.drill.Scenario;
import levee.evaluation.HostRun;
import levee.evaluation.HostTruth;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.logs.LogFormat;
import levee.logs.LogKind;
import levee.logs.LogType;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;

/** One drill with infected hosts, played and looked at in memory. */
final class OutbreakPlay {
    private static final int CONNECTIONS = 1 << 19;
    private static final int BATCH_ROWS = 1_024;
    private static final long TICK_NANOS = 1_000_000_000L;
    private static final IpAddress ROUTER = IpAddress.parse("192.0.2.1");
    private static final LogType CONNECTION_LOG = new LogType(LogFormat.ZEEK_TSV, LogKind.CONNECTIONS);

    private final Drill drill;
    private final ConnectionTable connections;
    private final AbuseDetector detector;
    private final FlowBatch batch = new FlowBatch(BATCH_ROWS);
    private final FlowExportDecoder decoder;
    private final FoundAbuse found = new FoundAbuse();
    private final Consumer<FlowBatch> observer;
    private long nextTickNanos;

    /** What is seen of a drill. */
    sealed interface Seen {
        /** The frames of a capture, with what applications say in them. */
        record Packets() implements Seen {}

        /** The {@code conn.log} that Zeek would write. */
        record ConnectionLog() implements Seen {}

        /** What a router tells. */
        record ByRouter(Exports exports) implements Seen {}
    }

    private OutbreakPlay(Scenario scenario, Consumer<FlowBatch> observer) {
        this.observer = observer;
        drill = new Drill(scenario);
        long seed = scenario.seed();
        connections = new ConnectionTable(CONNECTIONS, seed);
        ExporterTable exporters = ExporterTable.open(seed);
        detector = new AbuseDetector(
                AbuseSettings.of(OwnNetworks.of(Scenario.networks())),
                BotMemory.analysis(),
                seed,
                index -> exporters.address(index).toString(),
                found::note);
        detector.observe(found::judged);
        decoder = new FlowExportDecoder(exporters);
        nextTickNanos = EpochNanos.of(scenario.start());
    }

    /** What is found in a drill. */
    static HostRun play(Scenario scenario, Seen seen) {
        return play(scenario, seen, batch -> {});
    }

    /** @param observer is shown each batch before the detector is */
    static HostRun play(Scenario scenario, Seen seen, Consumer<FlowBatch> observer) {
        OutbreakPlay play = new OutbreakPlay(scenario, observer);
        switch (seen) {
            case Seen.Packets packets ->
                play.read(CaptureFormat.PCAP.open(new DrillBytes(play.drill, PcapSink::new), false));
            case Seen.ConnectionLog log ->
                play.read(CONNECTION_LOG.open(Channels.newInputStream(new DrillBytes(play.drill, ConnLogSink::new))));
            case Seen.ByRouter(Exports exports) -> play.export(scenario, exports);
        }
        play.detector.finish();
        HostTruth truth = HostTruth.of(play.drill.truth());
        return new HostRun(
                truth.name(), truth, play.found.hosts(), play.found.servers(), Optional.of(play.found.judged()));
    }

    private void read(BatchSource source) {
        try (source) {
            boolean more = true;
            while (more) {
                more = source.fill(batch);
                detect();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private void export(Scenario scenario, Exports exports) {
        ExportingRouter router = new ExportingRouter(scenario, exports.format(), exports.samplingRate(), this::receive);
        while (drill.advance()) {
            router.see(drill.packet());
        }
        router.close();
    }

    private void receive(long nanos, byte[] datagram, int length) {
        while (nextTickNanos <= nanos) {
            detector.tick(nextTickNanos);
            nextTickNanos += TICK_NANOS;
        }
        decoder.begin(ROUTER.high(), ROUTER.low(), nanos, datagram, 0, length);
        boolean isDone = false;
        while (!isDone) {
            batch.clear(FlowBatch.Rows.FLOWS);
            isDone = decoder.fill(batch);
            detect();
        }
    }

    private void detect() {
        connections.hash(batch);
        connections.annotate(batch);
        observer.accept(batch);
        detector.process(batch);
    }
}
