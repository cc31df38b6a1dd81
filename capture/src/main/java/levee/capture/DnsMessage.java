package levee.capture;

import levee.model.IpAddress;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Reads questions and answers of the DNS (RFC 1035 section 4). Labels are kept as the bytes that they are, in lower case
 * and with dots between. What is cut behind the question is read as far as it goes.
 */
final class DnsMessage {
    static final int PORT = 53;
    private static final int HEADER = 12;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = EventBatch.LONGEST_TEXT;

    /** Pointers followed within one name, and records looked at: more than honest answers have. */
    private static final int MOST_POINTERS = 16;

    private static final int MOST_RECORDS = 64;

    private static final int TYPE_A = 1;
    private static final int TYPE_NS = 2;
    private static final int TYPE_CNAME = 5;
    private static final int TYPE_NULL = 10;
    private static final int TYPE_PTR = 12;
    private static final int TYPE_MX = 15;
    private static final int TYPE_TXT = 16;
    private static final int TYPE_AAAA = 28;
    private static final int TYPE_DNAME = 39;

    private final byte[] name = new byte[LONGEST_NAME];
    private int nameLength;
    private final long[] addresses = new long[2 * EventBatch.MOST_ADDRESSES];

    /** A message behind its length, as TCP carries it (RFC 1035 section 4.2.2); only the first of a segment. */
    void readSegment(byte[] bytes, int length, EventWriter writer) {
        if (length >= 2 + HEADER && Octets.u16(bytes, 0) >= HEADER) {
            read(bytes, 2, Math.min(length, 2 + Octets.u16(bytes, 0)), writer);
        }
    }

    /** @param start of the message, which pointers count from */
    void read(byte[] bytes, int start, int end, EventWriter writer) {
        // Opcode zero is a standard query; of questions there is one (RFC 9619).
        if (end - start < HEADER || (bytes[start + 2] & 0x78) != 0 || Octets.u16(bytes, start + 4) != 1) {
            return;
        }
        boolean isResponse = bytes[start + 2] < 0;
        if ((isResponse ? writer.sourcePort() : writer.destinationPort()) != PORT) {
            return;
        }
        int at = readName(bytes, start, start + HEADER, end);
        if (at < 0 || at > end - 4) {
            return;
        }
        EventBatch events = writer.events();
        int event = isResponse ? writer.response(EventKind.DNS) : writer.request(EventKind.DNS);
        events.writeName(name, 0, nameLength);
        events.type[event] = Octets.u16(bytes, at);
        if (isResponse) {
            events.code[event] = bytes[start + 3] & 0xf;
            readAnswers(bytes, start, at + 4, end, Octets.u16(bytes, start + 6), events);
        }
    }

    private void readAnswers(byte[] bytes, int start, int from, int end, int count, EventBatch events) {
        int known = 0;
        boolean hasDetail = false;
        int at = from;
        for (int i = 0; i < count && i < MOST_RECORDS; i++) {
            int fields = skipName(bytes, at, end);
            if (fields < 0 || fields > end - 10) {
                break;
            }
            int type = Octets.u16(bytes, fields);
            int data = fields + 10;
            int length = Octets.u16(bytes, fields + 8);
            int dataEnd = data + length;
            if (dataEnd > end) {
                break;
            }
            if (isAddress(type, length)) {
                if (known < EventBatch.MOST_ADDRESSES) {
                    addresses[2 * known] = length == 4 ? 0 : Octets.i64(bytes, data);
                    addresses[2 * known + 1] =
                            length == 4 ? IpAddress.mapIpv4(Octets.i32(bytes, data)) : Octets.i64(bytes, data + 8);
                    known++;
                }
            } else if (!hasDetail) {
                hasDetail = readDetail(bytes, start, type, data, dataEnd, events);
            }
            at = dataEnd;
        }
        for (int i = 0; i < known; i++) {
            events.writeAddress(addresses[2 * i], addresses[2 * i + 1]);
        }
    }

    private static boolean isAddress(int type, int length) {
        return type == TYPE_A && length == 4 || type == TYPE_AAAA && length == 16;
    }

    /** Writes the text or the name that a record holds (RFC 1035 section 3.3). */
    private boolean readDetail(byte[] bytes, int start, int type, int data, int end, EventBatch events) {
        switch (type) {
            case TYPE_TXT -> {
                if (data == end || Octets.u8(bytes, data) > end - data - 1) {
                    return false;
                }
                events.write(Text.DETAIL, bytes, data + 1, data + 1 + Octets.u8(bytes, data));
                return true;
            }
            case TYPE_NULL -> {
                events.write(Text.DETAIL, bytes, data, end);
                return true;
            }
            case TYPE_CNAME, TYPE_DNAME, TYPE_NS, TYPE_PTR, TYPE_MX -> {
                // The preference of a mail exchange comes first.
                int from = type == TYPE_MX ? data + 2 : data;
                if (readName(bytes, start, from, end) < 0) {
                    return false;
                }
                events.write(Text.DETAIL, name, 0, nameLength);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /**
     * Reads a name, whose pointers lead towards the front of the message only.
     *
     * @return the index behind it, or -1 if it is none
     */
    private int readName(byte[] bytes, int start, int from, int end) {
        nameLength = 0;
        int at = from;
        int behind = -1;
        int front = from;
        for (int pointers = 0; at < end; ) {
            int label = Octets.u8(bytes, at);
            if (label == 0) {
                return behind < 0 ? at + 1 : behind;
            }
            if (label >= 0xc0) {
                if (at > end - 2 || pointers++ == MOST_POINTERS) {
                    return -1;
                }
                int target = start + (Octets.u16(bytes, at) & 0x3fff);
                if (target >= front || target < start + HEADER) {
                    return -1;
                }
                behind = behind < 0 ? at + 2 : behind;
                front = target;
                at = target;
                continue;
            }
            int dot = nameLength == 0 ? 0 : 1;
            // A name of 255 bytes on the wire has 253 characters (RFC 1035 section 2.3.4).
            if (label > LONGEST_LABEL || label > end - at - 1 || nameLength + dot + label > LONGEST_NAME - 2) {
                return -1;
            }
            if (dot == 1) {
                name[nameLength++] = '.';
            }
            for (int i = at + 1; i <= at + label; i++) {
                name[nameLength++] = Octets.lowerCase(bytes[i]);
            }
            at += 1 + label;
        }
        return -1;
    }

    private static int skipName(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            int label = Octets.u8(bytes, at);
            if (label == 0) {
                return at + 1;
            }
            if (label >= 0xc0) {
                return at + 2;
            }
            if (label > LONGEST_LABEL) {
                return -1;
            }
            at += 1 + label;
        }
        return -1;
    }
}
