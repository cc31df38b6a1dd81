package levee.botnet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import levee.detection.DistinctCounter;
import levee.detection.HeavyTable;
import levee.detection.MemoryBudget;
import levee.model.Amounts;
import levee.model.Attack.Count;
import levee.model.Attack.Talker;
import levee.model.Attack.Volume;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.model.SpoofedTraffic;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.OwnAddresses;

/**
 * Finds traffic that leaves the network under sources that are not its own (RFC 2827, BCP 38), by exporter and input interface.
 * Says something only where an operator named the own networks: else everybody who passes would be accused.
 *
 * <p>What enters at an edge comes from outside, forged or not. Inside is an interface that the operator's edges leave over;
 * where none are configured, one into which own sources send, and hardly anybody sends to own hosts. In captures, which tell of
 * no interfaces, forged packets are told by their TTL: they come from as near as own packets do.
 *
 * <p>Sources are forged where they are spread over the address space and nobody answers them, or where few of them ask
 * services that can be abused of many hosts, and none answers (the answers go to whose addresses these are). Sources that also
 * receive traffic are no forgery but networks that were not named ({@link #missingNetworks}). Private addresses are leaks of
 * address translation.
 *
 * <p>Bounded: 1,024 interfaces, 4,096 networks of sources, 2,048 of destinations.
 */
public final class SpoofedSources {
    /** Distinct foreign sources; devices that keep an address of elsewhere are fewer. */
    static final int SOURCES = 100;

    /** Of 256 first octets (of IPv6 first 16 bits); 100 random sources have about 80. */
    static final int SPREAD = 32;

    /** How much may come from sources that also receive. */
    static final double ANSWERED = 0.1;

    /** Packets of one source to services that can be abused. */
    static final int REQUESTS = 100;

    /** Addresses that they go to. */
    static final int REFLECTORS = 20;

    static final double REQUEST_SHARE = 0.9;

    /** How many forged packets of a capture have a TTL of own ones. */
    static final double NEAR = 0.9;

    /** What own hosts must have sent into an interface to make it one inside. */
    static final int INSIDE_PACKETS = 1_000;

    /** What may be sent to own hosts from there, for one sent by own hosts. */
    static final double INSIDE_SHARE = 0.01;

    private static final long SECOND = 1_000_000_000L;
    private static final long TICK = 10 * SECOND;
    private static final long WINDOW = 600 * SECOND;
    private static final int INTERFACES = 1_024;
    private static final int INTERFACE_SLOTS = 4_096;
    private static final int SOURCE_NETWORKS = 4_096;
    private static final int DESTINATION_NETWORKS = 2_048;
    private static final int TOLD_DESTINATIONS = 5;
    private static final int TOLD_MISSING = 16;
    private static final int TTLS = 256;
    private static final long COUNTER_BYTES = 16L << 20;
    private static final long HEAVIEST = 1L << 40;

    /** How much of own packets must have a TTL for it to be one of near hosts. */
    private static final int TTL_SHARE = 100;

    // Counters of a source network.
    private static final int PACKETS = 0;
    private static final int BYTES = 1;
    private static final int ROWS = 2;
    private static final int RECEIVED = 3;

    /** Packets to services that can be abused. */
    private static final int ASKING = 4;

    /** Rows with a TTL of own packets. */
    private static final int NEAR_ROWS = 5;

    private static final int FIRST = 6;
    private static final int LAST = 7;
    private static final int DESTINATION_BITS = 8;
    private static final int DESTINATION_WORDS = 4;
    private static final int SOURCE_COUNTERS = DESTINATION_BITS + DESTINATION_WORDS;

    private final long seed;
    private final IntFunction<String> exporters;
    private final Consumer<FindingEvent> listener;
    private final HeavyTable sources = new HeavyTable(SOURCE_NETWORKS, SOURCE_COUNTERS);
    private final HeavyTable destinations = new HeavyTable(DESTINATION_NETWORKS, 2);
    private final MemoryBudget budget = new MemoryBudget(COUNTER_BYTES);
    private final List<Place> places = new ArrayList<>();
    private final long[] slotKeys = new long[INTERFACE_SLOTS];
    private final int[] slotPlaces = new int[INTERFACE_SLOTS];
    private final Map<String, Set<Integer>> edges = new HashMap<>();
    private OwnAddresses own = new OwnAddresses(OwnNetworks.unknown().prefixes());
    private boolean isConfigured;

    private boolean started;
    private long nowNanos = Long.MIN_VALUE;
    private long nextTickNanos = Long.MIN_VALUE;
    private long windowEndNanos;
    private long evicted;

    /** Whether answers would be seen: without, nobody can say that there are none. */
    private boolean seesIncoming;

    /** Stands for interfaces of which there are too many: nothing is said of it. */
    private final Place nowhere = new Place(0, -1, -1);

    private Place lastPlace = nowhere;

    /**
     * @param networkEdges by the address of an exporter, the SNMP indexes of the interfaces where traffic enters from outside
     * @param exporters the address of an exporter by its index in rows, from 1 on; empty where it is not known
     * @param listener is told of every finding that opens, changes and ends, on the thread that calls
     */
    public SpoofedSources(
            OwnNetworks networks,
            Map<IpAddress, Set<Integer>> networkEdges,
            long seed,
            IntFunction<String> exporters,
            Consumer<FindingEvent> listener) {
        this.seed = seed;
        this.exporters = exporters;
        this.listener = listener;
        apply(networks, networkEdges);
    }

    /** Where the operator said which interfaces are outside, or what was learned. */
    private enum Side {
        UNKNOWN,
        INSIDE,
        LEARNED_INSIDE,
        EDGE,
        /** All of it is seen in one place. */
        CAPTURE
    }

    /** An interface of an exporter. */
    private static final class Place {
        final int number;
        final int exporter;
        final int networkInterface;
        Side side = Side.UNKNOWN;
        long ownPackets;
        long toOwnPackets;
        final int[] ownTtls = new int[TTLS];
        long ownRows;

        // Since the window began, or the finding was opened.
        long rows;
        long packets;
        long bytes;
        long nearRows;
        long privatePackets;
        long martianPackets;
        long firstNanos;
        long lastNanos;
        long activeNanos;
        final long[] spread = new long[TTLS / Long.SIZE];
        DistinctCounter[] distinct = {};
        Telling[] telling = {};

        Place(int number, int exporter, int networkInterface) {
            this.number = number;
            this.exporter = exporter;
            this.networkInterface = networkInterface;
        }

        boolean isNear(int timeToLive) {
            return timeToLive != 0 && (long) ownTtls[timeToLive] * TTL_SHARE >= ownRows && ownTtls[timeToLive] > 0;
        }

        boolean isOpen() {
            return telling.length > 0;
        }

        long distinctSources() {
            return distinct.length == 0 ? 0 : distinct[0].value();
        }

        int octets() {
            int set = 0;
            for (long word : spread) {
                set += Long.bitCount(word);
            }
            return set;
        }

        void clearWindow() {
            rows = 0;
            packets = 0;
            bytes = 0;
            nearRows = 0;
            privatePackets = 0;
            martianPackets = 0;
            firstNanos = 0;
            lastNanos = 0;
            Arrays.fill(spread, 0);
            if (distinct.length > 0) {
                distinct[0].clear();
                distinct = new DistinctCounter[0];
            }
        }
    }

    /** Takes over what the operator changed; what is inside is learned anew. */
    public void apply(OwnNetworks networks, Map<IpAddress, Set<Integer>> networkEdges) {
        own = new OwnAddresses(networks.prefixes());
        isConfigured = networks.configured();
        edges.clear();
        networkEdges.forEach((address, interfaces) -> edges.put(address.toString(), Set.copyOf(interfaces)));
        for (Place place : places) {
            place.side = side(place.exporter, place.networkInterface);
            place.ownPackets = 0;
            place.toOwnPackets = 0;
        }
    }

    private Side side(int exporter, int networkInterface) {
        if (exporter == 0) {
            return Side.CAPTURE;
        }
        if (networkInterface == 0) {
            // The exporter does not say where it came in.
            return Side.UNKNOWN;
        }
        Set<Integer> outside = edges.get(exporters.apply(exporter));
        if (outside == null) {
            return Side.UNKNOWN;
        }
        return outside.contains(networkInterface) ? Side.EDGE : Side.INSIDE;
    }

    /** How often something had to be forgotten because a table was full. */
    public long evicted() {
        return evicted + sources.evicted() + destinations.evicted();
    }

    /** Looks at all rows of a batch, whose hashes must be filled in. */
    public void process(FlowBatch batch) {
        if (batch.restart) {
            finish();
        }
        if (!isConfigured) {
            return;
        }
        long[] times = batch.rows == FlowBatch.Rows.FLOWS ? batch.lastNanos : batch.firstNanos;
        int size = batch.size;
        for (int row = 0; row < size; row++) {
            long time = times[row];
            if (time >= nextTickNanos) {
                advance(time);
            }
            nowNanos = Math.max(nowNanos, time);
            boolean fromOwn = own.contains(batch.sourceHigh[row], batch.sourceLow[row]);
            boolean toOwnHost = own.contains(batch.destinationHigh[row], batch.destinationLow[row]);
            if (fromOwn || toOwnHost) {
                // Which way a row goes cannot be foreseen, so this is arithmetic.
                int isFromOwn = fromOwn ? 1 : 0;
                Place place = place(batch.exporter[row], batch.ingressInterface[row]);
                place.ownPackets += -isFromOwn & batch.packets[row];
                place.toOwnPackets += isFromOwn - 1 & batch.packets[row];
                place.ownRows += isFromOwn;
                place.ownTtls[batch.timeToLive[row] & 0xff] += isFromOwn;
            } else {
                look(batch, row);
            }
        }
    }

    /** Lets time go on though no rows come. */
    public void tick(long time) {
        if (started && time >= nextTickNanos) {
            advance(time);
        }
    }

    private Place place(int exporter, int networkInterface) {
        Place place = lastPlace;
        return place.exporter == exporter && place.networkInterface == networkInterface
                ? place
                : findPlace(exporter, networkInterface);
    }

    private Place findPlace(int exporter, int networkInterface) {
        long key = (long) exporter << 32 | networkInterface & 0xffff_ffffL;
        int slot = (int) Hashing.hash(seed, key, 0) & INTERFACE_SLOTS - 1;
        while (slotPlaces[slot] != 0 && slotKeys[slot] != key) {
            slot = slot + 1 & INTERFACE_SLOTS - 1;
        }
        if (slotPlaces[slot] == 0) {
            if (places.size() == INTERFACES) {
                evicted++;
                return nowhere;
            }
            Place place = new Place(places.size() + 1, exporter, networkInterface);
            place.side = side(exporter, networkInterface);
            places.add(place);
            slotKeys[slot] = key;
            slotPlaces[slot] = place.number;
        }
        lastPlace = places.get(slotPlaces[slot] - 1);
        return lastPlace;
    }

    /** A row of which neither end is own. */
    private void look(FlowBatch batch, int row) {
        long high = batch.destinationHigh[row];
        long low = batch.destinationLow[row];
        if (!Addresses.isRoutable(high, low)) {
            return;
        }
        long packets = Math.clamp(batch.packets[row], 1, HEAVIEST);
        long toNetwork = networkHash(high, low);
        if (sources.find(toNetwork) != HeavyTable.NONE) {
            int at = sources.count(
                    toNetwork, Addresses.networkHigh(high, low), Addresses.networkLow(high, low), 0, packets);
            sources.add(at + RECEIVED, packets);
        }
        Place place = place(batch.exporter[row], batch.ingressInterface[row]);
        if (place.side == Side.INSIDE || place.side == Side.LEARNED_INSIDE || place.side == Side.CAPTURE) {
            leave(batch, row, place, packets, toNetwork);
        }
    }

    private void leave(FlowBatch batch, int row, Place place, long packets, long toNetwork) {
        long high = batch.sourceHigh[row];
        long low = batch.sourceLow[row];
        if (!Addresses.isRoutable(high, low) && OwnNetworks.isPrivate(high, low)) {
            place.privatePackets += packets;
            return;
        }
        long bytes = batch.bytes[row];
        boolean isNear = place.isNear(batch.timeToLive[row] & 0xff);
        place.rows++;
        if (place.side == Side.CAPTURE && !isNear) {
            // From afar: it only passes.
            return;
        }
        if (place.packets == 0) {
            place.firstNanos = batch.firstNanos[row];
        }
        place.packets += packets;
        place.martianPackets += Addresses.isRoutable(high, low) ? 0 : packets;
        place.bytes += bytes;
        place.nearRows += isNear ? 1 : 0;
        place.lastNanos = Math.max(place.lastNanos, batch.lastNanos[row]);
        place.activeNanos = nowNanos;
        int octet = IpAddress.isIpv4(high, low) ? (int) (low >>> 24) & 0xff : (int) networkHash(high >>> 48, 0) & 0xff;
        place.spread[octet / Long.SIZE] |= 1L << octet;
        if (place.distinct.length == 0) {
            place.distinct = new DistinctCounter[] {new DistinctCounter(budget)};
        }
        place.distinct[0].add(batch.sourceHash[row]);

        long fromNetwork = networkHash(high, low);
        int at = sources.count(
                fromNetwork, Addresses.networkHigh(high, low), Addresses.networkLow(high, low), place.number, packets);
        sources.add(at + PACKETS, packets);
        sources.add(at + BYTES, bytes);
        sources.add(at + ROWS, 1);
        sources.add(at + NEAR_ROWS, isNear ? 1 : 0);
        boolean isAsking = batch.protocol[row] == Protocols.UDP
                && ReflectableService.KINDS[batch.destinationPort[row]] != ReflectableService.NO_SERVICE;
        sources.add(at + ASKING, isAsking ? packets : 0);
        if (sources.value(at + FIRST) == 0) {
            sources.set(at + FIRST, batch.firstNanos[row]);
        }
        sources.set(at + LAST, Math.max(sources.value(at + LAST), batch.lastNanos[row]));
        DistinctBits.mark(sources, at + DESTINATION_BITS, DESTINATION_WORDS, batch.destinationHash[row]);

        long to = Hashing.hash(seed, toNetwork, place.number);
        int toAt = destinations.count(
                to,
                Addresses.networkHigh(batch.destinationHigh[row], batch.destinationLow[row]),
                Addresses.networkLow(batch.destinationHigh[row], batch.destinationLow[row]),
                place.number,
                packets);
        destinations.add(toAt + PACKETS, packets);
        destinations.add(toAt + BYTES, bytes);
    }

    private long networkHash(long high, long low) {
        return Hashing.hash(seed, Addresses.networkLow(high, low), Addresses.networkHigh(high, low));
    }

    private void advance(long time) {
        if (!started) {
            started = true;
            nowNanos = time;
            windowEndNanos = time + WINDOW;
        } else {
            nowNanos = Math.max(nowNanos, time);
            judge();
            if (nowNanos >= windowEndNanos) {
                windowEndNanos = nowNanos + WINDOW;
                forget();
            }
        }
        nextTickNanos = (Math.floorDiv(nowNanos, TICK) + 1) * TICK;
    }

    /** Judges what is there: the input is at its end, or its clock jumped. */
    public void finish() {
        if (!started) {
            return;
        }
        judge();
        for (Place place : places) {
            if (place.isOpen()) {
                boolean isOver = nowNanos - place.activeNanos > WINDOW;
                tell(place, isOver ? Change.ENDED : Change.CHANGED, isOver ? State.ENDED : State.OPEN);
            }
            place.clearWindow();
        }
        evicted += sources.evicted() + destinations.evicted();
        sources.clear();
        destinations.clear();
        places.clear();
        Arrays.fill(slotPlaces, 0);
        lastPlace = nowhere;
        seesIncoming = false;
        started = false;
        nowNanos = Long.MIN_VALUE;
        nextTickNanos = Long.MIN_VALUE;
    }

    private void forget() {
        boolean isAnyOpen = false;
        for (Place place : places) {
            isAnyOpen |= place.isOpen();
            if (!place.isOpen()) {
                place.clearWindow();
            }
        }
        if (!isAnyOpen) {
            evicted += sources.evicted() + destinations.evicted();
            sources.clear();
            destinations.clear();
        }
    }

    private void judge() {
        for (Place place : places) {
            seesIncoming |= place.toOwnPackets > 0;
        }
        for (Place place : places) {
            learn(place);
            if (place.isOpen()) {
                if (nowNanos - place.activeNanos > WINDOW) {
                    tell(place, Change.ENDED, State.ENDED);
                    place.telling = new Telling[0];
                    place.clearWindow();
                } else if (place.telling[0].isDue(nowNanos, place.packets)) {
                    tell(place, Change.CHANGED, State.OPEN);
                }
            } else if (place.packets >= REQUESTS
                    && seesIncoming
                    && (isSpread(place) || forgedRequests(place) != HeavyTable.NONE)) {
                String subject = name(place).isEmpty() ? "capture" : name(place) + " " + place.networkInterface;
                place.telling = new Telling[] {new Telling(SpoofedTraffic.KIND, subject, place.firstNanos)};
                tell(place, Change.OPENED, State.OPEN);
            }
        }
    }

    private void learn(Place place) {
        if (place.side != Side.UNKNOWN && place.side != Side.LEARNED_INSIDE) {
            return;
        }
        boolean isInside = place.ownPackets >= INSIDE_PACKETS
                && place.toOwnPackets <= INSIDE_SHARE * place.ownPackets
                // Where nobody knows where traffic comes in, nobody knows that it comes from inside.
                && place.networkInterface != 0;
        place.side = isInside ? Side.LEARNED_INSIDE : Side.UNKNOWN;
    }

    /** Whether sources are as if drawn at random, and nobody answers them. */
    private boolean isSpread(Place place) {
        return place.distinctSources() >= SOURCES
                && place.octets() >= SPREAD
                && isNear(place, place.nearRows, place.rows)
                && answeredShare(place) <= ANSWERED;
    }

    private static boolean isNear(Place place, long nearRows, long rows) {
        return place.side != Side.CAPTURE || nearRows >= NEAR * rows;
    }

    /** What came from networks that also receive. */
    private Volume answered(Place place) {
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
    private double answeredShare(Place place) {
        long all = 0;
        for (int entry = 0; entry < sources.capacity(); entry++) {
            all += isOf(place, entry) ? sources.value(entry, PACKETS) : 0;
        }
        return (double) answered(place).packets() / Math.max(1, all);
    }

    private boolean isOf(Place place, int entry) {
        return sources.isUsed(entry) && sources.tag(entry) == place.number;
    }

    /** The source network that asks most services that can be abused, and gets no answers; else {@link HeavyTable#NONE}. */
    private int forgedRequests(Place place) {
        int most = HeavyTable.NONE;
        for (int entry = 0; entry < sources.capacity(); entry++) {
            if (isOf(place, entry)
                    && sources.value(entry, ASKING) >= REQUESTS
                    && sources.value(entry, ASKING) >= REQUEST_SHARE * sources.value(entry, PACKETS)
                    && sources.value(entry, RECEIVED) == 0
                    && reflectors(entry) >= REFLECTORS
                    && isNear(place, sources.value(entry, NEAR_ROWS), sources.value(entry, ROWS))
                    && (most == HeavyTable.NONE || sources.value(entry, ASKING) > sources.value(most, ASKING))) {
                most = entry;
            }
        }
        return most;
    }

    private long reflectors(int entry) {
        return DistinctBits.estimate(sources, entry, DESTINATION_BITS, DESTINATION_WORDS);
    }

    /**
     * Networks that are not own, but send from inside and receive: perhaps the settings lack them. At most
     * {@value #TOLD_MISSING}, those that send most first.
     */
    public List<Prefix> missingNetworks() {
        List<Integer> entries = new ArrayList<>();
        for (int entry = 0; entry < sources.capacity(); entry++) {
            if (sources.isUsed(entry)
                    && sources.value(entry, RECEIVED) >= REQUESTS
                    && sources.value(entry, PACKETS) >= REQUESTS) {
                entries.add(entry);
            }
        }
        return entries.stream()
                .sorted(Comparator.comparingLong((Integer entry) -> -sources.value(entry, PACKETS)))
                .limit(TOLD_MISSING)
                .map(entry -> Addresses.network(sources.high(entry), sources.low(entry)))
                .toList();
    }

    private String name(Place place) {
        return place.exporter == 0 ? "" : exporters.apply(place.exporter);
    }

    private void tell(Place place, Change change, State state) {
        Telling telling = place.telling[0];
        telling.told(nowNanos, place.packets);
        boolean isExact =
                place.distinct.length == 0 || place.distinct[0].count().exact();
        Volume answered = answered(place);
        SpoofedTraffic finding = new SpoofedTraffic(
                telling.id,
                state,
                name(place),
                place.networkInterface,
                new Count(place.distinctSources(), isExact),
                destinations(place),
                new Volume(
                        Math.max(0, place.packets - answered.packets()), Math.max(0, place.bytes - answered.bytes())),
                telling.start,
                Telling.instant(place.lastNanos),
                evidence(place));
        listener.accept(new FindingEvent(change, finding));
    }

    private List<Talker> destinations(Place place) {
        List<Integer> entries = new ArrayList<>();
        for (int entry = 0; entry < destinations.capacity(); entry++) {
            if (destinations.isUsed(entry) && destinations.tag(entry) == place.number) {
                entries.add(entry);
            }
        }
        return entries.stream()
                .sorted(Comparator.comparingLong((Integer entry) -> -destinations.value(entry, PACKETS))
                        .thenComparing(entry -> Addresses.network(destinations.high(entry), destinations.low(entry))))
                .limit(TOLD_DESTINATIONS)
                .map(entry -> new Talker(
                        Addresses.network(destinations.high(entry), destinations.low(entry)),
                        destinations.value(entry, PACKETS),
                        destinations.value(entry, BYTES)))
                .toList();
    }

    private List<Evidence> evidence(Place place) {
        List<Evidence> evidence = new ArrayList<>();
        if (isSpread(place)) {
            evidence.add(new Evidence(
                    "%s that are not own sent packets out of the network; they are spread over %d of 256 parts of the address space"
                            .formatted(Amounts.count(place.distinctSources(), "source", "sources"), place.octets()),
                    place.octets(),
                    SPREAD,
                    "distinct first octets (IPv6: hashes of the first 16 bits) of sources outside the own networks"));
        }
        int requests = forgedRequests(place);
        if (requests != HeavyTable.NONE) {
            evidence.add(new Evidence(
                    "In the name of %s %s went to services that can be abused, on about %s, and none answered there"
                            .formatted(
                                    Addresses.network(sources.high(requests), sources.low(requests)),
                                    Amounts.count(sources.value(requests, ASKING), "request"),
                                    Amounts.count(reflectors(requests), "address", "addresses")),
                    sources.value(requests, ASKING),
                    REQUESTS,
                    "UDP packets of one foreign network to ports of services that amplify"));
        }
        double share = answeredShare(place);
        evidence.add(new Evidence(
                "%s of the packets are from networks that also received some here".formatted(Amounts.percent(share)),
                share,
                ANSWERED,
                "packets of source networks (/24, /48) that were destinations, too"));
        evidence.add(whyInside(place));
        if (place.martianPackets > 0) {
            evidence.add(new Evidence(
                    "%s had sources that no host of the Internet has"
                            .formatted(Amounts.count(place.martianPackets, "packet")),
                    place.martianPackets,
                    0,
                    "packets from loopback, multicast and reserved addresses (RFC 6890)"));
        }
        if (place.privatePackets > 0) {
            evidence.add(new Evidence(
                    "Besides, %s left with private sources, which are not counted: leaks of address translation"
                            .formatted(Amounts.count(place.privatePackets, "packet")),
                    place.privatePackets,
                    0,
                    "packets from RFC 1918 and local addresses to routable ones"));
        }
        List<Prefix> missing = missingNetworks();
        if (!missing.isEmpty()) {
            evidence.add(new Evidence(
                    "Not counted as forged are sources in %s, which also receive traffic: perhaps an own prefix is missing in the settings"
                            .formatted(missing.get(0)),
                    missing.size(),
                    0,
                    "foreign networks that send from inside and receive"));
        }
        return evidence;
    }

    private static Evidence whyInside(Place place) {
        return switch (place.side) {
            case INSIDE ->
                new Evidence(
                        "By the settings traffic does not enter from outside at this interface",
                        1,
                        1,
                        "configured edges");
            case CAPTURE -> {
                double near = (double) place.nearRows / Math.max(1, place.rows);
                yield new Evidence(
                        "%s of them have a TTL with which own packets leave: they come from as near"
                                .formatted(Amounts.percent(near)),
                        near,
                        NEAR,
                        "rows with a TTL that at least 1 % of the rows of own sources have");
            }
            case UNKNOWN, LEARNED_INSIDE, EDGE ->
                new Evidence(
                        "Own hosts sent %s into this interface, and %s came from there to own hosts: it is inside"
                                .formatted(
                                        Amounts.count(place.ownPackets, "packet"), Amounts.count(place.toOwnPackets)),
                        (double) place.toOwnPackets / Math.max(1, place.ownPackets),
                        INSIDE_SHARE,
                        "packets to own hosts for each packet of own sources");
        };
    }
}
