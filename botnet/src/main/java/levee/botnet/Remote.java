package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import levee.model.Endpoint;
import levee.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** A server outside to which own hosts come back: which of them, and since when. */
final class Remote {
    /** Hosts that are known by name; of more only their number is. */
    static final int LISTED = 64;

    private static final int WORDS = 8;

    final long high;
    final long low;
    final int port;
    final int protocol;

    /** What hosts call it: a name of its own makes another server of the same address. */
    final @Nullable String name;

    final int firstSeconds;
    int lastSeconds;

    /** By bits, into which of {@value #WORDS} times 64 classes the visitors of a day fall that are not listed. */
    private long @Nullable [] visitors;

    /** Those of the day before. */
    private long @Nullable [] formerVisitors;

    /** When the day began, in seconds since 1970. */
    private int daySeconds;

    private final List<Host> hosts = new ArrayList<>(1);

    Remote(long high, long low, int port, int protocol, @Nullable String name, int seconds) {
        this.high = high;
        this.low = low;
        this.port = port;
        this.protocol = protocol;
        this.name = name;
        firstSeconds = seconds;
        lastSeconds = seconds;
    }

    /** A host has a place as one that comes back. */
    void add(Host host) {
        if (hosts.contains(host)) {
            return;
        }
        if (hosts.size() < LISTED) {
            hosts.add(host);
        } else {
            visit(host, host.lastSeconds);
        }
    }

    /** A host came that is not listed. */
    void visit(Host host, int seconds) {
        long[] known = visitors;
        if (known == null || seconds - daySeconds > ContactLog.DAY_SECONDS) {
            formerVisitors = known;
            known = new long[WORDS];
            visitors = known;
            daySeconds = seconds;
        }
        note(known, host);
    }

    private static void note(long[] classes, Host host) {
        int at = (int) (host.hash >>> 40) & Long.SIZE * WORDS - 1;
        classes[at >> 6] |= 1L << at;
    }

    void forget(Host host) {
        hosts.remove(host);
    }

    /** Those that are listed. */
    List<Host> hosts() {
        return hosts;
    }

    /** How many hosts come to it: exact as long as all are listed, then by linear counting (Whang et al. 1990). */
    int hostCount() {
        if (visitors == null) {
            return hosts.size();
        }
        long[] all = new long[WORDS];
        for (Host listed : hosts) {
            note(all, listed);
        }
        int used = 0;
        for (int word = 0; word < WORDS; word++) {
            used += Long.bitCount(all[word] | word(visitors, word) | word(formerVisitors, word));
        }
        int bits = Long.SIZE * WORDS;
        return used == bits ? 8 * bits : (int) Math.max(hosts.size(), DistinctBits.estimate(used, bits));
    }

    private static long word(long @Nullable [] words, int at) {
        return words == null ? 0 : words[at];
    }

    Endpoint endpoint() {
        return Examples.endpoint(high, low, port, protocol);
    }

    /** The endpoint, after the name if hosts give one. */
    String title() {
        return name == null ? endpoint().toString() : name + " (" + endpoint() + ")";
    }

    IpAddress address() {
        return new IpAddress(high, low);
    }
}
