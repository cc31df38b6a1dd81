package levee.engine;

import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** The compressions that inputs may come in, told by their first bytes. */
enum Compression {
    NONE(new int[] {}),
    GZIP(new int[] {0x1f, 0x8b}),
    XZ(new int[] {0xfd, '7', 'z', 'X', 'Z', 0x00}),
    ZSTD(new int[] {0x28, 0xb5, 0x2f, 0xfd});

    /** What a decoder may use: enough for the largest preset of xz and for the default long mode of zstd. */
    private static final int XZ_MEMORY_KIB = 100 * 1024;

    private static final int ZSTD_WINDOW_LOG = 27;
    private static final int BUFFER = 1 << 16;

    private final int[] magic;

    Compression(int[] magic) {
        this.magic = magic;
    }

    static Compression detect(byte[] head, int length) {
        for (Compression compression : values()) {
            if (compression != NONE && compression.matches(head, length)) {
                return compression;
            }
        }
        return NONE;
    }

    private boolean matches(byte[] head, int length) {
        if (length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** The name in reports. */
    String label() {
        return switch (this) {
            case NONE -> "none";
            case GZIP -> "gzip";
            case XZ -> "xz";
            case ZSTD -> "zstd";
        };
    }

    /** The decompressed bytes of a channel. */
    ReadableByteChannel open(ReadableByteChannel channel) throws IOException {
        if (this == NONE) {
            return channel;
        }
        CountingInputStream compressed = new CountingInputStream(Channels.newInputStream(channel));
        return new RatioLimitedChannel(decoder(compressed), compressed);
    }

    private InputStream decoder(InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new GZIPInputStream(compressed, BUFFER);
            case XZ -> new XZInputStream(compressed, XZ_MEMORY_KIB);
            case ZSTD -> {
                ZstdInputStream stream = new ZstdInputStream(compressed);
                stream.setLongMax(ZSTD_WINDOW_LOG);
                yield stream;
            }
        };
    }

    /** Counts the compressed bytes. */
    static final class CountingInputStream extends FilterInputStream {
        private long count;

        CountingInputStream(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                count++;
            }
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }

        /** Never 0: gzip takes that for the end, though another member may follow in a pipe. */
        @Override
        public int available() {
            return 1;
        }
    }
}
