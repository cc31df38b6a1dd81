package levee.logs;

/** Goes through the columns of a line. A column may be quoted, with quotes in it doubled, where the format says so. */
final class ColumnCursor {
    private final byte separator;
    private final boolean quotes;
    private byte[] bytes = new byte[0];
    private int next;
    private int lineEnd;
    private int start;
    private int end;

    ColumnCursor(byte separator, boolean quotes) {
        this.separator = separator;
        this.quotes = quotes;
    }

    void begin(byte[] line, int from, int to) {
        bytes = line;
        next = from;
        lineEnd = to;
    }

    /** Goes to the next column; false after the last. */
    boolean advance() {
        if (next > lineEnd) {
            return false;
        }
        if (quotes && next < lineEnd && bytes[next] == '"') {
            start = next + 1;
            end = closingQuote(start);
            next = indexOfSeparator(Math.min(end + 1, lineEnd)) + 1;
        } else {
            start = next;
            end = indexOfSeparator(next);
            next = end + 1;
        }
        return true;
    }

    private int indexOfSeparator(int from) {
        int i = from;
        while (i < lineEnd && bytes[i] != separator) {
            i++;
        }
        return i;
    }

    private int closingQuote(int from) {
        int i = from;
        while (i < lineEnd) {
            if (bytes[i] == '"') {
                if (i + 1 >= lineEnd || bytes[i + 1] != '"') {
                    return i;
                }
                i++;
            }
            i++;
        }
        return lineEnd;
    }

    /** Index of the column's first byte. */
    int start() {
        return start;
    }

    /** Index after the column's last byte. */
    int end() {
        return end;
    }
}
