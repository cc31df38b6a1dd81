package levee.botnet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import levee.detection.HeavyTable;
import levee.model.Attack.Talker;
import levee.model.Attack.Volume;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Counts packets of sources that are not own which leave the network, by the network of the source (/24, /48) and by place and
 * network of the destination: 4,096 networks of sources, 2,048 of destinations. Those that sent least make way.
 */
final class ForeignTraffic {
    static final long HEAVIEST = 1L << 40;

    private static final int SOURCE_NETWORKS = 4_096;
    private static final int DESTINATION_NETWORKS = 2_048;
    private static final int TOLD_DESTINATIONS = 5;
    private static final int TOLD_MISSING = 16;

    // Counters of a network; the first two are of destinations, too.
    private static final int PACKETS = 0;
    private static final int BYTES = 1;
    private static final int ROWS = 2;
    private static final int RECEIVED = 3;

    /** Packets to services that can be abused. */
    private static final int ASKING = 4;

    /** Rows with a TTL of own packets. */
    private static final int NEAR_ROWS = 5;

    private static final int DESTINATION_BITS = 6;
    private static final int DESTINATION_WORDS = 4;
    private static final int SOURCE_COUNTERS = DESTINATION_BITS + DESTINATION_WORDS;

    private final long seed;
    private final Evictions evictions;
    private final HeavyTable sources;
    private final HeavyTable destinations;

    ForeignTraffic(long seed, Evictions evictions) {
        this.seed = seed;
        this.evictions = evictions;
        sources = evictions.table(SOURCE_NETWORKS, SOURCE_COUNTERS);
        destinations = evictions.table(DESTINATION_NETWORKS, 2);
    }

    /**
     * Requests in the name of one network.
     *
     * @param requests packets to services that can be abused
     * @param reflectors about how many addresses they went to
     */
    record ForgedRequests(Prefix network, long requests, long reflectors) {}

    /** Of 256 parts of the address space the one that an address is in: by the first octet, of IPv6 by the first 16 bits. */
    int part(long high, long low) {
        return IpAddress.isIpv4(high, low)
                ? (int) (low >>> 24) & 0xff
                : (int) Addresses.networkHash(seed, high >>> 48, 0) & 0xff;
    }

    /** Notes that the network of an address receives, if it is known as a source. @param packets at least 1 */
    void receive(long high, long low, long packets) {
        long hash = Addresses.networkHash(seed, high, low);
        if (sources.find(hash) != HeavyTable.NONE) {
            int at = sources.count(hash, Addresses.networkHigh(high, low), Addresses.networkLow(high, low), 0, packets);
            sources.add(at + RECEIVED, packets);
        }
    }

    /** Counts a row that leaves the network. @param packets at least 1 */
    void leave(FlowBatch batch, int row, Place place, long packets, boolean isNear) {
        long high = batch.sourceHigh[row];
        long low = batch.sourceLow[row];
        long bytes = batch.bytes[row];
        int at = sources.count(
                Addresses.networkHash(seed, high, low),
                Addresses.networkHigh(high, low),
                Addresses.networkLow(high, low),
                place.number,
                packets);
        sources.add(at + PACKETS, packets);
        sources.add(at + BYTES, bytes);
        sources.add(at + ROWS, 1);
        sources.add(at + NEAR_ROWS, isNear ? 1 : 0);
        boolean isAsking = batch.protocol[row] == Protocols.UDP
                && ReflectableService.KINDS[batch.destinationPort[row]] != ReflectableService.NO_SERVICE;
        sources.add(at + ASKING, isAsking ? packets : 0);
        DistinctBits.mark(sources, at + DESTINATION_BITS, DESTINATION_WORDS, batch.destinationHash[row]);

        long toHigh = batch.destinationHigh[row];
        long toLow = batch.destinationLow[row];
        int toAt = destinations.count(
                Hashing.hash(seed, Addresses.networkHash(seed, toHigh, toLow), place.number),
                Addresses.networkHigh(toHigh, toLow),
                Addresses.networkLow(toHigh, toLow),
                place.number,
                packets);
        destinations.add(toAt + PACKETS, packets);
        destinations.add(toAt + BYTES, bytes);
    }

    /** What came from networks that also receive. */
    Volume answered(Place place) {
        long packets = 0;
        long bytes = 0;
        for (int entry = 0; entry < sources.capacity(); entry++) {
            if (isOf(place, entry) && sources.value(entry, RECEIVED) > 0) {
                packets += sources.value(entry, PACKETS);
                bytes += sources.value(entry, BYTES);
            }
        }
        return new Volume(packets, bytes);
    }

    /**
     * Which part came from networks that also receive. Of the networks that had to make way nobody knows: only those are
     * counted that are there.
     */
    double answeredShare(Place place) {
        long all = 0;
        for (int entry = 0; entry < sources.capacity(); entry++) {
            all += isOf(place, entry) ? sources.value(entry, PACKETS) : 0;
        }
        return (double) answered(place).packets() / Math.max(1, all);
    }

    private boolean isOf(Place place, int entry) {
        return sources.isUsed(entry) && sources.tag(entry) == place.number;
    }

    /** Whether a network asks many services that can be abused, and gets no answers. */
    boolean hasForgedRequests(Place place) {
        return mostForgedRequests(place) != HeavyTable.NONE;
    }

    /** Of the network that asks most such services: none, or one. */
    List<ForgedRequests> forgedRequests(Place place) {
        int entry = mostForgedRequests(place);
        return entry == HeavyTable.NONE
                ? List.of()
                : List.of(new ForgedRequests(network(sources, entry), sources.value(entry, ASKING), reflectors(entry)));
    }

    private int mostForgedRequests(Place place) {
        int most = HeavyTable.NONE;
        for (int entry = 0; entry < sources.capacity(); entry++) {
            if (isOf(place, entry)
                    && sources.value(entry, ASKING) >= SpoofedSources.REQUESTS
                    && sources.value(entry, ASKING) >= SpoofedSources.REQUEST_SHARE * sources.value(entry, PACKETS)
                    && sources.value(entry, RECEIVED) == 0
                    && reflectors(entry) >= SpoofedSources.REFLECTORS
                    && SpoofedSources.isNear(place, sources.value(entry, NEAR_ROWS), sources.value(entry, ROWS))
                    && (most == HeavyTable.NONE || sources.value(entry, ASKING) > sources.value(most, ASKING))) {
                most = entry;
            }
        }
        return most;
    }

    private long reflectors(int entry) {
        return DistinctBits.estimate(sources, entry, DESTINATION_BITS, DESTINATION_WORDS);
    }

    private static Prefix network(HeavyTable table, int entry) {
        return Addresses.network(table.high(entry), table.low(entry));
    }

    /** Networks that send and receive, at most {@value #TOLD_MISSING}, those that send most first. */
    List<Prefix> answeredNetworks() {
        List<Integer> entries = new ArrayList<>();
        for (int entry = 0; entry < sources.capacity(); entry++) {
            if (sources.isUsed(entry)
                    && sources.value(entry, RECEIVED) >= SpoofedSources.REQUESTS
                    && sources.value(entry, PACKETS) >= SpoofedSources.REQUESTS) {
                entries.add(entry);
            }
        }
        return entries.stream()
                .sorted(Comparator.comparingLong((Integer entry) -> -sources.value(entry, PACKETS)))
                .limit(TOLD_MISSING)
                .map(entry -> network(sources, entry))
                .toList();
    }

    /** Where most went, at most {@value #TOLD_DESTINATIONS} networks. */
    List<Talker> destinations(Place place) {
        List<Integer> entries = new ArrayList<>();
        for (int entry = 0; entry < destinations.capacity(); entry++) {
            if (destinations.isUsed(entry) && destinations.tag(entry) == place.number) {
                entries.add(entry);
            }
        }
        return entries.stream()
                .sorted(Comparator.comparingLong((Integer entry) -> -destinations.value(entry, PACKETS))
                        .thenComparing(entry -> network(destinations, entry)))
                .limit(TOLD_DESTINATIONS)
                .map(entry -> new Talker(
                        network(destinations, entry),
                        destinations.value(entry, PACKETS),
                        destinations.value(entry, BYTES)))
                .toList();
    }

    void clear() {
        evictions.clear(sources);
        evictions.clear(destinations);
    }
}
