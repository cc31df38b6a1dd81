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
        String question,
        Http http)
        implements Observation {

    /** The first line and the user agent of what a packet carries. */
    record Http(String method, String uri, String userAgent, int status) {
        static final Http NONE = new Http("", "", "", 0);
    }

    static final long START = 1_700_000_000_000_000_000L;

    static Rows udp(String source, int sourcePort, String destination, int destinationPort, long bytes) {
        return new Rows(
                START, source, destination, 17, sourcePort, destinationPort, 0, 64, 1, bytes, true, "", Http.NONE);
    }

    static Rows syn(String source, int sourcePort, String destination, int destinationPort) {
        return new Rows(
                START, source, destination, 6, sourcePort, destinationPort, 0x02, 64, 1, 40, true, "", Http.NONE);
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
                question,
                http);
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
                name,
                http);
    }

    Rows carrying(Http message) {
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
                question,
                message);
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
                "",
                Http.NONE);
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
    public boolean readHttp() {
        return !http.equals(Http.NONE);
    }

    @Override
    public CharSequence httpMethod() {
        return http.method();
    }

    @Override
    public CharSequence httpUri() {
        return http.uri();
    }

    @Override
    public CharSequence httpUserAgent() {
        return http.userAgent();
    }

    @Override
    public int httpStatus() {
        return http.status();
    }

    @Override
    public int ntpRequestCode() {
        return protocol == 17 && sourcePort == 123 ? 42 : NONE;
    }
}
