package levee.botnet;

/** Short sessions where one signs in: at which port, with how many others. */
final class GuessingState {
    static final long WINDOW_NANOS = 3_600_000_000_000L;

    int port;
    int protocol;
    int sessions;
    int refusedSignIns;
    int acceptedSignIns;
    /** What {@link #targets} says at the most. */
    static final int MOST_TARGETS = (int) DistinctBits.estimate(Long.SIZE, Long.SIZE);

    private long targetBits;

    /** Sessions with hosts outside. */
    int outside;

    /** The port was heard to speak SSH. */
    boolean isShell;

    /** Sums of bytes sent, by which sessions are told to be alike. */
    double bytes;

    double squares;
    long firstNanos;
    long lastNanos;
    final Examples examples = new Examples();

    void clear(int newPort, int newProtocol, long nanos) {
        port = newPort;
        protocol = newProtocol;
        sessions = 0;
        refusedSignIns = 0;
        acceptedSignIns = 0;
        targetBits = 0;
        outside = 0;
        isShell = false;
        bytes = 0;
        squares = 0;
        firstNanos = nanos;
        lastNanos = nanos;
        examples.clear();
    }

    void target(long address) {
        targetBits |= 1L << (address * 0x9e37_79b9_7f4a_7c15L >>> 58);
    }

    /** How many hosts it signs in to, as far as 64 bits tell. */
    int targets() {
        return (int) DistinctBits.estimate(Long.bitCount(targetBits), Long.SIZE);
    }

    /** How alike the sessions are: the standard deviation of bytes sent, as a part of their mean. */
    double variation() {
        double mean = bytes / sessions;
        return Math.sqrt(Math.max(0, squares / sessions - mean * mean)) / mean;
    }
}
