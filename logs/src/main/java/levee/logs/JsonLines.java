package levee.logs;

/**
 * One JSON object a line. Only its own members are looked at: members of nested objects and arrays are skipped, and so
 * are members of other names. Strings are taken as they stand, with their escapes: nothing that is used needs one.
 */
final class JsonLines implements LineFormat {
    private static final int FAILED = -1;

    private final Schema schema;
    private boolean recognised;

    JsonLines(Schema schema) {
        this.schema = schema;
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
        boolean complete = readObject(bytes, i, end, fields);
        // The object may be cut off where only the beginning of a log is known.
        recognised = recognised || schema.describes(fields);
        return complete && schema.hasRequired(fields) ? Line.RECORD : Line.UNREADABLE;
    }

    private boolean readObject(byte[] bytes, int start, int end, Fields fields) {
        if (bytes[start] != '{') {
            return false;
        }
        int i = skipSpace(bytes, start + 1, end);
        if (i < end && bytes[i] == '}') {
            return skipSpace(bytes, i + 1, end) == end;
        }
        while (i < end && bytes[i] == '"') {
            int nameEnd = stringEnd(bytes, i + 1, end);
            if (nameEnd == FAILED) {
                return false;
            }
            int field = schema.fieldNamed(bytes, i + 1, nameEnd);
            i = skipSpace(bytes, nameEnd + 1, end);
            if (i == end || bytes[i] != ':') {
                return false;
            }
            i = readValue(bytes, skipSpace(bytes, i + 1, end), end, fields, field);
            if (i == FAILED || i == end) {
                return false;
            }
            if (bytes[i] == '}') {
                return skipSpace(bytes, i + 1, end) == end;
            }
            if (bytes[i] != ',') {
                return false;
            }
            i = skipSpace(bytes, i + 1, end);
        }
        return false;
    }

    /** Goes over a value and the space after it. */
    private static int readValue(byte[] bytes, int start, int end, Fields fields, int field) {
        if (start == end) {
            return FAILED;
        }
        int valueStart = start;
        int valueEnd;
        int next;
        switch (bytes[start]) {
            case '"' -> {
                valueStart = start + 1;
                valueEnd = stringEnd(bytes, valueStart, end);
                next = valueEnd + 1;
            }
            case '{', '[' -> {
                valueEnd = start;
                next = skipNested(bytes, start, end);
            }
            default -> {
                valueEnd = literalEnd(bytes, start, end);
                next = valueEnd;
            }
        }
        if (valueEnd == FAILED || next == FAILED || next == start) {
            return FAILED;
        }
        if (field != Schema.UNKNOWN) {
            boolean isNull = bytes[start] == 'n';
            fields.set(field, valueStart, isNull ? valueStart : valueEnd);
        }
        return skipSpace(bytes, next, end);
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

    private static int skipSpace(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] <= ' ' && bytes[i] >= 0) {
            i++;
        }
        return i;
    }
}
