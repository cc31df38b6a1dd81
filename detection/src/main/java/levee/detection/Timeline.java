package levee.detection;

import java.util.Arrays;

/**
 * Packets and bytes over the whole life of something, be it a millisecond or a month, in slots of equal length and a
 * memory of constant size: when the slots do not suffice, they double in length. Slot borders are multiples of the
 * length, so that timelines can be laid over each other.
 */
public final class Timeline {
    public static final int SLOTS = 128;

    /** The shortest slot is 2^20 ns, about a millisecond. */
    public static final int SHORTEST_SHIFT = 20;

    private final long[] packets = new long[SLOTS];
    private final long[] bytes = new long[SLOTS];
    private int shift = SHORTEST_SHIFT;

    /** Number of the first slot, counted from 1970 in slots. */
    private long first;

    /** Slots in use from the first on; 0 where nothing was added. */
    private int size;

    /** Adds packets of one time, in nanoseconds since 1970. */
    public void add(long nanos, long addedPackets, long addedBytes) {
        int slot = slot(nanos);
        packets[slot] += addedPackets;
        bytes[slot] += addedBytes;
    }

    /** Adds a flow, spread evenly over its duration; the parts add up to the whole. */
    public void add(long firstNanos, long lastNanos, long addedPackets, long addedBytes) {
        if (lastNanos <= firstNanos) {
            add(firstNanos, addedPackets, addedBytes);
            return;
        }
        slot(firstNanos);
        int to = slot(lastNanos);
        // The second call may have moved the slots.
        int from = slot(firstNanos);
        double lasted = lastNanos - firstNanos;
        long packetsBefore = 0;
        long bytesBefore = 0;
        for (int slot = from; slot <= to; slot++) {
            double part = slot == to ? 1 : (((first + slot + 1) << shift) - firstNanos) / lasted;
            long packetsUntil = slot == to ? addedPackets : (long) (addedPackets * part);
            long bytesUntil = slot == to ? addedBytes : (long) (addedBytes * part);
            packets[slot] += packetsUntil - packetsBefore;
            bytes[slot] += bytesUntil - bytesBefore;
            packetsBefore = packetsUntil;
            bytesBefore = bytesUntil;
        }
    }

    /** Adds all of another timeline. */
    public void addAll(Timeline other) {
        while (shift < other.shift) {
            coarsen();
        }
        for (int i = 0; i < other.size; i++) {
            if (other.packets[i] != 0 || other.bytes[i] != 0) {
                add(other.first + i << other.shift, other.packets[i], other.bytes[i]);
            }
        }
    }

    /** The slot of a time, after making room for it. */
    private int slot(long nanos) {
        long number = nanos >> shift;
        if (size == 0) {
            first = number;
            size = 1;
            return 0;
        }
        while (number - first >= SLOTS || first + size - number > SLOTS) {
            coarsen();
            number = nanos >> shift;
        }
        if (number < first) {
            int moved = (int) (first - number);
            System.arraycopy(packets, 0, packets, moved, size);
            System.arraycopy(bytes, 0, bytes, moved, size);
            Arrays.fill(packets, 0, moved, 0);
            Arrays.fill(bytes, 0, moved, 0);
            first = number;
            size += moved;
        }
        int slot = (int) (number - first);
        size = Math.max(size, slot + 1);
        return slot;
    }

    private void coarsen() {
        long newFirst = first >> 1;
        int newSize = size == 0 ? 0 : (int) ((first + size - 1 >> 1) - newFirst) + 1;
        for (int i = 0; i < newSize; i++) {
            int left = (int) ((newFirst + i << 1) - first);
            packets[i] = at(packets, left) + at(packets, left + 1);
            bytes[i] = at(bytes, left) + at(bytes, left + 1);
        }
        Arrays.fill(packets, newSize, size, 0);
        Arrays.fill(bytes, newSize, size, 0);
        first = newFirst;
        size = newSize;
        shift++;
    }

    private long at(long[] values, int slot) {
        return slot < 0 || slot >= size ? 0 : values[slot];
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Slots from the first one that was added to up to the last. */
    public int size() {
        return size;
    }

    /** The length of a slot in nanoseconds. */
    public long slotNanos() {
        return 1L << shift;
    }

    /** The time at which the first slot begins, in nanoseconds since 1970. */
    public long startNanos() {
        return first << shift;
    }

    public long packets(int slot) {
        return packets[slot];
    }

    public long bytes(int slot) {
        return bytes[slot];
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(packets, 0);
        Arrays.fill(bytes, 0);
        shift = SHORTEST_SHIFT;
        first = 0;
        size = 0;
    }
}
