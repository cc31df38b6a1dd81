package levee.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of an archive, as they are written: one at a time, each for some minutes, within the limits. */
final class ArchiveFolder implements AutoCloseable {
    /** A file is begun anew after so long, so that the age can be kept to within minutes. */
    static final Duration SPAN = Duration.ofMinutes(5);

    private static final long MOST_BYTES = 256 << 20;

    /** So many files at least share the space, so that not much goes at a time when one has to. */
    private static final int LEAST_FILES = 32;

    private final Path folder;
    private final ArchiveLimits limits;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long bytes;
    private @Nullable FileChannel channel;
    private @Nullable ArchiveFile file;
    private long fileBytes;

    /** A file that is whole. */
    private record Kept(ArchiveFile file, long bytes) {}

    ArchiveFolder(Path folder, ArchiveLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** Bytes of all files. */
    long bytes() {
        return bytes + fileBytes;
    }

    /**
     * Looks at what is there, and deletes what is beyond the limits.
     *
     * @param now by the clock of the receiver
     */
    void tidy(Instant now) throws IOException {
        List<ArchiveFile> files = ArchiveFile.in(folder);
        kept.clear();
        bytes = 0;
        for (ArchiveFile found : files) {
            if (file == null || found.number() != file.number()) {
                long length = Files.exists(found.path()) ? Files.size(found.path()) : 0;
                kept.add(new Kept(found, length));
                bytes += length;
            }
        }
        makeRoom(now, 0);
    }

    /** Deletes the oldest until so many bytes more are within the limits. */
    private void makeRoom(Instant now, long more) throws IOException {
        Instant oldest = now.minus(limits.age()).minus(SPAN);
        while (!kept.isEmpty()) {
            Kept first = kept.getFirst();
            if (!isOld(now, oldest) && bytes() + more <= limits.bytes()) {
                return;
            }
            Files.deleteIfExists(first.file().path());
            kept.removeFirst();
            bytes -= first.bytes();
        }
    }

    /** Whether the first file is too old. One from the future, of a wrong clock, is older than those behind it. */
    private boolean isOld(Instant now, Instant oldest) {
        for (Kept next : kept) {
            if (!next.file().begun().isAfter(now)) {
                return next.file().begun().isBefore(oldest);
            }
        }
        return false;
    }

    /**
     * Writes a block behind the others.
     *
     * @throws IOException if that was not possible; what was written of it does no harm to the blocks before
     */
    void append(byte[] block, int length, Instant now) throws IOException {
        try {
            FileChannel open = file(length, now);
            makeRoom(now, length);
            ByteBuffer buffer = ByteBuffer.wrap(block, 0, length);
            while (buffer.hasRemaining()) {
                open.write(buffer, fileBytes + buffer.position());
            }
            fileBytes += length;
        } catch (IOException e) {
            abandon();
            throw e;
        }
    }

    private FileChannel file(int length, Instant now) throws IOException {
        FileChannel open = channel;
        ArchiveFile current = file;
        if (open != null && current != null) {
            Duration age = Duration.between(current.begun(), now);
            long most = Math.min(MOST_BYTES, limits.bytes() / LEAST_FILES);
            boolean isOver = age.isNegative() || age.compareTo(SPAN) >= 0 || fileBytes > most - length;
            if (!isOver && Files.exists(current.path())) {
                return open;
            }
            close();
        }
        return begin(now);
    }

    private FileChannel begin(Instant now) throws IOException {
        Files.createDirectories(folder);
        tidy(now);
        long number = kept.isEmpty() ? 1 : kept.getLast().file().number() + 1;
        while (true) {
            ArchiveFile next = ArchiveFile.of(folder, number, now);
            try {
                FileChannel open =
                        FileChannel.open(next.path(), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
                channel = open;
                file = next;
                fileBytes = 0;
                return open;
            } catch (FileAlreadyExistsException e) {
                number++;
            }
        }
    }

    /** Ends the file at its last whole block, where the disk still does what it is told. */
    private void abandon() {
        try {
            FileChannel open = channel;
            if (open != null) {
                open.truncate(fileBytes);
            }
        } catch (IOException e) {
            // Who reads it stops at the last whole block.
        }
        try {
            close();
        } catch (IOException e) {
            // Nothing was kept back that closing could lose.
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        ArchiveFile current = file;
        channel = null;
        file = null;
        if (current != null) {
            kept.add(new Kept(current, fileBytes));
            bytes += fileBytes;
            fileBytes = 0;
        }
        if (open != null) {
            open.close();
        }
    }
}
