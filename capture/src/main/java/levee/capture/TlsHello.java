package levee.capture;

import java.util.Arrays;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Reads the first message of either side of a TLS connection (RFC 8446 section 4.1, RFC 5246 section 7.4.1) and names
 * what sent it: JA3 and JA3S are the MD5 of its numbers in order, JA4 is made of their counts and of the SHA-256 of
 * its numbers sorted, so that a client that shuffles its extensions keeps its name. Values for which
 * nobody cares (GREASE, RFC 8701) are left out everywhere.
 */
final class TlsHello {
    /** The longest message that is read, in bytes, with its header. */
    static final int LONGEST = 4_096;

    /** Type and length. */
    static final int HEADER = 4;

    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;

    /** No honest hello has more cipher suites, extensions, groups or signature algorithms; some 350 suites exist. */
    private static final int MOST_NUMBERS = 512;

    private static final int RANDOM = 32;
    private static final int SERVER_NAME = 0;
    private static final int GROUPS = 10;
    private static final int POINT_FORMATS = 11;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int APPLICATION_PROTOCOLS = 16;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int JA4_HASH_OCTETS = 6;

    private final Digester md5 = Digester.md5();
    private final Digester sha256 = Digester.sha256();

    /** Each number takes five digits and a dash at the most, of JA3 as of JA4. */
    private final byte[] text = new byte[6 * (4 * MOST_NUMBERS + 256) + 16];

    private int textLength;
    private final byte[] name = new byte[64];
    private final char[] numbers = new char[MOST_NUMBERS];

    // Where the parts of the message are: their first byte and the one behind.
    private int ciphers;
    private int ciphersEnd;
    private int extensions;
    private int extensionsEnd;
    private int extensionCount;
    private int serverName;
    private int serverNameEnd;
    private boolean hasServerName;
    private int groups;
    private int groupsEnd;
    private int formats;
    private int formatsEnd;
    private int algorithms;
    private int algorithmsEnd;
    private int protocol;
    private int protocolEnd;
    private int version;

    /** @param length of the whole message, which begins at the front of the array */
    void read(byte[] bytes, int length, EventWriter writer) {
        // The oldest version that both fields allow is SSL 3.0.
        if (length < HEADER + 2 + RANDOM + 1 || bytes[HEADER] != 3) {
            return;
        }
        version = Octets.u16(bytes, HEADER);
        int session = HEADER + 2 + RANDOM;
        int at = session + 1 + Octets.u8(bytes, session);
        if (at > length - 2) {
            return;
        }
        if (bytes[0] == CLIENT_HELLO) {
            readClient(bytes, at, length, writer);
        } else if (bytes[0] == SERVER_HELLO) {
            readServer(bytes, at, length, writer);
        }
    }

    private void readClient(byte[] bytes, int from, int length, EventWriter writer) {
        ciphers = from + 2;
        ciphersEnd = ciphers + Octets.u16(bytes, from);
        boolean fits = ciphersEnd <= length - 1
                && (ciphersEnd - ciphers & 1) == 0
                && ciphersEnd - ciphers <= 2 * MOST_NUMBERS
                && ciphersEnd + 1 <= length - Octets.u8(bytes, ciphersEnd);
        if (!fits || !findExtensions(bytes, ciphersEnd + 1 + Octets.u8(bytes, ciphersEnd), length)) {
            return;
        }
        EventBatch events = writer.events();
        int event = writer.request(EventKind.TLS_CLIENT_HELLO);
        int legacyVersion = Octets.u16(bytes, HEADER);
        events.type[event] = version;
        events.writeName(bytes, serverName, serverNameEnd);
        clientNumbers(bytes, legacyVersion);
        events.write(Text.DETAIL, name, 0, md5.write(text, textLength, 16, name, 0));
        events.write(Text.MORE, name, 0, ja4(bytes));
    }

    private void readServer(byte[] bytes, int at, int length, EventWriter writer) {
        // Cipher suite and compression method.
        if (at > length - 3 || !findExtensions(bytes, at + 3, length)) {
            return;
        }
        EventBatch events = writer.events();
        int event = writer.response(EventKind.TLS_SERVER_HELLO);
        int cipher = Octets.u16(bytes, at);
        events.code[event] = cipher;
        events.type[event] = version;
        textLength = Octets.decimal(Octets.u16(bytes, HEADER), text, 0);
        text[textLength++] = ',';
        textLength = Octets.decimal(cipher, text, textLength);
        text[textLength++] = ',';
        extensionNumbers(bytes);
        events.write(Text.DETAIL, name, 0, md5.write(text, textLength, 16, name, 0));
    }

    /** @return whether there are none, or their lengths fit what is there */
    private boolean findExtensions(byte[] bytes, int at, int length) {
        extensions = length;
        extensionsEnd = length;
        extensionCount = 0;
        serverName = 0;
        serverNameEnd = 0;
        hasServerName = false;
        groups = 0;
        groupsEnd = 0;
        formats = 0;
        formatsEnd = 0;
        algorithms = 0;
        algorithmsEnd = 0;
        protocol = 0;
        protocolEnd = 0;
        if (at == length) {
            return true;
        }
        if (at > length - 2 || Octets.u16(bytes, at) > length - at - 2) {
            return false;
        }
        extensions = at + 2;
        extensionsEnd = extensions + Octets.u16(bytes, at);
        int extension = extensions;
        while (extension < extensionsEnd) {
            if (extension > extensionsEnd - 4
                    || Octets.u16(bytes, extension + 2) > extensionsEnd - extension - 4
                    || extensionCount == MOST_NUMBERS) {
                return false;
            }
            int type = Octets.u16(bytes, extension);
            int data = extension + 4;
            int end = data + Octets.u16(bytes, extension + 2);
            if (!isGrease(type)) {
                extensionCount++;
            }
            note(bytes, type, data, end);
            extension = end;
        }
        return true;
    }

    private void note(byte[] bytes, int type, int data, int end) {
        switch (type) {
            case SERVER_NAME -> {
                hasServerName = true;
                noteServerName(bytes, data, end);
            }
            case GROUPS -> {
                groups = list(data, end);
                groupsEnd = groups + listLength(bytes, data, end);
            }
            case POINT_FORMATS -> {
                boolean fits = data < end && Octets.u8(bytes, data) <= end - data - 1;
                formats = data + 1;
                formatsEnd = fits ? formats + Octets.u8(bytes, data) : formats;
            }
            case SIGNATURE_ALGORITHMS -> {
                algorithms = list(data, end);
                algorithmsEnd = algorithms + listLength(bytes, data, end);
            }
            case APPLICATION_PROTOCOLS -> {
                // The first of the list (RFC 7301 section 3.1).
                int first = list(data, end);
                if (first < end && Octets.u8(bytes, first) <= end - first - 1) {
                    protocol = first + 1;
                    protocolEnd = protocol + Octets.u8(bytes, first);
                }
            }
            case SUPPORTED_VERSIONS -> noteVersions(bytes, data, end);
            default -> {}
        }
    }

    /** The first number of a list behind its length in two bytes. */
    private static int list(int data, int end) {
        return Math.min(data + 2, end);
    }

    private static int listLength(byte[] bytes, int data, int end) {
        if (data > end - 2) {
            return 0;
        }
        int length = Math.min(Octets.u16(bytes, data), end - data - 2);
        return Math.min(length & ~1, 2 * MOST_NUMBERS);
    }

    /** RFC 6066 section 3: length of the list, type zero for a host name, length of the name. */
    private void noteServerName(byte[] bytes, int data, int end) {
        if (end - data >= 5 && bytes[data + 2] == 0 && Octets.u16(bytes, data + 3) <= end - data - 5) {
            serverName = data + 5;
            serverNameEnd = serverName + Octets.u16(bytes, data + 3);
        }
    }

    /** RFC 8446 section 4.2.1: a client sends a list behind one byte of length, a server its choice. */
    private void noteVersions(byte[] bytes, int data, int end) {
        if (bytes[0] == SERVER_HELLO) {
            if (end - data == 2) {
                version = Octets.u16(bytes, data);
            }
            return;
        }
        int highest = 0;
        for (int at = data + 1; at <= end - 2; at += 2) {
            int offered = Octets.u16(bytes, at);
            if (!isGrease(offered) && offered > highest) {
                highest = offered;
            }
        }
        if (highest != 0) {
            version = highest;
        }
    }

    /** RFC 8701 section 2: 0x0a0a, 0x1a1a and so on. */
    private static boolean isGrease(int number) {
        return (number & 0x0f0f) == 0x0a0a && number >>> 8 == (number & 0xff);
    }

    /** Version, cipher suites, extensions, groups and point formats: what JA3 hashes. */
    private void clientNumbers(byte[] bytes, int legacyVersion) {
        textLength = Octets.decimal(legacyVersion, text, 0);
        text[textLength++] = ',';
        numbers(bytes, ciphers, ciphersEnd);
        text[textLength++] = ',';
        extensionNumbers(bytes);
        text[textLength++] = ',';
        numbers(bytes, groups, groupsEnd);
        text[textLength++] = ',';
        int first = textLength;
        for (int at = formats; at < formatsEnd; at++) {
            number(Octets.u8(bytes, at), first);
        }
    }

    private void numbers(byte[] bytes, int from, int end) {
        int first = textLength;
        for (int at = from; at < end; at += 2) {
            number(Octets.u16(bytes, at), first);
        }
    }

    private void extensionNumbers(byte[] bytes) {
        int first = textLength;
        for (int at = extensions; at < extensionsEnd; at += 4 + Octets.u16(bytes, at + 2)) {
            number(Octets.u16(bytes, at), first);
        }
    }

    private void number(int number, int first) {
        if (isGrease(number)) {
            return;
        }
        if (textLength > first) {
            text[textLength++] = '-';
        }
        textLength = Octets.decimal(number, text, textLength);
    }

    /**
     * Writes the name of a client by the JA4 of FoxIO: such as {@code t13d1516h2_8daaf6152771_e5627efa2ab1}.
     *
     * @return its length
     */
    private int ja4(byte[] bytes) {
        int cipherCount = collect(bytes, ciphers, ciphersEnd);
        name[0] = 't';
        versionName();
        name[3] = (byte) (hasServerName ? 'd' : 'i');
        count(cipherCount, 4);
        count(extensionCount, 6);
        protocolName(bytes);
        name[10] = '_';
        Arrays.sort(numbers, 0, cipherCount);
        textLength = 0;
        hexNumbers(cipherCount);
        int at = hash(11);
        name[at++] = '_';
        int extensionNumbers = collectExtensions(bytes);
        Arrays.sort(numbers, 0, extensionNumbers);
        textLength = 0;
        hexNumbers(extensionNumbers);
        int algorithmCount = collect(bytes, algorithms, algorithmsEnd);
        if (algorithmCount > 0) {
            text[textLength++] = '_';
            hexNumbers(algorithmCount);
        }
        return hash(at);
    }

    private void versionName() {
        int digits = switch (version) {
            case 0x0304 -> '1' << 8 | '3';
            case 0x0303 -> '1' << 8 | '2';
            case 0x0302 -> '1' << 8 | '1';
            case 0x0301 -> '1' << 8 | '0';
            case 0x0300 -> 's' << 8 | '3';
            default -> '0' << 8 | '0';
        };
        name[1] = (byte) (digits >>> 8);
        name[2] = (byte) digits;
    }

    private void count(int count, int at) {
        int shown = Math.min(count, 99);
        name[at] = (byte) ('0' + shown / 10);
        name[at + 1] = (byte) ('0' + shown % 10);
    }

    /** The first and last character of the protocol wanted most; of its digits where these are no letters or digits. */
    private void protocolName(byte[] bytes) {
        if (protocol == protocolEnd) {
            name[8] = '0';
            name[9] = '0';
            return;
        }
        byte first = bytes[protocol];
        byte last = bytes[protocolEnd - 1];
        if (isLetterOrDigit(first) && isLetterOrDigit(last)) {
            name[8] = first;
            name[9] = last;
        } else {
            Octets.hex(last, name, 8);
            byte digit = name[9];
            Octets.hex(first, name, 8);
            name[9] = digit;
        }
    }

    private static boolean isLetterOrDigit(byte octet) {
        byte lower = Octets.lowerCase(octet);
        return Octets.isDigit(octet) || lower >= 'a' && lower <= 'z';
    }

    private int collect(byte[] bytes, int from, int end) {
        int count = 0;
        for (int at = from; at < end; at += 2) {
            int number = Octets.u16(bytes, at);
            if (!isGrease(number)) {
                numbers[count++] = (char) number;
            }
        }
        return count;
    }

    /** Without server name and application protocols, which depend on where a client goes. */
    private int collectExtensions(byte[] bytes) {
        int count = 0;
        for (int at = extensions; at < extensionsEnd; at += 4 + Octets.u16(bytes, at + 2)) {
            int number = Octets.u16(bytes, at);
            if (!isGrease(number) && number != SERVER_NAME && number != APPLICATION_PROTOCOLS) {
                numbers[count++] = (char) number;
            }
        }
        return count;
    }

    private void hexNumbers(int count) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                text[textLength++] = ',';
            }
            textLength = Octets.hex(numbers[i] >>> 8, text, textLength);
            textLength = Octets.hex(numbers[i], text, textLength);
        }
    }

    /** Twelve digits; zeros where there is nothing to hash. */
    private int hash(int at) {
        if (textLength > 0) {
            return sha256.write(text, textLength, JA4_HASH_OCTETS, name, at);
        }
        Arrays.fill(name, at, at + 2 * JA4_HASH_OCTETS, (byte) '0');
        return at + 2 * JA4_HASH_OCTETS;
    }
}
