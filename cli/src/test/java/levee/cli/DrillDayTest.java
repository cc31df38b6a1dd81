package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.attack.DetectionSettings;
import levee.drill.Drill;
import levee.drill.EdgeRouters;
import levee.drill.ExportingRouter;
import levee.drill.Scenario;
import levee.flowexport.ExporterLimits;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code levee serve --drill} plays, in memory and as fast as it goes. */
@Tag("slow")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class DrillDayTest {
    private static final int DAYS = 3;
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final long TICK_NANOS = 100_000_000L;

    private final ServeSettings settings = settings();
    private final DrillScore score = new DrillScore();
    private final ExporterTable exporters = new ExporterTable(settings.exporters(), ExporterLimits.defaults(), 1);
    private final FlowExportDecoder decoder = new FlowExportDecoder(exporters);
    private final ConnectionTable connections = new ConnectionTable(1 << 19, 1);
    private final AttackDetector detector = detector(settings.detection());
    private final FlowBatch flows = new FlowBatch(256);
    private long nextTickNanos = EpochNanos.of(START);

    private static ServeSettings settings() {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.drill(DrillSettings.yaml(), "day");
        return builder.build();
    }

    private AttackDetector detector(DetectionSettings detection) {
        return new AttackDetector(DetectionPolicy.liveNetwork(), detection, 1, this::exporter, score::note);
    }

    private String exporter(int index) {
        return String.valueOf(exporters.address(index));
    }

    @Test
    void allAttacksAreFoundAndNothingElse() {
        DrillScenarios days = DrillScenarios.days();
        Scenario scenario = days.next(START);
        EdgeRouters routers = DrillRouters.routers(scenario, this::receiver);
        List<String> names = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            Drill drill = new Drill(scenario);
            while (drill.advance()) {
                routers.see(drill.packet());
            }
            names.add(scenario.name());
            score.over(drill.truth());
            scenario = days.next(scenario.start().plus(scenario.duration()));
        }
        List<String> summary = score.summary(scenario.start().plus(Duration.ofMinutes(1)));

        assertThat(names).doesNotHaveDuplicates();
        assertThat(summary)
                .as(String.join("\n", summary))
                .containsExactly(
                        "24 attacks played, 24 found, target and main vector right in 24",
                        "0 missed",
                        "0 false attacks");
    }

    private ExportingRouter.Sink receiver(String address) {
        IpAddress exporter = IpAddress.parse(address);
        return (nanos, datagram, length) -> receive(exporter, nanos, datagram, length);
    }

    private void receive(IpAddress exporter, long nanos, byte[] datagram, int length) {
        while (nextTickNanos <= nanos) {
            detector.tick(nextTickNanos);
            nextTickNanos += TICK_NANOS;
        }
        decoder.begin(exporter.high(), exporter.low(), nanos, datagram, 0, length);
        boolean isDone = false;
        while (!isDone) {
            flows.clear(FlowBatch.Rows.FLOWS);
            isDone = decoder.fill(flows);
            connections.hash(flows);
            connections.annotate(flows);
            detector.process(flows);
        }
    }
}
