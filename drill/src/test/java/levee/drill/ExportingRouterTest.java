package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.HashSet;
import java.util.Set;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.PayloadHint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the router tells of a drill is what was played. */
final class ExportingRouterTest {
    private static final IpAddress ROUTER = IpAddress.parse("192.0.2.1");
    private static final long SECOND = 1_000_000_000L;

    private final Scenario scenario = Scenarios.everyKind(1);
    private final ExporterTable exporters = ExporterTable.open(1);
    private final FlowExportDecoder decoder = new FlowExportDecoder(exporters);
    private final FlowBatch batch = new FlowBatch(256);

    // What was played, and what was told of it.
    private long playedPackets;
    private long playedBytes;
    private long rows;
    private long packets;
    private long bytes;
    private long longest;
    private long latest;
    private final Set<Integer> interfaces = new HashSet<>();
    private final Set<Integer> hints = new HashSet<>();

    private void play(ExportFormat format, int samplingRate) {
        Drill drill = new Drill(scenario);
        ExportingRouter router = new ExportingRouter(scenario, format, samplingRate, this::receive);
        while (drill.advance()) {
            Packet packet = drill.packet();
            if (format != ExportFormat.NETFLOW_V5 || packet.isIpv4()) {
                playedPackets++;
                playedBytes += packet.length();
            }
            router.see(packet);
        }
        router.close();
    }

    private void receive(long nanos, byte[] datagram, int length) {
        assertThat(nanos).isGreaterThanOrEqualTo(latest);
        latest = nanos;
        decoder.begin(ROUTER.high(), ROUTER.low(), nanos, datagram, 0, length);
        boolean isDone = false;
        while (!isDone) {
            batch.clear(FlowBatch.Rows.FLOWS);
            isDone = decoder.fill(batch);
            for (int row = 0; row < batch.size; row++) {
                if ((batch.fragment[row] & Fragment.TUNNELLED) != 0) {
                    continue;
                }
                rows++;
                packets += batch.packets[row];
                bytes += batch.bytes[row];
                longest = Math.max(longest, batch.lastNanos[row] - batch.firstNanos[row]);
                interfaces.add(batch.ingressInterface[row]);
                hints.add((int) batch.payloadHint[row]);
                assertThat(batch.lastNanos[row]).isLessThanOrEqualTo(nanos);
            }
        }
    }

    /** The first row of a packet that was in a tunnel is that of the tunnel. */
    @ParameterizedTest
    @EnumSource
    void nothingIsLost(ExportFormat format) {
        play(format, 1);

        assertThat(playedPackets).isGreaterThan(1_000);
        assertThat(bytes).isEqualTo(playedBytes);
        assertThat(longest).isLessThanOrEqualTo(62 * SECOND);
        assertThat(interfaces).containsExactlyInAnyOrder(ExportingRouter.OUTSIDE, ExportingRouter.INSIDE);
        ExporterStatistics exporter = exporters.statistics().getFirst();
        assertThat(exporter.format()).isEqualTo(format);
        assertThat(exporter.lost()).isZero();
        assertThat(exporter.clockOffsetSeconds()).isCloseTo(0, within(0.05));
        assertThat(exporter.rejected()).isEmpty();
        assertThat(packets).isEqualTo(playedPackets);
        if (format != ExportFormat.SFLOW) {
            assertThat(rows).as("flows of several packets").isLessThan(packets);
        }
    }

    @ParameterizedTest
    @EnumSource
    void samplesStandForAll(ExportFormat format) {
        play(format, 10);

        assertThat(packets).isCloseTo(playedPackets, withPercentage(5));
        assertThat(exporters.statistics().getFirst().samplingRate()).isEqualTo(10);
    }

    @Test
    void samplesOfPacketsTellTheirPayload() {
        play(ExportFormat.SFLOW, 1);

        assertThat(hints).contains((int) PayloadHint.DNS_RESPONSE);
    }
}
