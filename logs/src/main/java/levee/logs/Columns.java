package levee.logs;

import java.util.Arrays;

/** Which column of a log holds which field, as its header says. */
final class Columns {
    private static final int MAXIMUM_COLUMNS = 1024;

    private final ColumnCursor cursor;
    private final byte[] unset;
    private final byte[] empty;
    private final int[] fieldOfColumn;

    private Columns(ColumnCursor cursor, byte[] unset, byte[] empty, int[] fieldOfColumn) {
        this.cursor = cursor;
        this.unset = unset;
        this.empty = empty;
        this.fieldOfColumn = fieldOfColumn;
    }

    /**
     * Reads a header. A name ends at its first space: labels are sometimes appended to a header with spaces.
     *
     * @param fields receives the names, each as its own field
     * @param unset what stands for a value that is not there
     * @param empty what stands for a value without content
     */
    static Columns ofHeader(
            byte[] header,
            int from,
            int to,
            ColumnCursor cursor,
            Schema schema,
            Fields fields,
            byte[] unset,
            byte[] empty) {
        int[] fieldOfColumn = new int[MAXIMUM_COLUMNS];
        int count = 0;
        int used = 0;
        fields.clear(header);
        cursor.begin(header, from, to);
        while (count < MAXIMUM_COLUMNS && cursor.advance()) {
            int field = schema.fieldNamed(header, cursor.start(), nameEnd(header, cursor.start(), cursor.end()));
            fieldOfColumn[count++] = field;
            if (field != Schema.UNKNOWN) {
                fields.set(field, cursor.start(), cursor.end());
                used = count;
            }
        }
        return new Columns(cursor, unset, empty, Arrays.copyOf(fieldOfColumn, used));
    }

    private static int nameEnd(byte[] header, int start, int end) {
        for (int i = start; i < end; i++) {
            if (header[i] == ' ') {
                return i;
            }
        }
        return end;
    }

    /** The field in the last column that is used, or {@link Schema#UNKNOWN}. */
    int lastField() {
        return fieldOfColumn.length == 0 ? Schema.UNKNOWN : fieldOfColumn[fieldOfColumn.length - 1];
    }

    /** Finds the fields of a line; false if the line has too few columns. */
    boolean read(byte[] line, int from, int to, Fields fields) {
        fields.clear(line);
        cursor.begin(line, from, to);
        for (int field : fieldOfColumn) {
            if (!cursor.advance()) {
                return false;
            }
            if (field != Schema.UNKNOWN && !isMarker(unset, line) && !isMarker(empty, line)) {
                fields.set(field, cursor.start(), cursor.end());
            }
        }
        return true;
    }

    private boolean isMarker(byte[] marker, byte[] line) {
        return marker.length == cursor.end() - cursor.start()
                && Arrays.equals(marker, 0, marker.length, line, cursor.start(), cursor.end());
    }
}
