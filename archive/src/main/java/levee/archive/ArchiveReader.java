package levee.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks rows up in an archive, also in one that is being written. What is damaged is passed over and counted. */
public final class ArchiveReader {
    private final Path folder;

    /** @param folder that {@link FlowArchive} writes to; it need not exist */
    public ArchiveReader(Path folder) {
        this.folder = folder;
    }

    /** Takes what was found. */
    public interface Visitor {
        /**
         * The rows of a block that are asked for.
         *
         * @param block valid until this returns
         * @param rows the numbers of these rows in it, {@code count} of them, in the order in which they were received
         */
        void visit(FlowBlock block, int[] rows, int count) throws IOException;

        /**
         * How far it has come.
         *
         * @param bytes read or passed over
         * @param totalBytes that there are
         */
        void progress(long bytes, long totalBytes);

        /**
         * Whether to go on; asked after each block.
         *
         * @param receivedNanos when the last row of this block was received, in nanoseconds since 1970; those that follow
         *     were received before, unless the clock was set back meanwhile
         */
        default boolean goesOn(long receivedNanos) {
            return true;
        }
    }

    /**
     * What was looked at.
     *
     * @param files that there are
     * @param blocks read
     * @param skipped blocks that were passed over, since they cannot hold anything of what is asked for
     * @param damaged stretches of files that are no blocks, and blocks that are not what was written
     * @param cutOff blocks at the end of a file that are not whole, but for the newest, where one may be being written
     * @param unreadable what the system said of files that could not be read
     */
    public record Summary(long files, long blocks, long skipped, long damaged, long cutOff, List<String> unreadable) {
        public Summary {
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Visits all rows that are asked for, block by block, the newest first by the time of receipt, until the visitor has
     * enough.
     *
     * @throws IOException if the folder cannot be read, or the visitor throws it
     */
    public Summary scan(FlowFilter filter, Visitor visitor) throws IOException {
        try (BlockDecoder decoder = new BlockDecoder(filter)) {
            return new Scan(decoder, visitor).run(ArchiveFile.in(folder));
        }
    }

    private static final class Scan {
        private final BlockDecoder decoder;
        private final Visitor visitor;
        private final BlockFinder finder = new BlockFinder();
        private final FlowBlock block = new FlowBlock();
        private long blocks;
        private long skipped;
        private long damaged;
        private long cutOff;
        private long done;
        private long total;
        private boolean isEnough;
        private final List<String> unreadable = new ArrayList<>();

        Scan(BlockDecoder decoder, Visitor visitor) {
            this.decoder = decoder;
            this.visitor = visitor;
        }

        Summary run(List<ArchiveFile> files) throws IOException {
            long[] lengths = new long[files.size()];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = length(files.get(i).path());
                total += lengths[i];
            }
            for (int i = files.size() - 1; i >= 0 && !isEnough; i--) {
                long before = done;
                scan(files.get(i).path(), i == files.size() - 1);
                done = before + lengths[i];
                visitor.progress(done, total);
            }
            return new Summary(files.size(), blocks, skipped, damaged, cutOff, unreadable);
        }

        private static long length(Path path) {
            try {
                return Files.size(path);
            } catch (IOException e) {
                // It is told where it is read.
                return 0;
            }
        }

        private void scan(Path path, boolean isNewest) throws IOException {
            try (FileChannel channel = FileChannel.open(path)) {
                ByteSource source = ByteSource.of(channel);
                finder.find(source);
                damaged += finder.damaged;
                cutOff += finder.isCutOff && !isNewest ? 1 : 0;
                for (int i = finder.count - 1; i >= 0 && !isEnough; i--) {
                    visit(source, finder.offsets[i]);
                }
            } catch (NoSuchFileException e) {
                // It made way for newer ones meanwhile.
            } catch (VisitorException e) {
                throw e.cause;
            } catch (IOException e) {
                unreadable.add(path + ": " + e.getMessage());
            }
        }

        private void visit(ByteSource source, long offset) throws IOException {
            switch (decoder.read(source, offset, block)) {
                case SKIPPED -> {
                    skipped++;
                    isEnough = !visitor.goesOn(decoder.receivedNanos());
                }
                case DAMAGED -> damaged++;
                case READ -> {
                    blocks++;
                    if (decoder.matchingCount > 0) {
                        try {
                            visitor.visit(block, decoder.matching, decoder.matchingCount);
                        } catch (IOException e) {
                            throw new VisitorException(e);
                        }
                    }
                    isEnough = !visitor.goesOn(decoder.receivedNanos());
                }
            }
            done += decoder.blockLength();
            visitor.progress(Math.min(done, total), total);
        }
    }

    /** What the visitor threw, told from what the files did. */
    private static final class VisitorException extends IOException {
        private static final long serialVersionUID = 1;
        private final IOException cause;

        VisitorException(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
