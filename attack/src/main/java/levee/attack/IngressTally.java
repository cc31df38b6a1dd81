package levee.attack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import levee.model.Attack.Ingress;

/**
 * Where a target's traffic entered, by exporter and interface, and which exporter counts: the same packet may pass
 * several, and only what the busiest of them saw is certainly not the same. What enters at an edge of the network enters only
 * once: where edges are known, all of them together count like one exporter, and before the others. Bounded: what comes after the first
 * {@value #PLACES} places is not told apart.
 */
final class IngressTally {
    private static final int PLACES = 8;

    /** All edges together, in place of an exporter. */
    private static final int EDGES = -1;

    /** How much more than the one that counts another exporter must see to take its place. */
    private static final double CLEARLY_MORE = 1.25;

    /** How long what was seen counts fully for which exporter is the busiest. */
    private static final long RECENT_NANOS = 10_000_000_000L;

    private final int[] exporters = new int[PLACES];
    private final int[] interfaces = new int[PLACES];
    private final boolean[] areEdges = new boolean[PLACES];
    private final long[] packets = new long[PLACES];
    private final long[] recent = new long[PLACES];
    private int size;
    private int leader;
    private long recentOfEdges;
    private long nextHalvingNanos = Long.MIN_VALUE;

    /**
     * Notes a row of an exporter.
     *
     * @param exporter its index, at least 1
     * @param isEdge whether it entered the network from outside there
     * @param nowNanos a time that never goes back
     * @return whether the row counts
     */
    boolean add(int exporter, int ingressInterface, boolean isEdge, long rowPackets, long nowNanos) {
        int voice = isEdge ? EDGES : exporter;
        if (leader == 0) {
            leader = voice;
        }
        if (nowNanos >= nextHalvingNanos) {
            for (int i = 0; i < size; i++) {
                recent[i] /= 2;
            }
            recentOfEdges /= 2;
            nextHalvingNanos = nowNanos + RECENT_NANOS;
        }
        recentOfEdges += isEdge ? rowPackets : 0;
        int place = 0;
        while (place < size && (exporters[place] != exporter || interfaces[place] != ingressInterface)) {
            place++;
        }
        if (place == PLACES) {
            return voice == leader;
        }
        if (place == size) {
            size++;
            exporters[place] = exporter;
            interfaces[place] = ingressInterface;
            areEdges[place] = isEdge;
            packets[place] = 0;
            recent[place] = 0;
        }
        packets[place] += rowPackets;
        recent[place] += rowPackets;
        if (voice != leader && isBusier(voice)) {
            leader = voice;
        }
        return voice == leader;
    }

    /** Edges need only see about as much as who counts now; others clearly more. */
    private boolean isBusier(int voice) {
        return voice == EDGES
                ? CLEARLY_MORE * recentOf(voice) >= recentOf(leader)
                : recentOf(voice) > CLEARLY_MORE * recentOf(leader);
    }

    private long recentOf(int voice) {
        if (voice == EDGES) {
            return recentOfEdges;
        }
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += exporters[i] == voice && !areEdges[i] ? recent[i] : 0;
        }
        return sum;
    }

    void clear() {
        size = 0;
        leader = 0;
        recentOfEdges = 0;
    }

    private record Place(int exporter, int ingressInterface) {}

    /**
     * Where the packets of all of these entered, most of them first; at edges only, where those count.
     *
     * @param names the address of an exporter by its index; empty where it is not known
     */
    static List<Ingress> of(List<IngressTally> tallies, IntFunction<String> names) {
        Map<Place, Long> sums = new LinkedHashMap<>();
        long total = 0;
        for (IngressTally tally : tallies) {
            for (int i = 0; i < tally.size; i++) {
                if (tally.leader == EDGES && !tally.areEdges[i]) {
                    continue;
                }
                sums.merge(new Place(tally.exporters[i], tally.interfaces[i]), tally.packets[i], Long::sum);
                total += tally.packets[i];
            }
        }
        List<Ingress> shares = new ArrayList<>();
        for (Map.Entry<Place, Long> entry : sums.entrySet()) {
            Place place = entry.getKey();
            String name = names.apply(place.exporter());
            if (name.isEmpty()) {
                continue;
            }
            shares.add(new Ingress(name, place.ingressInterface(), (double) entry.getValue() / Math.max(1, total)));
        }
        shares.sort(Comparator.comparingDouble(Ingress::share)
                .reversed()
                .thenComparing(Ingress::exporter)
                .thenComparingInt(Ingress::networkInterface));
        return shares;
    }
}
