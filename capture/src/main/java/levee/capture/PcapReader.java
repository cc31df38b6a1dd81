package levee.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the classic capture format (draft-ietf-opsawg-pcap). After damage it looks for the next place where two record
 * headers follow one another.
 */
final class PcapReader extends CaptureReader {
    private static final int FILE_HEADER = 24;

    /** A record whose time is farther from the last one must be followed by another. */
    private static final long LEAP_SECONDS = 86_400;

    private static final long UNKNOWN = -1;

    private static final int NONE = -1;

    /** So many bytes behind damage are searched at once; the next record is far nearer in any capture. */
    private static final int SEARCHED_BYTES = 1 << 18;

    /** In a search, so many records must follow one whose time is not near to that of its neighbours. */
    private static final int UNRELATED = 3;

    private PcapVariant variant = new PcapVariant(ByteOrder.LITTLE_ENDIAN, 1_000, 16);
    private LinkType link = LinkType.OTHER;
    private boolean started;
    private boolean searching;
    private long lastSeconds = UNKNOWN;

    PcapReader(ReadableByteChannel channel, boolean live, @Nullable PacketListener listener) {
        super(channel, live, listener);
    }

    @Override
    boolean readPacket(FlowBatch batch) throws IOException {
        if (!started && !readFileHeader()) {
            return false;
        }
        if (searching) {
            window.mayPause(false);
        }
        if (searching && !findRecord()) {
            return false;
        }
        int header = variant.recordHeader();
        if (!window.require(header)) {
            if (window.available() > 0) {
                truncated("a record header");
            }
            return false;
        }
        ByteBuffer headers = window.headers;
        int position = window.position();
        long seconds = seconds(position);
        int fraction = headers.getInt(position + 4);
        int captured = headers.getInt(position + 8);
        int length = headers.getInt(position + 12);
        if (captured < 0 || captured > MAXIMUM_PACKET || length < 0 || !isFraction(fraction)) {
            damaged();
            return true;
        }
        boolean leaps = !isNear(seconds, lastSeconds);
        if (!window.require(header + captured)) {
            if (leaps && !window.paused()) {
                damaged();
                return true;
            }
            truncated("a packet");
            return false;
        }
        if (leaps) {
            window.require(2 * header + captured);
            if (window.paused()) {
                return false;
            }
            if (!isFollowed(window.position(), 1)) {
                damaged();
                return true;
            }
        }
        long nanos = seconds * 1_000_000_000L + (long) fraction * variant.nanosPerFraction();
        if (append(batch, nanos, link, window.position() + header, captured, Math.max(length, captured))) {
            window.consume(header + captured);
            lastSeconds = seconds;
        }
        return true;
    }

    private boolean readFileHeader() throws IOException {
        started = true;
        if (!window.require(FILE_HEADER)) {
            truncated("the file header");
            return false;
        }
        int magic = window.bytes.getInt(window.position());
        variant = PcapVariant.of(magic).orElse(variant);
        window.headerOrder(variant.order());
        // The upper bits hold the length of a frame check sequence (section 4 of the draft).
        link = LinkType.of(window.headers.getInt(window.position() + 20) & 0xffff);
        window.consume(FILE_HEADER);
        return true;
    }

    private boolean isFraction(int fraction) {
        return fraction >= 0 && fraction < variant.fractionsPerSecond();
    }

    private void damaged() {
        statistics.rejections.count(RejectionReason.DAMAGED);
        statistics.damaged(window.offset(), "a record header makes no sense");
        searching = true;
    }

    /**
     * Consumes bytes up to the next place that looks like a record among others. One that is near in time goes before an
     * earlier one that is not: where records are all alike, what lies between two of them may look like a third, over
     * and over again.
     */
    private boolean findRecord() throws IOException {
        int searched = 1;
        while (window.require(searched + 1)) {
            window.require(2 * SEARCHED_BYTES);
            int position = window.position();
            int end = Math.min(window.limit() - variant.recordHeader(), position + SEARCHED_BYTES);
            int untimely = NONE;
            for (int at = position + searched; at < end; at++) {
                if (!isPlausible(at) || !isFollowed(at, 1)) {
                    continue;
                }
                if (lastSeconds != UNKNOWN && isNear(seconds(at), lastSeconds)) {
                    return found(at);
                }
                if (untimely == NONE && (isNearNext(at) || isFollowed(at, UNRELATED))) {
                    untimely = at;
                }
            }
            if (untimely != NONE) {
                return found(untimely);
            }
            window.consume(Math.min(SEARCHED_BYTES, window.available()));
            searched = 0;
        }
        window.consume(window.available());
        return false;
    }

    private boolean found(int position) {
        window.consume(position - window.position());
        searching = false;
        return true;
    }

    /**
     * Whether the record at {@code position} has {@code count} others behind it, or the end of what is there. Their
     * times are not looked at: a merged capture leaps from packet to packet.
     */
    private boolean isFollowed(int position, int count) {
        int at = position;
        for (int i = 0; i < count; i++) {
            at += recordLength(at);
            if (at > window.limit() - variant.recordHeader()) {
                return at == window.limit();
            }
            if (!isPlausible(at)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the time of the record at {@code position} is near to that of the next one. */
    private boolean isNearNext(int position) {
        int next = position + recordLength(position);
        return next <= window.limit() - variant.recordHeader() && isNear(seconds(next), seconds(position));
    }

    private int recordLength(int position) {
        return variant.recordHeader() + window.headers.getInt(position + 8);
    }

    private boolean isPlausible(int position) {
        ByteBuffer headers = window.headers;
        int captured = headers.getInt(position + 8);
        int length = headers.getInt(position + 12);
        return captured > 0
                && captured <= length
                && length <= MAXIMUM_PACKET
                && isFraction(headers.getInt(position + 4));
    }

    private long seconds(int position) {
        return window.headers.getInt(position) & 0xffff_ffffL;
    }

    private static boolean isNear(long seconds, long reference) {
        return reference == UNKNOWN || Math.abs(seconds - reference) <= LEAP_SECONDS;
    }
}
