package levee.telemetry;

/**
 * What the first bytes of a payload look like, as one byte: {@link FlowBatch#payloadHint}. A hint is only given where
 * the bytes fit the protocol's own header; it is a hint, since an attacker chooses them.
 */
public final class PayloadHint {
    /** No payload was captured, or it looks like nothing known. */
    public static final byte NONE = 0;

    /** There is no payload at all. */
    public static final byte EMPTY = 1;

    public static final byte DNS_QUERY = 2;
    public static final byte DNS_RESPONSE = 3;

    /** NTP modes 1 to 3: somebody asks for the time. */
    public static final byte NTP_REQUEST = 4;

    /** NTP modes 4 and 5. */
    public static final byte NTP_RESPONSE = 5;

    /** NTP modes 6 and 7 with the response bit: control and private (monlist) answers. */
    public static final byte NTP_CONTROL_RESPONSE = 6;

    /** {@code HTTP/1.1 200 OK} over UDP. */
    public static final byte SSDP_RESPONSE = 7;

    /** {@code M-SEARCH} or {@code NOTIFY} over UDP. */
    public static final byte SSDP_REQUEST = 8;

    public static final byte SNMP_RESPONSE = 9;
    public static final byte SNMP_REQUEST = 10;

    /** A connectionless LDAP search result. */
    public static final byte CLDAP_RESPONSE = 11;

    public static final byte MEMCACHED_RESPONSE = 12;

    /** A QUIC long header (RFC 9000 section 17.2). */
    public static final byte QUIC_LONG_HEADER = 13;

    public static final byte DTLS = 14;
    public static final byte STUN_RESPONSE = 15;

    /** An ISAKMP header, with or without the non-ESP marker (RFC 7296 section 3.1). */
    public static final byte ISAKMP = 16;

    public static final byte BITTORRENT_DHT = 17;

    /** {@code HTTP/1.} over TCP: a response that a middlebox may have forged. */
    public static final byte HTTP_RESPONSE = 18;

    public static final byte COAP_RESPONSE = 19;

    /** {@code SIP/2.0} response. */
    public static final byte SIP_RESPONSE = 20;

    /** A Quake, Source or Steam server answer ({@code ff ff ff ff}). */
    public static final byte GAME_QUERY_RESPONSE = 21;

    /** An ICMP error; the quoted packet was UDP. */
    public static final byte ICMP_ERROR_UDP = 22;

    /** An ICMP error; the quoted packet was TCP. */
    public static final byte ICMP_ERROR_TCP = 23;

    /** An ICMP error that quotes another protocol, or too little. */
    public static final byte ICMP_ERROR_OTHER = 24;

    private PayloadHint() {}
}
