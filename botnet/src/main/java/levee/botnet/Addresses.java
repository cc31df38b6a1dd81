package levee.botnet;

import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.Hashing;

/** What addresses are good for, told by a few comparisons. */
final class Addresses {
    private static final int IPV4_NETWORK_BITS = 24;
    private static final int IPV6_NETWORK_BITS = 48;

    private Addresses() {}

    /**
     * Whether a host of the Internet may have the address: not private, shared (RFC 6598), local or multicast. Networks for
     * documentation count as routable: nothing depends on them.
     */
    static boolean isRoutable(long high, long low) {
        if (!IpAddress.isIpv4(high, low)) {
            // Global unicast (RFC 4291 section 2.4).
            return high >>> 61 == 1;
        }
        int address = (int) low;
        int first = address >>> 24;
        if (first == 0 || first == 10 || first == 127 || first >= 224) {
            return false;
        }
        return address >>> 20 != 0xac1
                && address >>> 16 != 0xc0a8
                && address >>> 16 != 0xa9fe
                && address >>> 22 != (100 << 2 | 1);
    }

    /** Whether one host may have the address, be it private: not unspecified, loopback, multicast or broadcast. */
    static boolean isUnicast(long high, long low) {
        if (!IpAddress.isIpv4(high, low)) {
            return high != 0 && high >>> 56 != 0xff;
        }
        int first = (int) low >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    /** Whether the name of an event is an address (RFC 3986 section 3.2.2), or missing. */
    static boolean isBare(EventBatch batch, int event) {
        int length = batch.textLength(event, Text.NAME);
        if (length > 0 && batch.textByte(event, Text.NAME, 0) == '[') {
            return true;
        }
        for (int i = 0; i < length; i++) {
            int b = batch.textByte(event, Text.NAME, i);
            if ((b < '0' || b > '9') && b != '.' && b != ':') {
                return false;
            }
        }
        return true;
    }

    /** The high half of the network that a site has: /24 of IPv4, /48 of IPv6. */
    static long networkHigh(long high, long low) {
        return IpAddress.isIpv4(high, low) ? high : high & Prefix.highMask(IPV6_NETWORK_BITS);
    }

    /** The low half of the same. */
    static long networkLow(long high, long low) {
        return IpAddress.isIpv4(high, low) ? low & -1L << 32 - IPV4_NETWORK_BITS : 0;
    }

    /** What stands for the same network in tables. */
    static long networkHash(long seed, long high, long low) {
        return Hashing.hash(seed, networkLow(high, low), networkHigh(high, low));
    }

    /** The network that an address is in. */
    static Prefix network(long high, long low) {
        IpAddress address = new IpAddress(high, low);
        return new Prefix(address, address.isIpv4() ? IPV4_NETWORK_BITS : IPV6_NETWORK_BITS);
    }
}
