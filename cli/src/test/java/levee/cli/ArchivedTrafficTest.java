package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import levee.archive.ArchiveLimits;
import levee.archive.FlowArchive;
import levee.model.Attack.Volume;
import levee.model.HostTraffic.Archived;
import levee.model.HostTraffic.ArchivedPeer;
import levee.model.HostTraffic.ArchivedService;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.model.Talkers.Side;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedTrafficTest {
    private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");
    private static final IpAddress WEB = IpAddress.parse("192.0.2.7");
    private static final IpAddress CLIENT = IpAddress.parse("198.51.100.9");
    private static final IpAddress RESOLVER = IpAddress.parse("198.51.100.53");

    @TempDir
    private Path folder;

    private final FlowBatch batch = new FlowBatch(16);

    @BeforeEach
    void archive() {
        batch.clear(FlowBatch.Rows.FLOWS);
        row(NOW.minusSeconds(700), CLIENT, 50_000, WEB, 443, Protocols.TCP, 100, 100_000);
        row(NOW.minusSeconds(500), CLIENT, 50_000, WEB, 443, Protocols.TCP, 5, 600);
        row(NOW.minusSeconds(400), WEB, 443, CLIENT, 50_000, Protocols.TCP, 10, 9_000);
        row(NOW.minusSeconds(300), WEB, 40_000, RESOLVER, 53, Protocols.UDP, 1, 80);
        row(NOW.minusSeconds(200), CLIENT, 50_000, IpAddress.parse("192.0.2.8"), 443, Protocols.TCP, 7, 700);
        try (FlowArchive archive = new FlowArchive(
                folder,
                new ArchiveLimits(1_000_000, Duration.ofDays(1)),
                index -> IpAddress.ofIpv4(index),
                1,
                InstantSource.fixed(NOW),
                message -> {})) {
            archive.start();
            archive.record(batch);
        }
    }

    private void row(
            Instant time,
            IpAddress from,
            int fromPort,
            IpAddress to,
            int toPort,
            int protocol,
            long packets,
            long bytes) {
        int row = batch.size++;
        batch.reset(row);
        batch.firstNanos[row] = time.getEpochSecond() * 1_000_000_000L;
        batch.lastNanos[row] = batch.firstNanos[row];
        batch.sourceLow[row] = from.low();
        batch.destinationLow[row] = to.low();
        batch.sourcePort[row] = (char) fromPort;
        batch.destinationPort[row] = (char) toPort;
        batch.protocol[row] = (byte) protocol;
        batch.packets[row] = packets;
        batch.bytes[row] = bytes;
        batch.exporter[row] = 1;
    }

    @Test
    void tellsWithWhomAHostTalkedLately() {
        Archived found =
                new ArchivedTraffic(folder, InstantSource.fixed(NOW)).of(WEB).orElseThrow();

        assertThat(found.from()).isEqualTo(NOW.minusSeconds(600));
        assertThat(found.complete()).isTrue();
        assertThat(found.flows()).isEqualTo(3);
        assertThat(found.peers())
                .isEqualTo(List.of(
                        new ArchivedPeer(CLIENT, 2, new Volume(5, 600), new Volume(10, 9_000)),
                        new ArchivedPeer(RESOLVER, 1, Volume.NONE, new Volume(1, 80))));
        assertThat(found.services())
                .isEqualTo(List.of(
                        new ArchivedService(Protocols.TCP, 443, Side.OWN, 2, new Volume(5, 600), new Volume(10, 9_000)),
                        new ArchivedService(Protocols.UDP, 53, Side.REMOTE, 1, Volume.NONE, new Volume(1, 80))));
    }

    @Test
    void saysThatThereIsMoreThanItReads() {
        Archived found =
                new ArchivedTraffic(folder, InstantSource.fixed(NOW), 2).of(WEB).orElseThrow();

        assertThat(found.complete()).isFalse();
        assertThat(found.flows()).isEqualTo(2);
        assertThat(found.peers()).extracting(ArchivedPeer::address).containsExactly(CLIENT, RESOLVER);
    }

    @Test
    void isEmptyWhereThereIsNothing() {
        assertThat(new ArchivedTraffic(folder, InstantSource.fixed(NOW)).of(IpAddress.parse("203.0.113.1")))
                .isEmpty();
        assertThat(new ArchivedTraffic(folder, InstantSource.fixed(NOW.plusSeconds(3_600))).of(WEB))
                .isEmpty();
        assertThat(new ArchivedTraffic(folder.resolve("none"), InstantSource.fixed(NOW)).of(WEB))
                .isEmpty();
    }
}
