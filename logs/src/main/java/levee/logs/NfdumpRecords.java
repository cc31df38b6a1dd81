package levee.logs;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.CWR;
import static levee.telemetry.TcpFlags.ECE;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;
import static levee.telemetry.TcpFlags.URG;

import java.util.List;
import levee.logs.ConnectionRecord.Side;
import levee.model.Protocols;
import levee.telemetry.IcmpTypes;
import levee.telemetry.RejectionReason;
import levee.telemetry.Rejections;

/**
 * Reads what {@code nfdump -o csv} prints: flow records that say nothing of how they stand to a connection, and at what rate
 * they were sampled neither. The names of the columns are those up to nfdump 1.7.4, and those after it.
 */
final class NfdumpRecords implements ConnectionFormat {
    private static final int TIME = 0;
    private static final int END = 1;
    private static final int DURATION = 2;
    private static final int SOURCE = 3;
    private static final int DESTINATION = 4;
    private static final int SOURCE_PORT = 5;
    private static final int DESTINATION_PORT = 6;
    private static final int PROTOCOL = 7;
    private static final int FLAGS = 8;
    private static final int PACKETS = 9;
    private static final int BYTES = 10;
    private static final int ANSWER_PACKETS = 11;
    private static final int ANSWER_BYTES = 12;

    /** In the order in which the columns are asked for, too. */
    static final Schema SCHEMA = new Schema(
            List.of(
                    "ts|firstSeen",
                    "te",
                    "td|duration",
                    "sa|srcAddr",
                    "da|dstAddr",
                    "sp|srcPort",
                    "dp|dstPort",
                    "pr|proto",
                    "flg",
                    "ipkt|packets",
                    "ibyt|bytes",
                    "opkt",
                    "obyt"),
            List.of(TIME, SOURCE, DESTINATION, PROTOCOL, PACKETS, BYTES),
            List.of(BYTES));

    @Override
    public boolean read(Fields fields, ConnectionRecord record, Rejections rejections) {
        fields.trim();
        record.clear();
        record.protocol = fields.protocol(PROTOCOL);
        if (record.protocol == ProtocolNames.UNKNOWN) {
            rejections.count(RejectionReason.NOT_IP);
            return false;
        }
        boolean readable = readTime(fields, record)
                && fields.readAddress(SOURCE, record.initiator)
                && fields.readAddress(DESTINATION, record.responder)
                && readPorts(fields, record)
                && readSide(fields, PACKETS, BYTES, record.initiator)
                && readSide(fields, ANSWER_PACKETS, ANSWER_BYTES, record.responder);
        if (!readable) {
            rejections.count(RejectionReason.UNREADABLE_FIELD);
            return false;
        }
        if (record.protocol == Protocols.TCP) {
            record.initiator.flags = flags(fields);
        }
        return true;
    }

    private static boolean readTime(Fields fields, ConnectionRecord record) {
        if (!fields.has(END)) {
            return fields.readTime(TIME, DURATION, record);
        }
        long start = fields.instant(TIME);
        long end = fields.instant(END);
        record.setTime(start, Math.max(end - start, 0));
        return Math.min(start, end) != Numbers.UNREADABLE;
    }

    private static boolean readPorts(Fields fields, ConnectionRecord record) {
        long source = fields.port(SOURCE_PORT);
        long destination = record.isIcmp() ? icmp(fields) : fields.port(DESTINATION_PORT);
        if (Math.min(source, destination) == Numbers.UNREADABLE) {
            return false;
        }
        if (record.isIcmp()) {
            char port = (char) Math.max(destination, 0);
            record.setIcmp(port, IcmpTypes.answer(port));
        } else {
            record.setPorts((char) Math.max(source, 0), (char) Math.max(destination, 0));
        }
        return true;
    }

    /** Type and code, as {@code 8.0} or as one number. */
    private static long icmp(Fields fields) {
        byte[] bytes = fields.bytes();
        int start = fields.start(DESTINATION_PORT);
        int end = fields.end(DESTINATION_PORT);
        for (int i = start; i < end; i++) {
            if (bytes[i] == '.') {
                long type = Numbers.digits(bytes, start, i, 0xff);
                long code = Numbers.digits(bytes, i + 1, end, 0xff);
                return Math.min(type, code) < 0 ? Numbers.UNREADABLE : IcmpTypes.port((int) type, (int) code);
            }
        }
        return fields.port(DESTINATION_PORT);
    }

    private static boolean readSide(Fields fields, int packetsField, int bytesField, Side side) {
        long packets = fields.count(packetsField);
        long bytes = fields.count(bytesField);
        if (Math.min(packets, bytes) == Numbers.UNREADABLE) {
            return false;
        }
        side.bytes = Math.max(bytes, 0);
        side.packets = Math.max(packets, Math.min(side.bytes, 1));
        return true;
    }

    /** Letters in any order, or a number with {@code 0x}. */
    private static int flags(Fields fields) {
        int start = fields.start(FLAGS);
        int end = fields.end(FLAGS);
        if (end - start > 2 && fields.bytes()[start] == '0') {
            return (int) Math.max(Numbers.port(fields.bytes(), start, end), 0) & 0xff;
        }
        int flags = 0;
        for (int i = start; i < end; i++) {
            flags |= switch (fields.bytes()[i]) {
                case 'F' -> FIN;
                case 'S' -> SYN;
                case 'R' -> RST;
                case 'P' -> PSH;
                case 'A' -> ACK;
                case 'U' -> URG;
                case 'E' -> ECE;
                case 'C' -> CWR;
                default -> 0;
            };
        }
        return flags;
    }
}
