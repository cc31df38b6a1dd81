package levee.attack;

import levee.model.IpAddress;

/** How wide a target is. The narrower ones come first. */
enum TargetLevel {
    HOST,
    /** The /24 or /48 that every host is also counted for. */
    PREFIX,
    /** One of the own networks. */
    NETWORK;

    static final int HOST_BITS = 128;
    private static final int IPV4_PREFIX_BITS = 120;
    private static final int IPV6_PREFIX_BITS = 48;

    /** The length, of 128, of the prefix that a host is also counted for. */
    static int prefixBits(long high, long low) {
        return IpAddress.isIpv4(high, low) ? IPV4_PREFIX_BITS : IPV6_PREFIX_BITS;
    }

    static TargetLevel of(Target target) {
        if (target.isHost()) {
            return HOST;
        }
        return target.bits == prefixBits(target.high, target.low) ? PREFIX : NETWORK;
    }
}
