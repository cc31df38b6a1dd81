package levee.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import levee.model.Group;
import levee.model.Groups;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.PrefixIndex;

/** The own networks and their groups, by number, and what goes in and out of each. Never changes. */
final class TalkerAreas {
    /** Of the sums of an area. */
    static final int COUNTERS = 4;

    static final int RECEIVED = 0;
    static final int SENT = 2;

    private static final int NO_GROUP = Groups.NO_GROUP;

    private final OwnNetworks networks;
    private final List<Group> groups;
    private final List<Prefix> prefixes;
    private final PrefixIndex index;

    /** By the number of the prefix: whether it is an own network itself. */
    private final boolean[] isNetwork;

    /** By the number of the prefix: whether it is in one. */
    private final boolean[] isOwn;

    private final int[] groupOf;

    TalkerAreas(OwnNetworks networks, Groups groups) {
        this.networks = networks;
        this.groups = groups.all();
        Set<Prefix> own = new HashSet<>(networks.prefixes());
        Set<Prefix> all = new LinkedHashSet<>(networks.prefixes());
        groups.all().forEach(group -> all.addAll(group.networks()));
        prefixes = new ArrayList<>(all);
        index = new PrefixIndex(prefixes);
        isNetwork = new boolean[prefixes.size()];
        isOwn = new boolean[prefixes.size()];
        groupOf = new int[prefixes.size()];
        for (int number = 0; number < isNetwork.length; number++) {
            isNetwork[number] = own.contains(prefixes.get(number));
            for (int around = number; around != PrefixIndex.NONE; around = index.around(around)) {
                isOwn[number] |= own.contains(prefixes.get(around));
            }
            Prefix prefix = prefixes.get(number);
            groupOf[number] = groups.find(
                    prefix.address().high(),
                    prefix.address().low(),
                    prefix.length() + 128 - prefix.address().bits());
        }
    }

    OwnNetworks networks() {
        return networks;
    }

    List<Group> groups() {
        return groups;
    }

    /** The own networks and those of groups. */
    List<Prefix> prefixes() {
        return prefixes;
    }

    /** Whether a prefix is not there for a group only. */
    boolean isNetwork(int number) {
        return isNetwork[number];
    }

    /** The number of the most specific prefix around an own address, or {@link PrefixIndex#NONE} for others. */
    int find(long high, long low) {
        int number = index.find(high, low);
        return number != PrefixIndex.NONE && isOwn[number] ? number : PrefixIndex.NONE;
    }

    /**
     * Counts what went from one prefix to another for all that hold one of them only.
     *
     * @param networkSums {@link #COUNTERS} for each prefix
     * @param groupSums likewise for each group
     */
    void count(int to, int from, long packets, long bytes, long[] networkSums, long[] groupSums) {
        if (to == from) {
            return;
        }
        countNetworks(to, from, RECEIVED, packets, bytes, networkSums);
        countNetworks(from, to, SENT, packets, bytes, networkSums);
        int groupTo = to == PrefixIndex.NONE ? NO_GROUP : groupOf[to];
        int groupFrom = from == PrefixIndex.NONE ? NO_GROUP : groupOf[from];
        if (groupTo != groupFrom) {
            if (groupTo != NO_GROUP) {
                add(groupSums, groupTo * COUNTERS + RECEIVED, packets, bytes);
            }
            if (groupFrom != NO_GROUP) {
                add(groupSums, groupFrom * COUNTERS + SENT, packets, bytes);
            }
        }
    }

    private void countNetworks(int network, int other, int direction, long packets, long bytes, long[] sums) {
        for (int area = network; area != PrefixIndex.NONE && !holds(area, other); area = index.around(area)) {
            add(sums, area * COUNTERS + direction, packets, bytes);
        }
    }

    private boolean holds(int area, int network) {
        int inner = network;
        while (inner != PrefixIndex.NONE && inner != area) {
            inner = index.around(inner);
        }
        return inner == area;
    }

    private static void add(long[] sums, int at, long packets, long bytes) {
        sums[at] += packets;
        sums[at + 1] += bytes;
    }
}
