package levee.botnet;

import java.util.Arrays;
import levee.detection.DistinctCounter;
import levee.detection.MemoryBudget;
import levee.telemetry.FlowBatch;
import org.jspecify.annotations.Nullable;

/** An interface of an exporter, or all of a capture: what own hosts send there, and what comes from elsewhere. */
final class Place extends Subject {
    /** How much of own packets must have a TTL for it to be one of near hosts. */
    private static final int TTL_SHARE = 100;

    private static final int TTLS = 256;

    /** Where the operator said which interfaces are outside, or what was learned. */
    enum Side {
        UNKNOWN,
        INSIDE,
        LEARNED_INSIDE,
        EDGE,
        /** All of it is seen in one place. */
        CAPTURE
    }

    /** From 1 on. */
    final int number;

    /** By its index in rows, from 1 on; 0 of a capture. */
    final int exporter;

    /** SNMP index; 0 where it is not known. */
    final int networkInterface;

    Side side = Side.UNKNOWN;
    long ownPackets;
    long toOwnPackets;
    private final int[] ownTtls = new int[TTLS];
    private long ownRows;

    // Of sources that are not own, since the window began, or the finding was opened.
    long rows;
    long packets;
    long bytes;
    long nearRows;
    long privatePackets;
    long martianPackets;
    long firstNanos;
    long lastNanos;
    private final long[] spread = new long[TTLS / Long.SIZE];
    private @Nullable DistinctCounter sources;

    Place(int number, int exporter, int networkInterface) {
        this.number = number;
        this.exporter = exporter;
        this.networkInterface = networkInterface;
    }

    /** Counts a row of which one end is own. */
    void countOwn(FlowBatch batch, int row, boolean isFrom) {
        // Which way a row goes cannot be foreseen, so this is arithmetic.
        int isFromOwn = isFrom ? 1 : 0;
        ownPackets += -isFromOwn & batch.packets[row];
        toOwnPackets += isFromOwn - 1 & batch.packets[row];
        ownRows += isFromOwn;
        ownTtls[batch.timeToLive[row] & 0xff] += isFromOwn;
    }

    /**
     * Counts a row of which no end is own.
     *
     * @param packets at least 1
     * @param part of the address space that the source is in, 0 to 255
     */
    void countForeign(FlowBatch batch, int row, long packets, boolean isNear, int part, MemoryBudget budget) {
        if (this.packets == 0) {
            firstNanos = batch.firstNanos[row];
        }
        this.packets += packets;
        martianPackets += Addresses.isRoutable(batch.sourceHigh[row], batch.sourceLow[row]) ? 0 : packets;
        bytes += batch.bytes[row];
        nearRows += isNear ? 1 : 0;
        lastNanos = Math.max(lastNanos, batch.lastNanos[row]);
        spread[part / Long.SIZE] |= 1L << part;
        DistinctCounter counter = sources;
        if (counter == null) {
            counter = new DistinctCounter(budget);
            sources = counter;
        }
        counter.add(batch.sourceHash[row]);
    }

    /** Whether a row comes from as near as own ones. @param timeToLive 0 to 255 */
    boolean isNear(int timeToLive) {
        return timeToLive != 0 && (long) ownTtls[timeToLive] * TTL_SHARE >= ownRows && ownTtls[timeToLive] > 0;
    }

    /** Whether packets may leave the network here. */
    boolean isInside() {
        return side == Side.INSIDE || side == Side.LEARNED_INSIDE || side == Side.CAPTURE;
    }

    /** Distinct ones that are not own. */
    long sources() {
        return sources == null ? 0 : sources.value();
    }

    boolean areSourcesExact() {
        return sources == null || sources.count().exact();
    }

    /** Of 256 parts of the address space those that sources are in. */
    int parts() {
        int set = 0;
        for (long word : spread) {
            set += Long.bitCount(word);
        }
        return set;
    }

    @Override
    long amount() {
        return packets;
    }

    @Override
    void release() {
        rows = 0;
        packets = 0;
        bytes = 0;
        nearRows = 0;
        privatePackets = 0;
        martianPackets = 0;
        firstNanos = 0;
        lastNanos = 0;
        Arrays.fill(spread, 0);
        if (sources != null) {
            sources.clear();
            sources = null;
        }
    }
}
