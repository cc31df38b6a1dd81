package levee.flowexport;

/**
 * Follows the sequence numbers of one domain: what is missing, what came twice, when the exporter began anew. Units are
 * flows (NetFlow v5), data records (IPFIX) or datagrams (NetFlow v9, sFlow); a number is that of a datagram's first
 * unit. Numbers are 32 bits wide and wrap. Used under the exporter's lock.
 */
final class SequenceTracker {
    /** Where a datagram stands. */
    enum Place {
        /** It goes on where the last one ended, or behind a gap. */
        NEXT,
        /** It was missing so far. */
        LATE,
        /** It fits nothing that came before; the next one tells whether the exporter began anew. */
        APART,
        /** The very datagram came before. */
        DUPLICATE
    }

    /** Datagrams that may be overtaken; a power of two. */
    private static final int REORDERING = 8;

    /** A leap of more units than a busy exporter sends in some minutes of outage is no loss. */
    private static final int LARGEST_GAP = 1 << 26;

    /** A gap of more units is believed when the next datagram goes on behind it: one stray number proves nothing. */
    private static final int UNQUESTIONED_GAP = 1 << 12;

    /** An uptime that goes back by more is a restart and not a datagram that was overtaken. */
    private static final int RESTART_MILLIS = 2_000;

    private boolean started;
    private int expected;
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
     * Judges a datagram by its number, and counts what is missing before it.
     *
     * @param number of its first unit
     * @param fingerprint the same for duplicates only; not 0
     * @param uptimeMillis the exporter's; always 0 in formats that have none
     */
    Place begin(int number, long fingerprint, int uptimeMillis) {
        for (long earlier : fingerprints) {
            if (earlier == fingerprint) {
                duplicates++;
                return Place.DUPLICATE;
            }
        }
        fingerprints[nextFingerprint] = fingerprint;
        nextFingerprint = nextFingerprint + 1 & REORDERING - 1;
        if (!started) {
            started = true;
            expected = number;
            uptime = uptimeMillis;
            return Place.NEXT;
        }
        boolean restarted =
                uptimeMillis - uptime < -RESTART_MILLIS && Integer.compareUnsigned(uptimeMillis, uptime) < 0;
        int gap = number - expected;
        if (gap == 0 || gap > 0 && gap <= UNQUESTIONED_GAP && !restarted) {
            miss(expected, gap);
            return next(number, uptimeMillis);
        }
        if (gap < 0 && !restarted && gapWith(number) >= 0) {
            return Place.LATE;
        }
        int behind = number - candidate;
        if (hasCandidate && behind >= 0 && behind <= UNQUESTIONED_GAP) {
            if (candidateGap > 0) {
                miss(expected, candidateGap);
            } else {
                resets++;
            }
            miss(candidate, behind);
            return next(number, uptimeMillis);
        }
        hasCandidate = true;
        candidate = number;
        candidateGap = gap > 0 && gap <= LARGEST_GAP && !restarted ? gap : 0;
        return Place.APART;
    }

    private Place next(int number, int uptimeMillis) {
        expected = number;
        uptime = uptimeMillis;
        hasCandidate = false;
        return Place.NEXT;
    }

    /** Notes how many units the datagram held that {@link #begin} found to stand at {@code place}. */
    void end(Place place, int number, int units) {
        switch (place) {
            case NEXT -> {
                if (expected == number) {
                    expected = number + units;
                }
            }
            case LATE -> {
                int gap = gapWith(number);
                if (gap >= 0) {
                    int returned = Math.min(units, gapMissing[gap]);
                    gapMissing[gap] -= returned;
                    lost -= returned;
                }
            }
            case APART -> {
                if (hasCandidate && candidate == number) {
                    candidate = number + units;
                }
            }
            case DUPLICATE -> {
                // nothing new
            }
        }
    }

    /** As {@link #end}, where it is not known how many units there were: the next datagram may have any number. */
    void endUncounted() {
        started = false;
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
    void restore(int nextNumber, int uptimeMillis) {
        started = true;
        expected = nextNumber;
        uptime = uptimeMillis;
    }
}
