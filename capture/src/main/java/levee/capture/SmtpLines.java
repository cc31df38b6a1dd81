package levee.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;

import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Reads commands of the envelope and replies of SMTP (RFC 5321 section 4.1.1 and 4.2). A segment makes one event of all
 * that its lines say: with pipelining (RFC 2920) sender and recipients come together.
 */
final class SmtpLines {
    private static final byte[] HELO = "helo ".getBytes(US_ASCII);
    private static final byte[] EHLO = "ehlo ".getBytes(US_ASCII);
    private static final byte[] MAIL = "mail from:".getBytes(US_ASCII);
    private static final byte[] RECIPIENT = "rcpt to:".getBytes(US_ASCII);
    private static final byte[] DATA = "data".getBytes(US_ASCII);
    private static final byte[] CHUNK = "bdat ".getBytes(US_ASCII);

    /** "250" */
    private static final int CODE = 3;

    private SmtpLines() {}

    /** Ports of relay, submission over TLS and submission (RFC 8314 section 7). */
    static boolean isPort(int port) {
        return port == 25 || port == 465 || port == 587;
    }

    static void readCommands(byte[] bytes, int length, EventWriter writer) {
        // Other text, such as a letter's, is told by its first line.
        if (!isEnvelope(bytes, 0, length)) {
            return;
        }
        EventBatch events = writer.events();
        int event = -1;
        int recipients = 0;
        int at = 0;
        boolean hasName = false;
        boolean hasSender = false;
        while (at < length) {
            int feed = Octets.find(bytes, at, length, '\n');
            if (feed == length
                    || Octets.startsWith(bytes, at, feed, DATA)
                    || Octets.startsWith(bytes, at, feed, CHUNK)) {
                break;
            }
            if (isEnvelope(bytes, at, feed)) {
                event = event < 0 ? writer.request(EventKind.SMTP) : event;
                if (Octets.startsWith(bytes, at, feed, RECIPIENT)) {
                    if (recipients++ == 0) {
                        path(bytes, at + RECIPIENT.length, feed, Text.MORE, events);
                    }
                } else if (Octets.startsWith(bytes, at, feed, MAIL)) {
                    if (!hasSender) {
                        path(bytes, at + MAIL.length, feed, Text.DETAIL, events);
                        hasSender = true;
                    }
                } else if (!hasName) {
                    int start = Octets.skipBlanks(bytes, at + HELO.length, feed);
                    events.writeName(bytes, start, Octets.trimmed(bytes, start, feed));
                    hasName = true;
                }
            }
            at = feed + 1;
        }
        if (event >= 0) {
            events.type[event] = recipients;
        }
    }

    private static boolean isEnvelope(byte[] bytes, int at, int end) {
        return Octets.startsWith(bytes, at, end, RECIPIENT)
                || Octets.startsWith(bytes, at, end, MAIL)
                || Octets.startsWith(bytes, at, end, EHLO)
                || Octets.startsWith(bytes, at, end, HELO);
    }

    /** An address without its brackets and the parameters behind them. */
    private static void path(byte[] bytes, int from, int feed, Text which, EventBatch events) {
        int start = Octets.skipBlanks(bytes, from, feed);
        if (start < feed && bytes[start] == '<') {
            events.write(
                    which, bytes, start + 1, Octets.find(bytes, start + 1, Octets.trimmed(bytes, start, feed), '>'));
        } else {
            events.write(which, bytes, start, Octets.trimmed(bytes, start, Octets.find(bytes, start, feed, ' ')));
        }
    }

    /** Notes the code of the last reply of a segment, whose lines are all replies. */
    static void readReplies(byte[] bytes, int length, EventWriter writer) {
        int code = 0;
        int at = 0;
        while (at < length) {
            int feed = Octets.find(bytes, at, length, '\n');
            int line = feed == length ? 0 : code(bytes, at, feed);
            if (line == 0) {
                break;
            }
            code = line;
            at = feed + 1;
        }
        if (code != 0) {
            int event = writer.response(EventKind.SMTP);
            writer.events().code[event] = code;
        }
    }

    /** The code of a line; zero if there is none. */
    private static int code(byte[] bytes, int at, int end) {
        if (at > end - CODE
                || bytes[at] < '2'
                || bytes[at] > '5'
                || !Octets.isDigit(bytes[at + 1])
                || !Octets.isDigit(bytes[at + 2])) {
            return 0;
        }
        int behind = at + CODE;
        if (behind < end && bytes[behind] != ' ' && bytes[behind] != '-' && bytes[behind] != '\r') {
            return 0;
        }
        return (bytes[at] - '0') * 100 + (bytes[at + 1] - '0') * 10 + bytes[at + 2] - '0';
    }
}
