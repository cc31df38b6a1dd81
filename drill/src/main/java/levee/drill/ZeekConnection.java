package levee.drill;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

import levee.model.Protocols;

/** One connection as Zeek describes it. */
final class ZeekConnection {
    private static final long NANOS_PER_MICRO = 1_000L;
    private static final int MICROS_PER_SECOND = 1_000_000;

    /** What one side sent. */
    private static final class Side {
        private long packets;
        private long bytes;
        private long payload;
        private boolean syn;
        private boolean fin;
        private boolean rst;
    }

    private final long firstNanos;
    private final long originatorHigh;
    private final long originatorLow;
    private final int originatorPort;
    private final long responderHigh;
    private final long responderLow;
    private final int responderPort;
    private final int protocol;
    private final Side originator = new Side();
    private final Side responder = new Side();
    private final StringBuilder history = new StringBuilder();
    private long lastNanos;

    /** Begins with a first packet, which {@link #add} counts. */
    ZeekConnection(Packet packet) {
        firstNanos = packet.nanos;
        protocol = packet.protocol;
        boolean isIcmp = protocol == Protocols.ICMP || protocol == Protocols.ICMPV6;
        // A SYN-ACK without SYN shows who the responder is; Zeek marks that it turned the connection around.
        boolean turned = protocol == Protocols.TCP && (packet.tcpFlags & (SYN | ACK)) == (SYN | ACK);
        if (turned) {
            history.append('^');
        }
        originatorHigh = turned ? packet.destinationHigh : packet.sourceHigh;
        originatorLow = turned ? packet.destinationLow : packet.sourceLow;
        responderHigh = turned ? packet.sourceHigh : packet.destinationHigh;
        responderLow = turned ? packet.sourceLow : packet.destinationLow;
        if (isIcmp) {
            int type = packet.destinationPort >>> 8;
            originatorPort = type;
            responderPort = counterpart(type, packet.destinationPort & 0xff);
        } else if (protocol == Protocols.TCP || protocol == Protocols.UDP) {
            originatorPort = turned ? packet.destinationPort : packet.sourcePort;
            responderPort = turned ? packet.sourcePort : packet.destinationPort;
        } else {
            originatorPort = 0;
            responderPort = 0;
        }
    }

    /** The type that answers an ICMP type, or the code where none does. */
    private static int counterpart(int type, int code) {
        return switch (type) {
            case 8 -> 0;
            case 0 -> 8;
            case 128 -> 129;
            case 129 -> 128;
            default -> code;
        };
    }

    long lastNanos() {
        return lastNanos;
    }

    boolean isEstablished() {
        return originator.syn && responder.syn && !(originator.rst || responder.rst || originator.fin && responder.fin);
    }

    /** Whether a SYN comes where the connection is over. */
    boolean isReopenedBy(Packet packet) {
        boolean over = originator.rst || responder.rst || originator.fin && responder.fin;
        return protocol == Protocols.TCP && over && (packet.tcpFlags & (SYN | ACK)) == SYN;
    }

    void add(Packet packet) {
        lastNanos = packet.nanos;
        boolean fromOriginator = packet.sourceHigh == originatorHigh
                && packet.sourceLow == originatorLow
                && (protocol != Protocols.TCP && protocol != Protocols.UDP || packet.sourcePort == originatorPort);
        Side side = fromOriginator ? originator : responder;
        side.packets++;
        side.bytes += packet.length();
        side.payload += packet.isFragment() ? packet.fragmentLength : packet.payloadLength;
        if (protocol == Protocols.TCP) {
            addFlags(packet, side, fromOriginator);
        } else if (packet.length() > 0) {
            letter('d', fromOriginator);
        }
    }

    private void addFlags(Packet packet, Side side, boolean fromOriginator) {
        int flags = packet.tcpFlags;
        if ((flags & SYN) != 0) {
            side.syn = true;
            letter((flags & ACK) != 0 ? 'h' : 's', fromOriginator);
        } else if (packet.payloadLength > 0) {
            letter('d', fromOriginator);
        } else if ((flags & (ACK | FIN | RST)) == ACK) {
            letter('a', fromOriginator);
        }
        if ((flags & FIN) != 0) {
            side.fin = true;
            letter('f', fromOriginator);
        }
        if ((flags & RST) != 0) {
            side.rst = true;
            letter('r', fromOriginator);
        }
    }

    /** A letter is there once for each side. */
    private void letter(char letter, boolean fromOriginator) {
        char written = fromOriginator ? Character.toUpperCase(letter) : letter;
        if (history.indexOf(String.valueOf(written)) < 0) {
            history.append(written);
        }
    }

    private String state() {
        if (protocol != Protocols.TCP) {
            return responder.packets == 0 ? "S0" : originator.packets == 0 ? "SHR" : "SF";
        }
        if (originator.syn && responder.syn) {
            if (originator.rst) {
                return "RSTO";
            }
            if (responder.rst) {
                return "RSTR";
            }
            return originator.fin ? responder.fin ? "SF" : "S2" : responder.fin ? "S3" : "S1";
        }
        if (originator.syn) {
            if (responder.rst) {
                return "REJ";
            }
            return originator.rst ? "RSTOS0" : originator.fin ? "SH" : "S0";
        }
        if (responder.syn) {
            return responder.rst ? "RSTRH" : responder.fin ? "SHR" : "OTH";
        }
        return "OTH";
    }

    private String protocolName() {
        return switch (protocol) {
            case Protocols.TCP -> "tcp";
            case Protocols.UDP -> "udp";
            case Protocols.ICMP, Protocols.ICMPV6 -> "icmp";
            default -> "unknown_transport";
        };
    }

    void appendTo(StringBuilder line, String identifier) {
        seconds(line, firstNanos).append('\t').append(identifier).append('\t');
        line.append(ConnLogSink.text(originatorHigh, originatorLow))
                .append('\t')
                .append(originatorPort);
        line.append('\t')
                .append(ConnLogSink.text(responderHigh, responderLow))
                .append('\t')
                .append(responderPort);
        line.append('\t').append(protocolName()).append("\t-\t");
        if (originator.packets + responder.packets > 1) {
            seconds(line, lastNanos - firstNanos);
            line.append('\t').append(originator.payload).append('\t').append(responder.payload);
        } else {
            line.append("-\t-\t-");
        }
        line.append('\t').append(state());
        line.append('\t').append(OwnHosts.isOwn(originatorHigh, originatorLow) ? 'T' : 'F');
        line.append('\t').append(OwnHosts.isOwn(responderHigh, responderLow) ? 'T' : 'F');
        line.append("\t0\t").append(history.isEmpty() ? "-" : history);
        line.append('\t').append(originator.packets).append('\t').append(originator.bytes);
        line.append('\t').append(responder.packets).append('\t').append(responder.bytes);
        line.append("\t-\t").append(protocol).append('\n');
    }

    private static StringBuilder seconds(StringBuilder line, long nanos) {
        long micros = nanos / NANOS_PER_MICRO;
        String fraction = Long.toString(micros % MICROS_PER_SECOND + MICROS_PER_SECOND);
        return line.append(micros / MICROS_PER_SECOND).append('.').append(fraction, 1, 7);
    }
}
