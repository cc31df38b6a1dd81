package levee.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/**
 * Zeek's own format: {@code #} headers that give the separator, the marks for missing and empty values and the names of
 * the columns; any number of times, since logs are often joined.
 */
final class TsvLines implements LineFormat {
    private static final byte[] SEPARATOR = "#separator".getBytes(US_ASCII);
    private static final byte[] UNSET = "#unset_field".getBytes(US_ASCII);
    private static final byte[] EMPTY = "#empty_field".getBytes(US_ASCII);
    private static final byte[] FIELDS = "#fields".getBytes(US_ASCII);

    private final Schema schema;
    private byte separator = '\t';
    private byte[] unset = {'-'};
    private byte[] empty = "(empty)".getBytes(US_ASCII);
    private Optional<Columns> columns = Optional.empty();
    private int lastField = Schema.UNKNOWN;
    private boolean recognised;

    TsvLines(Schema schema) {
        this.schema = schema;
    }

    @Override
    public Escapes escapes() {
        return Escapes.ZEEK;
    }

    @Override
    public boolean isRecognised() {
        return recognised;
    }

    @Override
    public Line read(byte[] bytes, int start, int end, Fields fields) {
        if (start == end) {
            return Line.OTHER;
        }
        if (bytes[start] == '#') {
            readHeader(bytes, start, end, fields);
            return Line.OTHER;
        }
        if (columns.isEmpty() || !columns.get().read(bytes, start, end, fields)) {
            return Line.UNREADABLE;
        }
        if (lastField != Schema.UNKNOWN) {
            // Labels may have been appended to the last column with spaces.
            fields.cutAtSpace(lastField);
        }
        return schema.hasRequired(fields) ? Line.RECORD : Line.UNREADABLE;
    }

    private void readHeader(byte[] bytes, int start, int end, Fields fields) {
        if (startsWith(SEPARATOR, bytes, start, end)) {
            byte[] value = unescaped(bytes, Math.min(start + SEPARATOR.length + 1, end), end);
            separator = value.length > 0 ? value[0] : (byte) '\t';
        } else if (startsWith(UNSET, bytes, start, end)) {
            unset = unescaped(bytes, Math.min(start + UNSET.length + 1, end), end);
        } else if (startsWith(EMPTY, bytes, start, end)) {
            empty = unescaped(bytes, Math.min(start + EMPTY.length + 1, end), end);
        } else if (startsWith(FIELDS, bytes, start, end)) {
            int names = Math.min(start + FIELDS.length + 1, end);
            Columns found = Columns.ofHeader(
                    bytes, names, end, new ColumnCursor(separator, false), schema, fields, unset, empty);
            boolean ours = schema.describes(fields);
            columns = ours ? Optional.of(found) : Optional.empty();
            lastField = found.lastField();
            recognised |= ours;
        }
    }

    private static boolean startsWith(byte[] name, byte[] bytes, int start, int end) {
        return end - start >= name.length && Arrays.equals(name, 0, name.length, bytes, start, start + name.length);
    }

    /** The bytes with {@code \x09} and its like replaced by what they stand for. */
    private static byte[] unescaped(byte[] bytes, int start, int end) {
        byte[] plain = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            if (isEscape(bytes, i, end)) {
                plain[length++] = (byte) (Numbers.hexDigit(bytes[i + 2]) << 4 | Numbers.hexDigit(bytes[i + 3]));
                i += 3;
            } else {
                plain[length++] = bytes[i];
            }
        }
        return Arrays.copyOf(plain, length);
    }

    private static boolean isEscape(byte[] bytes, int i, int end) {
        return i + 3 < end
                && bytes[i] == '\\'
                && bytes[i + 1] == 'x'
                && Numbers.hexDigit(bytes[i + 2]) >= 0
                && Numbers.hexDigit(bytes[i + 3]) >= 0;
    }
}
