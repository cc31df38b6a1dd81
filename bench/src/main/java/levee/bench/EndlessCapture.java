package levee.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A capture without end, in memory. */
abstract class EndlessCapture implements ReadableByteChannel {
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** More bytes, of which some remain. */
    abstract ByteBuffer more() throws IOException;

    @Override
    public final int read(ByteBuffer target) throws IOException {
        if (!bytes.hasRemaining()) {
            bytes = more();
        }
        int count = Math.min(bytes.remaining(), target.remaining());
        target.put(target.position(), bytes, bytes.position(), count);
        target.position(target.position() + count);
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public final boolean isOpen() {
        return true;
    }

    @Override
    public final void close() {
        // holds nothing but memory
    }
}
