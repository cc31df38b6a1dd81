package levee.flowexport;

import static levee.flowexport.Column.BOOT;
import static levee.flowexport.Column.DESTINATION_IPV4;
import static levee.flowexport.Column.DESTINATION_IPV6;
import static levee.flowexport.Column.DESTINATION_PORT;
import static levee.flowexport.Column.DURATION;
import static levee.flowexport.Column.FIRST;
import static levee.flowexport.Column.FRAGMENT_FLAGS;
import static levee.flowexport.Column.FRAGMENT_OFFSET;
import static levee.flowexport.Column.ICMP_CODE;
import static levee.flowexport.Column.ICMP_TYPE;
import static levee.flowexport.Column.ICMP_TYPE_CODE;
import static levee.flowexport.Column.IDENTIFICATION;
import static levee.flowexport.Column.INGRESS_INTERFACE;
import static levee.flowexport.Column.IP_VERSION;
import static levee.flowexport.Column.LAST;
import static levee.flowexport.Column.OTHER_BYTES;
import static levee.flowexport.Column.OTHER_ICMP_TYPE_CODE;
import static levee.flowexport.Column.OTHER_PACKETS;
import static levee.flowexport.Column.PACKETS;
import static levee.flowexport.Column.PACKET_INTERVAL;
import static levee.flowexport.Column.PACKET_SPACE;
import static levee.flowexport.Column.PROTOCOL;
import static levee.flowexport.Column.RATE;
import static levee.flowexport.Column.REVERSE_BYTES;
import static levee.flowexport.Column.REVERSE_PACKETS;
import static levee.flowexport.Column.SAMPLER;
import static levee.flowexport.Column.SOURCE_IPV4;
import static levee.flowexport.Column.SOURCE_IPV6;
import static levee.flowexport.Column.SOURCE_PORT;
import static levee.flowexport.Column.TCP_FLAGS;
import static levee.flowexport.Column.TIME_TO_LIVE;

import java.util.Arrays;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one template into rows, column by column: the same few instructions run over all records of a set
 * before the next field has its turn, which is much faster than to ask for each field of each record where it goes.
 */
final class RecordDecoder {
    /** Records decoded at a time. */
    static final int CHUNK = 256;

    private static final int SCTP = 132;
    private static final int DCCP = 33;
    private static final int UDP_LITE = 136;
    private static final int MORE_FRAGMENTS = 0x20;
    private static final long IPV4_COLUMNS = SOURCE_IPV4.bit() | DESTINATION_IPV4.bit();
    private static final long IPV6_COLUMNS = SOURCE_IPV6.bit() | DESTINATION_IPV6.bit();
    private static final long ICMP_COLUMNS = ICMP_TYPE_CODE.bit() | ICMP_TYPE.bit() | ICMP_CODE.bit();
    private static final long FRAGMENT_COLUMNS = FRAGMENT_OFFSET.bit() | FRAGMENT_FLAGS.bit();
    private static final long OWN_RATE_COLUMNS = RATE.bit() | PACKET_INTERVAL.bit() | PACKET_SPACE.bit();

    private final RecordTimes times;
    private final DecoderCounts counts;
    private final Datagram datagram;

    // What helps to fill columns, by record of the chunk.
    private final long[] sourceIpv4 = new long[CHUNK];
    private final long[] destinationIpv4 = new long[CHUNK];
    private final long[] ipVersion = new long[CHUNK];
    private final long[] otherBytes = new long[CHUNK];
    private final long[] otherPackets = new long[CHUNK];
    private final long[] icmpTypeCode = new long[CHUNK];
    private final long[] otherIcmpTypeCode = new long[CHUNK];
    private final long[] icmpType = new long[CHUNK];
    private final long[] icmpCode = new long[CHUNK];
    private final long[] fragmentOffset = new long[CHUNK];
    private final long[] fragmentFlags = new long[CHUNK];
    private final long[] duration = new long[CHUNK];
    private final long[] boot = new long[CHUNK];
    private final long[] rate = new long[CHUNK];
    private final long[] packetInterval = new long[CHUNK];
    private final long[] packetSpace = new long[CHUNK];
    private final long[] sampler = new long[CHUNK];

    /** The other direction, for {@link Biflows}. */
    final long[] reverseBytes = new long[CHUNK];

    final long[] reversePackets = new long[CHUNK];
    final byte[] reverseTcpFlags = new byte[CHUNK];
    final byte[] biflowDirection = new byte[CHUNK];

    /** The columns that the present records have. */
    private long present;

    RecordDecoder(RecordTimes times, DecoderCounts counts, Datagram datagram) {
        this.times = times;
        this.counts = counts;
        this.datagram = datagram;
    }

    boolean has(Column column) {
        return (present & column.bit()) != 0;
    }

    /**
     * Appends a row for each record that tells of traffic; the batch has room for {@code count}, which is {@link #CHUNK}
     * at the most. Rows of both directions hold the first one only.
     *
     * @param offsets of the fields of the plan, from {@code base} on
     * @param widths of the same
     * @param stride from one record to the next
     */
    void decode(
            Template template,
            int[] offsets,
            int[] widths,
            byte[] bytes,
            int base,
            int stride,
            int count,
            Exporter exporter,
            @Nullable ObservationDomain domain,
            FlowBatch batch) {
        int row = batch.size;
        columns(template, offsets, widths, bytes, base, stride, count, batch, row);
        addresses(batch, row, count);
        zeroAbsent(batch, row, count);
        timesAndRates(template, exporter, domain, batch, row, count);
        Arrays.fill(batch.exporter, row, row + count, exporter.index);
        ports(batch, row, count);
        fragments(batch, row, count);
        batch.size = row + counters(batch, row, count);
    }

    /**
     * Fills in the time, rate and interface of a record that holds a packet, in the first row of {@code batch}. Its
     * parameters are those of {@link #decode}.
     */
    void decodeSample(
            Template template,
            int[] offsets,
            int[] widths,
            byte[] bytes,
            Exporter exporter,
            @Nullable ObservationDomain domain,
            FlowBatch batch) {
        columns(template, offsets, widths, bytes, 0, 0, 1, batch, 0);
        if (!has(INGRESS_INTERFACE)) {
            batch.ingressInterface[0] = 0;
        }
        timesAndRates(template, exporter, domain, batch, 0, 1);
    }

    private void columns(
            Template template,
            int[] offsets,
            int[] widths,
            byte[] bytes,
            int base,
            int stride,
            int count,
            FlowBatch batch,
            int row) {
        present = template.present;
        for (int i = 0; i < template.columns.length; i++) {
            Reading reading = template.readings[i];
            if (widths[i] < reading.shortest || widths[i] > reading.longest) {
                present &= ~template.columns[i].bit();
            } else {
                column(template.columns[i], reading, bytes, base + offsets[i], widths[i], stride, count, batch, row);
            }
        }
    }

    private void timesAndRates(
            Template template,
            Exporter exporter,
            @Nullable ObservationDomain domain,
            FlowBatch batch,
            int row,
            int count) {
        if (!datagram.hasUptime && domain != null) {
            uptimes(template, exporter, domain, batch, row, count);
        }
        times(batch, row, count);
        rates(exporter, domain, batch, row, count);
    }

    private void column(
            Column column,
            Reading reading,
            byte[] bytes,
            int at,
            int width,
            int stride,
            int count,
            FlowBatch batch,
            int row) {
        switch (column) {
            case SOURCE_IPV4 -> ColumnReader.numbers(bytes, at, 4, stride, count, sourceIpv4, 0);
            case DESTINATION_IPV4 -> ColumnReader.numbers(bytes, at, 4, stride, count, destinationIpv4, 0);
            case SOURCE_IPV6 -> {
                ColumnReader.numbers(bytes, at, 8, stride, count, batch.sourceHigh, row);
                ColumnReader.numbers(bytes, at + 8, 8, stride, count, batch.sourceLow, row);
            }
            case DESTINATION_IPV6 -> {
                ColumnReader.numbers(bytes, at, 8, stride, count, batch.destinationHigh, row);
                ColumnReader.numbers(bytes, at + 8, 8, stride, count, batch.destinationLow, row);
            }
            case IP_VERSION -> ColumnReader.numbers(bytes, at, width, stride, count, ipVersion, 0);
            case SOURCE_PORT -> ColumnReader.shorts(bytes, at, width, stride, count, batch.sourcePort, row);
            case DESTINATION_PORT -> ColumnReader.shorts(bytes, at, width, stride, count, batch.destinationPort, row);
            case PROTOCOL -> ColumnReader.lastBytes(bytes, at, width, stride, count, batch.protocol, row);
            case TCP_FLAGS -> ColumnReader.lastBytes(bytes, at, width, stride, count, batch.tcpFlags, row);
            case BYTES -> ColumnReader.numbers(bytes, at, width, stride, count, batch.bytes, row);
            case PACKETS -> ColumnReader.numbers(bytes, at, width, stride, count, batch.packets, row);
            case OTHER_BYTES -> ColumnReader.numbers(bytes, at, width, stride, count, otherBytes, 0);
            case OTHER_PACKETS -> ColumnReader.numbers(bytes, at, width, stride, count, otherPackets, 0);
            case REVERSE_BYTES -> ColumnReader.numbers(bytes, at, width, stride, count, reverseBytes, 0);
            case REVERSE_PACKETS -> ColumnReader.numbers(bytes, at, width, stride, count, reversePackets, 0);
            case REVERSE_TCP_FLAGS -> ColumnReader.lastBytes(bytes, at, width, stride, count, reverseTcpFlags, 0);
            case BIFLOW_DIRECTION -> ColumnReader.lastBytes(bytes, at, width, stride, count, biflowDirection, 0);
            case FIRST -> times(reading, bytes, at, width, stride, count, batch.firstNanos, row);
            case LAST -> times(reading, bytes, at, width, stride, count, batch.lastNanos, row);
            case DURATION -> times(reading, bytes, at, width, stride, count, duration, 0);
            case BOOT -> times(reading, bytes, at, width, stride, count, boot, 0);
            case INGRESS_INTERFACE ->
                ColumnReader.integers(bytes, at, width, stride, count, batch.ingressInterface, row);
            case ICMP_TYPE_CODE -> ColumnReader.numbers(bytes, at, width, stride, count, icmpTypeCode, 0);
            case OTHER_ICMP_TYPE_CODE -> ColumnReader.numbers(bytes, at, width, stride, count, otherIcmpTypeCode, 0);
            case ICMP_TYPE -> ColumnReader.numbers(bytes, at, width, stride, count, icmpType, 0);
            case ICMP_CODE -> ColumnReader.numbers(bytes, at, width, stride, count, icmpCode, 0);
            case FRAGMENT_OFFSET -> ColumnReader.numbers(bytes, at, width, stride, count, fragmentOffset, 0);
            case FRAGMENT_FLAGS -> ColumnReader.numbers(bytes, at, width, stride, count, fragmentFlags, 0);
            case IDENTIFICATION -> ColumnReader.shorts(bytes, at, width, stride, count, batch.ipIdentification, row);
            case TIME_TO_LIVE -> ColumnReader.lastBytes(bytes, at, width, stride, count, batch.timeToLive, row);
            case RATE -> ColumnReader.numbers(bytes, at, width, stride, count, rate, 0);
            case PACKET_INTERVAL -> ColumnReader.numbers(bytes, at, width, stride, count, packetInterval, 0);
            case PACKET_SPACE -> ColumnReader.numbers(bytes, at, width, stride, count, packetSpace, 0);
            case SAMPLER -> ColumnReader.numbers(bytes, at, width, stride, count, sampler, 0);
            case FRAME_SECTION, IP_SECTION, FRAME_TYPE, FRAME_LENGTH, IP_LENGTH -> {
                // of packets, which are read elsewhere
            }
        }
    }

    private void times(
            Reading reading, byte[] bytes, int at, int width, int stride, int count, long[] column, int row) {
        if (reading == Reading.UPTIME && datagram.hasUptime) {
            long export = datagram.exportNanos;
            int uptime = datagram.uptimeMillis;
            for (int i = 0; i < count; i++) {
                long before = RecordTimes.millisBefore(uptime, BigEndian.integer(bytes, at + i * stride));
                column[row + i] = export - before * 1_000_000L;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            column[row + i] = RecordTimes.read(bytes, at + i * stride, width, reading, datagram);
        }
    }

    // What follows completes the rows.

    private void addresses(FlowBatch batch, int row, int count) {
        boolean hasIpv4 = (present & IPV4_COLUMNS) != 0;
        if ((present & IPV6_COLUMNS) == 0) {
            absentIpv4(count);
            for (int i = 0; i < count; i++) {
                batch.sourceHigh[row + i] = 0;
                batch.sourceLow[row + i] = IpAddress.mapIpv4((int) sourceIpv4[i]);
                batch.destinationHigh[row + i] = 0;
                batch.destinationLow[row + i] = IpAddress.mapIpv4((int) destinationIpv4[i]);
            }
            return;
        }
        if (!has(SOURCE_IPV6)) {
            Arrays.fill(batch.sourceHigh, row, row + count, 0);
            Arrays.fill(batch.sourceLow, row, row + count, 0);
        }
        if (!has(DESTINATION_IPV6)) {
            Arrays.fill(batch.destinationHigh, row, row + count, 0);
            Arrays.fill(batch.destinationLow, row, row + count, 0);
        }
        if (hasIpv4) {
            absentIpv4(count);
            for (int i = 0; i < count; i++) {
                if (isIpv4(batch, row + i, i)) {
                    batch.sourceHigh[row + i] = 0;
                    batch.sourceLow[row + i] = IpAddress.mapIpv4((int) sourceIpv4[i]);
                    batch.destinationHigh[row + i] = 0;
                    batch.destinationLow[row + i] = IpAddress.mapIpv4((int) destinationIpv4[i]);
                }
            }
        }
    }

    /** Templates for both families leave the addresses of the other one empty. */
    private boolean isIpv4(FlowBatch batch, int row, int record) {
        if (has(IP_VERSION) && (ipVersion[record] == 4 || ipVersion[record] == 6)) {
            return ipVersion[record] == 4;
        }
        long ipv6 =
                batch.sourceHigh[row] | batch.sourceLow[row] | batch.destinationHigh[row] | batch.destinationLow[row];
        return ipv6 == 0 || (sourceIpv4[record] | destinationIpv4[record]) != 0;
    }

    private void absentIpv4(int count) {
        if (!has(SOURCE_IPV4)) {
            Arrays.fill(sourceIpv4, 0, count, 0);
        }
        if (!has(DESTINATION_IPV4)) {
            Arrays.fill(destinationIpv4, 0, count, 0);
        }
    }

    private void zeroAbsent(FlowBatch batch, int row, int count) {
        int end = row + count;
        if (!has(SOURCE_PORT)) {
            Arrays.fill(batch.sourcePort, row, end, (char) 0);
        }
        if (!has(DESTINATION_PORT)) {
            Arrays.fill(batch.destinationPort, row, end, (char) 0);
        }
        if (!has(PROTOCOL)) {
            Arrays.fill(batch.protocol, row, end, (byte) 0);
        }
        if (!has(TCP_FLAGS)) {
            Arrays.fill(batch.tcpFlags, row, end, (byte) 0);
        }
        if (!has(Column.BYTES)) {
            Arrays.fill(batch.bytes, row, end, 0);
        }
        if (!has(PACKETS)) {
            Arrays.fill(batch.packets, row, end, 0);
        }
        if (!has(INGRESS_INTERFACE)) {
            Arrays.fill(batch.ingressInterface, row, end, 0);
        }
        if (!has(IDENTIFICATION)) {
            Arrays.fill(batch.ipIdentification, row, end, (char) 0);
        }
        if (!has(TIME_TO_LIVE)) {
            Arrays.fill(batch.timeToLive, row, end, (byte) 0);
        }
        Arrays.fill(batch.tcpSequence, row, end, 0);
        Arrays.fill(batch.tcpWindow, row, end, (char) 0);
        Arrays.fill(batch.fragment, row, end, (byte) 0);
        Arrays.fill(batch.payloadHint, row, end, (byte) 0);
        Arrays.fill(batch.relation, row, end, (byte) 0);
    }

    /**
     * Uptimes where no header tells when they began (IPFIX): the record does, or options data did; else the latest
     * uptime of the records so far is taken for the time of export.
     */
    private void uptimes(
            Template template, Exporter exporter, ObservationDomain domain, FlowBatch batch, int row, int count) {
        if (!template.firstIsUptime && !template.lastIsUptime) {
            return;
        }
        long[] uptimes = template.lastIsUptime ? batch.lastNanos : batch.firstNanos;
        for (int i = 0; i < count; i++) {
            long began = domain.bootNanos;
            if (has(BOOT)) {
                began = boot[i];
            } else if (began == 0) {
                // One by one, so that it makes no difference how many records are read at once.
                began = exporter.bootOf(domain, datagram.exportNanos, uptimes[row + i]);
            }
            if (template.firstIsUptime && has(FIRST)) {
                batch.firstNanos[row + i] += began;
            }
            if (template.lastIsUptime && has(LAST)) {
                batch.lastNanos[row + i] += began;
            }
        }
    }

    private void times(FlowBatch batch, int row, int count) {
        long[] firsts = batch.firstNanos;
        long[] lasts = batch.lastNanos;
        boolean hasFirst = has(FIRST);
        boolean hasLast = has(LAST);
        boolean hasDuration = has(DURATION);
        for (int i = 0; i < count && !(hasFirst && hasLast); i++) {
            long length = hasDuration ? duration[i] : 0;
            if (hasFirst) {
                lasts[row + i] = firsts[row + i] + length;
            } else {
                long last = hasLast ? lasts[row + i] : datagram.exportNanos;
                lasts[row + i] = last;
                firsts[row + i] = last - length;
            }
        }
        counts.clampedTimes += times.settle(batch, row, count, datagram);
    }

    private void rates(Exporter exporter, @Nullable ObservationDomain domain, FlowBatch batch, int row, int count) {
        SamplingRates rates = exporter.ratesOf(domain);
        boolean hasSampler = has(SAMPLER) && rates.hasSamplers();
        boolean byRecord = exporter.hasManualRates() || (present & OWN_RATE_COLUMNS) != 0;
        if (byRecord || hasSampler || !rates.isUniform()) {
            for (int i = 0; i < count; i++) {
                batch.samplingRate[row + i] = rate(exporter, rates, i, batch.ingressInterface[row + i]);
            }
            return;
        }
        int common = rates.rate(SamplingRates.NO_SAMPLER, 0);
        SamplingSource source = rates.isAmbiguous() ? SamplingSource.ASSUMED : SamplingSource.OPTIONS;
        if (common == 0) {
            common = Math.max(1, datagram.headerRate);
            source = datagram.headerRate > 0 ? SamplingSource.HEADER : SamplingSource.ASSUMED;
        }
        Arrays.fill(batch.samplingRate, row, row + count, common);
        counts.sampling(common, source);
    }

    private int rate(Exporter exporter, SamplingRates rates, int record, int ingressInterface) {
        int manual = exporter.manualRate(ingressInterface);
        if (manual != 0) {
            counts.sampling(manual, SamplingSource.MANUAL);
            return manual;
        }
        if ((present & OWN_RATE_COLUMNS) != 0) {
            int own = has(RATE)
                    ? Counts.rate(rate[record])
                    : Counts.rate(
                            has(PACKET_INTERVAL) ? packetInterval[record] : 1, has(PACKET_SPACE), packetSpace[record]);
            counts.sampling(own, SamplingSource.RECORD);
            return own;
        }
        int told = rates.rate(has(SAMPLER) ? sampler[record] : SamplingRates.NO_SAMPLER, ingressInterface);
        if (told != 0) {
            counts.sampling(told, SamplingSource.OPTIONS);
            return told;
        }
        int header = datagram.headerRate;
        counts.sampling(Math.max(1, header), header > 0 ? SamplingSource.HEADER : SamplingSource.ASSUMED);
        return Math.max(1, header);
    }

    private void ports(FlowBatch batch, int row, int count) {
        boolean hasIcmp = (present & ICMP_COLUMNS) != 0;
        for (int i = 0; i < count; i++) {
            switch (batch.protocol[row + i]) {
                case Protocols.TCP, Protocols.UDP, (byte) SCTP, DCCP, (byte) UDP_LITE -> {
                    // as they are
                }
                case Protocols.ICMP, Protocols.ICMPV6 -> {
                    batch.sourcePort[row + i] = 0;
                    if (hasIcmp) {
                        icmp(batch, row + i, i);
                    }
                }
                default -> {
                    batch.sourcePort[row + i] = 0;
                    batch.destinationPort[row + i] = 0;
                }
            }
        }
    }

    /** The fields of their own come first; where they are empty, the destination port may tell (as in NetFlow v5). */
    private void icmp(FlowBatch batch, int row, int record) {
        long typeAndCode = has(ICMP_TYPE_CODE) ? icmpTypeCode[record] : 0;
        if (typeAndCode == 0 && has(OTHER_ICMP_TYPE_CODE)) {
            typeAndCode = otherIcmpTypeCode[record];
        }
        if (typeAndCode == 0) {
            long type = has(ICMP_TYPE) ? icmpType[record] & 0xff : 0;
            long code = has(ICMP_CODE) ? icmpCode[record] & 0xff : 0;
            typeAndCode = type << 8 | code;
        }
        if (typeAndCode != 0) {
            batch.destinationPort[row] = (char) typeAndCode;
        }
    }

    private void fragments(FlowBatch batch, int row, int count) {
        if ((present & FRAGMENT_COLUMNS) == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            boolean continues = has(FRAGMENT_OFFSET) && fragmentOffset[i] != 0;
            boolean more = has(FRAGMENT_FLAGS) && (fragmentFlags[i] & MORE_FRAGMENTS) != 0;
            if (continues || more) {
                batch.fragment[row + i] = (byte) (Fragment.FRAGMENT | (continues ? Fragment.CONTINUES : 0));
            }
        }
    }

    /**
     * Completes the counts, and leaves out the records that count nothing.
     *
     * @return how many rows are left
     */
    private int counters(FlowBatch batch, int row, int count) {
        if (has(OTHER_BYTES)) {
            fillGaps(batch.bytes, row, otherBytes, count);
        }
        if (has(OTHER_PACKETS)) {
            fillGaps(batch.packets, row, otherPackets, count);
        }
        boolean isBoth = (present & (REVERSE_BYTES.bit() | REVERSE_PACKETS.bit())) != 0;
        if (isBoth) {
            reverse(batch, row, count);
        }
        int left = 0;
        for (int i = 0; i < count; i++) {
            long bytes = batch.bytes[row + i];
            long packets = batch.packets[row + i];
            if ((bytes | packets) == 0 && !(isBoth && (reverseBytes[i] | reversePackets[i]) != 0)) {
                counts.rejections.count(RejectionReason.NO_TRAFFIC);
                continue;
            }
            int at = row + left;
            if (left != i) {
                Rows.move(batch, row + i, at);
                moveReverse(i, left);
            }
            int samplingRate = batch.samplingRate[at];
            if (packets == 0) {
                packets = Counts.packetsOf(bytes);
            }
            batch.packets[at] = Counts.multiply(packets, samplingRate);
            batch.bytes[at] = Counts.multiply(bytes, samplingRate);
            left++;
        }
        counts.flows += left;
        return left;
    }

    private static void fillGaps(long[] column, int row, long[] other, int count) {
        for (int i = 0; i < count; i++) {
            if (column[row + i] == 0) {
                column[row + i] = other[i];
            }
        }
    }

    private void reverse(FlowBatch batch, int row, int count) {
        for (int i = 0; i < count; i++) {
            long bytes = has(REVERSE_BYTES) ? reverseBytes[i] : 0;
            long packets = has(REVERSE_PACKETS) ? reversePackets[i] : Counts.packetsOf(bytes);
            reverseBytes[i] = Counts.multiply(bytes, batch.samplingRate[row + i]);
            reversePackets[i] = Counts.multiply(packets, batch.samplingRate[row + i]);
        }
    }

    private void moveReverse(int from, int to) {
        reverseBytes[to] = reverseBytes[from];
        reversePackets[to] = reversePackets[from];
        reverseTcpFlags[to] = reverseTcpFlags[from];
        biflowDirection[to] = biflowDirection[from];
    }
}
