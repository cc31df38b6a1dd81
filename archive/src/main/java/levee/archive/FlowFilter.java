package levee.archive;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import levee.model.IpAddress;
import levee.model.Prefix;

/**
 * Which rows are asked for; what is empty asks for nothing.
 *
 * @param hosts one end of the flow is in one of them
 * @param peers the other end is in one of them
 * @param port of either end, 0 to 65535
 * @param protocols IP protocol numbers
 * @param exporters who told of the flow
 * @param sinceNanos the flow went on then or later, in nanoseconds since 1970
 * @param untilNanos the flow went on then or earlier, likewise
 */
public record FlowFilter(
        List<Prefix> hosts,
        List<Prefix> peers,
        OptionalInt port,
        Set<Integer> protocols,
        Set<IpAddress> exporters,
        long sinceNanos,
        long untilNanos) {

    /** Everything. */
    public static final FlowFilter ALL = new FlowFilter(
            List.of(), List.of(), OptionalInt.empty(), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);

    public FlowFilter {
        hosts = List.copyOf(hosts);
        peers = List.copyOf(peers);
        protocols = Set.copyOf(protocols);
        exporters = Set.copyOf(exporters);
    }

    boolean asksForAddresses() {
        return !hosts.isEmpty() || !peers.isEmpty();
    }
}
