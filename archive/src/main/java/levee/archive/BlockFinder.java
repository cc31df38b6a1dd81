package levee.archive;

import java.io.IOException;
import java.util.Arrays;

/** Finds the blocks of a file, past what is damaged. */
final class BlockFinder {
    /** More small blocks are in no file of ours; where they begin takes eight bytes each. */
    private static final int MOST_BLOCKS = 1 << 20;

    private static final int CHUNK = 1 << 16;

    private final byte[] bytes = new byte[BlockHeader.MOST_BYTES];
    private final byte[] chunk = new byte[CHUNK];
    private final BlockHeader header = new BlockHeader();

    long[] offsets = new long[64];
    int count;

    /** Stretches of bytes that are no blocks. */
    long damaged;

    /** Whether the last block is not whole: it is being written, or was when the process ended. */
    boolean isCutOff;

    /** Finds them all; the offsets are valid until the next call. */
    void find(ByteSource source) throws IOException {
        count = 0;
        damaged = 0;
        isCutOff = false;
        long length = source.length();
        long position = 0;
        while (position < length && count < MOST_BLOCKS) {
            int read = readHeader(source, position, header);
            if (read > 0 && header.blockLength() <= length - position) {
                note(position);
                position += header.blockLength();
                continue;
            }
            long next = search(source, position + 1, length);
            if (next == length) {
                // A header that says more than there is, or the first part of one, is the end of what was written.
                isCutOff = read > 0 || isBeginOfHeader(source, position, length);
                damaged += isCutOff ? 0 : 1;
                return;
            }
            damaged++;
            position = next;
        }
    }

    private void note(long position) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        offsets[count++] = position;
    }

    private boolean isBeginOfHeader(ByteSource source, long position, long length) throws IOException {
        int read = source.read(position, bytes, Long.BYTES);
        if (read < Long.BYTES) {
            return true;
        }
        return BlockHeader.getLong(bytes, 0) == BlockHeader.MAGIC && length - position < BlockHeader.MOST_BYTES;
    }

    /** Reads the header of the block that begins there; 0 if there is none, else its length. */
    int readHeader(ByteSource source, long position, BlockHeader into) throws IOException {
        int read = source.read(position, bytes, bytes.length);
        if (read < BlockHeader.FIXED) {
            return 0;
        }
        int length = BlockHeader.lengthAt(bytes, 0);
        return length > 0 && length <= read && into.read(bytes, 0) ? length : 0;
    }

    /** Where the next sound header begins, or the end. */
    private long search(ByteSource source, long from, long length) throws IOException {
        long position = from;
        while (position < length) {
            int read = source.read(position, chunk, CHUNK);
            for (int i = 0; i <= read - Long.BYTES; i++) {
                if (chunk[i] == (byte) (BlockHeader.MAGIC >>> 56)
                        && BlockHeader.getLong(chunk, i) == BlockHeader.MAGIC
                        && readHeader(source, position + i, header) > 0) {
                    return position + i;
                }
            }
            if (read < CHUNK) {
                return length;
            }
            position += read - (Long.BYTES - 1);
        }
        return length;
    }
}
