package levee.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.engine.Analyzer.Location;
import levee.flowexport.ExporterTable;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;

/**
 * Tells which networks inputs are about, where nobody says it: the one that an end of nearly all rows is in, by the beginning of
 * the inputs. Where some rows have a private end, the private ranges are it. A network that only sends or only receives is none,
 * and neither is one of two that all rows go between: it might be whom everybody attacks, or asks.
 */
public final class InputNetworks {
    static final int ROWS = 50_000;

    /** Of fewer rows nothing can be said. */
    private static final int FEWEST_ROWS = 1_000;

    private static final double NEARLY_ALL = 0.9;

    /** Where more rows have a private end, private networks are looked at. */
    private static final double HARDLY_ANY = 0.02;

    /** Of the rows, how many must come from a network, and go there. */
    private static final double EACH_WAY = 0.1;

    private static final int[] LENGTHS_IPV4 = {8, 16, 24};
    private static final int[] LENGTHS_IPV6 = {32, 48, 64};
    private static final int CONNECTIONS = 1 << 10;

    private final long[] sourceHigh = new long[ROWS];
    private final long[] sourceLow = new long[ROWS];
    private final long[] destinationHigh = new long[ROWS];
    private final long[] destinationLow = new long[ROWS];
    private int rows;
    private int ofPrivate;

    private InputNetworks() {}

    /**
     * Looks at the beginning of inputs that can be read twice.
     *
     * @param seed of hashes
     * @return not configured; the private ranges where the inputs do not tell
     */
    public static OwnNetworks of(List<Location> inputs, long seed) {
        InputNetworks networks = new InputNetworks();
        InputReader reader = new InputReader(
                new ConnectionTable(CONNECTIONS, seed), ExporterTable.open(seed), null, ReadProgress.NONE);
        FlowBatch batch = new FlowBatch(Pipeline.BATCH_ROWS);
        for (Location input : inputs) {
            if (networks.isOpen()) {
                reader.read(List.of(input), producer -> {
                    boolean more = true;
                    while (more && networks.isOpen()) {
                        batch.clear(FlowBatch.Rows.PACKETS);
                        more = producer.fill(batch);
                        networks.add(batch);
                    }
                });
            }
        }
        return networks.own();
    }

    private void add(FlowBatch batch) {
        for (int row = 0; row < batch.size && rows < ROWS; row++) {
            sourceHigh[rows] = batch.sourceHigh[row];
            sourceLow[rows] = batch.sourceLow[row];
            destinationHigh[rows] = batch.destinationHigh[row];
            destinationLow[rows] = batch.destinationLow[row];
            if (OwnNetworks.isPrivate(sourceHigh[rows], sourceLow[rows])
                    || OwnNetworks.isPrivate(destinationHigh[rows], destinationLow[rows])) {
                ofPrivate++;
            }
            rows++;
        }
    }

    /** Whether what follows may matter: where so many rows have a private end, more cannot make them few. */
    private boolean isOpen() {
        return rows < ROWS && ofPrivate <= HARDLY_ANY * ROWS;
    }

    private OwnNetworks own() {
        if (rows < FEWEST_ROWS || ofPrivate > HARDLY_ANY * rows) {
            return OwnNetworks.unknown();
        }
        List<Prefix> found = new ArrayList<>();
        narrowest(LENGTHS_IPV4, true).ifPresent(found::add);
        narrowest(LENGTHS_IPV6, false).ifPresent(found::add);
        return found.isEmpty() ? OwnNetworks.unknown() : OwnNetworks.ofInput(found);
    }

    /** The narrowest network of these lengths that an end of nearly all rows of the family is in, if there is one alone. */
    private Optional<Prefix> narrowest(int[] lengths, boolean isIpv4) {
        Optional<Prefix> found = Optional.empty();
        for (int length : lengths) {
            Map<Prefix, Ends> networks = networks(length, isIpv4);
            int all = ofFamily(isIpv4);
            List<Prefix> candidates = networks.entrySet().stream()
                    .filter(entry -> entry.getValue().rows >= NEARLY_ALL * all)
                    .map(Map.Entry::getKey)
                    .toList();
            if (all < FEWEST_ROWS || candidates.size() > 1) {
                return Optional.empty();
            }
            Optional<Prefix> only = candidates.stream()
                    .filter(network ->
                            networks.getOrDefault(network, new Ends()).isEachWay(all))
                    .findFirst();
            if (only.isEmpty()) {
                return found;
            }
            found = only;
        }
        return found;
    }

    private int ofFamily(boolean isIpv4) {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            count += IpAddress.isIpv4(sourceHigh[row], sourceLow[row]) == isIpv4 ? 1 : 0;
        }
        return count;
    }

    private Map<Prefix, Ends> networks(int length, boolean isIpv4) {
        Map<Prefix, Ends> networks = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            if (IpAddress.isIpv4(sourceHigh[row], sourceLow[row]) == isIpv4) {
                Prefix source = new Prefix(new IpAddress(sourceHigh[row], sourceLow[row]), length);
                Prefix destination = new Prefix(new IpAddress(destinationHigh[row], destinationLow[row]), length);
                Ends of = networks.computeIfAbsent(source, any -> new Ends());
                of.rows++;
                of.from++;
                Ends to = networks.computeIfAbsent(destination, any -> new Ends());
                to.rows += source.equals(destination) ? 0 : 1;
                to.to++;
            }
        }
        return networks;
    }

    /** How many rows have an end in a network. */
    private static final class Ends {
        private int rows;
        private int from;
        private int to;

        boolean isEachWay(int all) {
            return from >= EACH_WAY * all && to >= EACH_WAY * all;
        }
    }
}
