package levee.flowexport;

/** Arithmetic of packets, bytes and sampling rates that no exporter can make overflow. */
final class Counts {
    /**
     * What a record counts at the most: 2^48 bytes are a terabit a second for half an hour. Records that claim more must
     * not make the sums of others overflow.
     */
    static final long LARGEST = 1L << 48;

    /** The usual longest packet: a flow whose packets are not counted has at least so many. */
    private static final long LONGEST_PACKET = 1_500;

    private Counts() {}

    /** A count times a rate of at least 1; counts are unsigned. */
    static long multiply(long count, int rate) {
        if (count >>> 31 == 0) {
            return Math.min(count * rate, LARGEST);
        }
        return count < 0 || count > LARGEST / rate ? LARGEST : count * rate;
    }

    /** The packets of a flow of which only bytes are known. */
    static long packetsOf(long bytes) {
        return bytes < 0 ? LARGEST / LONGEST_PACKET : Math.ceilDiv(bytes, LONGEST_PACKET);
    }

    /** A rate as an exporter tells it; zero, which several put there, means that every packet is counted. */
    static int rate(long told) {
        return told < 0 ? Integer.MAX_VALUE : Math.clamp(told, 1, Integer.MAX_VALUE);
    }

    /**
     * The rate where so many packets are taken and so many are left out (RFC 5477 section 8.2). Without the second the
     * first is a rate: nobody would announce that all packets are taken, and some put the rate there.
     */
    static int rate(long interval, boolean hasSpace, long space) {
        if (!hasSpace) {
            return rate(interval);
        }
        if (interval <= 0 || space < 0 || interval > LARGEST || space > LARGEST) {
            return space < 0 || space > LARGEST ? Integer.MAX_VALUE : rate(space + 1);
        }
        return rate((interval + space + interval / 2) / interval);
    }
}
