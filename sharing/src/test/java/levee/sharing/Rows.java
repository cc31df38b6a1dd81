package levee.sharing;

import levee.model.IpAddress;

/** Rows made by hand: a packet with everything that a packet can have, and copies that differ in one thing. */
record Rows(
        long firstNanos,
        String source,
        String destination,
        int protocol,
        int sourcePort,
        int destinationPort,
        int tcpFlags,
        int timeToLive,
        long packets,
        long bytes,
        boolean isPacket,
        String question)
        implements Observation {
    static final long START = 1_700_000_000_000_000_000L;

    static Rows udp(String source, int sourcePort, String destination, int destinationPort, long bytes) {
        return new Rows(START, source, destination, 17, sourcePort, destinationPort, 0, 64, 1, bytes, true, "");
    }

    static Rows syn(String source, int sourcePort, String destination, int destinationPort) {
        return new Rows(START, source, destination, 6, sourcePort, destinationPort, 0x02, 64, 1, 40, true, "");
    }

    Rows at(long nanosLater) {
        return new Rows(
                START + nanosLater,
                source,
                destination,
                protocol,
                sourcePort,
                destinationPort,
                tcpFlags,
                timeToLive,
                packets,
                bytes,
                isPacket,
                question);
    }

    Rows asking(String name) {
        return new Rows(
                firstNanos,
                source,
                destination,
                protocol,
                sourcePort,
                destinationPort,
                tcpFlags,
                timeToLive,
                packets,
                bytes,
                isPacket,
                name);
    }

    /** A flow record of so many such packets. */
    Rows flow(long count) {
        return new Rows(
                firstNanos,
                source,
                destination,
                protocol,
                sourcePort,
                destinationPort,
                tcpFlags,
                0,
                count,
                count * bytes,
                false,
                "");
    }

    @Override
    public long lastNanos() {
        return firstNanos;
    }

    @Override
    public long sourceHigh() {
        return IpAddress.parse(source).high();
    }

    @Override
    public long sourceLow() {
        return IpAddress.parse(source).low();
    }

    @Override
    public long destinationHigh() {
        return IpAddress.parse(destination).high();
    }

    @Override
    public long destinationLow() {
        return IpAddress.parse(destination).low();
    }

    @Override
    public int frameLength() {
        return isPacket ? (int) bytes + 14 : 0;
    }

    @Override
    public int fragmentOffset() {
        return 0;
    }

    @Override
    public boolean readDnsQuestion() {
        return !question.isEmpty();
    }

    @Override
    public CharSequence dnsName() {
        return question;
    }

    @Override
    public int dnsType() {
        return 255;
    }

    @Override
    public int ntpRequestCode() {
        return protocol == 17 && sourcePort == 123 ? 42 : NONE;
    }
}
