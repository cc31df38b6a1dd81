package levee.detection;

/** Memory that several structures share. What does not get more makes do with what it has. Not for several threads. */
public final class MemoryBudget {
    private long left;

    /** @param bytes to give out */
    public MemoryBudget(long bytes) {
        left = bytes;
    }

    /** Takes {@code bytes}, or nothing if less is left. */
    public boolean take(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** Gives back what was taken. */
    public void giveBack(long bytes) {
        left += bytes;
    }
}
