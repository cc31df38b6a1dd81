package levee.botnet;

import levee.detection.MemoryBudget;

/**
 * When a host talked to a server, and how much it sent: all of it for a day while there is memory, else the latest contacts.
 */
final class ContactLog {
    static final int DAY_SECONDS = 86_400;
    private static final int HOUR_SECONDS = 3_600;
    private static final int FIRST_CAPACITY = 8;

    /** More than one contact a second all day says nothing new. */
    private static final int MOST = 1 << 16;

    private final MemoryBudget budget;
    private int[] seconds = new int[FIRST_CAPACITY];
    private int[] sizes = new int[FIRST_CAPACITY];
    private int start;
    private int size;
    private long added;
    private boolean isComplete = true;

    ContactLog(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Whether nothing of the last day was forgotten for want of room. */
    boolean isComplete() {
        return isComplete;
    }

    int size() {
        return size;
    }

    /** A number of the contact that was added last. */
    long latest() {
        return added;
    }

    /** Sets how much was sent in a contact, by its number, unless it is forgotten. */
    void setBytes(long contact, long bytes) {
        long age = added - contact;
        if (age < size) {
            sizes[(int) (start + size - 1 - age) & seconds.length - 1] = (int) Math.min(bytes, Integer.MAX_VALUE);
        }
    }

    void add(int second, long bytes) {
        added++;
        while (size > 0 && second - seconds[start] > DAY_SECONDS + HOUR_SECONDS) {
            drop();
        }
        if (size == seconds.length && !grow()) {
            isComplete = false;
            drop();
        }
        int at = start + size & seconds.length - 1;
        seconds[at] = second;
        sizes[at] = (int) Math.min(bytes, Integer.MAX_VALUE);
        size++;
    }

    private void drop() {
        start = start + 1 & seconds.length - 1;
        size--;
    }

    private boolean grow() {
        int capacity = seconds.length * 2;
        if (capacity > MOST || !budget.take(8L * seconds.length)) {
            return false;
        }
        int[] moreSeconds = new int[capacity];
        int[] moreSizes = new int[capacity];
        copy(moreSeconds, moreSizes);
        seconds = moreSeconds;
        sizes = moreSizes;
        start = 0;
        return true;
    }

    private void copy(int[] toSeconds, int[] toSizes) {
        for (int i = 0; i < size; i++) {
            int at = start + i & seconds.length - 1;
            toSeconds[i] = seconds[at];
            toSizes[i] = sizes[at];
        }
    }

    /**
     * How regular the contacts of the last day were, from the beginning of its first hour.
     *
     * @param windowStart when watching began, in seconds since 1970
     */
    BeaconScore score(int windowStart, int windowEnd) {
        int dayStart = windowEnd - DAY_SECONDS;
        int from = Math.max(windowStart, dayStart - Math.floorMod(dayStart, HOUR_SECONDS));
        int[] copiedSeconds = new int[size];
        int[] copiedSizes = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            int at = start + i & seconds.length - 1;
            if (seconds[at] >= from) {
                copiedSeconds[count] = seconds[at];
                copiedSizes[count++] = sizes[at];
            }
        }
        return BeaconScore.of(copiedSeconds, copiedSizes, count, from, windowEnd);
    }

    void release() {
        budget.giveBack(8L * (seconds.length - FIRST_CAPACITY));
    }
}
