package levee.model;

import java.util.List;

/**
 * The networks that are guarded, by which directions are told.
 *
 * @param prefixes the networks
 * @param configured false where nobody said, so that the private ranges stand in, or what an input shows itself
 */
public record OwnNetworks(List<Prefix> prefixes, boolean configured) {

    /** RFC 1918, RFC 4193 and the link-local ranges of RFC 3927 and RFC 4291. */
    private static final List<Prefix> PRIVATE = List.of(
            Prefix.parse("10.0.0.0/8"),
            Prefix.parse("172.16.0.0/12"),
            Prefix.parse("192.168.0.0/16"),
            Prefix.parse("169.254.0.0/16"),
            Prefix.parse("fc00::/7"),
            Prefix.parse("fe80::/10"));

    public OwnNetworks {
        prefixes = List.copyOf(prefixes);
    }

    public static OwnNetworks of(List<Prefix> prefixes) {
        return new OwnNetworks(prefixes, true);
    }

    /** What an input shows itself. */
    public static OwnNetworks ofInput(List<Prefix> prefixes) {
        return new OwnNetworks(prefixes, false);
    }

    /** Whether nobody said them, and they are not the private ranges. */
    public boolean areOfInput() {
        return !configured && !prefixes.equals(PRIVATE);
    }

    /** The private ranges, for want of better knowledge. */
    public static OwnNetworks unknown() {
        return new OwnNetworks(PRIVATE, false);
    }

    /** Whether the address is one that is not routed on the Internet. */
    public static boolean isPrivate(long high, long low) {
        return isIn(PRIVATE, high, low);
    }

    public boolean contains(long high, long low) {
        return isIn(prefixes, high, low);
    }

    private static boolean isIn(List<Prefix> networks, long high, long low) {
        for (Prefix network : networks) {
            if (network.contains(high, low)) {
                return true;
            }
        }
        return false;
    }
}
