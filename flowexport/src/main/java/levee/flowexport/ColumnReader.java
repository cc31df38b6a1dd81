package levee.flowexport;

/**
 * The loops that read one field of many records. {@code at} is the index of the first one, {@code stride} the way to the
 * next; {@code row} is where they go in {@code column}.
 */
final class ColumnReader {
    private ColumnReader() {}

    static void numbers(byte[] bytes, int at, int width, int stride, int count, long[] column, int row) {
        switch (width) {
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    column[row + i] = BigEndian.unsignedInteger(bytes, at + i * stride);
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    column[row + i] = BigEndian.longInteger(bytes, at + i * stride);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    column[row + i] = BigEndian.number(bytes, at + i * stride, width);
                }
            }
        }
    }

    static void integers(byte[] bytes, int at, int width, int stride, int count, int[] column, int row) {
        switch (width) {
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    column[row + i] = BigEndian.unsignedShort(bytes, at + i * stride);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    column[row + i] = BigEndian.integer(bytes, at + i * stride);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    column[row + i] = (int) BigEndian.number(bytes, at + i * stride, width);
                }
            }
        }
    }

    static void shorts(byte[] bytes, int at, int width, int stride, int count, char[] column, int row) {
        if (width == 2) {
            for (int i = 0; i < count; i++) {
                column[row + i] = BigEndian.unsignedShort(bytes, at + i * stride);
            }
        } else {
            for (int i = 0; i < count; i++) {
                column[row + i] = (char) BigEndian.number(bytes, at + i * stride, width);
            }
        }
    }

    /** The lowest eight bits: flags of two bytes have reserved bits and ECN's nonce sum above them. */
    static void lastBytes(byte[] bytes, int at, int width, int stride, int count, byte[] column, int row) {
        for (int i = 0; i < count; i++) {
            column[row + i] = bytes[at + width - 1 + i * stride];
        }
    }
}
