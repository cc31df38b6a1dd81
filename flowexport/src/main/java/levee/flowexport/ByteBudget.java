package levee.flowexport;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that several exporters share. */
final class ByteBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit in bytes */
    ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes; false if there are not as many left. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Bytes in use. */
    long used() {
        return used.get();
    }
}
