package levee.sharing;

/** A packet, or one direction of a flow record, as fingerprints look at it. */
public interface Observation {
    /** What {@link #ntpRequestCode} returns where there is none. */
    int NONE = -1;

    /** Time of the first packet, in nanoseconds since 1970. */
    long firstNanos();

    /** Time of the last packet, in nanoseconds since 1970. */
    long lastNanos();

    /** Addresses as two longs each, as in {@link levee.model.IpAddress}. */
    long sourceHigh();

    long sourceLow();

    long destinationHigh();

    long destinationLow();

    /** 0 where there is none, or where it is not known, as in a later fragment. */
    int sourcePort();

    /** As {@link #sourcePort}; for ICMP and ICMPv6 {@code type * 256 + code}. */
    int destinationPort();

    /** The IP protocol number. */
    int protocol();

    /** TCP flags of the packet, or the union over the flow. */
    int tcpFlags();

    /** TTL or hop limit; 0 where it is not known. */
    int timeToLive();

    long packets();

    /** IP length, without the link layer. */
    long bytes();

    /** Whether it is a single packet rather than a flow record. */
    boolean isPacket();

    /** Bytes of the packet's frame; 0 where that is not known. */
    int frameLength();

    /** Where a fragment belongs in the whole packet, in bytes; 0 for what is no fragment. */
    int fragmentOffset();

    /** Reads the first question of the DNS message that a packet carries; false where there is none. */
    boolean readDnsQuestion();

    /** The name that {@link #readDnsQuestion} read, valid until the next call. */
    CharSequence dnsName();

    /** The type that {@link #readDnsQuestion} read, by its number. */
    int dnsType();

    /** Reads the first line of the HTTP message that a packet begins with; false where there is none. */
    default boolean readHttp() {
        return false;
    }

    /**
     * What {@link #readHttp} read of a request, valid until the next call and empty where it is not known. What is longer
     * than 128 characters is cut there and ends in three dots.
     */
    default CharSequence httpMethod() {
        return "";
    }

    /** As {@link #httpMethod}. */
    default CharSequence httpUri() {
        return "";
    }

    /** As {@link #httpMethod}. */
    default CharSequence httpUserAgent() {
        return "";
    }

    /** The status code of the response that {@link #readHttp} read; 0 for a request. */
    default int httpStatus() {
        return 0;
    }

    /** The request code of a private (mode 7) NTP message, or {@link #NONE}. */
    int ntpRequestCode();
}
