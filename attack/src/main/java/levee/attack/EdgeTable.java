package levee.attack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import org.jspecify.annotations.Nullable;

/**
 * At which interfaces of exporters traffic enters the network from outside, where the operator says so. Of an exporter the
 * address is asked for once, not for each row.
 */
final class EdgeTable {
    private static final int[] NOT_CONFIGURED = {};
    private static final int FEW_EXPORTERS = 16;

    private final IntFunction<String> exporters;
    private final Map<String, int[]> byAddress = new HashMap<>();
    private OwnNetworks networks = OwnNetworks.unknown();

    /** The edge interfaces in order by the index of the exporter; null where it was not met yet. */
    private @Nullable int[][] byIndex = new int[FEW_EXPORTERS][];

    /** @param exporters the address of an exporter by its index */
    EdgeTable(IntFunction<String> exporters, DetectionSettings settings) {
        this.exporters = exporters;
        apply(settings);
    }

    void apply(DetectionSettings settings) {
        networks = settings.networks();
        byAddress.clear();
        byIndex = new int[FEW_EXPORTERS][];
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
        int[] interfaces = exporter < byIndex.length ? byIndex[exporter] : null;
        if (interfaces == null) {
            interfaces = meet(exporter);
        }
        return interfaces.length > 0 && Arrays.binarySearch(interfaces, ingressInterface) >= 0;
    }

    private int[] meet(int exporter) {
        if (exporter >= byIndex.length) {
            byIndex = Arrays.copyOf(byIndex, Math.max(exporter + 1, 2 * byIndex.length));
        }
        int[] interfaces = byAddress.getOrDefault(exporters.apply(exporter), NOT_CONFIGURED);
        byIndex[exporter] = interfaces;
        return interfaces;
    }
}
