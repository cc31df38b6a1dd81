package levee.logs;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

import levee.model.Protocols;

/**
 * One connection as a log tells it, in the terms of {@link levee.telemetry.FlowBatch}. Filled again for every line.
 *
 * <p>What the states of the logs say. "Speaks" means that the side sent something other than a refusal (RST); a side
 * that sent nothing has no row. Where Zeek's history is there it is believed before the state, and the packet counts
 * before both as to whether a side sent at all.
 *
 * <table>
 * <caption>States of TCP</caption>
 * <tr><th>Zeek</th><th>Argus</th><th>initiator's flags</th><th>responder's flags</th>
 *     <th>started</th><th>responder speaks</th><th>completed</th></tr>
 * <tr><td>S0</td><td>{@code S_}, {@code REQ}, {@code INT}</td><td>S</td><td>none</td><td>yes</td><td>no</td><td>no</td></tr>
 * <tr><td>REJ</td><td>{@code S_RA}</td><td>S</td><td>R</td><td>yes</td><td>no</td><td>no</td></tr>
 * <tr><td>S1</td><td>{@code SA_SA}, {@code CON}, {@code EST}</td><td>SA</td><td>SA</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td></td><td>{@code S_SA}, {@code ACC}</td><td>S</td><td>SA</td><td>yes</td><td>yes</td><td>no</td></tr>
 * <tr><td></td><td>{@code SR_SA}</td><td>SR</td><td>SA</td><td>yes</td><td>yes</td><td>no</td></tr>
 * <tr><td>SF</td><td>{@code FSA_FSA}, {@code FIN}, {@code CLO}</td><td>SAF</td><td>SAF</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>S2</td><td>{@code FSA_SA}</td><td>SAF</td><td>SA</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>S3</td><td>{@code SA_FSA}</td><td>SA</td><td>SAF</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>RSTO</td><td>{@code SRA_SA}</td><td>SAR</td><td>SA</td><td>yes</td><td>yes</td><td>from 3 packets on</td></tr>
 * <tr><td>RSTR</td><td>{@code SA_SRA}</td><td>SA</td><td>SAR</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>RSTOS0</td><td>{@code SR_}</td><td>SR</td><td>none</td><td>yes</td><td>no</td><td>no</td></tr>
 * <tr><td>RSTRH</td><td>{@code _SRA}</td><td>none</td><td>SAR</td><td>no</td><td>yes</td><td>no</td></tr>
 * <tr><td>SH</td><td>{@code FS_}</td><td>SF</td><td>none</td><td>yes</td><td>no</td><td>no</td></tr>
 * <tr><td>SHR</td><td>{@code _FSA}</td><td>none</td><td>SAF</td><td>no</td><td>yes</td><td>no</td></tr>
 * <tr><td>OTH</td><td>{@code PA_PA}, {@code RST}, {@code TIM}</td><td>unknown</td><td>unknown</td><td>no</td><td>if it sent</td><td>no</td></tr>
 * <tr><td></td><td>{@code SA_}, {@code SA_R}</td><td colspan="5">the sides are exchanged: a lone SYN-ACK is an answer</td></tr>
 * </table>
 *
 * <p>Argus flags are taken as they are, the ones above are examples; {@code PA_PA} counts as midstream. Zeek's history
 * tells the order: completed means that the initiator, whose SYN was seen, sent something other than a RST after the
 * responder spoke. For other protocols a connection is started if the initiator sent, and completed if the responder
 * sent and the initiator sent more than one packet.
 */
final class ConnectionRecord {
    long startNanos;
    long endNanos;
    int protocol;

    Side initiator = new Side();
    Side responder = new Side();

    /** TCP: the first SYN was seen. */
    boolean started;

    /** TCP: the initiator went on after the responder's answer. */
    boolean completed;

    void clear() {
        startNanos = 0;
        endNanos = 0;
        protocol = 0;
        initiator.clear();
        responder.clear();
        started = false;
        completed = false;
    }

    /** What tells it from other connections. */
    FirstRecord identity() {
        return new FirstRecord(
                startNanos / 1000,
                initiator.addressHigh,
                initiator.addressLow,
                initiator.sourcePort,
                responder.addressHigh,
                responder.addressLow,
                responder.sourcePort);
    }

    /** Sets the time; an end beyond the range of time is its last nanosecond. */
    void setTime(long start, long duration) {
        startNanos = start;
        endNanos = start > Long.MAX_VALUE - duration ? Long.MAX_VALUE : start + duration;
    }

    void setPorts(char initiatorPort, char responderPort) {
        initiator.sourcePort = initiatorPort;
        initiator.destinationPort = responderPort;
        responder.sourcePort = responderPort;
        responder.destinationPort = initiatorPort;
    }

    /** ICMP: what each side sends, as {@link levee.telemetry.IcmpTypes#port}. */
    void setIcmp(char ofInitiator, char ofResponder) {
        initiator.destinationPort = ofInitiator;
        responder.destinationPort = ofResponder;
    }

    boolean isIcmp() {
        return protocol == Protocols.ICMP || protocol == Protocols.ICMPV6;
    }

    /** Judges TCP by flags and packets alone, where nothing tells the order of events. */
    void judgeByFlags() {
        initiator.judgeByFlags();
        responder.judgeByFlags();
        started = (initiator.flags & SYN) != 0;
        completed = started && responder.speaks && initiator.goesOn();
    }

    /** Judges other protocols than TCP by packets. */
    void judgeByPackets() {
        initiator.speaks = initiator.sends();
        responder.speaks = responder.sends();
        started = initiator.sends();
        completed = responder.sends() && initiator.packets > 1;
    }

    /** Makes the initiator the responder. */
    void exchangeSides() {
        Side side = initiator;
        initiator = responder;
        responder = side;
    }

    /** One end of a connection, and what it sent. */
    static final class Side {
        long addressHigh;
        long addressLow;

        /** Ports of what this side sends. */
        char sourcePort;

        char destinationPort;

        long packets;

        /** From the IP header on; Argus counts from the link layer. */
        long bytes;

        /** Union of the TCP flags sent. */
        int flags;

        /** Sent something other than a refusal. */
        boolean speaks;

        boolean sends() {
            return packets > 0;
        }

        private void judgeByFlags() {
            boolean refuses = (flags & RST) != 0 && (flags & ~(RST | ACK)) == 0;
            speaks = sends() && !refuses;
        }

        /** Sent something other than SYN and RST. A RST may carry the only ACK. */
        private boolean goesOn() {
            boolean onlyOpensAndResets = (flags & (PSH | FIN)) == 0;
            int others = (flags & RST) != 0 && onlyOpensAndResets ? 2 : 1;
            return (flags & (ACK | PSH | FIN)) != 0 && packets > others;
        }

        private void clear() {
            addressHigh = 0;
            addressLow = 0;
            sourcePort = 0;
            destinationPort = 0;
            packets = 0;
            bytes = 0;
            flags = 0;
            speaks = false;
        }
    }
}
