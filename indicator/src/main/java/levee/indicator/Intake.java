package levee.indicator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import levee.model.IpAddress;
import levee.model.Prefix;

/** What readers give what they found to: says what it is by its form, adds it, and counts what became of it. */
final class Intake {
    private static final int LONGEST_LABEL = 80;
    private static final int LONGEST_LITERAL = 64;
    private static final int LARGEST_PORT = 0xffff;
    private static final int NO_PORT = -1;
    private static final int BAD_PORT = -2;
    private static final int JA4_LENGTH = 36;
    private static final int JA4_FIRST_BREAK = 10;
    private static final int JA4_SECOND_BREAK = 23;

    private final IndicatorTable.Builder table;
    private final IndicatorReader.Options options;

    /** Where the reader is. */
    long line;

    private long taken;
    private long outdated;
    private long unsupported;
    private long malformed;
    private long firstMalformedLine;

    Intake(IndicatorTable.Builder table, IndicatorReader.Options options) {
        this.table = table;
        this.options = options;
    }

    IndicatorReader.Result result() {
        return new IndicatorReader.Result(taken, outdated, unsupported, malformed, firstMalformedLine);
    }

    void malformed() {
        if (malformed++ == 0) {
            firstMalformedLine = Math.max(1, line);
        }
    }

    /** Sound, but of no use here: hashes of files, what is not meant for detection, and what is withdrawn. */
    void unsupported() {
        unsupported++;
    }

    /** Counts what is no longer or not yet valid; empty means always. */
    boolean isOutdated(String from, String until) {
        boolean isOutdated;
        try {
            isOutdated = !until.isEmpty() && !Instant.parse(until).isAfter(options.now())
                    || !from.isEmpty() && Instant.parse(from).isAfter(options.now());
        } catch (DateTimeException e) {
            // Nobody knows until when: it counts.
            isOutdated = false;
        }
        outdated += isOutdated ? 1 : 0;
        return isOutdated;
    }

    /** A text as a label: short and printable. */
    static String label(byte[] text, int start, int end) {
        return label(new String(text, start, Math.min(end - start, 4 * LONGEST_LABEL), UTF_8));
    }

    static String label(String text) {
        String stripped = text.strip();
        int length = Math.min(stripped.length(), LONGEST_LABEL);
        StringBuilder label = null;
        for (int i = 0; i < length; i++) {
            char character = stripped.charAt(i);
            if (Character.isISOControl(character)
                    || Character.isSurrogate(character)
                    || Character.getType(character) == Character.FORMAT) {
                label = label == null ? new StringBuilder(stripped.substring(0, length)) : label;
                label.setCharAt(i, '?');
            }
        }
        return label == null ? stripped.substring(0, length) : label.toString();
    }

    void item(String text, String label) {
        byte[] bytes = text.getBytes(UTF_8);
        item(bytes, 0, bytes.length, label);
    }

    /** An address, prefix, name, URL or JA4, told by its form. */
    void item(byte[] text, int start, int end, String label) {
        if (find(text, start, end, "://") >= 0) {
            url(text, start, end, label);
            return;
        }
        if (isJa4(text, start, end)) {
            fingerprint(IndicatorKind.JA4, text, start, end, label);
            return;
        }
        if (start < end && (text[start] == '.' || text[start] == '*' || text[start] == '|')) {
            int from = start;
            while (from < end && (text[from] == '.' || text[from] == '*' || text[from] == '|')) {
                from++;
            }
            // "||example.org^" is how advertisement blockers write it.
            int to = end > from && text[end - 1] == '^' ? end - 1 : end;
            name(IndicatorKind.NAME_AND_BELOW, text, from, to, label);
            return;
        }
        if (find(text, start, end, "[.]") >= 0) {
            item(new String(text, start, end - start, UTF_8).replace("[.]", "."), label);
            return;
        }
        int colon = indexOf(text, start, end, ':');
        int slash = indexOf(text, start, end, '/');
        boolean isIpv6 = colon >= 0 && (text[start] == '[' || indexOf(text, colon + 1, end, ':') >= 0);
        if (isIpv6 && slash < 0 || slash < 0 && colon < 0) {
            host(text, start, end, NO_PORT, nameKind(), label);
        } else if (slash < 0) {
            host(text, start, colon, port(text, colon + 1, end), IndicatorKind.URL_HOST, label);
        } else if (isPrefix(text, start, slash, end)) {
            prefix(text, start, end, label);
        } else {
            // A URL without its scheme.
            authority(text, start, slash, NO_PORT, label);
        }
    }

    private IndicatorKind nameKind() {
        return options.namesCoverBelow() ? IndicatorKind.NAME_AND_BELOW : IndicatorKind.NAME;
    }

    private static boolean isPrefix(byte[] text, int start, int slash, int end) {
        return end - slash > 1
                && end - slash <= 4
                && number(text, slash + 1, end) >= 0
                && (ipv4(text, start, slash) >= 0 || indexOf(text, start, slash, ':') >= 0);
    }

    private void prefix(byte[] text, int start, int end, String label) {
        try {
            Prefix prefix = Prefix.parse(literal(text, start, end));
            if (!isSomebodys(prefix.address().high(), prefix.address().low())) {
                unsupported++;
            } else if (table.addPrefix(prefix, options.list(), label)) {
                taken++;
            } else {
                malformed();
            }
        } catch (IllegalArgumentException e) {
            malformed();
        }
    }

    void url(String text, String label) {
        byte[] bytes = text.getBytes(UTF_8);
        url(bytes, 0, bytes.length, label);
    }

    /** The host of a URL, with the port if it is an address (RFC 3986 section 3.2). */
    private void url(byte[] text, int start, int end, String label) {
        int scheme = find(text, start, end, "://");
        if (scheme < 0) {
            item(text, start, end, label);
            return;
        }
        int from = scheme + 3;
        int to = from;
        while (to < end && text[to] != '/' && text[to] != '?' && text[to] != '#') {
            to++;
        }
        for (int i = from; i < to; i++) {
            if (text[i] == '@') {
                from = i + 1;
            }
        }
        if (find(text, from, to, "[.]") >= 0) {
            byte[] plain =
                    new String(text, from, to - from, UTF_8).replace("[.]", ".").getBytes(UTF_8);
            authority(plain, 0, plain.length, schemePort(text, start, scheme), label);
            return;
        }
        authority(text, from, to, schemePort(text, start, scheme), label);
    }

    private static int schemePort(byte[] text, int start, int end) {
        String scheme = new String(text, start, Math.min(end - start, 8), StandardCharsets.ISO_8859_1);
        return switch (scheme) {
            // "hxxp" keeps people from following it.
            case "http", "hxxp", "HTTP" -> 80;
            case "https", "hxxps", "HTTPS" -> 443;
            case "ftp" -> 21;
            default -> NO_PORT;
        };
    }

    private void authority(byte[] text, int start, int end, int port, String label) {
        int colon = end - 1;
        while (colon > start && text[colon] >= '0' && text[colon] <= '9') {
            colon--;
        }
        boolean hasPort = colon > start
                && text[colon] == ':'
                && (text[start] == '[' ? text[colon - 1] == ']' : indexOf(text, start, colon, ':') < 0);
        if (hasPort) {
            host(text, start, colon, port(text, colon + 1, end), IndicatorKind.URL_HOST, label);
        } else {
            host(text, start, end, port, IndicatorKind.URL_HOST, label);
        }
    }

    /**
     * An address with a port, if there is one, or a name.
     *
     * @param port the port, {@link #NO_PORT}, or {@link #BAD_PORT}
     * @param kind of a name
     */
    private void host(byte[] text, int start, int end, int port, IndicatorKind kind, String label) {
        if (port < NO_PORT) {
            malformed();
            return;
        }
        long ipv4 = ipv4(text, start, end);
        if (ipv4 >= 0) {
            address(0, IpAddress.mapIpv4((int) ipv4), port, label);
        } else if (indexOf(text, start, end, ':') >= 0) {
            ipv6(text, start, end, port, label);
        } else {
            name(kind, text, start, end, label);
        }
    }

    private void ipv6(byte[] text, int start, int end, int port, String label) {
        int from = start;
        int to = end;
        int found = port;
        if (text[from] == '[') {
            int closing = indexOf(text, from, end, ']');
            if (closing < 0 || closing + 1 < end && text[closing + 1] != ':') {
                malformed();
                return;
            }
            found = closing + 1 < end ? port(text, closing + 2, end) : port;
            from++;
            to = closing;
        }
        try {
            IpAddress address = IpAddress.parse(literal(text, from, to));
            if (found < NO_PORT) {
                malformed();
            } else {
                address(address.high(), address.low(), found, label);
            }
        } catch (IllegalArgumentException e) {
            malformed();
        }
    }

    /** An address in a column of its own, with a port that may be empty or 0 for none. */
    void address(byte[] text, int start, int end, byte[] ports, int portStart, int portEnd, String label) {
        int port = portStart == portEnd ? NO_PORT : port(ports, portStart, portEnd);
        if (ipv4(text, start, end) >= 0 || indexOf(text, start, end, ':') >= 0) {
            host(text, start, end, port == 0 ? NO_PORT : port, IndicatorKind.NAME, label);
        } else {
            malformed();
        }
    }

    private void address(long high, long low, int port, String label) {
        if (!isSomebodys(high, low)) {
            unsupported++;
            return;
        }
        if (port == NO_PORT) {
            table.addAddress(high, low, options.list(), label);
        } else {
            table.addAddress(high, low, port, options.list(), label);
        }
        taken++;
    }

    /** Unspecified, loopback and multicast addresses in lists are placeholders and mistakes. */
    private static boolean isSomebodys(long high, long low) {
        if (IpAddress.isIpv4(high, low)) {
            int first = (int) (low >>> 24) & 0xff;
            return first != 0 && first != 127 && first < 224;
        }
        return high >>> 56 != 0xff && (high != 0 || low > 1 || low < 0);
    }

    void name(IndicatorKind kind, byte[] text, int start, int end, String label) {
        int to = end > start && text[end - 1] == '.' ? end - 1 : end;
        if (table.addName(kind, text, start, to, options.list(), label)) {
            taken++;
            return;
        }
        for (int i = start; i < to; i++) {
            if (text[i] < 0) {
                international(kind, text, start, to, label);
                return;
            }
        }
        malformed();
    }

    private void international(IndicatorKind kind, byte[] text, int start, int end, String label) {
        if (end - start > 4 * Names.LONGEST_NAME) {
            malformed();
            return;
        }
        try {
            byte[] encoded =
                    IDN.toASCII(new String(text, start, end - start, UTF_8)).getBytes(StandardCharsets.ISO_8859_1);
            if (table.addName(kind, encoded, 0, encoded.length, options.list(), label)) {
                taken++;
                return;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Counted below.
        }
        malformed();
    }

    /** A name as a list writes it: itself, or with all below it, by what is known of the list. */
    void name(byte[] text, int start, int end, String label) {
        name(nameKind(), text, start, end, label);
    }

    void fingerprint(IndicatorKind kind, byte[] text, int start, int end, String label) {
        int length = end - start;
        boolean isGood = kind == IndicatorKind.JA4
                ? isJa4(text, start, end)
                : isHexadecimal(text, start, end)
                        && (kind == IndicatorKind.JA3 ? length == 32 : length == 40 || length == 64);
        if (!isGood) {
            malformed();
            return;
        }
        table.addFingerprint(kind, text, start, end, options.list(), label);
        taken++;
    }

    /** A value of which the list says the type, in the words of MISP and ThreatFox. */
    void typed(String type, byte[] text, int start, int end, String label) {
        int bar = indexOf(text, start, end, '|');
        switch (type) {
            case "ip-dst", "ip-src", "ip:port", "ip", "domain:port" -> item(text, start, end, label);
            case "domain", "hostname" -> name(text, start, end, label);
            case "url" -> url(text, start, end, label);
            case "ip-dst|port", "ip-src|port" -> {
                int to = bar < 0 ? end : bar;
                address(text, start, to, text, bar < 0 ? end : bar + 1, end, label);
            }
            case "hostname|port" -> name(text, start, bar < 0 ? end : bar, label);
            case "domain|ip" -> {
                name(text, start, bar < 0 ? end : bar, label);
                if (bar >= 0) {
                    address(text, bar + 1, end, text, end, end, label);
                }
            }
            case "ja3-fingerprint-md5" -> fingerprint(IndicatorKind.JA3, text, start, end, label);
            case "ja4", "ja4-fingerprint" -> fingerprint(IndicatorKind.JA4, text, start, end, label);
            case "x509-fingerprint-sha1", "x509-fingerprint-sha256" ->
                fingerprint(IndicatorKind.CERTIFICATE, text, start, end, label);
            default -> unsupported();
        }
    }

    void typed(String type, String value, String label) {
        byte[] bytes = value.strip().getBytes(UTF_8);
        typed(type, bytes, 0, bytes.length, label);
    }

    /** The 32 bits of an IPv4 address, or -1. */
    static long ipv4(byte[] text, int start, int end) {
        if (end - start < 7 || end - start > 15) {
            return -1;
        }
        long bits = 0;
        int octets = 0;
        int octet = -1;
        for (int i = start; i <= end; i++) {
            byte b = i < end ? text[i] : (byte) '.';
            if (b == '.') {
                if (octet < 0 || ++octets > 4) {
                    return -1;
                }
                bits = bits << 8 | octet;
                octet = -1;
            } else if (b >= '0' && b <= '9' && octet != 0) {
                octet = Math.max(octet, 0) * 10 + (b - '0');
                if (octet > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return octets == 4 ? bits : -1;
    }

    private static int port(byte[] text, int start, int end) {
        int number = number(text, start, end);
        return number < 0 || number > LARGEST_PORT ? BAD_PORT : number;
    }

    /** A number of up to six digits, or -1. */
    private static int number(byte[] text, int start, int end) {
        if (start >= end || end - start > 6) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }

    private static String literal(byte[] text, int start, int end) {
        if (end - start > LONGEST_LITERAL) {
            throw new IllegalArgumentException("too long for an address");
        }
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean isJa4(byte[] text, int start, int end) {
        return end - start == JA4_LENGTH
                && (text[start] == 't' || text[start] == 'q' || text[start] == 'd')
                && text[start + JA4_FIRST_BREAK] == '_'
                && text[start + JA4_SECOND_BREAK] == '_'
                && isHexadecimal(text, start + JA4_FIRST_BREAK + 1, start + JA4_SECOND_BREAK)
                && isHexadecimal(text, start + JA4_SECOND_BREAK + 1, end);
    }

    private static boolean isHexadecimal(byte[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.digit(text[i], 16) < 0) {
                return false;
            }
        }
        return start < end;
    }

    static int indexOf(byte[] text, int start, int end, char wanted) {
        for (int i = start; i < end; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int find(byte[] text, int start, int end, String wanted) {
        int length = wanted.length();
        for (int i = start; i <= end - length; i++) {
            if (text[i] == wanted.charAt(0) && text[i + 1] == wanted.charAt(1) && text[i + 2] == wanted.charAt(2)) {
                return i;
            }
        }
        return -1;
    }
}
