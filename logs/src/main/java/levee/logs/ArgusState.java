package levee.logs;

import static levee.logs.NameTable.entry;
import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.CWR;
import static levee.telemetry.TcpFlags.ECE;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;
import static levee.telemetry.TcpFlags.URG;

import levee.telemetry.IcmpTypes;

/**
 * The {@code State} of an Argus record: for TCP the flags of both sides ({@code FSPA_SPA}) or a name ({@code CON}), for
 * ICMP what the message is. See the table of {@link ConnectionRecord}.
 */
final class ArgusState {
    /** Names of TCP. {@code RST} and {@code TIM} come at any time, so that nothing follows from them. */
    private static final NameTable FLAGS = new NameTable(
            entry("CON", FlagPair.of(SYN | ACK, SYN | ACK)),
            entry("EST", FlagPair.of(SYN | ACK, SYN | ACK)),
            entry("REQ", FlagPair.of(SYN, 0)),
            entry("INT", FlagPair.of(SYN, 0)),
            entry("ACC", FlagPair.of(SYN, SYN | ACK)),
            entry("FIN", FlagPair.of(SYN | ACK | FIN, SYN | ACK | FIN)),
            entry("CLO", FlagPair.of(SYN | ACK | FIN, SYN | ACK | FIN)));

    /** Names of ICMP messages. */
    private static final NameTable ICMP = new NameTable(
            entry("ECR", IcmpTypes.port(0, 0)),
            entry("ECO", IcmpTypes.port(8, 0)),
            entry("RED", IcmpTypes.port(5, 0)),
            entry("TXD", IcmpTypes.port(11, 0)),
            entry("URN", IcmpTypes.port(3, 0)),
            entry("URH", IcmpTypes.port(3, 1)),
            entry("URP", IcmpTypes.port(3, 3)));

    private ArgusState() {}

    /** Whether the state shows the flags that were seen, and is not a name from which they follow. */
    static boolean showsFlags(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '_') {
                return true;
            }
        }
        return false;
    }

    /** The TCP flags of source and destination as a {@link FlagPair}; no flags where the state does not say. */
    static int flags(byte[] bytes, int start, int end) {
        if (!showsFlags(bytes, start, end)) {
            return FLAGS.find(bytes, start, end, 0);
        }
        int source = 0;
        int i = start;
        for (; bytes[i] != '_'; i++) {
            source |= flag(bytes[i]);
        }
        int destination = 0;
        for (; i < end; i++) {
            destination |= flag(bytes[i]);
        }
        return FlagPair.of(source, destination);
    }

    private static int flag(byte letter) {
        return switch (letter) {
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

    /** The ICMP message that the state names, as {@link IcmpTypes#port}; 0, an echo reply, where it names none. */
    static char icmp(byte[] bytes, int start, int end) {
        return (char) ICMP.find(bytes, start, end, 0);
    }
}
