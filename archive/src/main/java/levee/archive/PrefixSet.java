package levee.archive;

import java.util.List;
import levee.model.IpAddress;
import levee.model.Prefix;

/** Some prefixes, laid out for a look at each address of an archive. No prefixes at all hold every address. */
final class PrefixSet {
    private final long[] high;
    private final long[] low;
    private final long[] highMask;
    private final long[] lowMask;
    private final boolean[] isIpv4;

    PrefixSet(List<Prefix> prefixes) {
        int count = prefixes.size();
        high = new long[count];
        low = new long[count];
        highMask = new long[count];
        lowMask = new long[count];
        isIpv4 = new boolean[count];
        for (int i = 0; i < count; i++) {
            Prefix prefix = prefixes.get(i);
            // IPv4 is the last 32 of 128 bits.
            int bits = prefix.length() + 128 - prefix.address().bits();
            high[i] = prefix.address().high();
            low[i] = prefix.address().low();
            highMask[i] = Prefix.highMask(bits);
            lowMask[i] = Prefix.lowMask(bits);
            isIpv4[i] = prefix.address().isIpv4();
        }
    }

    boolean holds(long addressHigh, long addressLow) {
        for (int i = 0; i < high.length; i++) {
            boolean matches = (addressLow & lowMask[i]) == low[i] && (addressHigh & highMask[i]) == high[i];
            // A short IPv6 prefix has the same first bits as mapped IPv4.
            if (matches && IpAddress.isIpv4(addressHigh, addressLow) == isIpv4[i]) {
                return true;
            }
        }
        return high.length == 0;
    }
}
