package levee.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes that are read from anywhere among them. */
interface ByteSource {
    long length() throws IOException;

    /** Reads up to {@code length} bytes to the beginning of {@code into}, fewer only at the end, and says how many. */
    int read(long position, byte[] into, int length) throws IOException;

    static ByteSource of(FileChannel channel) {
        return new ByteSource() {
            @Override
            public long length() throws IOException {
                return channel.size();
            }

            @Override
            public int read(long position, byte[] into, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, position + buffer.position()) < 0) {
                        break;
                    }
                }
                return buffer.position();
            }
        };
    }

    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public int read(long position, byte[] into, int length) {
                int count = (int) Math.clamp(bytes.length - position, 0L, (long) length);
                if (count > 0) {
                    System.arraycopy(bytes, (int) position, into, 0, count);
                }
                return count;
            }
        };
    }
}
