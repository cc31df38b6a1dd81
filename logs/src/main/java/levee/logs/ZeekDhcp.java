package levee.logs;

import java.util.List;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/**
 * Zeek's {@code dhcp.log}, old and new. A line tells of one lease: the old ones only of its end, the new ones (from Zeek 2.6
 * on) of all messages, of which the last one is the event's type.
 */
final class ZeekDhcp extends ZeekEvents {
    private static final int CLIENT = OWN;
    private static final int SERVER = OWN + 1;
    private static final int MAC = OWN + 2;
    private static final int HOST_NAME = OWN + 3;
    private static final int REQUESTED = OWN + 4;
    private static final int ASSIGNED = OWN + 5;
    private static final int ASSIGNED_ONCE = OWN + 6;
    private static final int LEASE = OWN + 7;
    private static final int MESSAGES = OWN + 8;
    private static final int VENDOR = OWN + 9;

    private static final List<String> NAMES = List.of(
            "ts",
            "id.orig_h",
            "id.orig_p",
            "id.resp_h",
            "id.resp_p",
            "client_addr",
            "server_addr",
            "mac",
            "host_name",
            "requested_addr",
            "assigned_addr",
            "assigned_ip",
            "lease_time",
            "msg_types",
            "client_software");

    static final Schema SCHEMA = new Schema(
            NAMES,
            List.of(TIME, MAC),
            List.of(CLIENT, REQUESTED, ASSIGNED, ASSIGNED_ONCE, LEASE, MESSAGES),
            List.of(MESSAGES));

    private static final long UNSPECIFIED = IpAddress.mapIpv4(0);

    private int messages;
    private int lastMessage;

    ZeekDhcp() {
        super(Protocols.UDP);
    }

    @Override
    boolean readEnds() {
        if (fields.has(INITIATOR)) {
            lastMessage = DhcpMessages.ACK;
            messages = EventBatch.REQUEST | EventBatch.RESPONSE;
            return super.readEnds();
        }
        readMessages();
        ends.nanos = fields.instant(TIME);
        ends.initiatorLow = UNSPECIFIED;
        ends.responderLow = UNSPECIFIED;
        ends.initiatorPort = DhcpMessages.CLIENT_PORT;
        ends.responderPort = DhcpMessages.SERVER_PORT;
        return ends.nanos != Numbers.UNREADABLE
                && (!fields.has(CLIENT) || fields.readInitiator(CLIENT, ends))
                && (!fields.has(SERVER) || fields.readResponder(SERVER, ends));
    }

    private void readMessages() {
        messages = 0;
        lastMessage = 0;
        fields.beginList(MESSAGES);
        while (fields.nextElement()) {
            int message = DhcpMessages.NUMBERS.find(fields.bytes(), fields.elementStart(), fields.elementEnd(), 0);
            messages |= DhcpMessages.flag(message);
            lastMessage = message != 0 ? message : lastMessage;
        }
    }

    @Override
    public void write(FlowBatch batch) {
        EventBatch events = batch.events;
        int event = ends.begin(EventKind.DHCP, messages, events);
        events.type[event] = lastMessage;
        events.code[event] = fields.number(LEASE, Integer.MAX_VALUE);
        int assigned = fields.has(ASSIGNED) ? ASSIGNED : ASSIGNED_ONCE;
        fields.writeAddress(fields.start(assigned), fields.end(assigned), events);
        fields.writeName(HOST_NAME, events);
        fields.writeHardwareAddress(MAC, events);
        fields.write(VENDOR, Text.MORE, events);
    }
}
