package levee.flowexport;

import org.jspecify.annotations.Nullable;

/**
 * The elements that records of traffic are read from: IANA "IPFIX Information Elements", of which NetFlow v9 shares the
 * first 128 or so (RFC 3954 section 8). Of elements for the same column the first in this list is taken.
 */
enum InformationElement {
    SOURCE_IPV4_ADDRESS(8, Column.SOURCE_IPV4, Reading.IPV4),
    DESTINATION_IPV4_ADDRESS(12, Column.DESTINATION_IPV4, Reading.IPV4),
    SOURCE_IPV6_ADDRESS(27, Column.SOURCE_IPV6, Reading.IPV6),
    DESTINATION_IPV6_ADDRESS(28, Column.DESTINATION_IPV6, Reading.IPV6),
    IP_VERSION(60, Column.IP_VERSION),

    SOURCE_TRANSPORT_PORT(7, Column.SOURCE_PORT),
    UDP_SOURCE_PORT(180, Column.SOURCE_PORT),
    TCP_SOURCE_PORT(182, Column.SOURCE_PORT),
    DESTINATION_TRANSPORT_PORT(11, Column.DESTINATION_PORT),
    UDP_DESTINATION_PORT(181, Column.DESTINATION_PORT),
    TCP_DESTINATION_PORT(183, Column.DESTINATION_PORT),
    PROTOCOL_IDENTIFIER(4, Column.PROTOCOL),
    TCP_CONTROL_BITS(6, Column.TCP_FLAGS),

    OCTET_DELTA_COUNT(1, Column.BYTES),
    POST_OCTET_DELTA_COUNT(23, Column.BYTES),
    OCTET_TOTAL_COUNT(85, Column.BYTES),
    POST_OCTET_TOTAL_COUNT(171, Column.BYTES),
    INITIATOR_OCTETS(231, Column.BYTES),
    LAYER2_OCTET_DELTA_COUNT(352, Column.BYTES),
    LAYER2_OCTET_TOTAL_COUNT(353, Column.BYTES),
    PACKET_DELTA_COUNT(2, Column.PACKETS),
    POST_PACKET_DELTA_COUNT(24, Column.PACKETS),
    PACKET_TOTAL_COUNT(86, Column.PACKETS),
    POST_PACKET_TOTAL_COUNT(172, Column.PACKETS),
    INITIATOR_PACKETS(298, Column.PACKETS),
    RESPONDER_OCTETS(232, Column.REVERSE_BYTES),
    RESPONDER_PACKETS(299, Column.REVERSE_PACKETS),
    BIFLOW_DIRECTION(239, Column.BIFLOW_DIRECTION),

    FLOW_START_NANOSECONDS(156, Column.FIRST, Reading.NTP),
    FLOW_START_MICROSECONDS(154, Column.FIRST, Reading.NTP),
    FLOW_START_MILLISECONDS(152, Column.FIRST, Reading.MILLISECONDS),
    FLOW_START_DELTA_MICROSECONDS(158, Column.FIRST, Reading.MICROSECONDS_AGO),
    FLOW_START_SYS_UP_TIME(22, Column.FIRST, Reading.UPTIME),
    FLOW_START_SECONDS(150, Column.FIRST, Reading.SECONDS),
    FLOW_END_NANOSECONDS(157, Column.LAST, Reading.NTP),
    FLOW_END_MICROSECONDS(155, Column.LAST, Reading.NTP),
    FLOW_END_MILLISECONDS(153, Column.LAST, Reading.MILLISECONDS),
    FLOW_END_DELTA_MICROSECONDS(159, Column.LAST, Reading.MICROSECONDS_AGO),
    FLOW_END_SYS_UP_TIME(21, Column.LAST, Reading.UPTIME),
    FLOW_END_SECONDS(151, Column.LAST, Reading.SECONDS),
    OBSERVATION_TIME_NANOSECONDS(325, Column.LAST, Reading.NTP),
    OBSERVATION_TIME_MICROSECONDS(324, Column.LAST, Reading.NTP),
    OBSERVATION_TIME_MILLISECONDS(323, Column.LAST, Reading.MILLISECONDS),
    OBSERVATION_TIME_SECONDS(322, Column.LAST, Reading.SECONDS),
    FLOW_DURATION_MICROSECONDS(162, Column.DURATION, Reading.DURATION_MICROSECONDS),
    FLOW_DURATION_MILLISECONDS(161, Column.DURATION, Reading.DURATION_MILLISECONDS),
    SYSTEM_INIT_TIME_MILLISECONDS(160, Column.BOOT, Reading.MILLISECONDS),

    INGRESS_INTERFACE(10, Column.INGRESS_INTERFACE),
    INGRESS_PHYSICAL_INTERFACE(252, Column.INGRESS_INTERFACE),
    ICMP_TYPE_CODE_IPV4(32, Column.ICMP_TYPE_CODE),
    ICMP_TYPE_CODE_IPV6(139, Column.ICMP_TYPE_CODE),
    ICMP_TYPE_IPV4(176, Column.ICMP_TYPE),
    ICMP_TYPE_IPV6(178, Column.ICMP_TYPE),
    ICMP_CODE_IPV4(177, Column.ICMP_CODE),
    ICMP_CODE_IPV6(179, Column.ICMP_CODE),
    FRAGMENT_OFFSET(88, Column.FRAGMENT_OFFSET),
    FRAGMENT_FLAGS(197, Column.FRAGMENT_FLAGS),
    FRAGMENT_IDENTIFICATION(54, Column.IDENTIFICATION),
    IP_TTL(192, Column.TIME_TO_LIVE),
    MINIMUM_TTL(52, Column.TIME_TO_LIVE),
    MAXIMUM_TTL(53, Column.TIME_TO_LIVE),

    SAMPLING_INTERVAL(34, Column.RATE),
    SAMPLER_RANDOM_INTERVAL(50, Column.RATE),
    SAMPLING_PACKET_INTERVAL(305, Column.PACKET_INTERVAL),
    SAMPLING_PACKET_SPACE(306, Column.PACKET_SPACE),
    SELECTOR_ID(302, Column.SAMPLER),
    SAMPLER_ID(48, Column.SAMPLER),

    DATA_LINK_FRAME_SECTION(315, Column.FRAME_SECTION, Reading.OCTETS),
    LAYER2_PACKET_SECTION_DATA(104, Column.FRAME_SECTION, Reading.OCTETS),
    IP_HEADER_PACKET_SECTION(313, Column.IP_SECTION, Reading.OCTETS),
    DATA_LINK_FRAME_TYPE(408, Column.FRAME_TYPE),
    DATA_LINK_FRAME_SIZE(312, Column.FRAME_LENGTH),
    IP_TOTAL_LENGTH(224, Column.IP_LENGTH);

    /** The enterprise number that marks the reverse direction of an element (RFC 5103 section 6.1). */
    static final int REVERSE = 29_305;

    private static final InformationElement[] BY_NUMBER = byNumber();

    final int number;
    final Column column;
    final Reading reading;

    InformationElement(int number, Column column) {
        this(number, column, Reading.NUMBER);
    }

    InformationElement(int number, Column column, Reading reading) {
        this.number = number;
        this.column = column;
        this.reading = reading;
    }

    /** The element of a number of IANA's, or null if it is not read. */
    static @Nullable InformationElement of(int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** Where the element of the other direction goes, or null if that is not read. */
    @Nullable
    Column reverse() {
        return switch (this) {
            case OCTET_DELTA_COUNT, OCTET_TOTAL_COUNT -> Column.REVERSE_BYTES;
            case PACKET_DELTA_COUNT, PACKET_TOTAL_COUNT -> Column.REVERSE_PACKETS;
            case TCP_CONTROL_BITS -> Column.REVERSE_TCP_FLAGS;
            default -> null;
        };
    }

    private static InformationElement[] byNumber() {
        int highest = 0;
        for (InformationElement element : values()) {
            highest = Math.max(highest, element.number);
        }
        InformationElement[] elements = new InformationElement[highest + 1];
        for (InformationElement element : values()) {
            elements[element.number] = element;
        }
        return elements;
    }
}
