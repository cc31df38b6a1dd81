package levee.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import levee.archive.FlowBlock;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.Hashing;

/**
 * Sums of flows by one of their properties. Whoever sends traffic chooses how many different ones there are, so of too
 * many those with little traffic are forgotten, and counted.
 */
final class TopFlows {
    /** Of which so many are remembered at the most. */
    static final int MOST = 1 << 18;

    private static final int SLOTS = MOST << 1;

    private final Property property;
    private final long seed;
    private int most = MOST;
    private int size;
    private long forgotten;

    // By slot, open addressing; a slot without flows is free.
    private long[] high = new long[SLOTS];
    private long[] low = new long[SLOTS];
    private long[] flows = new long[SLOTS];
    private long[] packets = new long[SLOTS];
    private long[] bytes = new long[SLOTS];

    /** By what it is summed. */
    enum Property {
        SOURCE("source"),
        DESTINATION("destination"),
        /** That of the destination, with its protocol. */
        PORT("destination_port"),
        PROTOCOL("protocol"),
        EXPORTER("exporter");

        /** As programs know it. */
        final String column;

        Property(String column) {
            this.column = column;
        }
    }

    /** @param text what all these flows have in common */
    record Sum(String text, long flows, long packets, long bytes) {}

    /** @param seed secret, so that nobody outside can choose colliding addresses */
    TopFlows(Property property, long seed) {
        this.property = property;
        this.seed = seed;
    }

    /** The same with room for fewer. */
    TopFlows(Property property, long seed, int most) {
        this(property, seed);
        this.most = most;
    }

    void add(FlowBlock block, int row) {
        switch (property) {
            case SOURCE -> add(block, row, block.sourceHigh[row], block.sourceLow[row]);
            case DESTINATION -> add(block, row, block.destinationHigh[row], block.destinationLow[row]);
            case PORT -> add(block, row, block.protocol[row] & 0xff, block.destinationPort[row]);
            case PROTOCOL -> add(block, row, block.protocol[row] & 0xff, 0);
            case EXPORTER -> {
                IpAddress exporter = block.exporterOf(row);
                add(block, row, exporter.high(), exporter.low());
            }
        }
    }

    private void add(FlowBlock block, int row, long keyHigh, long keyLow) {
        int slot = slot(keyHigh, keyLow);
        if (flows[slot] == 0) {
            if (size == most) {
                forgetHalf();
                slot = slot(keyHigh, keyLow);
            }
            high[slot] = keyHigh;
            low[slot] = keyLow;
            size++;
        }
        flows[slot]++;
        packets[slot] += block.packets[row];
        bytes[slot] += block.bytes[row];
    }

    private int slot(long keyHigh, long keyLow) {
        int at = (int) Hashing.hash(seed, keyHigh, keyLow) & SLOTS - 1;
        while (flows[at] != 0 && (low[at] != keyLow || high[at] != keyHigh)) {
            at = at + 1 & SLOTS - 1;
        }
        return at;
    }

    private void forgetHalf() {
        int[] kept = slots().limit(most / 2).toArray();
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldFlows = flows;
        long[] oldPackets = packets;
        long[] oldBytes = bytes;
        forgotten += Arrays.stream(oldFlows).sum();
        high = new long[SLOTS];
        low = new long[SLOTS];
        flows = new long[SLOTS];
        packets = new long[SLOTS];
        bytes = new long[SLOTS];
        size = kept.length;
        for (int from : kept) {
            int to = slot(oldHigh[from], oldLow[from]);
            high[to] = oldHigh[from];
            low[to] = oldLow[from];
            flows[to] = oldFlows[from];
            packets[to] = oldPackets[from];
            bytes[to] = oldBytes[from];
            forgotten -= oldFlows[from];
        }
    }

    /** The slots in use, those with most bytes first. */
    private IntStream slots() {
        return IntStream.range(0, SLOTS)
                .filter(slot -> flows[slot] != 0)
                .boxed()
                .sorted(Comparator.comparingLong((Integer slot) -> bytes[slot])
                        .reversed()
                        .thenComparing(Comparator.comparingLong((Integer slot) -> packets[slot])
                                .reversed())
                        .thenComparingLong(slot -> high[slot])
                        .thenComparingLong(slot -> low[slot]))
                .mapToInt(Integer::intValue);
    }

    /** Flows that no sum has. */
    long forgotten() {
        return forgotten;
    }

    /** Those with most bytes, most first. */
    List<Sum> most(long count) {
        return slots().limit(count)
                .mapToObj(slot -> new Sum(text(high[slot], low[slot]), flows[slot], packets[slot], bytes[slot]))
                .toList();
    }

    private String text(long keyHigh, long keyLow) {
        return switch (property) {
            case SOURCE, DESTINATION, EXPORTER -> new IpAddress(keyHigh, keyLow).toString();
            case PORT -> Protocols.name((int) keyHigh) + "/" + keyLow;
            case PROTOCOL -> Protocols.name((int) keyHigh);
        };
    }
}
