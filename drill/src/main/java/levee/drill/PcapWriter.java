package levee.drill;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes a capture of Ethernet frames in the classic format with nanoseconds (draft-ietf-opsawg-pcap). */
final class PcapWriter implements Closeable {
    private static final int MAGIC_NANOSECONDS = 0xa1b2_3c4d;
    private static final int VERSION = 2 << 16 | 4;
    private static final int SNAP_LENGTH = 65_535;
    private static final int ETHERNET = 1;
    private static final int RECORD_HEADER = 16;
    private static final int LONGEST_RECORD = 2_048;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    private int start;

    PcapWriter(OutputStream out) {
        this.out = out;
        buffer.putInt(MAGIC_NANOSECONDS).putInt(VERSION).putLong(0);
        buffer.putInt(SNAP_LENGTH).putInt(ETHERNET);
    }

    /** Where the next frame goes, of 2,000 bytes at the most. */
    ByteBuffer begin() throws IOException {
        if (buffer.remaining() < LONGEST_RECORD) {
            flush();
        }
        start = buffer.position();
        return buffer.position(start + RECORD_HEADER);
    }

    /** The frame is written. */
    void end(long nanos) {
        int length = buffer.position() - start - RECORD_HEADER;
        buffer.putInt(start, (int) (nanos / NANOS_PER_SECOND));
        buffer.putInt(start + 4, (int) (nanos % NANOS_PER_SECOND));
        buffer.putInt(start + 8, length);
        buffer.putInt(start + 12, length);
    }

    private void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
