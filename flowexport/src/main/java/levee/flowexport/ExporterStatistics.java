package levee.flowexport;

import java.util.Map;
import levee.model.IpAddress;

/**
 * An exporter at a glance.
 *
 * @param index its index in the rows, from 1 on
 * @param address where its datagrams come from
 * @param known whether the operator expects it
 * @param format of its last datagram
 * @param datagrams that came
 * @param flows records or samples that became rows
 * @param samplingRate the last one used, at least 1
 * @param samplingSource who told it
 * @param lost what its sequence numbers say is missing
 * @param lostDatagrams whether {@code lost} counts datagrams rather than flows
 * @param duplicates datagrams that came twice
 * @param resets how often it began its sequence numbers anew
 * @param rejected what could not be used, by reason
 * @param clockOffsetSeconds by how much its clock is behind the receiver's
 * @param clampedTimes records whose times were outside of what is possible
 * @param templates kept now
 * @param templatesEvicted that made way for others
 * @param optionsRecords read
 * @param counterSamples of sFlow, read
 * @param waitingBytes of data that wait for their template now
 * @param drops packets that sFlow agents could not sample, as they say
 * @param lastSeenNanos when its last datagram came, in nanoseconds since 1970; 0 where none came since the start
 */
public record ExporterStatistics(
        int index,
        IpAddress address,
        boolean known,
        ExportFormat format,
        long datagrams,
        long flows,
        int samplingRate,
        SamplingSource samplingSource,
        long lost,
        boolean lostDatagrams,
        long duplicates,
        long resets,
        Map<String, Long> rejected,
        double clockOffsetSeconds,
        long clampedTimes,
        long templates,
        long templatesEvicted,
        long optionsRecords,
        long counterSamples,
        long waitingBytes,
        long drops,
        long lastSeenNanos) {}
