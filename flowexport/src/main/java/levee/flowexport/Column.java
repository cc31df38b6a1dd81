package levee.flowexport;

/** Where a field of a record goes: a column of the batch, or what helps to fill one. */
enum Column {
    SOURCE_IPV4,
    DESTINATION_IPV4,
    SOURCE_IPV6,
    DESTINATION_IPV6,
    IP_VERSION,
    SOURCE_PORT,
    DESTINATION_PORT,
    PROTOCOL,
    TCP_FLAGS,
    BYTES,
    PACKETS,
    /** Counts to use where those of the first choice are zero. */
    OTHER_BYTES,
    OTHER_PACKETS,
    REVERSE_BYTES,
    REVERSE_PACKETS,
    REVERSE_TCP_FLAGS,
    BIFLOW_DIRECTION,
    FIRST,
    LAST,
    DURATION,
    /** The start of the exporter's uptime, told by the record itself. */
    BOOT,
    INGRESS_INTERFACE,
    ICMP_TYPE_CODE,
    /** The same of the other family, where a template has both. */
    OTHER_ICMP_TYPE_CODE,
    ICMP_TYPE,
    ICMP_CODE,
    FRAGMENT_OFFSET,
    FRAGMENT_FLAGS,
    IDENTIFICATION,
    TIME_TO_LIVE,
    /** One in how many packets was sampled. */
    RATE,
    PACKET_INTERVAL,
    PACKET_SPACE,
    SAMPLER,
    /** The first bytes of a sampled packet, from the link layer or from the IP header on. */
    FRAME_SECTION,
    IP_SECTION,
    /** The link layer of a frame (RFC 7133 section 4.2.2). */
    FRAME_TYPE,
    /** Length of the sampled packet on the wire, from the link layer or from the IP header on. */
    FRAME_LENGTH,
    IP_LENGTH;

    long bit() {
        return 1L << ordinal();
    }
}
