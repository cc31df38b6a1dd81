package levee.flowexport;

/**
 * How an exporter tells of its traffic.
 *
 * @param format of the datagrams
 * @param largestDatagram in bytes, at least 400
 * @param domain source id, observation domain, engine or sub-agent
 * @param bootNanos when the exporter started, in whole milliseconds, as nanoseconds since 1970
 * @param templateInterval templates are sent again with every so manieth datagram
 * @param samplingRate of all rows; told in options data or the header if above one
 * @param reducedSizes whether counters and interfaces take fewer bytes than they could (RFC 7011 section 6.2)
 */
public record EncoderSettings(
        ExportFormat format,
        int largestDatagram,
        int domain,
        long bootNanos,
        int templateInterval,
        int samplingRate,
        boolean reducedSizes) {
    public EncoderSettings {
        if (largestDatagram < 400 || templateInterval < 1 || samplingRate < 1 || bootNanos % 1_000_000 != 0) {
            throw new IllegalArgumentException("no exporter can be so");
        }
    }
}
