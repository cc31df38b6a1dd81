package levee.drill;

import java.util.Arrays;

/** Where the packets of a flood come from, by number: hosts outside, or own ones. */
final class Sources {
    private static final int ORIGINS_OF_FORGED = 200;
    private static final int[] NONE = {};

    private final Internet internet;
    private final int firstNumber;
    private final int size;
    private final boolean forged;
    private final boolean ipv6;
    private final OwnHosts hosts;
    private final int[] own;

    private Sources(
            Internet internet, int firstNumber, int size, boolean forged, boolean ipv6, OwnHosts hosts, int[] own) {
        this.internet = internet;
        this.firstNumber = firstNumber;
        this.size = size;
        this.forged = forged;
        this.ipv6 = ipv6;
        this.hosts = hosts;
        this.own = own;
    }

    /** @param forged whether the packets come from other hosts than their source addresses say */
    static Sources outside(Internet internet, OwnHosts hosts, int firstNumber, int size, boolean forged, boolean ipv6) {
        return new Sources(internet, firstNumber, size, forged, ipv6, hosts, NONE);
    }

    static Sources own(Internet internet, OwnHosts hosts, int[] indexes, boolean ipv6) {
        return new Sources(internet, 0, indexes.length, false, ipv6, hosts, Arrays.copyOf(indexes, indexes.length));
    }

    int size() {
        return size;
    }

    boolean areForged() {
        return forged;
    }

    /** Makes a packet come from the source of this number. */
    void set(Packet packet, int number) {
        if (own.length > 0) {
            packet.sourceHigh = hosts.high(own[number], ipv6);
            packet.sourceLow = hosts.low(own[number], ipv6);
            packet.timeToLive = Internet.ownTimeToLive(packet.sourceLow);
            return;
        }
        packet.sourceHigh = internet.high(firstNumber + number, ipv6);
        packet.sourceLow = internet.low(firstNumber + number, ipv6);
        packet.timeToLive = forged
                ? Internet.timeToLive(firstNumber + number % ORIGINS_OF_FORGED)
                : Internet.timeToLive(packet.sourceLow);
    }
}
