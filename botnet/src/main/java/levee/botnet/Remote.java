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

    private final long[] classes = new long[WORDS];
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

    void add(Host host) {
        int at = (int) (host.hash >>> 40) & 64 * WORDS - 1;
        classes[at >> 6] |= 1L << at;
        if (hosts.size() < LISTED && !hosts.contains(host)) {
            hosts.add(host);
        }
    }

    void forget(Host host) {
        hosts.remove(host);
    }

    List<Host> hosts() {
        return hosts;
    }

    /** How many hosts come to it: exact as long as they are listed, then by linear counting. */
    int hostCount() {
        if (hosts.size() < LISTED) {
            return hosts.size();
        }
        int used = 0;
        for (long word : classes) {
            used += Long.bitCount(word);
        }
        int bits = 64 * WORDS;
        return used == bits ? 8 * bits : (int) Math.max(LISTED, Math.round(-bits * Math.log1p(-(double) used / bits)));
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
