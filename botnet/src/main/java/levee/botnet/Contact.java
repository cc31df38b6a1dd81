package levee.botnet;

import levee.telemetry.ConnectionBatch.Outcome;
import levee.telemetry.Hashing;

/** What all watches want to know of a connection, found out once. Filled again for each. */
final class Contact {
    /** Who began it. Set before a watch sees it. */
    Host host = Host.NOBODY;

    /** Whether the responder is in the own networks. */
    boolean isInside;

    /** Whether answers are seen of hardly anybody. */
    boolean isOneWay;

    /** Whether the host talks to this port of this address for the first time in hours. */
    boolean isFirst;

    /** Hash of the host, and of the address, port and protocol that it talks to. */
    long key;

    Outcome outcome = Outcome.UNKNOWN;
    int port;
    int protocol;

    /** Of the connection's first packet, seconds since 1970. */
    int seconds;

    /** What {@link #key} is of a host and an address, by their hashes. */
    static long key(long seed, long host, long address, int port, int protocol) {
        return Hashing.hash(seed, host, address, port << 8 | protocol & 0xff);
    }

    /** One bit of 64 for the port, to count how many different ones there are. */
    long portBit() {
        return 1L << (port * 0x9e37_79b9 >>> 26);
    }

    boolean failed() {
        return outcome == Outcome.REFUSED || outcome == Outcome.UNANSWERED;
    }
}
