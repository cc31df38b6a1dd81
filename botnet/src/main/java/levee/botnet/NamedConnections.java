package levee.botnet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much was sent on connections over which a host said whom it wants. Logs tell of a connection before what was said over it;
 * packets and flows, when it is over. Bounded; a newer connection takes the place of an older one.
 */
final class NamedConnections {
    private static final int CAPACITY = 1 << 13;

    private final long[] keys = new long[CAPACITY];
    private final long[] bytes = new long[CAPACITY];

    /** Who waits to know how much it was, with what its log calls the contact. */
    private final @Nullable Pair[] waiting = new Pair[CAPACITY];

    private final long[] contacts = new long[CAPACITY];

    /** Flow records have no names: then nobody ever asks. */
    private boolean isAsked;

    /** Notes how much a connection sent. @param key of both its ends, with their ports */
    void told(long key, long sentBytes) {
        if (!isAsked) {
            return;
        }
        int at = at(key);
        Pair pair = waiting[at];
        if (pair != null && keys[at] == key) {
            pair.log.setBytes(contacts[at], sentBytes);
        }
        waiting[at] = null;
        keys[at] = key;
        bytes[at] = sentBytes;
    }

    /** Sets the bytes of a pair's latest contact, now or as soon as they are known. */
    void asks(long key, Pair pair) {
        isAsked = true;
        int at = at(key);
        long contact = pair.log.latest();
        if (keys[at] == key && waiting[at] == null) {
            pair.log.setBytes(contact, bytes[at]);
            return;
        }
        keys[at] = key;
        waiting[at] = pair;
        contacts[at] = contact;
    }

    void clear() {
        Arrays.fill(keys, 0);
        Arrays.fill(waiting, null);
    }

    private static int at(long key) {
        return (int) (key >>> 12) & CAPACITY - 1;
    }
}
