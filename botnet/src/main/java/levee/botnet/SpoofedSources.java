package levee.botnet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import levee.botnet.Place.Side;
import levee.detection.MemoryBudget;
import levee.model.Attack.Count;
import levee.model.Attack.Volume;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.SpoofedTraffic;
import levee.telemetry.FlowBatch;
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
public final class SpoofedSources extends RowDetector<Place> {
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

    private static final long TICK_NANOS = 10 * SECOND_NANOS;
    private static final long WINDOW_NANOS = 600 * SECOND_NANOS;
    private static final long COUNTER_BYTES = 16L << 20;

    private final Places places;
    private final ForeignTraffic traffic;
    private final MemoryBudget budget = new MemoryBudget(COUNTER_BYTES);
    private OwnAddresses own = new OwnAddresses(OwnNetworks.unknown().prefixes());
    private boolean isConfigured;

    /** Whether answers would be seen: without, nobody can say that there are none. */
    private boolean seesIncoming;

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
        super(TICK_NANOS, WINDOW_NANOS, WINDOW_NANOS, listener);
        places = new Places(seed, exporters, evictions);
        traffic = new ForeignTraffic(seed, evictions);
        apply(networks, networkEdges);
    }

    /** Takes over what the operator changed; what is inside is learned anew. */
    public void apply(OwnNetworks networks, Map<IpAddress, Set<Integer>> networkEdges) {
        own = new OwnAddresses(networks.prefixes());
        isConfigured = networks.configured();
        places.apply(networkEdges);
    }

    @Override
    void look(FlowBatch batch, long[] times) {
        if (!isConfigured) {
            return;
        }
        int size = batch.size;
        for (int row = 0; row < size; row++) {
            pass(times[row]);
            boolean fromOwn = own.contains(batch.sourceHigh[row], batch.sourceLow[row]);
            boolean toOwnHost = own.contains(batch.destinationHigh[row], batch.destinationLow[row]);
            if (fromOwn || toOwnHost) {
                places.get(batch.exporter[row], batch.ingressInterface[row]).countOwn(batch, row, fromOwn);
            } else if (Addresses.isRoutable(batch.destinationHigh[row], batch.destinationLow[row])) {
                look(batch, row);
            }
        }
    }

    /** A row of which neither end is own. */
    private void look(FlowBatch batch, int row) {
        long packets = Math.clamp(batch.packets[row], 1, ForeignTraffic.HEAVIEST);
        traffic.receive(batch.destinationHigh[row], batch.destinationLow[row], packets);
        Place place = places.get(batch.exporter[row], batch.ingressInterface[row]);
        if (place.isInside()) {
            leave(batch, row, place, packets);
        }
    }

    private void leave(FlowBatch batch, int row, Place place, long packets) {
        long high = batch.sourceHigh[row];
        long low = batch.sourceLow[row];
        if (!Addresses.isRoutable(high, low) && OwnNetworks.isPrivate(high, low)) {
            place.privatePackets += packets;
            return;
        }
        boolean isNear = place.isNear(batch.timeToLive[row] & 0xff);
        place.rows++;
        if (place.side == Side.CAPTURE && !isNear) {
            // From afar: it only passes.
            return;
        }
        place.activeNanos = nowNanos();
        place.countForeign(batch, row, packets, isNear, traffic.part(high, low), budget);
        traffic.leave(batch, row, place, packets, isNear);
    }

    @Override
    List<Place> subjects() {
        return places.list();
    }

    @Override
    void forget() {
        boolean isAnyOpen = false;
        for (Place place : places.list()) {
            isAnyOpen |= place.isOpen();
            if (!place.isOpen()) {
                place.release();
            }
        }
        if (!isAnyOpen) {
            traffic.clear();
        }
    }

    @Override
    void clear() {
        traffic.clear();
        places.clear();
        seesIncoming = false;
    }

    @Override
    void judge() {
        for (Place place : places.list()) {
            seesIncoming |= place.toOwnPackets > 0;
        }
        for (Place place : places.list()) {
            learn(place);
            if (place.isOpen()) {
                goOn(place);
            } else if (place.packets >= REQUESTS
                    && seesIncoming
                    && (isSpread(place) || traffic.hasForgedRequests(place))) {
                String exporter = places.exporterOf(place);
                String subject = exporter.isEmpty() ? "capture" : exporter + " " + place.networkInterface;
                open(place, new Telling(SpoofedTraffic.KIND, subject, place.firstNanos));
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
        return place.sources() >= SOURCES
                && place.parts() >= SPREAD
                && isNear(place, place.nearRows, place.rows)
                && traffic.answeredShare(place) <= ANSWERED;
    }

    static boolean isNear(Place place, long nearRows, long rows) {
        return place.side != Side.CAPTURE || nearRows >= NEAR * rows;
    }

    /**
     * Networks that are not own, but send from inside and receive: perhaps the settings lack them. A few, those that send most
     * first.
     */
    public List<Prefix> missingNetworks() {
        return traffic.answeredNetworks();
    }

    @Override
    SpoofedTraffic finding(Place place, Telling telling, State state) {
        Volume answered = traffic.answered(place);
        return new SpoofedTraffic(
                telling.id,
                state,
                places.exporterOf(place),
                place.networkInterface,
                new Count(place.sources(), place.areSourcesExact()),
                traffic.destinations(place),
                new Volume(
                        Math.max(0, place.packets - answered.packets()), Math.max(0, place.bytes - answered.bytes())),
                telling.start,
                Telling.instant(place.lastNanos),
                SpoofingEvidence.of(
                        place,
                        isSpread(place),
                        traffic.forgedRequests(place),
                        traffic.answeredShare(place),
                        missingNetworks()));
    }
}
