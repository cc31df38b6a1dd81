package levee.flowexport;

/**
 * Follows the sequence numbers of one domain: what is missing, what came twice, when the exporter began anew. Units are
 * flows (NetFlow v5), data records (IPFIX) or datagrams (NetFlow v9, sFlow); a number is that of a datagram's first
 * unit. Numbers are 32 bits wide and wrap. Used under the exporter's lock.
 *
 * <p>Not all exporters count alike: some leave options data out, some count flows where datagrams are meant, some tell
 * the number behind the datagram. Where any of these explains a number, nothing is missing.
 */
final class SequenceTracker {
    /** How many units a datagram has is not known: a template was missing. */
    static final int UNCOUNTED = -1;

    /** Datagrams that may be overtaken; a power of two. */
    private static final int REORDERING = 8;

    /** A leap of more units than a busy exporter sends in some minutes of outage is no loss. */
    private static final int LARGEST_GAP = 1 << 26;

    /** A gap of more units is believed when the next datagram goes on behind it: one stray number proves nothing. */
    private static final int UNQUESTIONED_GAP = 1 << 12;

    /** An uptime that goes back by more is a restart and not a datagram that was overtaken. */
    private static final int RESTART_MILLIS = 2_000;

    private boolean started;

    /** The number that is due, and what it is by the other ways to count. */
    private int expected;

    private int otherwiseExpected;
    private int lastNumber;
    private int uptime;

    /** The number behind a datagram that stood apart, and the gap before that, 0 for a beginning. */
    private boolean hasCandidate;

    private int candidate;
    private int candidateGap;

    /** Missing ranges that late datagrams may still fill. */
    private final int[] gapStarts = new int[REORDERING];

    private final int[] gapLengths = new int[REORDERING];
    private final int[] gapMissing = new int[REORDERING];
    private int nextGap;

    private final long[] fingerprints = new long[REORDERING];
    private int nextFingerprint;

    private long lost;
    private long duplicates;
    private long resets;

    /**
     * Whether a datagram came a short while before.
     *
     * @param fingerprint the same for duplicates only; not 0
     */
    boolean isDuplicate(long fingerprint) {
        for (long earlier : fingerprints) {
            if (earlier == fingerprint) {
                duplicates++;
                return true;
            }
        }
        fingerprints[nextFingerprint] = fingerprint;
        nextFingerprint = nextFingerprint + 1 & REORDERING - 1;
        return false;
    }

    /**
     * Takes account of a datagram, and counts what is missing before it.
     *
     * @param number of its first unit
     * @param units that it holds, or {@link #UNCOUNTED}
     * @param otherwise units that it holds by another way to count, or {@link #UNCOUNTED}
     * @param uptimeMillis the exporter's; always 0 in formats that have none
     */
    void add(int number, int units, int otherwise, int uptimeMillis) {
        if (!started) {
            next(number, units, otherwise, uptimeMillis);
            return;
        }
        boolean restarted =
                uptimeMillis - uptime < -RESTART_MILLIS && Integer.compareUnsigned(uptimeMillis, uptime) < 0;
        int gap = number - expected;
        boolean isDue = gap == 0
                || number == otherwiseExpected
                || units > 0 && number - units == lastNumber
                || otherwise > 0 && number - otherwise == lastNumber;
        if (isDue || gap > 0 && gap <= UNQUESTIONED_GAP && !restarted) {
            miss(expected, isDue ? 0 : gap);
            next(number, units, otherwise, uptimeMillis);
            return;
        }
        int late = gap < 0 && !restarted ? gapWith(number) : -1;
        if (late >= 0) {
            int returned = Math.min(Math.max(units, 1), gapMissing[late]);
            gapMissing[late] -= returned;
            lost -= returned;
            return;
        }
        int behind = number - candidate;
        if (hasCandidate && behind >= 0 && behind <= UNQUESTIONED_GAP) {
            if (candidateGap > 0) {
                miss(expected, candidateGap);
            } else {
                resets++;
            }
            miss(candidate, behind);
            next(number, units, otherwise, uptimeMillis);
            return;
        }
        hasCandidate = true;
        candidate = number + Math.max(units, 0);
        candidateGap = gap > 0 && gap <= LARGEST_GAP && !restarted ? gap : 0;
    }

    private void next(int number, int units, int otherwise, int uptimeMillis) {
        // Behind a datagram of which it is not known how much it held any number may follow.
        started = units != UNCOUNTED;
        expected = number + units;
        otherwiseExpected = otherwise == UNCOUNTED ? expected : number + otherwise;
        lastNumber = number;
        uptime = uptimeMillis;
        hasCandidate = false;
    }

    private void miss(int start, int length) {
        if (length > 0) {
            lost += length;
            gapStarts[nextGap] = start;
            gapLengths[nextGap] = length;
            gapMissing[nextGap] = length;
            nextGap = nextGap + 1 & REORDERING - 1;
        }
    }

    /** The gap that a number belongs to and that is not filled yet, or -1. */
    private int gapWith(int number) {
        for (int i = 0; i < REORDERING; i++) {
            int inside = number - gapStarts[i];
            if (inside >= 0 && inside < gapLengths[i] && gapMissing[i] > 0) {
                return i;
            }
        }
        return -1;
    }

    /** Units that did not come. */
    long lost() {
        return lost;
    }

    long duplicates() {
        return duplicates;
    }

    /** How often the exporter began its numbers anew. */
    long resets() {
        return resets;
    }

    /** Whether it is known which number is due. */
    boolean isStarted() {
        return started;
    }

    int expected() {
        return expected;
    }

    int uptimeMillis() {
        return uptime;
    }

    /** Goes on where another tracker was. */
    void restore(int dueNumber, int uptimeMillis) {
        started = true;
        expected = dueNumber;
        otherwiseExpected = dueNumber;
        lastNumber = dueNumber;
        uptime = uptimeMillis;
    }
}
