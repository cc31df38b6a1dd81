package levee.flowexport;

import java.util.Map;
import levee.model.IpAddress;

/**
 * An exporter that the operator expects. It always has a place.
 *
 * @param address where its datagrams come from
 * @param samplingRate one in how many packets it samples, whatever it says itself; 0 to believe it
 * @param samplingRateOfInterface the same by the SNMP index of the input interface
 */
public record KnownExporter(IpAddress address, int samplingRate, Map<Integer, Integer> samplingRateOfInterface) {
    public KnownExporter {
        samplingRateOfInterface = Map.copyOf(samplingRateOfInterface);
        if (samplingRate < 0 || samplingRateOfInterface.values().stream().anyMatch(rate -> rate < 1)) {
            throw new IllegalArgumentException("a sampling rate below one for " + address);
        }
    }

    /** An exporter whose word is taken. */
    public static KnownExporter of(IpAddress address) {
        return new KnownExporter(address, 0, Map.of());
    }
}
