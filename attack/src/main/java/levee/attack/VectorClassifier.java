package levee.attack;

import static levee.attack.TrafficClass.ORDINARY;

import levee.model.AttackVector;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.PayloadHint;
import levee.telemetry.Relation;
import levee.telemetry.TcpFlags;

/** Gives each row its {@link TrafficClass}. */
final class VectorClassifier {
    private static final int DNS_REFLECTION = TrafficClass.of(AttackVector.DNS_REFLECTION);
    private static final int NTP_REFLECTION = TrafficClass.of(AttackVector.NTP_REFLECTION);
    private static final int SNMP_REFLECTION = TrafficClass.of(AttackVector.SNMP_REFLECTION);
    private static final int CLDAP_REFLECTION = TrafficClass.of(AttackVector.CLDAP_REFLECTION);
    private static final int SSDP_REFLECTION = TrafficClass.of(AttackVector.SSDP_REFLECTION);
    private static final int DTLS_REFLECTION = TrafficClass.of(AttackVector.DTLS_REFLECTION);
    private static final int SIP_REFLECTION = TrafficClass.of(AttackVector.SIP_REFLECTION);
    private static final int TCP_SYNACK_REFLECTION = TrafficClass.of(AttackVector.TCP_SYNACK_REFLECTION);
    private static final int TCP_MIDDLEBOX_REFLECTION = TrafficClass.of(AttackVector.TCP_MIDDLEBOX_REFLECTION);
    private static final int TCP_SYN_FLOOD = TrafficClass.of(AttackVector.TCP_SYN_FLOOD);
    private static final int TCP_ACK_FLOOD = TrafficClass.of(AttackVector.TCP_ACK_FLOOD);
    private static final int TCP_RST_FLOOD = TrafficClass.of(AttackVector.TCP_RST_FLOOD);
    private static final int TCP_FIN_FLOOD = TrafficClass.of(AttackVector.TCP_FIN_FLOOD);
    private static final int TCP_FLAG_FLOOD = TrafficClass.of(AttackVector.TCP_FLAG_FLOOD);
    private static final int UDP_FLOOD = TrafficClass.of(AttackVector.UDP_FLOOD);
    private static final int UDP_FRAGMENT_FLOOD = TrafficClass.of(AttackVector.UDP_FRAGMENT_FLOOD);
    private static final int DNS_QUERY_FLOOD = TrafficClass.of(AttackVector.DNS_QUERY_FLOOD);
    private static final int QUIC_FLOOD = TrafficClass.of(AttackVector.QUIC_FLOOD);
    private static final int ICMP_FLOOD = TrafficClass.of(AttackVector.ICMP_FLOOD);
    private static final int ICMPV6_FLOOD = TrafficClass.of(AttackVector.ICMPV6_FLOOD);
    private static final int GRE_FLOOD = TrafficClass.of(AttackVector.GRE_FLOOD);
    private static final int IP_PROTOCOL_FLOOD = TrafficClass.of(AttackVector.IP_PROTOCOL_FLOOD);
    private static final int IP_FRAGMENT_FLOOD = TrafficClass.of(AttackVector.IP_FRAGMENT_FLOOD);

    private static final int DNS_PORT = 53;
    private static final int QUIC_PORT = 443;

    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REQUEST_V6 = 128;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REPLY_V6 = 129;

    private static final byte[] REFLECTION_BY_PORT = reflectionByPort();

    private static byte[] reflectionByPort() {
        byte[] table = new byte[65_536];
        for (AttackVector vector : AttackVector.values()) {
            for (int port : vector.servicePorts()) {
                table[port] = (byte) TrafficClass.of(vector);
            }
        }
        return table;
    }

    private VectorClassifier() {}

    static int classify(FlowBatch batch, int row) {
        int relation = batch.relation[row];
        int protocol = batch.protocol[row] & 0xff;
        int fragment = batch.fragment[row];
        if (fragment != 0 && (fragment & (Fragment.CONTINUES | Fragment.JOINED)) == Fragment.CONTINUES) {
            return protocol == Protocols.UDP ? UDP_FRAGMENT_FLOOD : IP_FRAGMENT_FLOOD;
        }
        return switch (protocol) {
            case Protocols.TCP -> {
                int flags = batch.tcpFlags[row] & 0xff;
                yield batch.rows.arePackets() || batch.packets[row] == batch.samplingRate[row]
                        ? segment(flags, relation, batch.payloadHint[row])
                        : segments(flags, relation);
            }
            case Protocols.UDP ->
                isAnsweredOrAnswer(relation)
                        ? ORDINARY
                        : udp(batch.sourcePort[row], batch.destinationPort[row], batch.payloadHint[row]);
            case Protocols.ICMP -> {
                int type = batch.destinationPort[row] >>> 8;
                yield type == ECHO_REPLY && isAnswer(relation) ? ORDINARY : icmp(type, batch.payloadHint[row]);
            }
            case Protocols.ICMPV6 -> {
                int type = batch.destinationPort[row] >>> 8;
                yield type == ECHO_REPLY_V6 && isAnswer(relation) ? ORDINARY : icmpv6(type, batch.payloadHint[row]);
            }
            case Protocols.GRE -> isAnsweredOrAnswer(relation) ? ORDINARY : GRE_FLOOD;
            default -> isAnsweredOrAnswer(relation) ? ORDINARY : IP_PROTOCOL_FLOOD;
        };
    }

    /** The class of the rows that an answer answers, to count at the server that its clients are served. */
    static int classOfAnswered(FlowBatch batch, int row) {
        int protocol = batch.protocol[row] & 0xff;
        return switch (protocol) {
            case Protocols.UDP -> {
                int hint = batch.payloadHint[row] == PayloadHint.DNS_RESPONSE
                        ? PayloadHint.DNS_QUERY
                        : batch.payloadHint[row];
                yield udp(batch.destinationPort[row], batch.sourcePort[row], hint);
            }
            case Protocols.GRE -> GRE_FLOOD;
            case Protocols.TCP, Protocols.ICMP, Protocols.ICMPV6 -> ORDINARY;
            default -> IP_PROTOCOL_FLOOD;
        };
    }

    /**
     * The class of the rows that a sampled one may answer, or ask for, by its ports alone: which of both it is, is not
     * known of a sample. {@link TrafficClass#ORDINARY} where it says nothing of others.
     */
    static int classOfCounterpart(FlowBatch batch, int row) {
        return switch (batch.protocol[row] & 0xff) {
            case Protocols.UDP -> udp(batch.destinationPort[row], batch.sourcePort[row], PayloadHint.NONE);
            case Protocols.ICMP -> batch.destinationPort[row] >>> 8 == ECHO_REQUEST ? ICMP_FLOOD : ORDINARY;
            case Protocols.ICMPV6 -> batch.destinationPort[row] >>> 8 == ECHO_REQUEST_V6 ? ICMPV6_FLOOD : ORDINARY;
            case Protocols.GRE -> GRE_FLOOD;
            case Protocols.TCP -> ORDINARY;
            default -> IP_PROTOCOL_FLOOD;
        };
    }

    /** Of sampled connections it is not known who began: that both sides talk has to do. */
    private static boolean isAnswer(int relation) {
        return Relation.has(relation, Relation.KNOWN)
                ? !Relation.has(relation, Relation.FROM_INITIATOR)
                : Relation.has(relation, Relation.ANSWERED);
    }

    /** Flags that no implementation sets together, or none at all. */
    private static boolean isUnusual(int flags) {
        boolean syn = (flags & TcpFlags.SYN) != 0;
        boolean finOrRst = (flags & (TcpFlags.FIN | TcpFlags.RST)) != 0;
        boolean bareFin = (flags & (TcpFlags.FIN | TcpFlags.ACK)) == TcpFlags.FIN;
        return syn && finOrRst
                || bareFin && (flags & (TcpFlags.PSH | TcpFlags.URG)) != 0
                || (flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST | TcpFlags.FIN)) == 0;
    }

    private static boolean isAnsweredOrAnswer(int relation) {
        return Relation.has(relation, Relation.ANSWERED) || isAnswer(relation);
    }

    /** Records add up the flags of their segments, so that hardly any flags are unusual together. */
    private static int segments(int flags, int relation) {
        int kind = flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST | TcpFlags.FIN);
        return switch (kind) {
            case TcpFlags.SYN | TcpFlags.RST -> TCP_SYN_FLOOD;
            case TcpFlags.ACK | TcpFlags.RST | TcpFlags.FIN -> tcp(TcpFlags.ACK | TcpFlags.FIN, relation, 0);
            // Segments without any flag are rare; exporters that do not tell flags are not.
            case 0 -> ORDINARY;
            default -> (kind & TcpFlags.SYN) != 0 && (kind & ~TcpFlags.SYN) != 0 ? ORDINARY : tcp(flags, relation, 0);
        };
    }

    private static int segment(int flags, int relation, int hint) {
        return isUnusual(flags) ? TCP_FLAG_FLOOD : tcp(flags, relation, hint);
    }

    private static int tcp(int flags, int relation, int hint) {
        int kind = flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST | TcpFlags.FIN);
        boolean known = Relation.has(relation, Relation.KNOWN);
        boolean answer = isAnswer(relation);
        // A segment of a connection whose start or whose other side was seen is in its place.
        boolean inPlace =
                answer || known && (relation & (Relation.ANSWERED | Relation.STARTED | Relation.COMPLETES)) != 0;
        return switch (kind) {
            case TcpFlags.SYN -> TCP_SYN_FLOOD;
            case TcpFlags.SYN | TcpFlags.ACK -> answer ? ORDINARY : TCP_SYNACK_REFLECTION;
            case TcpFlags.ACK -> {
                if (inPlace) {
                    yield ORDINARY;
                }
                yield hint == PayloadHint.HTTP_RESPONSE ? TCP_MIDDLEBOX_REFLECTION : TCP_ACK_FLOOD;
            }
            case TcpFlags.RST, TcpFlags.RST | TcpFlags.ACK -> inPlace ? ORDINARY : TCP_RST_FLOOD;
            case TcpFlags.FIN | TcpFlags.ACK -> {
                if (inPlace) {
                    yield ORDINARY;
                }
                yield hint == PayloadHint.HTTP_RESPONSE ? TCP_MIDDLEBOX_REFLECTION : TCP_FIN_FLOOD;
            }
            case TcpFlags.FIN -> TCP_FIN_FLOOD;
            // No flags at all, or flags that no connection shows together; flow records add their flags up.
            default -> inPlace ? ORDINARY : TCP_FLAG_FLOOD;
        };
    }

    private static int udp(int sourcePort, int destinationPort, int hint) {
        switch (hint) {
            case PayloadHint.SSDP_RESPONSE -> {
                // From the port of another service it is that one's: Plex, too, answers in the manner of HTTP.
                if (REFLECTION_BY_PORT[sourcePort] == 0) {
                    return SSDP_REFLECTION;
                }
            }
            case PayloadHint.SIP_RESPONSE -> {
                return SIP_REFLECTION;
            }
            case PayloadHint.DNS_QUERY -> {
                return destinationPort == DNS_PORT ? DNS_QUERY_FLOOD : UDP_FLOOD;
            }
            case PayloadHint.NTP_REQUEST, PayloadHint.SNMP_REQUEST, PayloadHint.SSDP_REQUEST -> {
                // What goes to no service is no request, whatever it says.
                if (REFLECTION_BY_PORT[destinationPort] != 0) {
                    return UDP_FLOOD;
                }
            }
            case PayloadHint.DNS_RESPONSE -> {
                if (sourcePort == DNS_PORT) {
                    return DNS_REFLECTION;
                }
            }
            case PayloadHint.NTP_CONTROL_RESPONSE -> {
                return NTP_REFLECTION;
            }
            case PayloadHint.SNMP_RESPONSE -> {
                return SNMP_REFLECTION;
            }
            case PayloadHint.CLDAP_RESPONSE -> {
                return CLDAP_REFLECTION;
            }
            case PayloadHint.DTLS -> {
                return sourcePort == QUIC_PORT ? DTLS_REFLECTION : UDP_FLOOD;
            }
            default -> {
                // no payload, or one that does not say enough
            }
        }
        int reflection = REFLECTION_BY_PORT[sourcePort] & 0xff;
        if (reflection != 0) {
            return reflection;
        }
        return switch (destinationPort) {
            case DNS_PORT -> DNS_QUERY_FLOOD;
            case QUIC_PORT -> QUIC_FLOOD;
            default -> UDP_FLOOD;
        };
    }

    private static int icmp(int type, int hint) {
        return isIcmpError(hint) || type == 3 || type == 11 ? TrafficClass.ICMP_ERROR : ICMP_FLOOD;
    }

    private static int icmpv6(int type, int hint) {
        if (isIcmpError(hint)) {
            return TrafficClass.ICMP_ERROR;
        }
        // Multicast listener and neighbour discovery keep every link alive (RFC 3810, RFC 4861).
        return type >= 130 && type <= 137 || type == 143 ? ORDINARY : ICMPV6_FLOOD;
    }

    private static boolean isIcmpError(int hint) {
        return hint == PayloadHint.ICMP_ERROR_UDP
                || hint == PayloadHint.ICMP_ERROR_TCP
                || hint == PayloadHint.ICMP_ERROR_OTHER;
    }
}
