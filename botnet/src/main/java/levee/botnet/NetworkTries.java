package levee.botnet;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import levee.detection.HeavyTable;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Counts the first contacts of each network outside (/24, /48): pairs of own host and service, each once. Of 16,384 networks;
 * those that tried least make way.
 */
final class NetworkTries {
    // Counters of a network.
    static final int FIRST = 0;
    static final int LAST = 1;

    /** The number of the finding, from 1 on. */
    static final int OPEN = 2;

    /** New pairs of which the port is well known. */
    private static final int WELL_KNOWN = 3;

    /** New pairs, of which a few may look like others. */
    private static final int PAIRS = 4;

    private static final int PAIR_BITS = 5;
    private static final int PAIR_WORDS = 8;
    private static final int ANSWERED_BITS = PAIR_BITS + PAIR_WORDS;
    private static final int HOST_BITS = ANSWERED_BITS + PAIR_WORDS;
    private static final int HOST_WORDS = 4;
    private static final int PORT_BITS = HOST_BITS + HOST_WORDS;
    private static final int PORT_WORDS = 4;

    /** Of IPv4 one bit for each address of the network. */
    private static final int SOURCE_BITS = PORT_BITS + PORT_WORDS;

    private static final int SOURCE_WORDS = 4;

    /** The services wanted most: the service in the upper half, how many pairs in the lower. */
    private static final int WANTED_SERVICES = SOURCE_BITS + SOURCE_WORDS;

    private static final int WANTED = 6;
    private static final int COUNTERS = WANTED_SERVICES + WANTED;

    private static final int NETWORKS = 16_384;
    private static final int COUNT_BITS = 32;

    final HeavyTable table;
    private final long seed;

    NetworkTries(long seed, Evictions evictions) {
        this.seed = seed;
        table = evictions.table(NETWORKS, COUNTERS);
    }

    /** What stands for the network of an address. */
    long hash(long high, long low) {
        return Addresses.networkHash(seed, high, low);
    }

    /**
     * Counts a first contact.
     *
     * @param entry of the network of the row's source, or {@link HeavyTable#NONE}
     * @param pair hash of the own host and the service
     * @return where the counters of the network are; {@link HeavyTable#NONE} where it tried the same before
     */
    int attempt(FlowBatch batch, int row, int entry, long hash, int service, int port, long pair) {
        long host = batch.destinationHash[row];
        long portHash = Hashing.hash(seed, service, PORT_BITS);
        // A pair of which the bit is taken is new all the same where the host or the port is.
        boolean isNew = entry == HeavyTable.NONE
                || !DistinctBits.isMarked(table, entry, PAIR_BITS, PAIR_WORDS, pair)
                || !DistinctBits.isMarked(table, entry, HOST_BITS, HOST_WORDS, host)
                || !DistinctBits.isMarked(table, entry, PORT_BITS, PORT_WORDS, portHash);
        if (!isNew && isSourceMarked(batch, row, entry)) {
            return HeavyTable.NONE;
        }
        int at = count(hash, batch.sourceHigh[row], batch.sourceLow[row]);
        DistinctBits.mark(table, at + PAIR_BITS, PAIR_WORDS, pair);
        DistinctBits.mark(table, at + HOST_BITS, HOST_WORDS, host);
        DistinctBits.mark(table, at + PORT_BITS, PORT_WORDS, portHash);
        markSource(batch, row, at);
        if (!isNew) {
            return HeavyTable.NONE;
        }
        if (port < ServicePorts.FIRST_USER_PORT) {
            table.add(at + WELL_KNOWN, 1);
        }
        want(at, service);
        if (table.value(at + FIRST) == 0) {
            table.set(at + FIRST, batch.firstNanos[row]);
        }
        table.set(at + LAST, Math.max(table.value(at + LAST), batch.lastNanos[row]));
        return at;
    }

    private int count(long hash, long high, long low) {
        return table.count(hash, Addresses.networkHigh(high, low), Addresses.networkLow(high, low), 0, 1);
    }

    /** Counts a pair that is not of an open finding. @return how many there are */
    long countPair(int at) {
        table.add(at + PAIRS, 1);
        return table.value(at + PAIRS);
    }

    /**
     * Notes that an own host answered.
     *
     * @return where the counters of the network are; {@link HeavyTable#NONE} where that was known, or the network is not
     */
    int succeed(long high, long low, long pair) {
        long hash = hash(high, low);
        int entry = table.find(hash);
        if (entry == HeavyTable.NONE || DistinctBits.isMarked(table, entry, ANSWERED_BITS, PAIR_WORDS, pair)) {
            return HeavyTable.NONE;
        }
        int at = count(hash, high, low);
        DistinctBits.mark(table, at + ANSWERED_BITS, PAIR_WORDS, pair);
        return at;
    }

    private boolean isSourceMarked(FlowBatch batch, int row, int entry) {
        if (IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row])) {
            int last = (int) batch.sourceLow[row] & 0xff;
            return (table.value(entry, SOURCE_BITS + last / Long.SIZE) >>> last & 1) != 0;
        }
        return DistinctBits.isMarked(table, entry, SOURCE_BITS, SOURCE_WORDS, batch.sourceHash[row]);
    }

    private void markSource(FlowBatch batch, int row, int at) {
        if (IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row])) {
            int last = (int) batch.sourceLow[row] & 0xff;
            int counter = at + SOURCE_BITS + last / Long.SIZE;
            table.set(counter, table.value(counter) | 1L << last);
        } else {
            DistinctBits.mark(table, at + SOURCE_BITS, SOURCE_WORDS, batch.sourceHash[row]);
        }
    }

    /** Counts a service; the one that is wanted least makes way for one that has no place, and leaves it its count. */
    private void want(int at, int service) {
        int least = at + WANTED_SERVICES;
        for (int counter = at + WANTED_SERVICES; counter < at + WANTED_SERVICES + WANTED; counter++) {
            long value = table.value(counter);
            if (value >>> COUNT_BITS == service) {
                table.add(counter, 1);
                return;
            }
            if ((int) value < (int) table.value(least)) {
                least = counter;
            }
        }
        table.set(least, (long) service << COUNT_BITS | (int) table.value(least) + 1);
    }

    /** Peers of own hosts come to a port of each, mostly a high one, and may fail as often as scanners do. */
    boolean looksLikeScan(int entry, Tries measure) {
        long tries = measure.tries();
        return tries >= OutsideScanners.MANY
                || tries >= OutsideScanners.CONCENTRATION * measure.hosts()
                || tries >= OutsideScanners.CONCENTRATION * measure.ports()
                || 2 * table.value(entry, WELL_KNOWN) >= tries;
    }

    Tries measure(int entry) {
        long tries = DistinctBits.estimate(table, entry, PAIR_BITS, PAIR_WORDS);
        long answered = DistinctBits.estimate(table, entry, ANSWERED_BITS, PAIR_WORDS);
        long hosts = DistinctBits.estimate(table, entry, HOST_BITS, HOST_WORDS);
        long ports = DistinctBits.estimate(table, entry, PORT_BITS, PORT_WORDS);
        long sources = 0;
        String source = "";
        if (IpAddress.isIpv4(table.high(entry), table.low(entry))) {
            int last = 0;
            for (int word = 0; word < SOURCE_WORDS; word++) {
                long bits = table.value(entry, SOURCE_BITS + word);
                sources += Long.bitCount(bits);
                last = bits == 0 ? last : word * Long.SIZE + Long.numberOfTrailingZeros(bits);
            }
            if (sources == 1) {
                source = new IpAddress(table.high(entry), table.low(entry) | last).toString();
            }
        } else {
            sources = DistinctBits.estimate(table, entry, SOURCE_BITS, SOURCE_WORDS);
        }
        return new Tries(tries, Math.min(tries, answered), hosts, ports, sources, source, wanted(entry));
    }

    private List<String> wanted(int entry) {
        long[] wanted = new long[WANTED];
        for (int i = 0; i < WANTED; i++) {
            wanted[i] = table.value(entry, WANTED_SERVICES + i);
        }
        return Arrays.stream(wanted)
                .boxed()
                .filter(value -> value != 0)
                .sorted(Comparator.comparingInt((Long value) -> -value.intValue())
                        .thenComparingLong(value -> value))
                .map(value -> Tries.nameOf((int) (value >>> COUNT_BITS)))
                .toList();
    }
}
