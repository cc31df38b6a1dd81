package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import levee.model.IpAddress;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;
import levee.telemetry.Rejections;
import levee.telemetry.TcpFlags;

/**
 * An event as a value.
 *
 * @param ends such as {@code 10.0.0.1:50000 > 10.0.0.2:53}, from the initiator to the responder
 */
record Said(
        EventKind kind,
        long nanos,
        String ends,
        int protocol,
        int flags,
        int code,
        int type,
        String name,
        String detail,
        String more,
        List<String> addresses) {
    static final long NANOS = 1_700_000_000_123_456_789L;
    static final int CLIENT_PORT = 50_000;
    static final String CLIENT = "10.0.0.1";
    static final String SERVER = "10.0.0.2";

    boolean isRequest() {
        return flags == EventBatch.REQUEST;
    }

    boolean isResponse() {
        return flags == EventBatch.RESPONSE;
    }

    /** Whether it is an answer that holds a program. */
    boolean isProgram() {
        return flags == (EventBatch.RESPONSE | EventBatch.PROGRAM);
    }

    static Said of(EventBatch events, int event) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < events.addresses(event); i++) {
            addresses.add(new IpAddress(events.addressHigh(event, i), events.addressLow(event, i)).toString());
        }
        return new Said(
                events.kind(event),
                events.nanos[event],
                new IpAddress(events.initiatorHigh[event], events.initiatorLow[event]) + ":"
                        + (int) events.initiatorPort[event] + " > "
                        + new IpAddress(events.responderHigh[event], events.responderLow[event]) + ":"
                        + (int) events.responderPort[event],
                events.protocol[event] & 0xff,
                events.flags[event],
                events.code[event],
                events.type[event],
                events.text(event, Text.NAME),
                events.text(event, Text.DETAIL),
                events.text(event, Text.MORE),
                addresses);
    }

    static List<Said> all(EventBatch events) {
        List<Said> all = new ArrayList<>();
        for (int event = 0; event < events.size; event++) {
            all.add(of(events, event));
        }
        return all;
    }

    /** What a client's segment to a port says. */
    static List<Said> byClient(int port, byte[] payload) {
        return new Listener().hear(segment(CLIENT, CLIENT_PORT, SERVER, port, payload));
    }

    static List<Said> byClient(int port, String payload) {
        return byClient(port, payload.getBytes(ISO_8859_1));
    }

    /** What a server's segment from a port says. */
    static List<Said> byServer(int port, byte[] payload) {
        return new Listener().hear(segment(SERVER, port, CLIENT, CLIENT_PORT, payload));
    }

    static List<Said> byServer(int port, String payload) {
        return byServer(port, payload.getBytes(ISO_8859_1));
    }

    /** What a datagram says. */
    static List<Said> inDatagram(int sourcePort, int destinationPort, byte[] payload) {
        return new Listener()
                .hear(PacketBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .udp(sourcePort, destinationPort)
                        .payload(payload));
    }

    private static PacketBuilder segment(String from, int fromPort, String to, int toPort, byte[] payload) {
        return PacketBuilder.ethernet()
                .ipv4(from, to)
                .tcp(fromPort, toPort, TcpFlags.ACK | TcpFlags.PSH)
                .payload(payload);
    }

    /** Dissects packets in the order in which they are given. */
    static final class Listener {
        private final Rejections rejections = new Rejections();
        private final ApplicationReader applications = new ApplicationReader();
        private final PacketDissector dissector = new PacketDissector(rejections, null, applications);
        private final FlowBatch batch = new FlowBatch(64);
        private long nanos = NANOS;

        List<Said> hear(PacketBuilder packet) {
            byte[] bytes = packet.bytes();
            return hear(LinkType.ETHERNET, bytes, bytes.length);
        }

        /** @param length on the wire */
        List<Said> hear(LinkType type, byte[] packet, int length) {
            return hear(type, packet, length, 0x45);
        }

        /** @param surroundings the byte that stands in front of and behind packets */
        List<Said> hear(LinkType type, byte[] packet, int length, int surroundings) {
            batch.clear(FlowBatch.Rows.PACKETS);
            byte[] surrounded = new byte[packet.length + 200];
            Arrays.fill(surrounded, (byte) surroundings);
            System.arraycopy(packet, 0, surrounded, 100, packet.length);
            dissector.dissect(ByteBuffer.wrap(surrounded), 100, packet.length, length, type, nanos, batch);
            return all(batch.events);
        }

        void pass(long elapsedNanos) {
            nanos += elapsedNanos;
        }

        long lostBeginnings() {
            return applications.lostBeginnings();
        }
    }
}
