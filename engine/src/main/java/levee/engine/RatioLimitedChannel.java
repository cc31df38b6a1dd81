package levee.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * The bytes of a decompressing stream. It stops one that yields unreasonably much out of little: a bomb. It reads once at
 * a time, so that little is lost where the stream fails.
 */
final class RatioLimitedChannel implements ReadableByteChannel {
    /** Even a capture of one packet repeated stays below this with every compressor's usual settings. */
    private static final long MAXIMUM_RATIO = 5_000;

    private static final long FREE_BYTES = 64L << 20;
    private static final int CHUNK = 1 << 13;

    private final InputStream plain;
    private final Compression.CountingInputStream compressed;
    private final byte[] chunk = new byte[CHUNK];
    private long count;
    private boolean open = true;

    RatioLimitedChannel(InputStream plain, Compression.CountingInputStream compressed) {
        this.plain = plain;
        this.compressed = compressed;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = plain.read(chunk, 0, Math.min(chunk.length, target.remaining()));
        if (read < 0) {
            return read;
        }
        target.put(chunk, 0, read);
        count += read;
        if (count > FREE_BYTES && count / MAXIMUM_RATIO > compressed.count()) {
            throw new IOException("the data expands more than " + MAXIMUM_RATIO + " times, as only a bomb does");
        }
        return read;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        plain.close();
    }
}
