package levee.indicator;

import java.io.IOException;
import java.io.InputStream;

/** The lines of a stream, as bytes in place. */
final class Lines {
    /** Longer lines are cut off; the rest of one is passed over. */
    static final int LONGEST_LINE = 1 << 16;

    private final InputStream in;

    /** Holds the line from {@link #start} to {@link #end}, until the next one is read. */
    final byte[] bytes = new byte[4 * LONGEST_LINE];

    int start;
    int end;

    /** From 1. */
    long number;

    boolean isCut;

    private int next;
    private int limit;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line, without its end and the white space around it; false where there is none. */
    boolean next() throws IOException {
        isCut = false;
        int from = next;
        int at = next;
        while (true) {
            if (at == limit) {
                if (from > 0) {
                    System.arraycopy(bytes, from, bytes, 0, limit - from);
                    limit -= from;
                    at -= from;
                    from = 0;
                }
                if (limit - from > LONGEST_LINE) {
                    isCut = true;
                    limit = LONGEST_LINE;
                    at = limit;
                }
                int read = in.read(bytes, limit, bytes.length - limit);
                if (read <= 0) {
                    next = limit;
                    if (from == limit) {
                        return false;
                    }
                    break;
                }
                limit += read;
            }
            if (bytes[at] == '\n') {
                next = at + 1;
                break;
            }
            at++;
        }
        number++;
        start = from;
        end = at - from > LONGEST_LINE ? from + LONGEST_LINE : at;
        isCut |= end < at;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        return true;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\f';
    }
}
