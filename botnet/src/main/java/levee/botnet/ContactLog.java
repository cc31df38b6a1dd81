package levee.botnet;

import levee.detection.MemoryBudget;

/**
 * When a host talked to a server, and how much it sent: all of it for a day while there is memory, else the latest contacts.
 */
final class ContactLog {
    static final int DAY_SECONDS = 86_400;
    private static final int HOUR_SECONDS = 3_600;
    private static final int FIRST_CAPACITY = 4;

    /** So many are kept in any case: fewer say nothing. */
    static final int LEAST_CAPACITY = 16;

    /** More than one contact a second all day says nothing new. */
    private static final int MOST = 1 << 16;

    private final MemoryBudget budget;
    /** Of each contact, its second and how much was sent. */
    private int[] contacts = new int[2 * FIRST_CAPACITY];

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
            int at = (int) (start + size - 1 - age) & capacity() - 1;
            contacts[2 * at + 1] = (int) Math.min(bytes, Integer.MAX_VALUE);
        }
    }

    void add(int second, long bytes) {
        added++;
        while (size > 0 && second - contacts[2 * start] > DAY_SECONDS + HOUR_SECONDS) {
            drop();
        }
        if (size == capacity() && !grow()) {
            isComplete = false;
            drop();
        }
        int at = start + size & capacity() - 1;
        contacts[2 * at] = second;
        contacts[2 * at + 1] = (int) Math.min(bytes, Integer.MAX_VALUE);
        size++;
    }

    private int capacity() {
        return contacts.length / 2;
    }

    private void drop() {
        start = start + 1 & capacity() - 1;
        size--;
    }

    private boolean grow() {
        int more = capacity() * 2;
        if (more > MOST || more > LEAST_CAPACITY && !budget.take(bytes(more) - bytes(capacity()))) {
            return false;
        }
        int[] grown = new int[2 * more];
        int end = contacts.length - 2 * start;
        System.arraycopy(contacts, 2 * start, grown, 0, end);
        System.arraycopy(contacts, 0, grown, end, 2 * start);
        contacts = grown;
        start = 0;
        return true;
    }

    /** What is taken of the budget. */
    private static long bytes(int capacity) {
        return 2L * Integer.BYTES * Math.max(0, capacity - LEAST_CAPACITY);
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
            int at = 2 * (start + i & capacity() - 1);
            if (contacts[at] >= from) {
                copiedSeconds[count] = contacts[at];
                copiedSizes[count++] = contacts[at + 1];
            }
        }
        return BeaconScore.of(copiedSeconds, copiedSizes, count, from, windowEnd);
    }

    void release() {
        budget.giveBack(bytes(capacity()));
    }
}
