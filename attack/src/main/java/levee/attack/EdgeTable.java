package levee.attack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import levee.model.IpAddress;
import levee.model.OwnNetworks;

/**
 * At which interfaces of exporters traffic enters the network from outside, where the operator says so. Of an exporter the
 * address is asked for once, not for each row.
 */
final class EdgeTable {
    private static final int[] NOT_CONFIGURED = {};
    private static final int[] NOT_MET = {-1};
    private static final int FEW_EXPORTERS = 16;

    private final IntFunction<String> exporters;
    private final Map<String, int[]> byAddress = new HashMap<>();
    private OwnNetworks networks = OwnNetworks.unknown();

    /** The edge interfaces in order by the index of the exporter; {@link #NOT_MET} where that is still to be asked for. */
    private int[][] byIndex = {};

    /** @param exporters the address of an exporter by its index */
    EdgeTable(IntFunction<String> exporters, DetectionSettings settings) {
        this.exporters = exporters;
        apply(settings);
    }

    void apply(DetectionSettings settings) {
        networks = settings.networks();
        byAddress.clear();
        byIndex = new int[FEW_EXPORTERS][];
        Arrays.fill(byIndex, NOT_MET);
        settings.edges().forEach((address, interfaces) -> byAddress.put(address.toString(), ordered(interfaces)));
    }

    private static int[] ordered(Set<Integer> interfaces) {
        return interfaces.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** Whether edges say anything of what goes there: from an own network traffic goes out elsewhere than at its entry. */
    boolean concerns(IpAddress target) {
        return !byAddress.isEmpty() && networks.contains(target.high(), target.low());
    }

    /** Whether the interface is where traffic enters from outside. */
    boolean isEdge(int exporter, int ingressInterface) {
        int[] interfaces = exporter < byIndex.length ? byIndex[exporter] : NOT_MET;
        if (interfaces.length == 1 && interfaces[0] < 0) {
            interfaces = meet(exporter);
        }
        return interfaces.length > 0 && Arrays.binarySearch(interfaces, ingressInterface) >= 0;
    }

    private int[] meet(int exporter) {
        if (exporter >= byIndex.length) {
            int before = byIndex.length;
            byIndex = Arrays.copyOf(byIndex, Math.max(exporter + 1, 2 * before));
            Arrays.fill(byIndex, before, byIndex.length, NOT_MET);
        }
        int[] interfaces = byAddress.getOrDefault(exporters.apply(exporter), NOT_CONFIGURED);
        byIndex[exporter] = interfaces;
        return interfaces;
    }
}
