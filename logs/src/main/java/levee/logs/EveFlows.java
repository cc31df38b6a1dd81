package levee.logs;

import static levee.logs.NameTable.entry;
import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.SYN;

import levee.logs.ConnectionRecord.Side;
import levee.model.Protocols;
import levee.telemetry.IcmpTypes;
import levee.telemetry.RejectionReason;
import levee.telemetry.Rejections;

/** Suricata's {@code flow} events: connections, with both directions. Bytes count from the link layer. */
final class EveFlows implements ConnectionFormat {
    /** What the state implies where no flags were logged. */
    private static final NameTable STATES = new NameTable(
            entry("new", FlagPair.of(SYN, 0)),
            entry("established", FlagPair.of(SYN | ACK, SYN | ACK)),
            entry("closed", FlagPair.of(SYN | ACK, SYN | ACK)));

    @Override
    public boolean read(Fields fields, ConnectionRecord record, Rejections rejections) {
        record.clear();
        record.protocol = fields.protocol(EveFields.PROTOCOL);
        if (record.protocol == ProtocolNames.UNKNOWN) {
            rejections.count(RejectionReason.NOT_IP);
            return false;
        }
        boolean readable = readTime(fields, record)
                && fields.readAddress(EveFields.SOURCE, record.initiator)
                && fields.readAddress(EveFields.DESTINATION, record.responder)
                && readPorts(fields, record)
                && readSide(fields, EveFields.PACKETS_TO_SERVER, EveFields.BYTES_TO_SERVER, record.initiator)
                && readSide(fields, EveFields.PACKETS_TO_CLIENT, EveFields.BYTES_TO_CLIENT, record.responder);
        if (!readable) {
            rejections.count(RejectionReason.UNREADABLE_FIELD);
            return false;
        }
        if (record.protocol == Protocols.TCP) {
            readFlags(fields, record);
            record.judgeByFlags();
        } else {
            record.judgeByPackets();
        }
        return true;
    }

    private static boolean readTime(Fields fields, ConnectionRecord record) {
        long told = fields.instant(EveFields.TIMESTAMP);
        long start = fields.has(EveFields.FLOW_START) ? fields.instant(EveFields.FLOW_START) : told;
        long end = fields.has(EveFields.FLOW_END) ? fields.instant(EveFields.FLOW_END) : start;
        if (Math.min(start, end) == Numbers.UNREADABLE) {
            return false;
        }
        record.setTime(start, Math.max(end - start, 0));
        return true;
    }

    private static boolean readPorts(Fields fields, ConnectionRecord record) {
        long source = fields.port(EveFields.SOURCE_PORT);
        long destination = fields.port(EveFields.DESTINATION_PORT);
        if (Math.min(source, destination) == Numbers.UNREADABLE) {
            return false;
        }
        if (record.isIcmp()) {
            char asked = icmp(fields, EveFields.ICMP_TYPE, EveFields.ICMP_CODE);
            boolean told = fields.has(EveFields.RESPONSE_ICMP_TYPE);
            record.setIcmp(
                    asked,
                    told
                            ? icmp(fields, EveFields.RESPONSE_ICMP_TYPE, EveFields.RESPONSE_ICMP_CODE)
                            : IcmpTypes.answer(asked));
        } else {
            record.setPorts((char) Math.max(source, 0), (char) Math.max(destination, 0));
        }
        return true;
    }

    private static char icmp(Fields fields, int type, int code) {
        return IcmpTypes.port(fields.number(type, 0xff), fields.number(code, 0xff));
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

    private static void readFlags(Fields fields, ConnectionRecord record) {
        if (fields.has(EveFields.FLAGS_TO_SERVER) || fields.has(EveFields.FLAGS_TO_CLIENT)) {
            record.initiator.flags = flags(fields, EveFields.FLAGS_TO_SERVER);
            record.responder.flags = flags(fields, EveFields.FLAGS_TO_CLIENT);
        } else {
            int implied = fields.named(EveFields.FLOW_STATE, STATES, 0);
            record.initiator.flags = FlagPair.initiator(implied);
            record.responder.flags = FlagPair.responder(implied);
        }
    }

    /** Two hexadecimal digits. */
    private static int flags(Fields fields, int field) {
        long flags = Numbers.hexadecimal(fields.bytes(), fields.start(field), fields.end(field));
        return flags < 0 ? 0 : (int) flags & 0xff;
    }
}
