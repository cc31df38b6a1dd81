package levee.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;

import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.ProgramTypes;

/**
 * Reads the heads of HTTP/1 messages (RFC 9112): of requests the target, the host without its port, and the user agent, of responses
 * the status and whether a program follows. What is there only in part is not told, but for the target.
 */
final class HttpHead {
    private static final byte[] VERSION = "http/1.".getBytes(US_ASCII);
    private static final byte[] HOST = "host:".getBytes(US_ASCII);
    private static final byte[] USER_AGENT = "user-agent:".getBytes(US_ASCII);
    private static final byte[] CONTENT_TYPE = "content-type:".getBytes(US_ASCII);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);
    private static final byte[] CONNECT = "connect ".getBytes(US_ASCII);
    private static final int LONGEST_METHOD = 8;

    /** "HTTP/1.1 200" */
    private static final int STATUS_AT = 9;

    private static final int STATUS_END = 12;

    /** The statuses of answers that hold what was asked for (RFC 9110 section 15.3), as it is, from a proxy, and a part. */
    private static final int OK = 200;

    private static final int NON_AUTHORITATIVE = 203;
    private static final int PARTIAL = 206;

    /** Sizes of chunks have some digits, and extensions hardly ever. */
    private static final int LONGEST_CHUNK_LINE = 32;

    private HttpHead() {}

    /**
     * Reads a response, whose first letters are those of the version.
     *
     * @return what it holds; {@link Holding#OTHER} also where it is none
     */
    static Holding readResponse(byte[] bytes, int length, EventWriter writer) {
        int status = status(bytes, length);
        if (status < 0) {
            return Holding.OTHER;
        }
        Holding holding = holding(bytes, length);
        int event = writer.response(EventKind.HTTP);
        writer.events().code[event] = status;
        if (holding == Holding.PROGRAM) {
            writer.events().flags[event] |= EventBatch.PROGRAM;
        }
        return holding;
    }

    /** The status of a response; negative if it is none. */
    private static int status(byte[] bytes, int length) {
        if (length < STATUS_END || !Octets.startsWith(bytes, 0, length, VERSION) || bytes[STATUS_AT - 1] != ' ') {
            return -1;
        }
        int status = 0;
        for (int i = STATUS_AT; i < STATUS_END; i++) {
            if (!Octets.isDigit(bytes[i])) {
                return -1;
            }
            status = status * 10 + bytes[i] - '0';
        }
        return status < 100 || length > STATUS_END && bytes[STATUS_END] > ' ' ? -1 : status;
    }

    /** What a response holds, by the type that its head names and by the first bytes behind it. */
    static Holding holding(byte[] bytes, int length) {
        int status = status(bytes, length);
        if (status != OK && status != NON_AUTHORITATIVE && status != PARTIAL) {
            return Holding.OTHER;
        }
        boolean isChunked = false;
        int at = Octets.find(bytes, STATUS_END, length, '\n') + 1;
        while (at < length) {
            int feed = Octets.find(bytes, at, length, '\n');
            if (feed == length) {
                return Holding.UNKNOWN;
            }
            if (isBlank(bytes, at, feed)) {
                return body(bytes, feed + 1, length, isChunked);
            }
            if (Octets.startsWith(bytes, at, feed, CONTENT_TYPE)) {
                int start = Octets.skipBlanks(bytes, at + CONTENT_TYPE.length, feed);
                if (ProgramTypes.has(bytes, start, feed)) {
                    return Holding.PROGRAM;
                }
            } else if (Octets.startsWith(bytes, at, feed, TRANSFER_ENCODING)) {
                int start = Octets.skipBlanks(bytes, at + TRANSFER_ENCODING.length, feed);
                isChunked |= Octets.startsWith(bytes, start, feed, CHUNKED);
            }
            at = feed + 1;
        }
        return Holding.UNKNOWN;
    }

    /** @param isChunked whether the size of the first part stands in front of it (RFC 9112 section 7.1) */
    private static Holding body(byte[] bytes, int from, int length, boolean isChunked) {
        if (!isChunked) {
            return ProgramBeginning.look(bytes, from, length);
        }
        int limit = Math.min(length, from + LONGEST_CHUNK_LINE);
        int feed = Octets.find(bytes, from, limit, '\n');
        if (feed == limit) {
            return limit == length ? Holding.UNKNOWN : Holding.OTHER;
        }
        return ProgramBeginning.look(bytes, feed + 1, length);
    }

    /** Whether a request, whose first letters are those of a method, says more in the segments that follow. */
    static boolean isUnfinished(byte[] bytes, int length) {
        int target = target(bytes, length);
        if (target < 0) {
            return false;
        }
        int feed = Octets.find(bytes, target, length, '\n');
        if (feed == length) {
            return bytes[target] == '/';
        }
        if (!isVersion(bytes, Octets.find(bytes, target, feed, ' ') + 1, feed)) {
            return false;
        }
        boolean hasHost = false;
        boolean hasAgent = false;
        int at = feed + 1;
        while (at < length) {
            int next = Octets.find(bytes, at, length, '\n');
            if (next == length) {
                return true;
            }
            hasHost |= Octets.startsWith(bytes, at, next, HOST);
            hasAgent |= Octets.startsWith(bytes, at, next, USER_AGENT);
            if (hasHost && hasAgent || isBlank(bytes, at, next)) {
                return false;
            }
            at = next + 1;
        }
        return true;
    }

    private static boolean isBlank(byte[] bytes, int at, int feed) {
        return feed == at || feed == at + 1 && bytes[at] == '\r';
    }

    /** The index of the target, behind the method; negative if there is none. */
    private static int target(byte[] bytes, int length) {
        int method = Octets.find(bytes, 0, Math.min(length, LONGEST_METHOD + 1), ' ');
        int target = Octets.skipBlanks(bytes, method, length);
        return target == method || target == length ? -1 : target;
    }

    /** Reads a request, whose first letters are those of a method. */
    static void readRequest(byte[] bytes, int length, EventWriter writer) {
        int target = target(bytes, length);
        if (target < 0) {
            return;
        }
        int feed = Octets.find(bytes, target, length, '\n');
        int end = Octets.find(bytes, target, feed, ' ');
        boolean isConnect = Octets.startsWith(bytes, 0, length, CONNECT);
        // Without its version only what is surely a target is a request: a long one, which is cut.
        boolean isRequest =
                end < feed ? isVersion(bytes, end + 1, feed) : feed == length && bytes[target] == '/' && !isConnect;
        if (!isRequest || end == target) {
            return;
        }
        EventBatch events = writer.events();
        int event = writer.request(EventKind.HTTP);
        events.type[event] = isConnect ? 1 : 0;
        events.write(Text.MORE, bytes, target, end);
        if (!readFields(bytes, feed + 1, length, events) && isConnect) {
            writeHost(bytes, target, end, events);
        }
    }

    /** RTSP, SIP and others have the form of HTTP, and their own version. */
    private static boolean isVersion(byte[] bytes, int at, int feed) {
        return Octets.startsWith(bytes, at, feed, VERSION);
    }

    /** @return whether a host is named */
    private static boolean readFields(byte[] bytes, int from, int length, EventBatch events) {
        boolean hasHost = false;
        boolean hasAgent = false;
        int at = from;
        while (at < length && !(hasHost && hasAgent)) {
            int feed = Octets.find(bytes, at, length, '\n');
            if (feed == length || isBlank(bytes, at, feed)) {
                break;
            }
            if (!hasHost && Octets.startsWith(bytes, at, feed, HOST)) {
                int start = Octets.skipBlanks(bytes, at + HOST.length, feed);
                writeHost(bytes, start, Octets.trimmed(bytes, start, feed), events);
                hasHost = true;
            } else if (!hasAgent && Octets.startsWith(bytes, at, feed, USER_AGENT)) {
                int start = Octets.skipBlanks(bytes, at + USER_AGENT.length, feed);
                events.write(Text.DETAIL, bytes, start, Octets.trimmed(bytes, start, feed));
                hasAgent = true;
            }
            at = feed + 1;
        }
        return hasHost;
    }

    private static void writeHost(byte[] bytes, int start, int end, EventBatch events) {
        int port = end;
        while (port > start && Octets.isDigit(bytes[port - 1])) {
            port--;
        }
        boolean hasPort = port > start && bytes[port - 1] == ':';
        events.writeName(bytes, start, hasPort ? port - 1 : end);
    }
}
