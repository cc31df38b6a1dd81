package levee.botnet;

/**
 * How many hosts may have more kept of them than a few counters. While there is plenty, all may; later only those that fail often,
 * so that two million hosts that each failed once leave room for the one that fails always.
 */
final class StateBudget {
    private static final int FEWEST_FAILED = 4;

    private final int most;
    private int used;
    private long refused;

    /** @param most states at a time; each takes about half a kilobyte */
    StateBudget(int most) {
        this.most = most;
    }

    /** Whether a host may have one more. */
    boolean take(Host host) {
        boolean isOdd = host.failed >= FEWEST_FAILED && 2 * host.failed >= host.contacts;
        if (used < most / 2 || isOdd && used < most) {
            used++;
            return true;
        }
        refused += isOdd ? 1 : 0;
        return false;
    }

    void giveBack() {
        used--;
    }

    /** Hosts that fail often and were not looked at more closely for want of room. */
    long refused() {
        return refused;
    }
}
