package levee.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Datagrams on their way from the thread that receives them to the one that decodes them: a ring of one producer and one
 * consumer, in one array. It takes up what comes while the consumer pauses; the kernel's buffer is often too small for that.
 */
final class DatagramRing {
    /** The largest datagram there is; so much room is needed to receive one. */
    static final int LARGEST = 65_535;

    private final byte[] bytes;
    private final int[] offsets;
    private final int[] lengths;
    private final long[] nanos;
    private final long[] senderHigh;
    private final long[] senderLow;

    /** Bytes in use. */
    private final AtomicInteger used = new AtomicInteger();

    /** How many datagrams the producer has put in, and the consumer is done with. */
    private final AtomicLong filled = new AtomicLong();

    private final AtomicLong taken = new AtomicLong();

    // Of the producer.
    private int end;

    /** By datagram: the bytes that it takes, with those that were left out before it at the end of the array. */
    private final int[] spans;

    /**
     * @param capacityBytes room for the datagrams, at least twice the {@link #LARGEST}
     * @param capacity datagrams; a power of two
     */
    DatagramRing(int capacityBytes, int capacity) {
        if (capacityBytes < 2 * LARGEST || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(capacityBytes + " bytes for " + capacity + " datagrams");
        }
        bytes = new byte[capacityBytes];
        offsets = new int[capacity];
        lengths = new int[capacity];
        spans = new int[capacity];
        nanos = new long[capacity];
        senderHigh = new long[capacity];
        senderLow = new long[capacity];
    }

    /** Whether a datagram of any length can be put in now. */
    boolean hasRoom() {
        int skipped = bytes.length - end < LARGEST ? bytes.length - end : 0;
        return used.get() + skipped + LARGEST <= bytes.length && filled.get() - taken.get() < offsets.length;
    }

    /** The array to write the next datagram into, from {@link #writeOffset} on; only if there {@link #hasRoom is room}. */
    byte[] bytes() {
        return bytes;
    }

    int writeOffset() {
        return bytes.length - end < LARGEST ? 0 : end;
    }

    /** Puts in the datagram that was written. */
    void put(int length, long receivedNanos, long fromHigh, long fromLow) {
        int offset = writeOffset();
        int slot = slot(filled.get());
        offsets[slot] = offset;
        lengths[slot] = length;
        spans[slot] = length + (offset == end ? 0 : bytes.length - end);
        nanos[slot] = receivedNanos;
        senderHigh[slot] = fromHigh;
        senderLow[slot] = fromLow;
        end = offset + length;
        used.addAndGet(spans[slot]);
        filled.set(filled.get() + 1);
    }

    /** Whether there is a datagram to take. */
    boolean isEmpty() {
        return filled.get() == taken.get();
    }

    /** The share of the room that is in use, 0 to 1. */
    double load() {
        double datagrams = (double) (filled.get() - taken.get()) / offsets.length;
        return Math.max((double) used.get() / bytes.length, datagrams);
    }

    /** Datagrams in it. */
    long size() {
        return filled.get() - taken.get();
    }

    /** Datagrams that fit in, if they are no longer than usual. */
    int capacity() {
        return offsets.length;
    }

    // The oldest datagram, to be looked at until it is released.

    int offset() {
        return offsets[slot(taken.get())];
    }

    int length() {
        return lengths[slot(taken.get())];
    }

    long nanos() {
        return nanos[slot(taken.get())];
    }

    long senderHigh() {
        return senderHigh[slot(taken.get())];
    }

    long senderLow() {
        return senderLow[slot(taken.get())];
    }

    /** The consumer is done with the oldest datagram. */
    void release() {
        used.addAndGet(-spans[slot(taken.get())]);
        taken.set(taken.get() + 1);
    }

    private int slot(long number) {
        return (int) number & offsets.length - 1;
    }
}
