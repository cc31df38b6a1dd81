package levee.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** A channel of which the first bytes were read already, to tell the format by: they come again. */
final class PrefixedChannel implements ReadableByteChannel {
    private final byte[] head;
    private final ByteBuffer prefix;
    private final ReadableByteChannel rest;
    private final Optional<IOException> failure;

    private PrefixedChannel(byte[] head, int length, ReadableByteChannel rest, Optional<IOException> failure) {
        this.head = head;
        this.rest = rest;
        this.failure = failure;
        prefix = ByteBuffer.wrap(head, 0, length);
    }

    /** Says whether more need not be read. */
    interface Enough {
        boolean isEnough(byte[] head, int length);
    }

    /**
     * Reads up to {@code size} bytes ahead. If the channel fails after some of them, it fails again when they were read.
     *
     * @throws IOException if the channel fails before its first byte
     */
    static PrefixedChannel of(ReadableByteChannel channel, int size, Enough enough) throws IOException {
        byte[] head = new byte[size];
        ByteBuffer buffer = ByteBuffer.wrap(head);
        try {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                if (enough.isEnough(head, buffer.position())) {
                    break;
                }
            }
        } catch (IOException e) {
            if (buffer.position() == 0) {
                throw e;
            }
            return new PrefixedChannel(head, buffer.position(), channel, Optional.of(e));
        }
        return new PrefixedChannel(head, buffer.position(), channel, Optional.empty());
    }

    /** What was read ahead, in the first {@link #headLength()} bytes. */
    byte[] head() {
        return head;
    }

    int headLength() {
        return prefix.limit();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!prefix.hasRemaining()) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return rest.read(target);
        }
        int count = Math.min(prefix.remaining(), target.remaining());
        target.put(prefix.slice().limit(count));
        prefix.position(prefix.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return rest.isOpen();
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
