package levee.capture;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.TimeUnit;
import levee.telemetry.BatchSource;
import levee.telemetry.ClockGuard;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;
import org.jspecify.annotations.Nullable;

/** What the readers of all capture formats share: the window, the clock and the way a packet becomes rows. */
abstract class CaptureReader implements BatchSource {
    /** The largest packet that is believed: what libpcap accepts at the most. */
    static final int MAXIMUM_PACKET = 262_144;

    /** A kernel hands over half a megabyte at once at the most (BIG TCP); a longer packet is a lie. */
    private static final int MAXIMUM_LENGTH = 1 << 20;

    /** The packets of several interfaces, or of a merged capture, are a little out of order. */
    private static final long BACKWARD_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long FORWARD_NANOS = TimeUnit.DAYS.toNanos(1);

    final ByteWindow window;
    final SourceStatistics statistics = new SourceStatistics();
    private final PacketDissector dissector;
    private final ClockGuard clock = new ClockGuard(FORWARD_NANOS, BACKWARD_NANOS, 1);
    private final boolean live;
    private boolean restartPending;

    /** The time of the last packet whose time was believed. */
    private long acceptedNanos;

    CaptureReader(ReadableByteChannel channel, boolean live, @Nullable PacketListener listener) {
        this.live = live;
        window = new ByteWindow(channel);
        dissector = new PacketDissector(statistics.rejections, listener, new ApplicationReader());
    }

    @Override
    public final boolean fill(FlowBatch batch) throws IOException {
        batch.clear(FlowBatch.Rows.PACKETS);
        batch.restart = restartPending;
        restartPending = false;
        boolean more = true;
        while (more && !restartPending && hasRoom(batch)) {
            window.mayPause(live && batch.size > 0);
            more = readPacket(batch);
            if (window.paused()) {
                more = true;
                break;
            }
        }
        statistics.bytes = window.offset();
        return more;
    }

    /** Whether a packet's rows and events fit, however many they are. */
    private static boolean hasRoom(FlowBatch batch) {
        return batch.remaining() >= PacketDissector.MAXIMUM_ROWS
                && batch.events.hasRoom(PacketDissector.MAXIMUM_EVENTS);
    }

    /**
     * Reads the next packet, or takes a step towards it.
     *
     * @return false at the end of the stream
     */
    abstract boolean readPacket(FlowBatch batch) throws IOException;

    /**
     * Appends the rows of a packet.
     *
     * @param start index of its first byte in the window
     * @param captured bytes of it that are there
     * @param length its length on the wire in bytes
     * @return false if the clock jumped and the packet has to be given again for the next batch
     */
    final boolean append(FlowBatch batch, long nanos, LinkType link, int start, int captured, int length) {
        switch (clock.judge(nanos)) {
            case ACCEPT -> {
                statistics.packets++;
                statistics.time(nanos);
                acceptedNanos = nanos;
                int believed = length > MAXIMUM_LENGTH ? captured : length;
                dissector.dissect(window.bytes, start, captured, believed, link, nanos, batch);
            }
            case REJECT -> {
                statistics.packets++;
                statistics.rejections.count(RejectionReason.CLOCK_LEAP);
            }
            case RESTART -> {
                restartPending = true;
                return false;
            }
        }
        return true;
    }

    /** The time for a packet that has none: that of the last one before it that was used. */
    final long acceptedNanos() {
        return acceptedNanos;
    }

    /** Notes that the stream ended inside a record. */
    final void truncated(String what) {
        if (window.paused()) {
            return;
        }
        statistics.rejections.count(RejectionReason.TRUNCATED);
        statistics.damaged(window.offset(), "the input ends inside " + what);
    }

    @Override
    public final SourceStatistics statistics() {
        return statistics;
    }

    @Override
    public final void close() throws IOException {
        window.close();
    }
}
