package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import levee.cli.DrillPlay.Exports;
import levee.cli.OutbreakPlay.Seen;
import levee.drill.BotFamily;
import levee.drill.ConnLogSink;
import levee.drill.Drill;
import levee.drill.LookAlikeKind;
import levee.drill.PacketSink;
import levee.drill.PcapSink;
import levee.drill.PlannedBots;
import levee.drill.PlannedLookAlike;
import levee.drill.Scenario;
import levee.evaluation.FoundHost;
import levee.evaluation.HostRun;
import levee.evaluation.KnownHost;
import levee.flowexport.ExportFormat;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drill in memory shows to the detector. */
final class OutbreakPlayTest {
    private static final Duration LENGTH = Duration.ofMinutes(12);

    /** Bots that look up names, chat and load a program, and a host that asks four time servers. */
    private static final Scenario SCENARIO = Scenario.ordinary(7)
            .withSize(60, 1)
            .lasting(LENGTH)
            .with(PlannedBots.of(
                    new BotFamily.Mirai(23, 2, Duration.ofMinutes(8), Duration.ofSeconds(30), 0, Optional.empty()), 2))
            .with(PlannedBots.of(new BotFamily.Irc(6_667, Duration.ofSeconds(60), Optional.empty()), 1))
            .with(new PlannedLookAlike(LookAlikeKind.NTP_POLLER, Duration.ofMinutes(1), Duration.ofMinutes(10)));

    /** Counts rows and what applications say in the batches. */
    private static final class Counting {
        private final Map<EventKind, Integer> events = new EnumMap<>(EventKind.class);
        private final Map<FlowBatch.Rows, Integer> rows = new EnumMap<>(FlowBatch.Rows.class);

        void see(FlowBatch batch) {
            rows.merge(batch.rows, batch.size, Integer::sum);
            for (int i = 0; i < batch.events.size; i++) {
                events.merge(batch.events.kind(i), 1, Integer::sum);
            }
        }
    }

    @Test
    void packetsSayWhatApplicationsSay() {
        Counting counting = new Counting();
        HostRun run = OutbreakPlay.play(SCENARIO, new Seen.Packets(), counting::see);

        assertThat(counting.rows).containsOnlyKeys(FlowBatch.Rows.PACKETS);
        assertThat(counting.events)
                .containsKeys(EventKind.DNS, EventKind.TLS_CLIENT_HELLO, EventKind.HTTP, EventKind.IRC);
        assertThat(run.truth().hosts())
                .extracting(KnownHost::family)
                .containsExactlyInAnyOrder(Optional.of("mirai"), Optional.of("mirai"), Optional.of("irc"));
        assertThat(run.hosts()).anySatisfy(host -> {
            assertThat(truth(run, host).flatMap(KnownHost::family)).contains("mirai");
            assertThat(host.notifySince()).isPresent();
            assertThat(host.behaviours())
                    .extracting(FoundHost.FoundBehaviour::name)
                    .contains("scanning", "scan-tool-fingerprint");
        });
    }

    @Test
    void connectionsAndExportsSayNothingOfApplications() {
        Counting log = new Counting();
        HostRun byLog = OutbreakPlay.play(SCENARIO, new Seen.ConnectionLog(), log::see);
        Counting exports = new Counting();
        HostRun byRouter =
                OutbreakPlay.play(SCENARIO, new Seen.ByRouter(new Exports(ExportFormat.NETFLOW_V9, 1)), exports::see);

        assertThat(log.rows).containsOnlyKeys(FlowBatch.Rows.CONNECTIONS);
        assertThat(exports.rows).containsOnlyKeys(FlowBatch.Rows.FLOWS);
        assertThat(log.events).isEmpty();
        assertThat(exports.events).isEmpty();
        assertThat(byLog.truth()).isEqualTo(byRouter.truth());
        assertThat(byLog.hosts())
                .anySatisfy(host -> assertThat(truth(byLog, host)).isPresent());
        assertThat(byRouter.hosts())
                .anySatisfy(host -> assertThat(truth(byRouter, host)).isPresent());
    }

    private static Optional<KnownHost> truth(HostRun run, FoundHost found) {
        return run.truth().hosts().stream()
                .filter(host -> host.host().equals(found.host()))
                .findFirst();
    }

    @Test
    void sameSeedFindsTheSame() {
        assertThat(OutbreakPlay.play(SCENARIO, new Seen.Packets()))
                .isEqualTo(OutbreakPlay.play(SCENARIO, new Seen.Packets()));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 4_096, 1 << 21})
    void bytesAreThoseOfTheFile(int pieceBytes) throws IOException {
        Scenario brief = SCENARIO.lasting(Duration.ofSeconds(40));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Drill drill = new Drill(brief);
        try (PacketSink sink = new PcapSink(file)) {
            while (drill.advance()) {
                sink.write(drill.packet());
            }
        }

        assertThat(read(new DrillBytes(new Drill(brief), PcapSink::new), pieceBytes))
                .isEqualTo(file.toByteArray());
    }

    @Test
    void logHasItsEndToo() throws IOException {
        byte[] log = read(new DrillBytes(new Drill(SCENARIO.lasting(Duration.ofSeconds(40))), ConnLogSink::new), 100);

        assertThat(new String(log, StandardCharsets.US_ASCII))
                .startsWith("#separator")
                .endsWith("#close\n");
    }

    private static byte[] read(DrillBytes bytes, int pieceBytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(pieceBytes);
        try (bytes) {
            while (bytes.read(piece.clear()) >= 0) {
                all.write(piece.array(), 0, piece.position());
            }
            assertThat(bytes.read(piece.clear())).isEqualTo(-1);
        }
        assertThat(bytes.isOpen()).isFalse();
        return all.toByteArray();
    }
}
