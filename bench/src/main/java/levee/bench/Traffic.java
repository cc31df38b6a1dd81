package levee.bench;

import java.io.IOException;

/** A source of packets in the order of time. */
interface Traffic {
    /** Midnight of 1 January 2026, where the captures start, in microseconds since 1970. */
    long START_MICROS = 1_767_225_600_000_000L;

    /** The packets in a second without attack. */
    int PACKETS_PER_SECOND = 1_000_000;

    /** Writes the next packet or packets. */
    void send(PcapWriter writer) throws IOException;
}
