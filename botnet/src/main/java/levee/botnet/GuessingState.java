package levee.botnet;

/** Short sessions where one signs in: at which port, with how many others. */
final class GuessingState {
    static final long WINDOW_NANOS = 3_600_000_000_000L;

    int port;
    int protocol;
    int sessions;
    int refusedSignIns;
    int acceptedSignIns;
    long targets;
    boolean allInside = true;

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
        targets = 0;
        allInside = true;
        bytes = 0;
        squares = 0;
        firstNanos = nanos;
        lastNanos = nanos;
        examples.clear();
    }

    /** How alike the sessions are: the standard deviation of bytes sent, as a part of their mean. */
    double variation() {
        double mean = bytes / sessions;
        return Math.sqrt(Math.max(0, squares / sessions - mean * mean)) / mean;
    }
}
