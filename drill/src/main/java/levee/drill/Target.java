package levee.drill;

import java.util.SplittableRandom;
import levee.model.Prefix;

/** What is attacked: a host, or addresses drawn from a prefix. */
record Target(Prefix prefix) {
    private static final int LAST_BITS = 8;

    void set(Packet packet, SplittableRandom random) {
        long high = prefix.address().high();
        long low = prefix.address().low();
        if (!prefix.isHost()) {
            boolean ipv4 = prefix.address().isIpv4();
            int hostBits = prefix.address().bits() - prefix.length();
            if (ipv4) {
                // Neither the network's own address nor the one for all.
                low |= hostBits <= 1 ? random.nextInt(1 << hostBits) : random.nextInt(1, (1 << hostBits) - 1);
            } else {
                if (hostBits > 64) {
                    high |= random.nextInt(1 << Math.min(LAST_BITS, hostBits - 64));
                }
                low |= random.nextInt(1 << Math.min(LAST_BITS, hostBits));
            }
        }
        packet.destinationHigh = high;
        packet.destinationLow = low;
    }
}
