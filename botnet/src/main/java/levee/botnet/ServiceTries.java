package levee.botnet;

import java.util.List;
import levee.detection.HeavyTable;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Counts the first contacts of networks that are not told of by themselves, by what they look for: 1,024 services, of IPv4 and
 * IPv6 by themselves. Those that are tried least make way.
 */
final class ServiceTries {
    // Counters of a service: FIRST, LAST and OPEN of a network, and then:
    private static final int TRIES = 3;
    private static final int ANSWERED = 4;
    private static final int NETWORK_BITS = 5;
    private static final int NETWORK_WORDS = 16;
    private static final int HOST_BITS = NETWORK_BITS + NETWORK_WORDS;
    private static final int HOST_WORDS = 8;
    private static final int COUNTERS = HOST_BITS + HOST_WORDS;

    private static final int SERVICES = 1_024;

    private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");
    private static final Prefix EVERYWHERE_IPV6 = Prefix.parse("::/0");

    final HeavyTable table;
    private final long seed;

    ServiceTries(long seed, Evictions evictions) {
        this.seed = seed;
        table = evictions.table(SERVICES, COUNTERS);
    }

    private long hash(int service, boolean isIpv4) {
        return Hashing.hash(seed, service, isIpv4 ? 1 : 2);
    }

    /** @return where the counters of the service are @param network hash of the network that looks for it */
    int attempt(FlowBatch batch, int row, int service, boolean isIpv4, long network) {
        int at = table.count(hash(service, isIpv4), 0, isIpv4 ? 1 : 0, service, 1);
        table.add(at + TRIES, 1);
        DistinctBits.mark(table, at + NETWORK_BITS, NETWORK_WORDS, network);
        DistinctBits.mark(table, at + HOST_BITS, HOST_WORDS, batch.destinationHash[row]);
        if (table.value(at + NetworkTries.FIRST) == 0) {
            table.set(at + NetworkTries.FIRST, batch.firstNanos[row]);
        }
        table.set(at + NetworkTries.LAST, Math.max(table.value(at + NetworkTries.LAST), batch.lastNanos[row]));
        return at;
    }

    /** Notes that an own host answered. */
    void succeed(int service, boolean isIpv4) {
        long hash = hash(service, isIpv4);
        if (table.find(hash) != HeavyTable.NONE) {
            int at = table.count(hash, 0, isIpv4 ? 1 : 0, service, 1);
            table.add(at + ANSWERED, 1);
        }
    }

    /** @param at as {@link #attempt} returned */
    boolean isTriedOften(int at) {
        return table.value(at + TRIES) >= OutsideScanners.SUBSTANTIAL_FAILURES;
    }

    boolean isEntryTriedOften(int entry) {
        return table.isUsed(entry) && table.value(entry, TRIES) >= OutsideScanners.SUBSTANTIAL_FAILURES;
    }

    Tries measure(int entry) {
        long tries = table.value(entry, TRIES);
        long answered = Math.min(tries, table.value(entry, ANSWERED));
        long hosts = DistinctBits.estimate(table, entry, HOST_BITS, HOST_WORDS);
        long sources = DistinctBits.estimate(table, entry, NETWORK_BITS, NETWORK_WORDS);
        return new Tries(tries, answered, hosts, 1, sources, "", List.of(Tries.nameOf((int) table.tag(entry))));
    }

    /** Where those come from who look for a service. @param low of its key */
    static Prefix everywhere(long low) {
        return low != 0 ? EVERYWHERE : EVERYWHERE_IPV6;
    }
}
