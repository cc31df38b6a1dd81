package levee.logs;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

import java.util.List;
import levee.model.Protocols;
import levee.telemetry.IcmpTypes;
import levee.telemetry.RejectionReason;
import levee.telemetry.Rejections;

/** Reads the fields of bidirectional Argus records, as {@code ra} prints them and the CTU data sets hold them. */
final class ArgusRecords implements ConnectionFormat {
    private static final int TIME = 0;
    private static final int DURATION = 1;
    private static final int PROTOCOL = 2;
    private static final int SOURCE = 3;
    private static final int SOURCE_PORT = 4;
    private static final int DIRECTION = 5;
    private static final int DESTINATION = 6;
    private static final int DESTINATION_PORT = 7;
    private static final int STATE = 8;
    private static final int PACKETS = 9;
    private static final int BYTES = 10;
    private static final int SOURCE_BYTES = 11;
    private static final int SOURCE_PACKETS = 12;
    private static final int DESTINATION_PACKETS = 13;

    static final Schema SCHEMA = new Schema(
            List.of(
                    "StartTime",
                    "Dur",
                    "Proto",
                    "SrcAddr",
                    "Sport",
                    "Dir",
                    "DstAddr",
                    "Dport",
                    "State",
                    "TotPkts",
                    "TotBytes",
                    "SrcBytes",
                    "SrcPkts",
                    "DstPkts"),
            List.of(TIME, PROTOCOL, SOURCE, DESTINATION, PACKETS, BYTES, SOURCE_BYTES),
            List.of(PACKETS));

    @Override
    public boolean read(Fields fields, ConnectionRecord record, Rejections rejections) {
        record.clear();
        record.protocol = fields.protocol(PROTOCOL);
        if (record.protocol == ProtocolNames.UNKNOWN
                || fields.isHardwareAddress(SOURCE)
                || fields.isHardwareAddress(DESTINATION)) {
            rejections.count(RejectionReason.NOT_IP);
            return false;
        }
        boolean readable = fields.readTime(TIME, DURATION, record)
                && fields.readAddress(SOURCE, record.initiator)
                && fields.readAddress(DESTINATION, record.responder)
                && readPorts(fields, record)
                && readTraffic(fields, record);
        if (!readable) {
            rejections.count(RejectionReason.UNREADABLE_FIELD);
            return false;
        }
        if (record.protocol == Protocols.TCP) {
            judgeTcp(fields, record);
        } else {
            record.judgeByPackets();
        }
        return true;
    }

    private static boolean readPorts(Fields fields, ConnectionRecord record) {
        long source = fields.port(SOURCE_PORT);
        long destination = fields.port(DESTINATION_PORT);
        if (Math.min(source, destination) == Numbers.UNREADABLE) {
            return false;
        }
        if (!record.isIcmp()) {
            record.setPorts((char) Math.max(source, 0), (char) Math.max(destination, 0));
        } else if (source != Fields.ABSENT) {
            // The code is in the high byte, the type in the low one; the destination's port is the identifier.
            char icmp = IcmpTypes.port((int) source & 0xff, (int) source >> 8);
            record.setIcmp(icmp, IcmpTypes.answer(icmp));
        } else {
            char icmp = ArgusState.icmp(fields.bytes(), fields.start(STATE), fields.end(STATE));
            record.setIcmp(icmp, icmp);
        }
        return true;
    }

    private static boolean readTraffic(Fields fields, ConnectionRecord record) {
        long packets = fields.count(PACKETS);
        long bytes = fields.count(BYTES);
        long sourceBytes = fields.count(SOURCE_BYTES);
        long sourcePackets = fields.count(SOURCE_PACKETS);
        long destinationPackets = fields.count(DESTINATION_PACKETS);
        // The required ones may not be absent either, which is a negative number too.
        if (packets < 0
                || bytes < 0
                || sourceBytes < 0
                || sourceBytes > bytes
                || Math.min(sourcePackets, destinationPackets) == Numbers.UNREADABLE) {
            return false;
        }
        if (sourcePackets == Fields.ABSENT) {
            sourcePackets = destinationPackets == Fields.ABSENT
                    ? share(packets, sourceBytes, bytes)
                    : Math.max(packets - destinationPackets, 0);
        }
        if (destinationPackets == Fields.ABSENT) {
            destinationPackets = Math.max(packets - sourcePackets, 0);
        }
        long destinationBytes = bytes - sourceBytes;
        record.initiator.bytes = sourceBytes;
        record.responder.bytes = destinationBytes;
        record.initiator.packets = Math.max(sourcePackets, Math.min(sourceBytes, 1));
        record.responder.packets = Math.max(destinationPackets, Math.min(destinationBytes, 1));
        return true;
    }

    /** The source's packets, in proportion to its bytes; a side that sent bytes sent a packet. */
    private static long share(long packets, long sourceBytes, long bytes) {
        if (sourceBytes == bytes) {
            return packets;
        }
        if (sourceBytes == 0) {
            return 0;
        }
        // The product does not fit into a long; the quotient is rounded anyway.
        long share = Math.round((double) packets * sourceBytes / bytes);
        return Math.max(1, Math.min(share, packets - 1));
    }

    private static void judgeTcp(Fields fields, ConnectionRecord record) {
        byte[] bytes = fields.bytes();
        int start = fields.start(STATE);
        int end = fields.end(STATE);
        int flags = ArgusState.flags(bytes, start, end);
        record.initiator.flags = FlagPair.initiator(flags);
        record.responder.flags = FlagPair.responder(flags);
        boolean directionUnknown = fields.contains(DIRECTION, '?');
        if (directionUnknown && !ArgusState.showsFlags(bytes, start, end)) {
            // Argus puts the question mark where it saw no SYN.
            record.initiator.flags &= ~SYN;
            record.responder.flags &= ~SYN;
        }
        boolean reversed = fields.contains(DIRECTION, '<') && !fields.contains(DIRECTION, '>') && !directionUnknown;
        if (reversed || isLoneSynAck(record)) {
            record.exchangeSides();
        }
        record.judgeByFlags();
    }

    /** The source answered a SYN that was not seen. */
    private static boolean isLoneSynAck(ConnectionRecord record) {
        return record.initiator.flags == (SYN | ACK) && (record.responder.flags & ~(RST | ACK)) == 0;
    }
}
