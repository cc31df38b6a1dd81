package levee.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A capture without end, made while it is read. */
final class GeneratedCapture implements ReadableByteChannel {
    private final Traffic traffic;
    private final PcapWriter writer;
    private ByteBuffer made = ByteBuffer.allocate(0);

    GeneratedCapture(Traffic traffic, int minimumFrame) throws IOException {
        this.traffic = traffic;
        writer = new PcapWriter(new Intake(), minimumFrame);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (!made.hasRemaining()) {
            traffic.send(writer);
        }
        int count = Math.min(made.remaining(), target.remaining());
        target.put(target.position(), made, made.position(), count);
        target.position(target.position() + count);
        made.position(made.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // holds nothing but memory
    }

    /** Takes what the writer has together. */
    private final class Intake implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            made = ByteBuffer.allocate(count).put(source).flip();
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing but memory
        }
    }
}
