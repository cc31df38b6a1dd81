package levee.logs;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into lines within one buffer. A line ends at a line feed or at the end of the stream; a carriage return
 * before it and a byte order mark at the start of the stream are left out. Lines over {@link #MAXIMUM_LENGTH} are
 * skipped and counted.
 */
final class LineReader {
    static final int MAXIMUM_LENGTH = 64 * 1024;

    private static final int BUFFER_SIZE = 4 * MAXIMUM_LENGTH;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_SIZE];

    /** Unread bytes are {@code buffer[position .. limit-1]}. */
    private int position;

    private int limit;
    private boolean atEnd;
    private boolean begun;
    private int lineStart;
    private int lineEnd;
    private long bytesRead;
    private long overlongLines;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        int searched = position;
        boolean overlong = false;
        while (true) {
            int newline = indexOfNewline(searched);
            if (newline >= 0 || atEnd) {
                int end = newline >= 0 ? newline : limit;
                int start = position;
                position = newline >= 0 ? newline + 1 : limit;
                if (overlong || end - start > MAXIMUM_LENGTH) {
                    overlongLines++;
                    overlong = false;
                } else if (newline >= 0 || start < end) {
                    setLine(start, end);
                    return true;
                }
                if (newline < 0) {
                    return false;
                }
                searched = position;
                continue;
            }
            if (limit - position > MAXIMUM_LENGTH) {
                overlong = true;
                position = limit;
            }
            searched = fill(limit);
        }
    }

    private void setLine(int start, int end) {
        lineStart = start;
        lineEnd = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        if (!begun) {
            begun = true;
            lineStart += byteOrderMark(buffer, lineStart, lineEnd);
        }
    }

    /** The length of the UTF-8 byte order mark that the bytes begin with; 0 if there is none. */
    static int byteOrderMark(byte[] bytes, int start, int end) {
        boolean marked = end - start >= 3
                && bytes[start] == (byte) 0xef
                && bytes[start + 1] == (byte) 0xbb
                && bytes[start + 2] == (byte) 0xbf;
        return marked ? 3 : 0;
    }

    private int indexOfNewline(int from) {
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads more; returns where {@code index} is now. */
    private int fill(int index) throws IOException {
        int moved = 0;
        if (buffer.length - limit < MAXIMUM_LENGTH) {
            moved = position;
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= moved;
            position = 0;
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            atEnd = true;
        } else {
            limit += count;
            bytesRead += count;
        }
        return index - moved;
    }

    /** Holds the line; its content is there until the next call of {@link #next}. */
    byte[] buffer() {
        return buffer;
    }

    /** Index of the line's first byte. */
    int start() {
        return lineStart;
    }

    /** Index after the line's last byte, without line feed and carriage return. */
    int end() {
        return lineEnd;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** Lines skipped so far for their length. */
    long overlongLines() {
        return overlongLines;
    }
}
