package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;

/**
 * Packets that only tools for scanning make. Mirai's SYNs have the destination as sequence number (scanner.c); ZMap's the IP
 * identification 54321; masscan's one that is made of destination, port and sequence number. Needs packets, or exporters
 * that say these fields.
 */
final class ToolWatch implements Watch {
    private static final int ZMAP = 54_321;
    private static final int FEWEST = 3;
    private static final int FEWEST_BY_CHANCE = 5;
    private static final double MIRAI_WEIGHT = 45;
    private static final double TOOL_WEIGHT = 32;

    /** A host's SYN with all its fields. */
    static void note(FlowBatch batch, int row, Host host) {
        int destination = (int) batch.destinationLow[row];
        int sequence = batch.tcpSequence[row];
        int identification = batch.ipIdentification[row];
        boolean mirai = sequence == destination && sequence != 0;
        boolean zmap = identification == ZMAP;
        boolean masscan = identification == ((destination ^ batch.destinationPort[row] ^ sequence) & 0xffff)
                && identification != 0;
        ToolMarks marks = host.marks;
        if (marks == null) {
            if (!mirai && !zmap && !masscan) {
                return;
            }
            marks = new ToolMarks();
            host.marks = marks;
            marks.firstNanos = batch.firstNanos[row];
        }
        marks.syns++;
        if (mirai || zmap || masscan) {
            marks.mirai += mirai ? 1 : 0;
            marks.zmap += zmap ? 1 : 0;
            marks.masscan += masscan ? 1 : 0;
            marks.lastNanos = batch.firstNanos[row];
            marks.destinations |= 1L << (batch.destinationHash[row] + batch.destinationPort[row] & 63);
            marks.examples.add(
                    batch.firstNanos[row],
                    batch.destinationHigh[row],
                    batch.destinationLow[row],
                    batch.sourcePort[row],
                    batch.destinationPort[row],
                    batch.protocol[row]);
            host.isDirty = true;
        }
    }

    /** Whether a row is a SYN over IPv4 with all its fields. */
    static boolean mayBeMarked(FlowBatch batch, int row) {
        return batch.protocol[row] == Protocols.TCP
                && (batch.tcpFlags[row] & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN
                && IpAddress.isIpv4(batch.destinationHigh[row], batch.destinationLow[row]);
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        ToolMarks marks = host.marks;
        if (marks == null || Long.bitCount(marks.destinations) < FEWEST) {
            return;
        }
        if (marks.mirai >= FEWEST) {
            signs.accept(sign(
                    marks,
                    marks.mirai,
                    FEWEST,
                    MIRAI_WEIGHT,
                    "carry the destination address as TCP sequence number, as"
                            + " Mirai's do and others' with a chance of one in four billion"));
        } else if (marks.masscan >= FEWEST && 2 * marks.masscan >= marks.syns) {
            signs.accept(
                    sign(marks, marks.masscan, FEWEST, TOOL_WEIGHT, "carry the IP identification that masscan makes"));
        } else if (marks.zmap >= FEWEST_BY_CHANCE && 2 * marks.zmap >= marks.syns) {
            signs.accept(
                    sign(marks, marks.zmap, FEWEST_BY_CHANCE, TOOL_WEIGHT, "carry ZMap's IP identification, 54321"));
        }
    }

    private static Sign sign(ToolMarks marks, int marked, int fewest, double weight, String what) {
        return new Sign(
                BehaviourKind.SCAN_TOOL_FINGERPRINT,
                weight,
                marks.firstNanos,
                marks.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "%,d of %,d SYN packets since the first such one %s",
                                marked,
                                marks.syns,
                                what),
                        marked,
                        fewest,
                        "fields of packets")),
                marks.examples.list());
    }
}
