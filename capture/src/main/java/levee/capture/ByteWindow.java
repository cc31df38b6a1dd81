package levee.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * A sliding window over a stream of bytes. Readers look at {@link #bytes} between {@link #position()} and
 * {@link #limit()} by absolute index and consume from the front.
 */
final class ByteWindow implements Closeable {
    /** Larger than any record that is accepted, small enough to stay in the second-level cache. */
    static final int CAPACITY = 1 << 20;

    /** The bytes in network order. */
    final ByteBuffer bytes;

    /** The same bytes in the order of the file's own headers. */
    ByteBuffer headers;

    private final ReadableByteChannel channel;
    private int position;
    private int limit;
    private long offsetOfBuffer;
    private boolean ended;
    private boolean mayPause;
    private boolean paused;

    ByteWindow(ReadableByteChannel channel) {
        this.channel = channel;
        bytes = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.BIG_ENDIAN);
        headers = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    void headerOrder(ByteOrder order) {
        headers = bytes.duplicate().order(order);
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    int available() {
        return limit - position;
    }

    /** The offset in the stream of the byte at {@link #position()}. */
    long offset() {
        return offsetOfBuffer + position;
    }

    /** Whether {@link #require} shall give up rather than wait for bytes that are not there yet. */
    void mayPause(boolean allowed) {
        mayPause = allowed;
        paused = false;
    }

    /** Whether {@link #require} gave up for that reason. */
    boolean paused() {
        return paused;
    }

    /** Consumes {@code count} bytes, which must be available. */
    void consume(int count) {
        position += count;
    }

    /**
     * Makes at least {@code count} bytes available, at most {@link #CAPACITY}; indexes into {@link #bytes} change.
     *
     * @return false if the stream ends before, or if it {@link #paused}
     */
    boolean require(int count) throws IOException {
        if (limit - position >= count) {
            return true;
        }
        if (mayPause && !ended) {
            paused = true;
            return false;
        }
        slide();
        while (limit - position < count && !ended) {
            bytes.limit(CAPACITY).position(limit);
            int read = channel.read(bytes);
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
            }
        }
        bytes.clear();
        return limit - position >= count;
    }

    private void slide() {
        if (position == 0) {
            return;
        }
        bytes.limit(limit).position(position);
        bytes.compact();
        offsetOfBuffer += position;
        limit -= position;
        position = 0;
    }

    /**
     * Consumes {@code count} bytes that need not be available yet.
     *
     * @return false if the stream ends before
     */
    boolean skip(long count) throws IOException {
        long left = count;
        while (left > available()) {
            left -= available();
            position = limit;
            if (!require(1)) {
                return false;
            }
        }
        position += (int) left;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
