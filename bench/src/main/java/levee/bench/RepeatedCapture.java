package levee.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** The file header of a capture and then its packets, over and over. */
final class RepeatedCapture implements ReadableByteChannel {
    private static final int FILE_HEADER = 24;

    private final ByteBuffer bytes;

    /** @param length of the capture in bytes, at the least */
    RepeatedCapture(Traffic traffic, int minimumFrame, int length) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(Channels.newChannel(made), minimumFrame)) {
            while (writer.length() < length) {
                traffic.send(writer);
            }
        }
        bytes = ByteBuffer.wrap(made.toByteArray());
    }

    @Override
    public int read(ByteBuffer target) {
        if (!bytes.hasRemaining()) {
            bytes.position(FILE_HEADER);
        }
        int count = Math.min(bytes.remaining(), target.remaining());
        target.put(target.position(), bytes, bytes.position(), count);
        target.position(target.position() + count);
        bytes.position(bytes.position() + count);
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
