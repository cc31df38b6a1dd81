package levee.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/**
 * Columns parted by commas or tabs, with their names in the first line. The header may come again, as it does in joined
 * files.
 */
final class CsvLines implements LineFormat {
    private static final byte[] UNSET = {'-'};
    private static final byte[] EMPTY = "(empty)".getBytes(US_ASCII);

    private final Schema schema;
    private Optional<Columns> columns = Optional.empty();
    private byte[] firstName = new byte[0];

    CsvLines(Schema schema) {
        this.schema = schema;
    }

    @Override
    public Escapes escapes() {
        return Escapes.QUOTES;
    }

    @Override
    public boolean isRecognised() {
        return columns.isPresent();
    }

    @Override
    public Line read(byte[] bytes, int start, int end, Fields fields) {
        if (start == end) {
            return Line.OTHER;
        }
        boolean mayBeHeader = columns.isEmpty() || startsWithFirstName(bytes, start, end);
        if (mayBeHeader && readHeader(bytes, start, end, fields)) {
            return Line.OTHER;
        }
        boolean complete = columns.isPresent() && columns.get().read(bytes, start, end, fields);
        return complete && schema.hasRequired(fields) ? Line.RECORD : Line.UNREADABLE;
    }

    /** A cheap test that no record passes. */
    private boolean startsWithFirstName(byte[] bytes, int start, int end) {
        return end - start >= firstName.length
                && Arrays.equals(firstName, 0, firstName.length, bytes, start, start + firstName.length);
    }

    private boolean readHeader(byte[] bytes, int start, int end, Fields fields) {
        ColumnCursor cursor = new ColumnCursor(separator(bytes, start, end), true);
        Columns found = Columns.ofHeader(bytes, start, end, cursor, schema, fields, UNSET, EMPTY);
        if (!schema.describes(fields)) {
            return false;
        }
        columns = Optional.of(found);
        cursor.begin(bytes, start, end);
        cursor.advance();
        firstName = Arrays.copyOfRange(bytes, start, cursor.end());
        return true;
    }

    private static byte separator(byte[] header, int start, int end) {
        for (int i = start; i < end; i++) {
            if (header[i] == '\t') {
                return '\t';
            }
        }
        return ',';
    }
}
