package levee.flowexport;

/** NetFlow v5: a header of 24 bytes and records of 48, as if a template had described them. */
final class NetFlow5 {
    static final int HEADER = 24;
    static final int RECORD = 48;

    /** Records of one datagram at the most. */
    static final int MAXIMUM_RECORDS = 30;

    /** The lower bits of the header's last field; the others are a mode, which several exporters leave zero. */
    static final int RATE_MASK = 0x3fff;

    /** Fields without an element. */
    private static final int SKIPPED = 0x7fff;

    static final Template TEMPLATE = TemplateCompiler.compile(
            0,
            -1,
            true,
            specification(
                    InformationElement.SOURCE_IPV4_ADDRESS.number,
                    4,
                    InformationElement.DESTINATION_IPV4_ADDRESS.number,
                    4,
                    SKIPPED,
                    4,
                    InformationElement.INGRESS_INTERFACE.number,
                    2,
                    SKIPPED,
                    2,
                    InformationElement.PACKET_DELTA_COUNT.number,
                    4,
                    InformationElement.OCTET_DELTA_COUNT.number,
                    4,
                    InformationElement.FLOW_START_SYS_UP_TIME.number,
                    4,
                    InformationElement.FLOW_END_SYS_UP_TIME.number,
                    4,
                    InformationElement.SOURCE_TRANSPORT_PORT.number,
                    2,
                    InformationElement.DESTINATION_TRANSPORT_PORT.number,
                    2,
                    SKIPPED,
                    1,
                    InformationElement.TCP_CONTROL_BITS.number,
                    1,
                    InformationElement.PROTOCOL_IDENTIFIER.number,
                    1,
                    SKIPPED,
                    9));

    private NetFlow5() {}

    private static int[] specification(int... numbersAndLengths) {
        int[] specification = new int[numbersAndLengths.length];
        for (int i = 0; i < numbersAndLengths.length; i += 2) {
            specification[i + 1] = numbersAndLengths[i] << 16 | numbersAndLengths[i + 1];
        }
        return specification;
    }
}
