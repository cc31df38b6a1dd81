package levee.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file of any kind, decompressed where it is compressed with gzip, xz or zstd, which its content tells. */
public final class PlainInput {
    private static final int HEAD = 16;

    private PlainInput() {}

    /** The bytes of a file. Closing them closes the file. */
    public static InputStream open(Path path) throws IOException {
        return open(FileChannel.open(path));
    }

    static InputStream open(FileChannel channel) throws IOException {
        try {
            PrefixedChannel whole = PrefixedChannel.of(channel, HEAD, (head, length) -> false);
            return Channels.newInputStream(
                    Compression.detect(whole.head(), whole.headLength()).open(whole));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
