package levee.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A channel of which the first bytes were read already, to tell the format by: they come again. */
final class PrefixedChannel implements ReadableByteChannel {
    private final ByteBuffer prefix;
    private final ReadableByteChannel rest;

    PrefixedChannel(byte[] head, int length, ReadableByteChannel rest) {
        prefix = ByteBuffer.wrap(head, 0, length);
        this.rest = rest;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!prefix.hasRemaining()) {
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
