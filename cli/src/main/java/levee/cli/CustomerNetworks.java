package levee.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.Group;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.store.FindingQuery;

/**
 * Which networks a customer sees: those of its groups, without those within them that are somebody else's, for the most
 * specific group counts.
 */
final class CustomerNetworks {
    private final Map<String, List<Prefix>> networks = new HashMap<>();

    CustomerNetworks(List<Group> groups) {
        for (Group group : groups) {
            group.customer()
                    .ifPresent(customer -> group.networks()
                            .forEach(network -> networks.computeIfAbsent(customer, name -> new ArrayList<>())
                                    .addAll(without(network, othersWithin(network, customer, groups)))));
        }
        // Rather see too little than fail; nobody has so many.
        networks.replaceAll((customer, all) -> all.stream()
                .distinct()
                .sorted()
                .limit(FindingQuery.MOST_NETWORKS)
                .toList());
    }

    List<Prefix> of(String customer) {
        return networks.getOrDefault(customer, List.of());
    }

    private static List<Prefix> othersWithin(Prefix network, String customer, List<Group> groups) {
        return groups.stream()
                .filter(group -> !group.customer().equals(Optional.of(customer)))
                .flatMap(group -> group.networks().stream())
                .filter(other -> network.contains(other) && !network.equals(other))
                .toList();
    }

    /** Halves what has something in it that does not belong to it, until it has not. */
    static List<Prefix> without(Prefix network, List<Prefix> others) {
        List<Prefix> inside =
                others.stream().filter(other -> network.contains(other)).toList();
        if (inside.isEmpty()) {
            return List.of(network);
        }
        if (inside.contains(network)) {
            return List.of();
        }
        List<Prefix> left = new ArrayList<>();
        for (Prefix half : halves(network)) {
            left.addAll(without(half, inside));
        }
        return left;
    }

    private static List<Prefix> halves(Prefix network) {
        IpAddress first = network.address();
        // Of IPv4, too, the address is the last of the 128 bits.
        int bit = 128 - first.bits() + network.length();
        IpAddress second = bit < Long.SIZE
                ? new IpAddress(first.high() | Long.MIN_VALUE >>> bit, first.low())
                : new IpAddress(first.high(), first.low() | Long.MIN_VALUE >>> (bit - Long.SIZE));
        return List.of(new Prefix(first, network.length() + 1), new Prefix(second, network.length() + 1));
    }
}
