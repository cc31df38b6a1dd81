package levee.logs;

/** How a log writes characters that its form gives another meaning. */
enum Escapes {
    /** {@code \x09}, and a backslash twice: Zeek's own form. Values of a list are parted by commas. */
    ZEEK((byte) '\\'),
    /** RFC 8259 section 7; what {@code \\u} names becomes UTF-8. A list is an array. */
    JSON((byte) '\\'),
    /** Quotes twice. Values of a list are parted by commas. */
    QUOTES((byte) '"');

    private static final int REPLACEMENT = 0xfffd;

    private final byte mark;

    Escapes(byte mark) {
        this.mark = mark;
    }

    /** Whether the text has to be unescaped. */
    boolean areIn(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == mark) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the text that is meant.
     *
     * @param target what finds no room in it is left out
     * @return how many bytes were written
     */
    int unescape(byte[] bytes, int start, int end, byte[] target) {
        int length = 0;
        int i = start;
        // A character is four bytes at the most.
        while (i < end && length <= target.length - 4) {
            byte b = bytes[i++];
            if (b != mark || i == end) {
                target[length++] = b;
                continue;
            }
            byte next = bytes[i++];
            switch (this) {
                case ZEEK -> {
                    int value = next == 'x' ? hexadecimal(bytes, i, end, 2) : -1;
                    i += value >= 0 ? 2 : 0;
                    target[length++] = value >= 0 ? (byte) value : next;
                }
                case QUOTES -> target[length++] = next;
                case JSON -> {
                    int unit = next == 'u' ? hexadecimal(bytes, i, end, 4) : -1;
                    if (unit < 0) {
                        target[length++] = control(next);
                        continue;
                    }
                    i += 4;
                    int low = Character.isHighSurrogate((char) unit) ? lowSurrogate(bytes, i, end) : -1;
                    i += low >= 0 ? 6 : 0;
                    length = encode(low >= 0 ? Character.toCodePoint((char) unit, (char) low) : unit, target, length);
                }
            }
        }
        return length;
    }

    private static int lowSurrogate(byte[] bytes, int i, int end) {
        if (i > end - 6 || bytes[i] != '\\' || bytes[i + 1] != 'u') {
            return -1;
        }
        int unit = hexadecimal(bytes, i + 2, end, 4);
        return unit >= 0 && Character.isLowSurrogate((char) unit) ? unit : -1;
    }

    private static byte control(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> letter;
        };
    }

    /** The value of so many hexadecimal digits; -1 if there are fewer. */
    private static int hexadecimal(byte[] bytes, int start, int end, int digits) {
        if (start > end - digits) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = Numbers.hexDigit(bytes[i]);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** UTF-8 (RFC 3629 section 3). */
    private static int encode(int character, byte[] target, int at) {
        boolean alone = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        int c = alone ? REPLACEMENT : character;
        int length = at;
        if (c < 0x80) {
            target[length++] = (byte) c;
        } else if (c < 0x800) {
            target[length++] = (byte) (0xc0 | c >> 6);
            target[length++] = (byte) (0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            target[length++] = (byte) (0xe0 | c >> 12);
            target[length++] = (byte) (0x80 | c >> 6 & 0x3f);
            target[length++] = (byte) (0x80 | c & 0x3f);
        } else {
            target[length++] = (byte) (0xf0 | c >> 18);
            target[length++] = (byte) (0x80 | c >> 12 & 0x3f);
            target[length++] = (byte) (0x80 | c >> 6 & 0x3f);
            target[length++] = (byte) (0x80 | c & 0x3f);
        }
        return length;
    }
}
