package levee.drill;

import levee.model.IpAddress;
import levee.telemetry.Hashing;

/**
 * The hosts outside, by number: different numbers have different addresses, which look random and are none of those
 * that are reserved. So who draws numbers knows how many addresses they are, without remembering any.
 */
final class Internet {
    /** Numbers below are those of ordinary servers, clients and scanners; attacks take theirs from here on. */
    static final int FIRST_OF_ATTACKS = 1 << 24;

    static final int SERVERS = 100_000;

    /** Ordinary clients have the numbers behind those of servers. */
    static final int CLIENTS = 1 << 22;

    private static final int FIRST_ADDRESS = 11 << 24;
    private static final int[] IPV6_REGIONS = {0x2400, 0x2600, 0x2800, 0x2a00, 0x2c00};

    private final long seed;
    private final int key;

    Internet(long seed) {
        this.seed = seed;
        key = (int) Hashing.hash(seed, 1, 2);
    }

    long high(int number, boolean ipv6) {
        if (!ipv6) {
            return 0;
        }
        long hash = Hashing.hash(seed, number >>> 2, 3);
        return (long) IPV6_REGIONS[(int) (hash >>> 60) % IPV6_REGIONS.length] << 48 | hash & 0x0fff_ffff_ffffL;
    }

    long low(int number, boolean ipv6) {
        if (ipv6) {
            // Each step can be undone, so no two numbers become one.
            long bits = (number ^ seed) * 0x9e37_79b9_7f4a_7c15L;
            return (bits ^ bits >>> 32) * 0xd6e8_feb8_6659_fd93L;
        }
        // The first of these addresses are public; walking until the next one that is keeps different numbers apart.
        int bits = FIRST_ADDRESS + number;
        do {
            bits = (bits ^ key) * 0x9e37_79b1;
            bits = (bits ^ bits >>> 15) * 0x85eb_ca6b;
            bits ^= bits >>> 13;
        } while (!isPublic(bits));
        return IpAddress.mapIpv4(bits);
    }

    IpAddress address(int number, boolean ipv6) {
        return new IpAddress(high(number, ipv6), low(number, ipv6));
    }

    /** Unicast, and neither private nor otherwise reserved (IANA IPv4 Special-Purpose Address Registry). */
    static boolean isPublic(int bits) {
        int first = bits >>> 24;
        int second = bits >>> 16 & 0xff;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && second != 0 && second != 88;
            case 198 -> second != 18 && second != 19 && second != 51;
            case 203 -> second != 0;
            default -> first < 224;
        };
    }

    /** The TTL or hop limit of a packet from outside: what its system begins with, less the way. */
    static int timeToLive(long addressLow) {
        long hash = addressLow * 0x9e37_79b9_7f4a_7c15L >>> 40;
        int first = (hash & 0xff) < 180 ? 64 : (hash & 0xff) < 245 ? 128 : 255;
        return first - 5 - (int) (hash >>> 8 & 0xff) % 18;
    }

    /** The same of a packet from inside, a router away. */
    static int ownTimeToLive(long addressLow) {
        return (addressLow & 3) == 0 ? 127 : 63;
    }
}
