package levee.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.capture.CaptureFormat;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;

/** Plays export datagrams to the parts of a live engine, in a time of its own. */
final class LiveRun {
    static final long TICK_NANOS = 100_000_000L;
    private static final OwnNetworks NETWORKS = OwnNetworks.of(
            List.of(Prefix.parse("10.10.10.0/24"), Prefix.parse("172.31.0.0/16"), Prefix.parse("2001:db8::/32")));
    private static final IpAddress EXPORTER = IpAddress.parse("192.0.2.1");

    private final FlowExportDecoder decoder = new FlowExportDecoder(ExporterTable.open(1));
    private final ConnectionTable connections = new ConnectionTable(1 << 16, 1);
    private final AttackDetector detector = new AttackDetector(DetectionPolicy.liveNetwork(), NETWORKS, 1, this::note);
    private final FlowBatch batch = new FlowBatch(Pipeline.BATCH_ROWS);
    private final List<Opened> opened = new ArrayList<>();
    private long nowNanos;

    /** An attack that was opened, and when. */
    record Opened(long nanos, Attack attack) {}

    private void note(FindingEvent event) {
        if (event.change() == FindingEvent.Change.OPENED) {
            Finding finding = event.finding();
            switch (finding) {
                case Attack attack -> opened.add(new Opened(nowNanos, attack));
                case Abuse abuse -> {
                    // Not of interest here.
                }
            }
        }
    }

    /** What datagrams a capture holds. */
    static List<byte[]> datagrams(Path capture) {
        List<byte[]> datagrams = new ArrayList<>();
        FlowBatch packets = new FlowBatch(Pipeline.BATCH_ROWS);
        DatagramQueue queue = new DatagramQueue();
        try (ReadableByteChannel channel = FileChannel.open(capture);
                BatchSource source = CaptureFormat.PCAP.open(channel, false, queue)) {
            boolean more = true;
            while (more) {
                queue.listenTo(packets);
                more = source.fill(packets);
                while (queue.next()) {
                    datagrams.add(Arrays.copyOfRange(queue.bytes(), queue.offset(), queue.offset() + queue.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return datagrams;
    }

    /**
     * Sends the datagrams over and over, as they are.
     *
     * @return what was opened, with the time since the first datagram
     */
    List<Opened> loop(List<byte[]> datagrams, int perSecond, long startNanos, long lastsNanos) {
        long step = 1_000_000_000L / perSecond;
        long nextTick = Math.floorDiv(startNanos, TICK_NANOS) * TICK_NANOS;
        for (long i = 0; i * step < lastsNanos; i++) {
            nowNanos = startNanos + i * step;
            while (nextTick <= nowNanos) {
                detector.tick(nextTick);
                nextTick += TICK_NANOS;
            }
            byte[] datagram = datagrams.get((int) (i % datagrams.size()));
            decoder.begin(EXPORTER.high(), EXPORTER.low(), nowNanos, datagram, 0, datagram.length);
            boolean done = false;
            while (!done) {
                batch.clear(FlowBatch.Rows.FLOWS);
                done = decoder.fill(batch);
                connections.hash(batch);
                connections.annotate(batch);
                detector.process(batch);
            }
        }
        return opened.stream()
                .map(attack -> new Opened(attack.nanos() - startNanos, attack.attack()))
                .toList();
    }
}
