package levee.attack;

import java.util.List;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;

/** The addresses of the test network and of the Internet around it. */
enum AddressFamily {
    IPV4("198.18.0.0/16"),
    IPV6("2001:db8:1::/48");

    private final Prefix ownNetwork;

    AddressFamily(String ownNetwork) {
        this.ownNetwork = Prefix.parse(ownNetwork);
    }

    /** Both families' own networks. */
    static OwnNetworks ownNetworks() {
        return OwnNetworks.of(List.of(IPV4.ownNetwork, IPV6.ownNetwork));
    }

    Prefix ownNetwork() {
        return ownNetwork;
    }

    /** An own host. */
    IpAddress own(int index) {
        return new IpAddress(ownNetwork.address().high(), ownNetwork.address().low() + index);
    }

    /** Any host on the Internet. */
    IpAddress internet(SplittableRandom random) {
        if (this == IPV6) {
            return new IpAddress(0x2a00_0000_0000_0000L | random.nextLong() >>> 12, random.nextLong());
        }
        while (true) {
            int bits = random.nextInt();
            int first = bits >>> 24;
            IpAddress address = IpAddress.ofIpv4(bits);
            boolean special = first == 0 || first == 127 || first >= 224;
            if (!special && !ownNetwork.contains(address) && !OwnNetworks.isPrivate(address.high(), address.low())) {
                return address;
            }
        }
    }

    /** An address as floods forge it: any number at all. */
    IpAddress forged(SplittableRandom random) {
        return this == IPV6 ? internet(random) : IpAddress.ofIpv4(random.nextInt());
    }

    /** That many hosts on the Internet. */
    IpAddress[] internet(SplittableRandom random, int count) {
        IpAddress[] hosts = new IpAddress[count];
        for (int i = 0; i < count; i++) {
            hosts[i] = internet(random);
        }
        return hosts;
    }
}
