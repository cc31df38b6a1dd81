package levee.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The groups of own networks, found by address. Where networks lie within others, the most specific one counts. */
public final class Groups {
    /** In no group. */
    public static final int NO_GROUP = -1;

    public static final Groups NONE = new Groups(List.of());

    private final List<Group> groups;
    private final PrefixIndex index;

    /** By the number of the prefix. */
    private final int[] groupOf;

    /** @throws IllegalArgumentException if two have the same network */
    public Groups(List<Group> groups) {
        this.groups = List.copyOf(groups);
        List<Prefix> prefixes = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Set<Prefix> seen = new HashSet<>();
        for (int number = 0; number < groups.size(); number++) {
            for (Prefix network : groups.get(number).networks()) {
                if (!seen.add(network)) {
                    throw new IllegalArgumentException(network + " is in two groups");
                }
                prefixes.add(network);
                numbers.add(number);
            }
        }
        index = new PrefixIndex(prefixes);
        groupOf = numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    public List<Group> all() {
        return groups;
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** The number of the group that holds a whole network, or {@link #NO_GROUP}. @param bits its length, of 128 */
    public int find(long high, long low, int bits) {
        int prefix = index.find(high, low, bits);
        return prefix == PrefixIndex.NONE ? NO_GROUP : groupOf[prefix];
    }

    /** The number of the group that holds an address, or {@link #NO_GROUP}. */
    public int find(long high, long low) {
        int prefix = index.find(high, low);
        return prefix == PrefixIndex.NONE ? NO_GROUP : groupOf[prefix];
    }

    /** @param number or {@link #NO_GROUP} */
    public Optional<Group> get(int number) {
        return number == NO_GROUP ? Optional.empty() : Optional.of(groups.get(number));
    }
}
