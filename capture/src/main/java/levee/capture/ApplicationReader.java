package levee.capture;

import java.nio.ByteBuffer;
import levee.telemetry.FlowBatch;

/**
 * Looks into the payloads of packets for what applications say, and makes events of it. Ports or first bytes tell whether
 * there may be something; only then is a payload copied and read. Bytes that contradict themselves are no event: they are
 * somebody's payload, not a damaged packet.
 *
 * <p>The hellos of TLS and the heads of HTTP requests are put together where they take several segments. An HTTP response is told
 * by its first segment, and once more if what follows shows that it holds a program, as servers often write heads and bodies apart.
 * All else is read from single segments, without memory of those before: what is sent twice is told twice.
 */
final class ApplicationReader {
    /** The most events that one packet makes. */
    static final int MAXIMUM_EVENTS = 4;

    /** Bytes of a payload that are looked at. */
    private static final int LONGEST_PAYLOAD = 4_096;

    private static final int GET = 0x4745_5420;
    private static final int POST = 0x504f_5354;
    private static final int HEAD = 0x4845_4144;
    private static final int PUT = 0x5055_5420;
    private static final int DELETE = 0x4445_4c45;
    private static final int OPTIONS = 0x4f50_5449;
    private static final int PATCH = 0x5041_5443;
    private static final int CONNECT = 0x434f_4e4e;
    private static final int TRACE = 0x5452_4143;
    private static final int PROPFIND = 0x5052_4f50;
    private static final int MAKE_COLLECTION = 0x4d4b_434f;
    private static final int COPY = 0x434f_5059;
    private static final int MOVE = 0x4d4f_5645;
    private static final int LOCK = 0x4c4f_434b;
    private static final int UNLOCK = 0x554e_4c4f;
    private static final int HTTP = 0x4854_5450;
    private static final int SSH = 0x5353_482d;
    private static final int NICK = 0x4e49_434b;
    private static final int USER = 0x5553_4552;
    private static final int JOIN = 0x4a4f_494e;
    private static final int PRIVMSG = 0x5052_4956;
    private static final int PING = 0x5049_4e47;
    private static final int PASS = 0x5041_5353;
    private static final int CAP = 0x4341_5020;
    private static final int MODE = 0x4d4f_4445;
    private static final int PONG = 0x504f_4e47;

    /** Type of a record and the upper half of its version. */
    private static final int TLS_HANDSHAKE = TlsRecords.HANDSHAKE << 8 | 3;

    private static final int TLS_ALERT = TlsRecords.ALERT << 8 | 3;

    /** An alert's length in two bytes, and its level. */
    private static final int TLS_WARNING = 0x00_02_01;

    private final EventWriter writer = new EventWriter();
    private final DnsMessage dns = new DnsMessage();
    private final DhcpMessage dhcp = new DhcpMessage();
    private final TlsHello tls = new TlsHello();
    private final BeginningTable beginnings = new BeginningTable();
    private final byte[] payload = new byte[LONGEST_PAYLOAD];
    private final byte[] message = new byte[TlsHello.LONGEST];

    /** Messages of which only the beginning was kept, and that not long enough. */
    long lostBeginnings() {
        return beginnings.lost();
    }

    /**
     * Looks into a datagram.
     *
     * @param start index of the payload's first byte
     * @param limit index behind the last captured byte
     * @param row the packet's row, whose addresses and ports are there already; the batch has room for
     *     {@link #MAXIMUM_EVENTS} events
     */
    void udp(ByteBuffer bytes, int start, int limit, FlowBatch batch, int row) {
        int source = batch.sourcePort[row];
        int destination = batch.destinationPort[row];
        if (source == DnsMessage.PORT || destination == DnsMessage.PORT) {
            int length = copy(bytes, start, limit);
            writer.use(batch, row);
            dns.read(payload, 0, length, writer);
        } else if (isDhcp(source) && isDhcp(destination)) {
            int length = copy(bytes, start, limit);
            writer.use(batch, row);
            dhcp.read(payload, length, writer);
        }
    }

    private static boolean isDhcp(int port) {
        return port == DhcpMessage.SERVER_PORT || port == DhcpMessage.CLIENT_PORT;
    }

    /**
     * Looks into a TCP segment, in the same way.
     *
     * @param isWhole whether all of it was captured
     */
    void tcp(ByteBuffer bytes, int start, int limit, boolean isWhole, FlowBatch batch, int row) {
        if (beginnings.mayContinue(batch.tcpSequence[row]) && goesOn(bytes, start, limit, isWhole, batch, row)) {
            return;
        }
        // What has no room for the shortest of first bytes says nothing.
        if (start > limit - 4) {
            return;
        }
        int word = bytes.getInt(start);
        int source = batch.sourcePort[row];
        int destination = batch.destinationPort[row];
        switch (word) {
            case GET,
                    POST,
                    HEAD,
                    PUT,
                    DELETE,
                    OPTIONS,
                    PATCH,
                    CONNECT,
                    TRACE,
                    PROPFIND,
                    MAKE_COLLECTION,
                    COPY,
                    MOVE,
                    LOCK,
                    UNLOCK -> {
                int length = copy(bytes, start, limit);
                if (isWhole && length < payload.length && HttpHead.isUnfinished(payload, length)) {
                    beginnings.begin(batch, row, payload, length);
                } else {
                    writer.use(batch, row);
                    HttpHead.readRequest(payload, length, writer);
                }
            }
            case HTTP -> {
                int length = copy(bytes, start, limit);
                writer.use(batch, row);
                if (HttpHead.readResponse(payload, length, writer) == Holding.UNKNOWN
                        && isWhole
                        && length < payload.length) {
                    beginnings.begin(batch, row, payload, length);
                }
            }
            case SSH -> {
                int length = copy(bytes, start, limit);
                writer.use(batch, row);
                SshVersion.read(payload, length, writer);
            }
            case NICK, USER, JOIN, PRIVMSG, PING, PASS, CAP, MODE, PONG -> irc(bytes, start, limit, batch, row);
            default -> {
                int first = word >>> 24;
                if (word >>> 16 == TLS_HANDSHAKE || isWarning(bytes, start, limit, word)) {
                    hello(bytes, start, limit, isWhole, batch, row);
                } else if (first == ':') {
                    irc(bytes, start, limit, batch, row);
                } else if (source == DnsMessage.PORT || destination == DnsMessage.PORT) {
                    int length = copy(bytes, start, limit);
                    writer.use(batch, row);
                    dns.readSegment(payload, length, writer);
                } else if (SmtpLines.isPort(destination)) {
                    int length = copy(bytes, start, limit);
                    writer.use(batch, row);
                    SmtpLines.readCommands(payload, length, writer);
                } else if (SmtpLines.isPort(source)) {
                    int length = copy(bytes, start, limit);
                    writer.use(batch, row);
                    SmtpLines.readReplies(payload, length, writer);
                }
            }
        }
    }

    /** A server that knows no such name may say so in front of its hello (RFC 6066 section 3). */
    private static boolean isWarning(ByteBuffer bytes, int start, int limit, int word) {
        return word >>> 16 == TLS_ALERT && start <= limit - 8 && bytes.getInt(start + 3) >>> 8 == TLS_WARNING;
    }

    private void irc(ByteBuffer bytes, int start, int limit, FlowBatch batch, int row) {
        int length = copy(bytes, start, limit);
        writer.use(batch, row);
        IrcLines.read(payload, length, writer);
    }

    private void hello(ByteBuffer bytes, int start, int limit, boolean isWhole, FlowBatch batch, int row) {
        int length = copy(bytes, start, limit);
        int found = TlsRecords.gather(payload, length, message);
        if (found > 0) {
            writer.use(batch, row);
            tls.read(message, found, writer);
        } else if (found == TlsRecords.UNFINISHED && isWhole && length == limit - start) {
            beginnings.begin(batch, row, payload, length);
        }
    }

    /** @return whether the segment is the next part of something, and holds nothing else */
    private boolean goesOn(ByteBuffer bytes, int start, int limit, boolean isWhole, FlowBatch batch, int row) {
        int entry = beginnings.find(batch, row);
        if (entry < 0) {
            return false;
        }
        int count = copy(bytes, start, limit);
        beginnings.append(entry, batch, row, payload, count);
        byte[] stream = beginnings.stream(entry);
        int length = beginnings.length(entry);
        boolean isLast = !isWhole || length == BeginningTable.LONGEST;
        writer.use(batch, row);
        if (Octets.i32(stream, 0) == HTTP) {
            return answerGoesOn(entry, isLast || count == payload.length);
        }
        if (stream[0] == TlsRecords.HANDSHAKE || stream[0] == TlsRecords.ALERT) {
            int found = TlsRecords.gather(stream, length, message);
            isLast |= found != TlsRecords.UNFINISHED;
            if (found > 0) {
                tls.read(message, found, writer);
            }
        } else {
            isLast |= !HttpHead.isUnfinished(stream, length);
            if (isLast) {
                HttpHead.readRequest(stream, length, writer);
            }
        }
        if (isLast) {
            beginnings.forget(entry);
        }
        return true;
    }

    /**
     * An answer was told of already. If nothing more is to be told, the segment is looked at as any other: the answer may have had
     * no body, and the next one begin here.
     */
    private boolean answerGoesOn(int entry, boolean isLast) {
        byte[] stream = beginnings.stream(entry);
        int length = beginnings.length(entry);
        Holding holding = HttpHead.holding(stream, length);
        if (isLast || holding != Holding.UNKNOWN) {
            beginnings.forget(entry);
        }
        if (holding == Holding.PROGRAM) {
            HttpHead.readResponse(stream, length, writer);
        }
        return holding == Holding.PROGRAM;
    }

    /** @return how many bytes of the payload were copied */
    private int copy(ByteBuffer bytes, int start, int limit) {
        int length = Math.clamp((long) limit - start, 0, LONGEST_PAYLOAD);
        bytes.get(start, payload, 0, length);
        return length;
    }
}
