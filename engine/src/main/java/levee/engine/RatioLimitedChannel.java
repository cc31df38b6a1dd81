package levee.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Stops decompression that yields unreasonably much out of little: a bomb. */
final class RatioLimitedChannel implements ReadableByteChannel {
    /** Even a capture of one packet repeated stays below this with every compressor's usual settings. */
    private static final long MAXIMUM_RATIO = 5_000;

    private static final long FREE_BYTES = 64L << 20;

    private final ReadableByteChannel plain;
    private final Compression.CountingInputStream compressed;
    private long count;

    RatioLimitedChannel(ReadableByteChannel plain, Compression.CountingInputStream compressed) {
        this.plain = plain;
        this.compressed = compressed;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = plain.read(target);
        count += Math.max(0, read);
        if (count > FREE_BYTES && count / MAXIMUM_RATIO > compressed.count()) {
            throw new IOException("the data expands more than " + MAXIMUM_RATIO + " times, as only a bomb does");
        }
        return read;
    }

    @Override
    public boolean isOpen() {
        return plain.isOpen();
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
