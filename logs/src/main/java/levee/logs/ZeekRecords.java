package levee.logs;

import java.util.List;
import levee.logs.ConnectionRecord.Side;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.IcmpTypes;
import levee.telemetry.RejectionReason;
import levee.telemetry.Rejections;

/** Reads the fields of Zeek's {@code conn.log}, in whichever form they came. */
final class ZeekRecords implements ConnectionFormat {
    private static final int TIME = 0;
    private static final int DURATION = 1;
    private static final int PROTOCOL = 2;
    private static final int PROTOCOL_NUMBER = 3;
    private static final int STATE = 4;
    private static final int HISTORY = 5;
    private static final SideFields ORIGINATOR = new SideFields(6, 7, 8, 9, 10);
    private static final SideFields RESPONDER = new SideFields(11, 12, 13, 14, 15);

    static final Schema SCHEMA = new Schema(
            List.of(
                    "ts",
                    "duration",
                    "proto",
                    "ip_proto",
                    "conn_state",
                    "history",
                    "id.orig_h",
                    "id.orig_p",
                    "orig_pkts",
                    "orig_ip_bytes",
                    "orig_bytes",
                    "id.resp_h",
                    "id.resp_p",
                    "resp_pkts",
                    "resp_ip_bytes",
                    "resp_bytes"),
            List.of(TIME, PROTOCOL, ORIGINATOR.address, RESPONDER.address),
            List.of(STATE, HISTORY, ORIGINATOR.packets, ORIGINATOR.bytes, ORIGINATOR.payload));

    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int TCP_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;

    /** Payload of a full TCP segment in an Ethernet frame. */
    private static final int SEGMENT_BYTES = 1460;

    private final ZeekHistory history = new ZeekHistory();

    @Override
    public boolean read(Fields fields, ConnectionRecord record, Rejections rejections) {
        record.clear();
        boolean readable = fields.readTime(TIME, DURATION, record)
                && fields.readAddress(ORIGINATOR.address, record.initiator)
                && fields.readAddress(RESPONDER.address, record.responder)
                && readProtocol(fields, record)
                && readPorts(fields, record)
                && readTraffic(fields, record);
        if (!readable) {
            rejections.count(RejectionReason.UNREADABLE_FIELD);
        }
        return readable;
    }

    private static boolean readProtocol(Fields fields, ConnectionRecord record) {
        int named = fields.protocol(PROTOCOL);
        int protocol = named != ProtocolNames.UNKNOWN ? named : fields.protocol(PROTOCOL_NUMBER);
        // Zeek says icmp for both families.
        record.protocol = protocol == Protocols.ICMP && !isIpv4(record) ? Protocols.ICMPV6 : protocol;
        return protocol != ProtocolNames.UNKNOWN;
    }

    private static boolean isIpv4(ConnectionRecord record) {
        return IpAddress.isIpv4(record.initiator.addressHigh, record.initiator.addressLow);
    }

    private static boolean readPorts(Fields fields, ConnectionRecord record) {
        long originator = fields.port(ORIGINATOR.port);
        long responder = fields.port(RESPONDER.port);
        if (Math.min(originator, responder) == Numbers.UNREADABLE) {
            return false;
        }
        int originatorPort = (int) Math.max(originator, 0);
        int responderPort = (int) Math.max(responder, 0);
        if (record.isIcmp()) {
            // The originator's port is the type; the responder's is the type that answers it or, without one, the code.
            boolean isAnswer = IcmpTypes.counterpart(originatorPort) == responderPort;
            char icmp = IcmpTypes.port(originatorPort, isAnswer ? 0 : responderPort);
            record.setIcmp(icmp, IcmpTypes.answer(icmp));
        } else {
            record.setPorts((char) originatorPort, (char) responderPort);
        }
        return true;
    }

    private boolean readTraffic(Fields fields, ConnectionRecord record) {
        boolean hasHistory = fields.has(HISTORY);
        history.read(fields.bytes(), fields.start(HISTORY), fields.end(HISTORY));
        int stateFlags = ZeekState.flags(fields.bytes(), fields.start(STATE), fields.end(STATE));
        boolean originatorInState = FlagPair.initiator(stateFlags) != 0;
        boolean responderInState = FlagPair.responder(stateFlags) != 0;
        int headers = headerBytes(record);
        boolean readable = readSide(
                        fields, ORIGINATOR, record.initiator, history.originator().sends, originatorInState, headers)
                && readSide(fields, RESPONDER, record.responder, history.responder().sends, responderInState, headers);
        if (record.protocol != Protocols.TCP) {
            record.judgeByPackets();
        } else if (hasHistory) {
            judgeByHistory(record);
        } else {
            record.initiator.flags = FlagPair.initiator(stateFlags);
            record.responder.flags = FlagPair.responder(stateFlags);
            record.judgeByFlags();
        }
        return readable;
    }

    private void judgeByHistory(ConnectionRecord record) {
        judge(record.initiator, history.originator());
        judge(record.responder, history.responder());
        record.started = history.started();
        record.completed = history.completed();
    }

    private static void judge(Side side, ZeekHistory.Letters letters) {
        side.flags = letters.flags;
        side.speaks = letters.sends ? letters.speaks : side.sends();
    }

    private static int headerBytes(ConnectionRecord record) {
        int network = isIpv4(record) ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
        return network + (record.protocol == Protocols.TCP ? TCP_HEADER_BYTES : UDP_HEADER_BYTES);
    }

    /**
     * Sets what a side sent, and estimates what is not given. Zeek does not count packets with bad checksums, but its
     * history tells of them.
     *
     * @param inHistory the history tells of a packet of this side
     * @param inState the state implies one; believed only where nothing was counted
     * @param headerBytes of a packet, from the IP header to the payload
     */
    private static boolean readSide(
            Fields fields, SideFields numbers, Side side, boolean inHistory, boolean inState, int headerBytes) {
        long packets = fields.count(numbers.packets);
        long bytes = fields.count(numbers.bytes);
        long payload = fields.count(numbers.payload);
        if (Math.min(Math.min(packets, bytes), payload) == Numbers.UNREADABLE) {
            return false;
        }
        boolean counted = packets != Fields.ABSENT;
        if (inHistory || (counted ? packets > 0 : inState || bytes > 0 || payload > 0)) {
            // Without packets Zeek guesses the payload from sequence numbers.
            long sentPayload = packets == 0 ? 0 : Math.max(payload, 0);
            side.packets = packets > 0 ? packets : Math.max(1, (sentPayload + SEGMENT_BYTES - 1) / SEGMENT_BYTES);
            side.bytes = bytes > 0 ? bytes : sentPayload + side.packets * headerBytes;
        }
        return true;
    }

    /** The numbers of the fields that there are for each side. */
    private record SideFields(int address, int port, int packets, int bytes, int payload) {}
}
