package levee.cli;

import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.drill.Drill;
import levee.drill.DrillSource;
import levee.drill.ExportingRouter;
import levee.drill.Scenario;
import levee.evaluation.Run;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;

/** One drill, played and analyzed in memory. */
final class DrillPlay {
    private static final int CONNECTIONS = 1 << 19;
    private static final int BATCH_ROWS = 256;
    private static final long TICK_NANOS = 100_000_000L;
    private static final OwnNetworks NETWORKS = OwnNetworks.of(Scenario.networks());
    private static final IpAddress ROUTER = IpAddress.parse("192.0.2.1");

    private final Drill drill;
    private final ConnectionTable connections;
    private final AttackDetector detector;
    private final FlowBatch flows = new FlowBatch(BATCH_ROWS);
    private final FlowExportDecoder decoder;
    private final FoundAttacks found = new FoundAttacks();
    private long nextTickNanos;

    /**
     * What is seen of a drill where a router exports it.
     *
     * @param samplingRate one in how many packets the router looks at
     */
    record Exports(ExportFormat format, int samplingRate) {}

    private DrillPlay(Scenario scenario, DetectionPolicy policy) {
        drill = new Drill(scenario);
        long seed = scenario.seed();
        connections = new ConnectionTable(CONNECTIONS, seed);
        detector = new AttackDetector(policy, NETWORKS, seed, found::note);
        decoder = new FlowExportDecoder(ExporterTable.open(seed));
        nextTickNanos = EpochNanos.of(scenario.start());
    }

    /** What is found in the packets, as in those of a capture. */
    static Run asPackets(Scenario scenario) {
        DrillPlay play = new DrillPlay(scenario, DetectionPolicy.analysis());
        DrillSource source = new DrillSource(play.drill);
        FlowBatch packets = new FlowBatch(BATCH_ROWS);
        boolean more = true;
        while (more) {
            more = source.fill(packets);
            play.detect(packets);
        }
        return play.result();
    }

    /** What is found in a router's exports, as on a live network. */
    static Run asExports(Scenario scenario, Exports exports) {
        DrillPlay play = new DrillPlay(scenario, DetectionPolicy.liveNetwork());
        ExportingRouter router = new ExportingRouter(scenario, exports.format(), exports.samplingRate(), play::receive);
        while (play.drill.advance()) {
            router.see(play.drill.packet());
        }
        router.close();
        return play.result();
    }

    private void receive(long nanos, byte[] datagram, int length) {
        while (nextTickNanos <= nanos) {
            detector.tick(nextTickNanos);
            nextTickNanos += TICK_NANOS;
        }
        decoder.begin(ROUTER.high(), ROUTER.low(), nanos, datagram, 0, length);
        boolean isDone = false;
        while (!isDone) {
            flows.clear(FlowBatch.Rows.FLOWS);
            isDone = decoder.fill(flows);
            detect(flows);
        }
    }

    private void detect(FlowBatch batch) {
        connections.hash(batch);
        connections.annotate(batch);
        detector.process(batch);
    }

    private Run result() {
        detector.finish();
        return new Run(drill.truth(), found.all());
    }
}
