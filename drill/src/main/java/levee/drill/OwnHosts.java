package levee.drill;

import java.util.List;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.model.Prefix;

/**
 * The own hosts: 200 in each /24 of the network, and with the same numbers in each /64. The first ones serve others, in
 * the order resolvers, name servers, time servers, mail servers, web servers.
 */
final class OwnHosts {
    static final List<Prefix> NETWORKS = List.of(Prefix.parse("10.16.0.0/14"), Prefix.parse("fd00:16::/48"));
    static final int FEWEST = 50;

    private static final int PER_SUBNET = 200;
    private static final int FIRST_IN_SUBNET = 10;
    static final int MOST = PER_SUBNET << 10;

    private static final int IPV4_BASE = 10 << 24 | 16 << 16;
    private static final int IPV4_MASK = 0xfffc_0000;
    private static final long IPV6_BASE = 0xfd00_0016_0000_0000L;

    private static final int RESOLVERS = 2;
    private static final int NAME_SERVERS = 2;
    private static final int TIME_SERVERS = 2;
    private static final int MAIL_SERVERS = 4;
    private static final int FIRST_WEB_SERVER = RESOLVERS + NAME_SERVERS + TIME_SERVERS + MAIL_SERVERS;

    /** Shifts Zipf's law, so that the busiest host has one percent of all connections, not eight. */
    private static final double ZIPF_SHIFT = 20;

    private static final int SHARING = 100;

    private final int count;
    private final int webServers;
    private final double zipfRange;

    OwnHosts(int count) {
        this.count = count;
        webServers = Math.max(4, count / 100);
        zipfRange = (count + ZIPF_SHIFT) / ZIPF_SHIFT;
    }

    int count() {
        return count;
    }

    int resolver(SplittableRandom random) {
        return random.nextInt(RESOLVERS);
    }

    int nameServer(SplittableRandom random) {
        return RESOLVERS + random.nextInt(NAME_SERVERS);
    }

    int timeServer(SplittableRandom random) {
        return RESOLVERS + NAME_SERVERS + random.nextInt(TIME_SERVERS);
    }

    int mailServer(SplittableRandom random) {
        return RESOLVERS + NAME_SERVERS + TIME_SERVERS + random.nextInt(MAIL_SERVERS);
    }

    int webServer(SplittableRandom random) {
        double uniform = random.nextDouble();
        return FIRST_WEB_SERVER + (int) (webServers * uniform * uniform);
    }

    /** A host that serves nobody; few are busy, most are not (Zipf). */
    int client(SplittableRandom random) {
        int first = FIRST_WEB_SERVER + webServers;
        int index = first + (int) (ZIPF_SHIFT * Math.pow(zipfRange, random.nextDouble()) - ZIPF_SHIFT);
        return index < count ? index : random.nextInt(first, count);
    }

    /** One of the few that share files: a hundredth of those that serve nobody. */
    int sharer(SplittableRandom random) {
        int first = FIRST_WEB_SERVER + webServers;
        int sharers = (count - first + SHARING - 1) / SHARING;
        return first + SHARING * random.nextInt(sharers);
    }

    /** Any host, each as likely as the other. */
    int any(SplittableRandom random) {
        return random.nextInt(count);
    }

    long high(int index, boolean ipv6) {
        return ipv6 ? IPV6_BASE | index / PER_SUBNET : 0;
    }

    long low(int index, boolean ipv6) {
        int number = FIRST_IN_SUBNET + index % PER_SUBNET;
        return ipv6 ? number : IpAddress.mapIpv4(IPV4_BASE | index / PER_SUBNET << 8 | number);
    }

    IpAddress address(int index, boolean ipv6) {
        return new IpAddress(high(index, ipv6), low(index, ipv6));
    }

    /** Whether an address is of the own networks, whoever has it. */
    static boolean isOwn(long high, long low) {
        return high == 0
                ? IpAddress.isIpv4(high, low) && ((int) low & IPV4_MASK) == IPV4_BASE
                : high >>> 16 == IPV6_BASE >>> 16;
    }

    /** The number of the host with this address, or -1. */
    int indexOf(long high, long low) {
        if (!isOwn(high, low)) {
            return -1;
        }
        int subnet;
        long number;
        if (high == 0) {
            subnet = (int) low >>> 8 & 0x3ff;
            number = low & 0xff;
        } else {
            subnet = (int) high & 0xffff;
            number = low;
        }
        if (number < FIRST_IN_SUBNET || number >= FIRST_IN_SUBNET + PER_SUBNET) {
            return -1;
        }
        int index = subnet * PER_SUBNET + (int) number - FIRST_IN_SUBNET;
        return index < count ? index : -1;
    }
}
