package levee.flowexport;

/** How the bytes of a field are read. */
enum Reading {
    /** An unsigned number of 1 to 8 bytes (reduced sizes: RFC 7011 section 6.2). */
    NUMBER(1, 8),
    IPV4(4, 4),
    IPV6(16, 16),
    /** Milliseconds since the exporter started, in 32 bits that wrap after 49.7 days. */
    UPTIME(4, 4),
    /** Seconds since 1970. */
    SECONDS(4, 8),
    /** Milliseconds since 1970. */
    MILLISECONDS(8, 8),
    /** NTP timestamps, RFC 7011 sections 6.1.9 and 6.1.10. */
    NTP(8, 8),
    /** Microseconds before the time of export. */
    MICROSECONDS_AGO(1, 8),
    /** A length of time. */
    DURATION_MILLISECONDS(1, 8),
    DURATION_MICROSECONDS(1, 8),
    /** Bytes of a packet. */
    OCTETS(1, 65_535);

    final int shortest;
    final int longest;

    Reading(int shortest, int longest) {
        this.shortest = shortest;
        this.longest = longest;
    }
}
