package levee.detection;

import java.util.Arrays;

/**
 * Packets and bytes by second, over a horizon of {@value #SECONDS} s around now. Flow records are spread over the
 * seconds that they last, exactly: the parts add up to the whole. What lies outside the horizon is left out.
 */
public final class RateHistory {
    public static final int SECONDS = 128;

    /** How far flows may reach beyond the latest start, since logs are in the order of starts or of ends. */
    private static final int FUTURE_SECONDS = 32;

    private static final long NANOS = 1_000_000_000L;

    private final long[] packets = new long[SECONDS];
    private final long[] bytes = new long[SECONDS];
    private long newest = Long.MIN_VALUE;
    private long peakPackets;
    private long peakBytes;

    /** Adds a packet. */
    public void add(long nanos, long addedPackets, long addedBytes) {
        addSecond(Math.floorDiv(nanos, NANOS), addedPackets, addedBytes);
    }

    /** Adds a flow of the given times, in nanoseconds since 1970. */
    public void add(long firstNanos, long lastNanos, long addedPackets, long addedBytes) {
        long first = Math.floorDiv(firstNanos, NANOS);
        long last = Math.max(first, Math.floorDiv(lastNanos, NANOS));
        long latest = Math.max(first, newest == Long.MIN_VALUE ? first : newest - FUTURE_SECONDS) + FUTURE_SECONDS;
        long earliest = latest - SECONDS + 1;
        if (last < earliest) {
            return;
        }
        long from = Math.clamp(first, earliest, latest);
        long to = Math.clamp(last, from, latest);
        long parts = last - first + 1;
        long packetsBefore = 0;
        long bytesBefore = 0;
        for (long second = from; second <= to; second++) {
            long done = second - first + 1;
            long packetsUntil = share(addedPackets, done, parts);
            long bytesUntil = share(addedBytes, done, parts);
            if (second == from) {
                packetsBefore = share(addedPackets, from - first, parts);
                bytesBefore = share(addedBytes, from - first, parts);
            }
            addSecond(second, packetsUntil - packetsBefore, bytesUntil - bytesBefore);
            packetsBefore = packetsUntil;
            bytesBefore = bytesUntil;
        }
    }

    /** {@code amount * done / parts} without overflow, rounded down. */
    private static long share(long amount, long done, long parts) {
        return amount / parts * done + amount % parts * done / parts;
    }

    private void addSecond(long second, long addedPackets, long addedBytes) {
        if (second > newest) {
            advance(second);
        } else if (second <= newest - SECONDS) {
            return;
        }
        int index = index(second);
        packets[index] += addedPackets;
        bytes[index] += addedBytes;
        peakPackets = Math.max(peakPackets, packets[index]);
        peakBytes = Math.max(peakBytes, bytes[index]);
    }

    private void advance(long second) {
        if (newest == Long.MIN_VALUE || second - newest >= SECONDS) {
            Arrays.fill(packets, 0);
            Arrays.fill(bytes, 0);
        } else {
            for (long s = newest + 1; s <= second; s++) {
                packets[index(s)] = 0;
                bytes[index(s)] = 0;
            }
        }
        newest = second;
    }

    private static int index(long second) {
        return Math.floorMod(second, SECONDS);
    }

    /** Packets in a second since 1970; 0 outside the horizon. */
    public long packetsIn(long second) {
        return second > newest || second <= newest - SECONDS ? 0 : packets[index(second)];
    }

    /**
     * The highest mean rate of packets over any seconds that hold so many of them: over one second where there are many,
     * over more where each stands for others that were not seen.
     *
     * @param least packets, at least 1
     * @return packets per second; 0 if there are not so many
     */
    public double peakPacketsOver(long least) {
        return peakOver(least, packets);
    }

    /** The highest mean rate of bytes over any seconds that hold so many packets; see {@link #peakPacketsOver}. */
    public double peakBytesOver(long least) {
        return peakOver(least, bytes);
    }

    private double peakOver(long least, long[] values) {
        if (newest == Long.MIN_VALUE) {
            return 0;
        }
        double peak = 0;
        long sum = 0;
        long valueSum = 0;
        long from = newest - SECONDS + 1;
        for (long second = from; second <= newest; second++) {
            sum += packets[index(second)];
            valueSum += values[index(second)];
            while (from < second && sum - packets[index(from)] >= least) {
                sum -= packets[index(from)];
                valueSum -= values[index(from)];
                from++;
            }
            if (sum >= least) {
                peak = Math.max(peak, (double) valueSum / (second - from + 1));
            }
        }
        return peak;
    }

    /** Packets of a second and those before it. */
    public long packetsUntil(long second, int seconds) {
        long sum = 0;
        for (long s = second - seconds + 1; s <= second; s++) {
            sum += packetsIn(s);
        }
        return sum;
    }

    /** Packets within the horizon. */
    public long packets() {
        long sum = 0;
        for (long inSecond : packets) {
            sum += inSecond;
        }
        return sum;
    }

    /** The most packets in any whole second so far. */
    public long peakPackets() {
        return peakPackets;
    }

    /** The most bytes in any whole second so far. */
    public long peakBytes() {
        return peakBytes;
    }

    /**
     * The second in which the activity began that goes on in {@code second}: the earliest one that is not cut off by
     * {@code quietSeconds} seconds below {@code floor} packets.
     */
    public long beginOfActivity(long second, long floor, int quietSeconds) {
        long begin = second;
        int quiet = 0;
        for (long s = second; s > newest - SECONDS && quiet < quietSeconds; s--) {
            if (packetsIn(s) >= floor) {
                begin = s;
                quiet = 0;
            } else {
                quiet++;
            }
        }
        return begin;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(packets, 0);
        Arrays.fill(bytes, 0);
        newest = Long.MIN_VALUE;
        peakPackets = 0;
        peakBytes = 0;
    }
}
