package levee.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place of the last row of a page in its list. As text it is opaque; whoever changes it gets an error or another
 * place of the same list.
 *
 * @param list which list, as a letter
 * @param number by which the list is ordered
 * @param name by which it is ordered where numbers are the same
 */
record Cursor(char list, long number, String name) {
    static final char FINDINGS = 'f';
    static final char AUDIT = 'a';

    private static final int HEAD_BYTES = 1 + Long.BYTES;

    String text() {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + bytes.length);
        buffer.put((byte) list).putLong(number).put(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is no cursor of this list
     */
    static Cursor parse(char list, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notACursor();
        }
        if (bytes.length < HEAD_BYTES || bytes[0] != list) {
            throw notACursor();
        }
        String name = new String(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES, StandardCharsets.UTF_8);
        if (name.length() > StoreLimits.MOST_NAME_CHARACTERS || name.indexOf('\0') >= 0) {
            throw notACursor();
        }
        return new Cursor(list, ByteBuffer.wrap(bytes).getLong(1), name);
    }

    private static IllegalArgumentException notACursor() {
        return new IllegalArgumentException("the cursor is not one that this list gave; begin again without a cursor");
    }
}
