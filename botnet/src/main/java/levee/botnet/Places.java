package levee.botnet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import levee.botnet.Place.Side;
import levee.model.IpAddress;
import levee.telemetry.Hashing;

/** The interfaces of all exporters, 1,024 at the most, and on which side of the network they are by what the operator says. */
final class Places {
    private static final int INTERFACES = 1_024;
    private static final int SLOTS = 4_096;

    private final long seed;
    private final IntFunction<String> exporters;
    private final Evictions evictions;
    private final List<Place> places = new ArrayList<>();
    private final long[] slotKeys = new long[SLOTS];
    private final int[] slotPlaces = new int[SLOTS];
    private final Map<String, Set<Integer>> edges = new HashMap<>();

    /** Stands for interfaces of which there are too many: nothing is said of it. */
    private final Place nowhere = new Place(0, -1, -1);

    private Place last = nowhere;

    /** @param exporters the address of an exporter by its index in rows, from 1 on; empty where it is not known */
    Places(long seed, IntFunction<String> exporters, Evictions evictions) {
        this.seed = seed;
        this.exporters = exporters;
        this.evictions = evictions;
    }

    /** By number. */
    List<Place> list() {
        return places;
    }

    /** Takes over what the operator changed; what is inside is learned anew. */
    void apply(Map<IpAddress, Set<Integer>> networkEdges) {
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

    /** The address of its exporter; empty of a capture. */
    String exporterOf(Place place) {
        return place.exporter == 0 ? "" : exporters.apply(place.exporter);
    }

    /** The place of a row, which is mostly that of the row before. */
    Place get(int exporter, int networkInterface) {
        Place place = last;
        return place.exporter == exporter && place.networkInterface == networkInterface
                ? place
                : find(exporter, networkInterface);
    }

    private Place find(int exporter, int networkInterface) {
        long key = (long) exporter << 32 | networkInterface & 0xffff_ffffL;
        int slot = (int) Hashing.hash(seed, key, 0) & SLOTS - 1;
        while (slotPlaces[slot] != 0 && slotKeys[slot] != key) {
            slot = slot + 1 & SLOTS - 1;
        }
        if (slotPlaces[slot] == 0) {
            if (places.size() == INTERFACES) {
                evictions.add();
                return nowhere;
            }
            Place place = new Place(places.size() + 1, exporter, networkInterface);
            place.side = side(exporter, networkInterface);
            places.add(place);
            slotKeys[slot] = key;
            slotPlaces[slot] = place.number;
        }
        last = places.get(slotPlaces[slot] - 1);
        return last;
    }

    void clear() {
        places.clear();
        Arrays.fill(slotPlaces, 0);
        last = nowhere;
    }
}
