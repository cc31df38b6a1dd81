package levee.capture;

/** What readers of payloads do with bytes in an array, in network order. Indexes are checked by the callers. */
final class Octets {
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Octets() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static int u24(byte[] bytes, int at) {
        return u16(bytes, at) << 8 | bytes[at + 2] & 0xff;
    }

    static int i32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    static long i64(byte[] bytes, int at) {
        return (long) i32(bytes, at) << 32 | i32(bytes, at + 4) & 0xffff_ffffL;
    }

    static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    static byte lowerCase(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    /** Whether the bytes from {@code at} to {@code end} begin with a text, which is in lower case, in any case. */
    static boolean startsWith(byte[] bytes, int at, int end, byte[] text) {
        if (at > end - text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (lowerCase(bytes[at + i]) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** The index of an octet, or {@code end} if it does not come before. */
    static int find(byte[] bytes, int at, int end, char octet) {
        int i = at;
        while (i < end && bytes[i] != octet) {
            i++;
        }
        return i;
    }

    static int skipBlanks(byte[] bytes, int at, int end) {
        int i = at;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** The index behind a line's text, whose line feed, or else the end of what is there, is at {@code feed}. */
    static int trimmed(byte[] bytes, int start, int feed) {
        int end = feed;
        while (end > start && (bytes[end - 1] == '\r' || bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    /** Writes two hexadecimal digits. */
    static int hex(int octet, byte[] target, int at) {
        target[at] = DIGITS[octet >>> 4 & 0xf];
        target[at + 1] = DIGITS[octet & 0xf];
        return at + 2;
    }

    /** Writes a number of up to five decimal digits. */
    static int decimal(int number, byte[] target, int at) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = DIGITS[rest % 10];
            rest /= 10;
        }
        return at + digits;
    }
}
