package levee.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The media types of programs for a machine. What is of no type in particular, such as octets, may be anything. */
public final class ProgramTypes {
    private static final byte[] APPLICATION = "application/".getBytes(US_ASCII);

    /** ELF as libmagic and Zeek call it, and what Windows runs, as those and the tables of web servers call it. */
    private static final byte[][] SUBTYPES = {
        "x-executable".getBytes(US_ASCII),
        "x-pie-executable".getBytes(US_ASCII),
        "x-elf".getBytes(US_ASCII),
        "x-dosexec".getBytes(US_ASCII),
        "x-msdownload".getBytes(US_ASCII),
        "x-msdos-program".getBytes(US_ASCII),
        "vnd.microsoft.portable-executable".getBytes(US_ASCII),
    };

    private ProgramTypes() {}

    /**
     * Whether a media type (RFC 9110 section 8.3.1), in any case and with or without parameters, is that of a program.
     *
     * @param start index of its first byte
     * @param end index behind its last one
     */
    public static boolean has(byte[] bytes, int start, int end) {
        int subtype = start + APPLICATION.length;
        if (subtype > end || !equals(bytes, start, subtype, APPLICATION)) {
            return false;
        }
        int subtypeEnd = subtype;
        while (subtypeEnd < end && bytes[subtypeEnd] > ' ' && bytes[subtypeEnd] != ';') {
            subtypeEnd++;
        }
        for (byte[] program : SUBTYPES) {
            if (equals(bytes, subtype, subtypeEnd, program)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equals(byte[] bytes, int start, int end, byte[] text) {
        if (end - start != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[start + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
