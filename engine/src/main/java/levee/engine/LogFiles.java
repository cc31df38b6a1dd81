package levee.engine;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The files of a folder that is read as one input. Knows how much of them was read. */
final class LogFiles implements Closeable {
    private final Path folder;
    private final Set<FileChannel> open = new LinkedHashSet<>();
    private long ofClosed;

    LogFiles(Path folder) {
        this.folder = folder;
    }

    /** The decompressed bytes of a file. */
    InputStream open(String name) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(name));
        open.add(channel);
        try {
            return new FilterInputStream(PlainInput.open(channel)) {
                @Override
                public void close() throws IOException {
                    leave(channel);
                    super.close();
                }
            };
        } catch (IOException | RuntimeException e) {
            leave(channel);
            throw e;
        }
    }

    private void leave(FileChannel channel) throws IOException {
        if (open.remove(channel)) {
            ofClosed += channel.position();
            channel.close();
        }
    }

    /** Bytes of the files that were read, as they lie there. */
    long consumed() throws IOException {
        long sum = ofClosed;
        for (FileChannel channel : open) {
            sum += channel.position();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : Set.copyOf(open)) {
            leave(channel);
        }
    }
}
