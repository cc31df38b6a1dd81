package levee.attack;

import java.util.Comparator;
import java.util.List;
import levee.model.IpAddress;
import levee.model.Prefix;

/** Finds the most specific of a few prefixes that holds an address, without allocating. */
final class NetworkIndex {
    private final long[] high;
    private final long[] low;
    private final int[] bits;

    NetworkIndex(List<Prefix> prefixes) {
        List<Prefix> ordered = prefixes.stream()
                .sorted(Comparator.comparingInt(NetworkIndex::bitsOf).reversed())
                .toList();
        high = ordered.stream().mapToLong(p -> p.address().high()).toArray();
        low = ordered.stream().mapToLong(p -> p.address().low()).toArray();
        bits = ordered.stream().mapToInt(NetworkIndex::bitsOf).toArray();
    }

    private static int bitsOf(Prefix prefix) {
        return prefix.length() + 128 - prefix.address().bits();
    }

    /** The number of the prefix, or -1. */
    int find(long addressHigh, long addressLow) {
        for (int i = 0; i < bits.length; i++) {
            if ((addressHigh & Prefix.highMask(bits[i])) == high[i]
                    && (addressLow & Prefix.lowMask(bits[i])) == low[i]
                    && IpAddress.isIpv4(addressHigh, addressLow) == IpAddress.isIpv4(high[i], low[i])) {
                return i;
            }
        }
        return -1;
    }

    long high(int network) {
        return high[network];
    }

    long low(int network) {
        return low[network];
    }

    /** The prefix length of 128 bits. */
    int bits(int network) {
        return bits[network];
    }
}
