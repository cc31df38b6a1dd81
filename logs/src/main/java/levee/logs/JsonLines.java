package levee.logs;

import java.util.Arrays;

/**
 * One JSON object a line. Members of nested objects are looked at where the schema names them with their path, as {@code
 * tls.ja3.hash}; everything else is skipped. Strings are taken as they stand, with their escapes.
 */
final class JsonLines implements LineFormat {
    static final int FAILED = -1;

    private static final int LONGEST_PATH = 64;

    private final Schema schema;
    private final byte[] path = new byte[LONGEST_PATH];
    private boolean recognised;

    JsonLines(Schema schema) {
        this.schema = schema;
    }

    @Override
    public Escapes escapes() {
        return Escapes.JSON;
    }

    @Override
    public boolean isRecognised() {
        return recognised;
    }

    @Override
    public Line read(byte[] bytes, int start, int end, Fields fields) {
        int i = skipSpace(bytes, start, end);
        if (i == end) {
            return Line.OTHER;
        }
        fields.clear(bytes);
        int next = bytes[i] == '{' ? readObject(bytes, i, end, fields, 0) : FAILED;
        boolean complete = next != FAILED && skipSpace(bytes, next, end) == end;
        // The object may be cut off where only the beginning of a log is known.
        recognised = recognised || schema.describes(fields);
        return complete && schema.hasRequired(fields) ? Line.RECORD : Line.UNREADABLE;
    }

    /**
     * Goes over an object, whose first byte is at {@code start}.
     *
     * @param pathLength how much of {@link #path} is before the names of its members
     * @return the index after it
     */
    private int readObject(byte[] bytes, int start, int end, Fields fields, int pathLength) {
        int i = skipSpace(bytes, start + 1, end);
        if (i < end && bytes[i] == '}') {
            return i + 1;
        }
        while (i < end && bytes[i] == '"') {
            int nameStart = i + 1;
            int nameEnd = stringEnd(bytes, nameStart, end);
            if (nameEnd == FAILED) {
                return FAILED;
            }
            i = skipSpace(bytes, nameEnd + 1, end);
            if (i == end || bytes[i] != ':') {
                return FAILED;
            }
            i = readMember(bytes, nameStart, nameEnd, skipSpace(bytes, i + 1, end), end, fields, pathLength);
            if (i == FAILED || i == end) {
                return FAILED;
            }
            if (bytes[i] == '}') {
                return i + 1;
            }
            if (bytes[i] != ',') {
                return FAILED;
            }
            i = skipSpace(bytes, i + 1, end);
        }
        return FAILED;
    }

    /** Goes over a value and the space after it. */
    private int readMember(
            byte[] bytes, int nameStart, int nameEnd, int start, int end, Fields fields, int pathLength) {
        if (start == end) {
            return FAILED;
        }
        int next;
        if (bytes[start] == '{' || bytes[start] == '[') {
            next = readNested(bytes, nameStart, nameEnd, start, end, fields, pathLength);
        } else {
            int field;
            if (pathLength == 0) {
                field = schema.fieldNamed(bytes, nameStart, nameEnd);
            } else {
                field = schema.fieldNamed(path, 0, lengthenPath(bytes, nameStart, nameEnd, pathLength));
            }
            next = readPlain(bytes, start, end, fields, field);
        }
        return next == FAILED ? FAILED : skipSpace(bytes, next, end);
    }

    private static int readPlain(byte[] bytes, int start, int end, Fields fields, int field) {
        int valueStart = start;
        int valueEnd;
        int next;
        if (bytes[start] == '"') {
            valueStart = start + 1;
            valueEnd = stringEnd(bytes, valueStart, end);
            next = valueEnd + 1;
        } else {
            valueEnd = literalEnd(bytes, start, end);
            next = valueEnd;
        }
        if (valueEnd == FAILED || next == start) {
            return FAILED;
        }
        if (field != Schema.UNKNOWN) {
            boolean isNull = bytes[start] == 'n';
            fields.set(field, valueStart, isNull ? valueStart : valueEnd);
        }
        return next;
    }

    /** Goes over an object or a list; of a list of objects the first may hold fields. */
    private int readNested(
            byte[] bytes, int nameStart, int nameEnd, int start, int end, Fields fields, int pathLength) {
        int length = lengthenPath(bytes, nameStart, nameEnd, pathLength);
        boolean hasFields = schema.isPath(path, 0, length);
        if (bytes[start] == '{') {
            return hasFields ? readObject(bytes, start, end, fields, withDot(length)) : skipNested(bytes, start, end);
        }
        int next = skipNested(bytes, start, end);
        if (next == FAILED) {
            return FAILED;
        }
        int field = schema.fieldNamed(path, 0, length);
        if (field != Schema.UNKNOWN && schema.isList(field)) {
            fields.set(field, start, next);
        } else if (hasFields) {
            int first = skipSpace(bytes, start + 1, next);
            if (bytes[first] == '{') {
                // What it holds was found to be sound or is as good as not there.
                readObject(bytes, first, next, fields, withDot(length));
            }
        }
        return next;
    }

    /** Adds a name to the path; the length is 0 if there is no room for it. */
    private int lengthenPath(byte[] bytes, int nameStart, int nameEnd, int pathLength) {
        int length = nameEnd - nameStart;
        if (length > path.length - 1 - pathLength) {
            return 0;
        }
        System.arraycopy(bytes, nameStart, path, pathLength, length);
        return pathLength + length;
    }

    private int withDot(int length) {
        path[length] = '.';
        return length + 1;
    }

    /**
     * The value of the text or number that is a member of an object.
     *
     * @param where receives first index and index after the last; equal ones where there is no such member
     */
    static void findMember(byte[] bytes, int start, int end, byte[] name, int[] where) {
        where[0] = start;
        where[1] = start;
        int i = skipSpace(bytes, start + 1, end);
        while (i < end && bytes[i] == '"') {
            int nameStart = i + 1;
            int nameEnd = stringEnd(bytes, nameStart, end);
            i = nameEnd == FAILED ? end : skipSpace(bytes, nameEnd + 1, end);
            if (i == end || bytes[i] != ':') {
                return;
            }
            i = skipSpace(bytes, i + 1, end);
            if (i == end) {
                return;
            }
            boolean isIt = Arrays.equals(bytes, nameStart, nameEnd, name, 0, name.length);
            int next = valueEnd(bytes, i, end);
            if (next == FAILED || next == i) {
                return;
            }
            if (isIt) {
                boolean isText = bytes[i] == '"';
                where[0] = isText ? i + 1 : i;
                where[1] = isText ? next - 1 : next;
                return;
            }
            i = skipSpace(bytes, next, end);
            if (i == end || bytes[i] != ',') {
                return;
            }
            i = skipSpace(bytes, i + 1, end);
        }
    }

    /** The index after a value of any kind. */
    static int valueEnd(byte[] bytes, int start, int end) {
        return switch (bytes[start]) {
            case '"' -> {
                int quote = stringEnd(bytes, start + 1, end);
                yield quote == FAILED ? FAILED : quote + 1;
            }
            case '{', '[' -> skipNested(bytes, start, end);
            default -> literalEnd(bytes, start, end);
        };
    }

    private static int skipNested(byte[] bytes, int start, int end) {
        int depth = 0;
        for (int i = start; i < end; i++) {
            switch (bytes[i]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    i = stringEnd(bytes, i + 1, end);
                    if (i == FAILED) {
                        return FAILED;
                    }
                }
                default -> {}
            }
            if (depth == 0) {
                return i + 1;
            }
        }
        return FAILED;
    }

    /** Index of the closing quote. */
    private static int stringEnd(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '"') {
                return i;
            }
            if (bytes[i] == '\\') {
                i++;
            }
        }
        return FAILED;
    }

    private static int literalEnd(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] != ',' && bytes[i] != '}' && bytes[i] != ']' && bytes[i] > ' ') {
            i++;
        }
        return i;
    }

    static int skipSpace(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] <= ' ' && bytes[i] >= 0) {
            i++;
        }
        return i;
    }
}
