package levee.capture;

/**
 * Reads the first line of HTTP/1 messages (RFC 9112 sections 3 and 4) and a request's user agent, into buffers that are
 * used again and again. Values are printable ASCII with other bytes as {@code \x1b}, and are cut at {@value #LONGEST_VALUE}
 * characters. What the captured bytes hold only in part and that is shorter is not told: where it ends depends on what
 * stands before it.
 */
public final class HttpMessage {
    /** Characters of a value, without the dots behind one that was cut. */
    public static final int LONGEST_VALUE = 128;

    private static final String CUT = "...";
    private static final int SHORTEST_METHOD = 3;
    private static final int LONGEST_METHOD = 16;
    private static final String VERSION = "HTTP/";
    private static final String USER_AGENT = "user-agent:";
    private static final String[] KNOWN_METHODS = {
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"
    };

    /** "HTTP/1.1 200" */
    private static final int STATUS_AT = 9;

    private static final int STATUS_END = 12;

    private final StringBuilder method = new StringBuilder(LONGEST_METHOD);
    private final StringBuilder uri = new StringBuilder(LONGEST_VALUE + CUT.length());
    private final StringBuilder userAgent = new StringBuilder(LONGEST_VALUE + CUT.length());
    private int status;

    /** @return whether the payload of {@code row} begins with a request line or a status line */
    public boolean read(PacketDetails details, int row) {
        method.setLength(0);
        uri.setLength(0);
        userAgent.setLength(0);
        status = 0;
        return startsWith(details, row, 0, VERSION) ? readStatus(details, row) : readRequest(details, row);
    }

    private boolean readStatus(PacketDetails details, int row) {
        int length = details.payloadLength(row);
        if (length < STATUS_END || details.payload(row, STATUS_AT - 1) != ' ') {
            return false;
        }
        int number = 0;
        for (int i = STATUS_AT; i < STATUS_END; i++) {
            int digit = details.payload(row, i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = number * 10 + digit;
        }
        if (number < 100 || length > STATUS_END && details.payload(row, STATUS_END) > ' ') {
            return false;
        }
        status = number;
        return true;
    }

    private boolean readRequest(PacketDetails details, int row) {
        int length = details.payloadLength(row);
        int at = 0;
        while (at < length && at <= LONGEST_METHOD && isCapital(details.payload(row, at))) {
            at++;
        }
        if (at < SHORTEST_METHOD || at > LONGEST_METHOD || at >= length || details.payload(row, at) != ' ') {
            return false;
        }
        int start = at + 1;
        int end = start;
        while (end < length && !isEnd(details.payload(row, end)) && details.payload(row, end) != ' ') {
            end++;
        }
        boolean hasVersion = end < length - 1;
        if (end == start || hasVersion && !startsWith(details, row, end + 1, VERSION)) {
            return false;
        }
        append(method, details, row, 0, at);
        // Other text in capitals is no request.
        if (!hasVersion && !isKnownMethod()) {
            return false;
        }
        value(uri, details, row, start, end);
        readUserAgent(details, row, end);
        return true;
    }

    /** Whether the captured bytes from {@code at} on are this text, or its beginning. */
    private static boolean startsWith(PacketDetails details, int row, int at, String text) {
        int length = details.payloadLength(row);
        for (int i = 0; i < text.length() && i < length - at; i++) {
            if (lowerCase(details.payload(row, at + i)) != lowerCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isKnownMethod() {
        for (String known : KNOWN_METHODS) {
            if (known.contentEquals(method)) {
                return true;
            }
        }
        return false;
    }

    private void readUserAgent(PacketDetails details, int row, int from) {
        int length = details.payloadLength(row);
        for (int at = from; at < length - 1; at++) {
            if (details.payload(row, at) != '\n') {
                continue;
            }
            if (isEnd(details.payload(row, at + 1))) {
                return;
            }
            int start = at + 1 + USER_AGENT.length();
            if (start < length && startsWith(details, row, at + 1, USER_AGENT)) {
                while (start < length && isBlank(details.payload(row, start))) {
                    start++;
                }
                int end = start;
                while (end < length && !isEnd(details.payload(row, end))) {
                    end++;
                }
                value(userAgent, details, row, start, end);
                return;
            }
        }
    }

    private static void value(StringBuilder target, PacketDetails details, int row, int start, int end) {
        boolean isCut = append(target, details, row, start, end);
        boolean isWhole = end < details.payloadLength(row);
        if (!isWhole && !isCut) {
            target.setLength(0);
        }
    }

    /** @return whether the value was too long */
    private static boolean append(StringBuilder target, PacketDetails details, int row, int start, int end) {
        for (int i = start; i < end; i++) {
            int octet = details.payload(row, i);
            boolean isPrintable = octet >= ' ' && octet < 0x7f;
            if (target.length() > LONGEST_VALUE - (isPrintable ? 1 : 4)) {
                target.append(CUT);
                return true;
            }
            if (isPrintable) {
                target.append((char) octet);
            } else {
                target.append("\\x").append(hex(octet >>> 4)).append(hex(octet & 0xf));
            }
        }
        return false;
    }

    private static char hex(int digit) {
        return (char) (digit < 10 ? '0' + digit : 'a' + digit - 10);
    }

    private static boolean isCapital(int octet) {
        return octet >= 'A' && octet <= 'Z';
    }

    private static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isEnd(int octet) {
        return octet == '\r' || octet == '\n';
    }

    private static int lowerCase(int octet) {
        return isCapital(octet) ? octet | 0x20 : octet;
    }

    /** The method of a request, empty for a response; as all values valid until the next {@link #read}. */
    public CharSequence method() {
        return method;
    }

    /** The target of a request as it stands in the first line; empty where it is not known. */
    public CharSequence uri() {
        return uri;
    }

    /** The user agent of a request; empty where it is not known. */
    public CharSequence userAgent() {
        return userAgent;
    }

    /** The status code of a response, 100 to 999; 0 for a request. */
    public int status() {
        return status;
    }
}
