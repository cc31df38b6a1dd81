package levee.logs;

import static levee.logs.NameTable.entry;
import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

/** Zeek's {@code conn_state}, for records without a history; see the table of {@link ConnectionRecord}. */
final class ZeekState {
    private static final NameTable FLAGS = new NameTable(
            entry("SF", FlagPair.of(SYN | ACK | FIN, SYN | ACK | FIN)),
            entry("S0", FlagPair.of(SYN, 0)),
            entry("REJ", FlagPair.of(SYN, RST)),
            entry("S1", FlagPair.of(SYN | ACK, SYN | ACK)),
            entry("S2", FlagPair.of(SYN | ACK | FIN, SYN | ACK)),
            entry("S3", FlagPair.of(SYN | ACK, SYN | ACK | FIN)),
            entry("RSTO", FlagPair.of(SYN | ACK | RST, SYN | ACK)),
            entry("RSTR", FlagPair.of(SYN | ACK, SYN | ACK | RST)),
            entry("RSTOS0", FlagPair.of(SYN | RST, 0)),
            entry("RSTRH", FlagPair.of(0, SYN | ACK | RST)),
            entry("SH", FlagPair.of(SYN | FIN, 0)),
            entry("SHR", FlagPair.of(0, SYN | ACK | FIN)));

    private ZeekState() {}

    /**
     * The TCP flags of the two sides as a {@link FlagPair}; no flags where a side sent nothing or nothing is known, as
     * in {@code OTH}. Other protocols have the same states, and flags mean no more than that a side sent.
     */
    static int flags(byte[] bytes, int start, int end) {
        return FLAGS.find(bytes, start, end, 0);
    }
}
