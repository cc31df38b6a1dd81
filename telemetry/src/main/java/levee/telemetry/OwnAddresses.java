package levee.telemetry;

import java.util.List;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.PrefixIndex;

/**
 * Whether addresses are own, asked for each row: of most IPv4 addresses the first 16 bits tell, which two kinds of bits answer
 * without a search.
 */
public final class OwnAddresses {
    private static final int BLOCK_BITS = 16;
    private static final int WORDS = (1 << BLOCK_BITS) / Long.SIZE;

    private final PrefixIndex index;

    /** By the first 16 bits, whether some of the block is own. */
    private final long[] some = new long[WORDS];

    /** Whether all of it is. */
    private final long[] all = new long[WORDS];

    public OwnAddresses(List<Prefix> prefixes) {
        index = new PrefixIndex(prefixes);
        for (Prefix prefix : prefixes) {
            if (prefix.address().isIpv4()) {
                int first = (int) prefix.address().low() >>> BLOCK_BITS;
                int blocks = 1 << Math.max(0, BLOCK_BITS - prefix.length());
                for (int block = first; block < first + blocks; block++) {
                    some[block / Long.SIZE] |= 1L << block;
                    all[block / Long.SIZE] |= prefix.length() <= BLOCK_BITS ? 1L << block : 0;
                }
            }
        }
    }

    public boolean contains(long high, long low) {
        if (IpAddress.isIpv4(high, low)) {
            int block = (int) low >>> BLOCK_BITS;
            long bit = 1L << block;
            if ((all[block / Long.SIZE] & bit) != 0) {
                return true;
            }
            if ((some[block / Long.SIZE] & bit) == 0) {
                return false;
            }
        }
        return index.find(high, low) != PrefixIndex.NONE;
    }
}
