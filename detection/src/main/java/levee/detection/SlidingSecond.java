package levee.detection;

import java.util.Arrays;

/**
 * Packets and bytes of the last second, in slots of 100 ms, and the highest second so far. Adding a row touches one
 * slot; a jump in time costs at most ten steps.
 */
public final class SlidingSecond {
    public static final long SLOT_NANOS = 100_000_000L;
    private static final int SLOTS = 10;
    private static final int STEADY_SLOTS = 3;

    /** The part of a few slots' packets in one of them from which on they are a burst, or have coarse times. */
    private static final double BURST_SHARE = 0.6;

    private final long[] packets = new long[SLOTS];
    private final long[] bytes = new long[SLOTS];
    private long current = Long.MIN_VALUE;
    private long windowPackets;
    private long windowBytes;
    private long peakPackets;
    private long peakBytes;
    private long peakSlotPackets;

    /**
     * Adds to the slot that {@code nanos} lies in, or to the current one if that is later.
     *
     * @param nanos nanoseconds since 1970
     */
    public void add(long nanos, long addedPackets, long addedBytes) {
        long slot = Math.floorDiv(nanos, SLOT_NANOS);
        if (slot > current) {
            advance(slot);
        }
        int index = Math.floorMod(current, SLOTS);
        packets[index] += addedPackets;
        bytes[index] += addedBytes;
        windowPackets += addedPackets;
        windowBytes += addedBytes;
        peakPackets = Math.max(peakPackets, windowPackets);
        peakBytes = Math.max(peakBytes, windowBytes);
        peakSlotPackets = Math.max(peakSlotPackets, packets[index]);
    }

    /**
     * Adds to the slot that {@code nanos} lies in, as rows are placed that come in any order. What is older than a second
     * before the latest is left out.
     *
     * @param nanos nanoseconds since 1970
     */
    public void place(long nanos, long addedPackets, long addedBytes) {
        long slot = Math.floorDiv(nanos, SLOT_NANOS);
        if (slot >= current || current == Long.MIN_VALUE) {
            add(nanos, addedPackets, addedBytes);
        } else if (slot > current - SLOTS) {
            int index = Math.floorMod(slot, SLOTS);
            packets[index] += addedPackets;
            bytes[index] += addedBytes;
            windowPackets += addedPackets;
            windowBytes += addedBytes;
            peakPackets = Math.max(peakPackets, windowPackets);
            peakBytes = Math.max(peakBytes, windowBytes);
            peakSlotPackets = Math.max(peakSlotPackets, packets[index]);
        }
    }

    /** Lets slots that are older than a second before {@code nanos} go. */
    public void advanceTo(long nanos) {
        long slot = Math.floorDiv(nanos, SLOT_NANOS);
        if (slot > current) {
            advance(slot);
        }
    }

    private void advance(long slot) {
        boolean allOld = current == Long.MIN_VALUE || slot - current >= SLOTS;
        long from = allOld ? slot - SLOTS + 1 : current + 1;
        for (long s = from; s <= slot; s++) {
            int index = Math.floorMod(s, SLOTS);
            windowPackets -= packets[index];
            windowBytes -= bytes[index];
            packets[index] = 0;
            bytes[index] = 0;
        }
        current = slot;
    }

    /** Packets within the last second. */
    public long packets() {
        return windowPackets;
    }

    /** Bytes within the last second. */
    public long bytes() {
        return windowBytes;
    }

    /** The most packets within any second so far. */
    public long peakPackets() {
        return peakPackets;
    }

    /** The most bytes within any second so far. */
    public long peakBytes() {
        return peakBytes;
    }

    /** The most packets within any slot so far. */
    public long peakSlotPackets() {
        return peakSlotPackets;
    }

    /**
     * Packets per second over those {@value #STEADY_SLOTS} slots in a row that hold most within the last second, where
     * these are not all in one; what lasts shorter than a second is told by them. 0 if there are none.
     */
    public double steadyRate() {
        long most = 0;
        for (long slot = current - SLOTS + STEADY_SLOTS; slot <= current && windowPackets > 0; slot++) {
            long sum = 0;
            long fullest = 0;
            for (int i = 0; i < STEADY_SLOTS; i++) {
                long inSlot = packets[Math.floorMod(slot - i, SLOTS)];
                sum += inSlot;
                fullest = Math.max(fullest, inSlot);
            }
            if (fullest < BURST_SHARE * sum) {
                most = Math.max(most, sum);
            }
        }
        return most * (1e9 / SLOT_NANOS / STEADY_SLOTS);
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(packets, 0);
        Arrays.fill(bytes, 0);
        current = Long.MIN_VALUE;
        windowPackets = 0;
        windowBytes = 0;
        peakPackets = 0;
        peakBytes = 0;
        peakSlotPackets = 0;
    }
}
