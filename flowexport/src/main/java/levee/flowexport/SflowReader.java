package levee.flowexport;

import levee.capture.LinkType;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;
import levee.telemetry.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Reads sFlow datagrams of version 5 (sflow.org, "sFlow Version 5", 2004): samples of packets, and counters. */
final class SflowReader {
    static final int VERSION = 5;

    private static final int IPV4_AGENT = 1;
    private static final int IPV6_AGENT = 2;
    private static final int SAMPLE_HEADER = 8;

    // Samples.
    private static final int FLOW_SAMPLE = 1;
    private static final int COUNTER_SAMPLE = 2;
    private static final int EXPANDED_FLOW_SAMPLE = 3;
    private static final int EXPANDED_COUNTER_SAMPLE = 4;
    private static final int FLOW_SAMPLE_HEADER = 32;
    private static final int EXPANDED_FLOW_SAMPLE_HEADER = 44;

    // Records.
    private static final int RAW_HEADER = 1;
    private static final int SAMPLED_IPV4 = 3;
    private static final int SAMPLED_IPV6 = 4;
    private static final int GENERIC_INTERFACE = 1;
    private static final int RAW_HEADER_FIELDS = 16;
    private static final int SAMPLED_IPV4_LENGTH = 32;
    private static final int SAMPLED_IPV6_LENGTH = 56;
    private static final int GENERIC_INTERFACE_LENGTH = 88;

    /** In the upper two bits of a short interface: an index, a reason to discard, or several interfaces. */
    private static final int FORMAT_SHIFT = 30;

    private static final int INDEX_MASK = (1 << FORMAT_SHIFT) - 1;

    /** An index that stands for the agent itself. */
    private static final int INTERNAL = INDEX_MASK;

    private static final int NONE = -1;

    private final DecoderCounts counts;
    private final SampledPackets packets;

    private byte[] bytes = new byte[0];
    private int position;
    private int limit;
    private int samplesLeft;
    private long receivedNanos;
    private @Nullable Exporter exporter;

    /** Tells the data sources of agents behind one address apart. */
    private long agent;

    SflowReader(DecoderCounts counts, SampledPackets packets) {
        this.counts = counts;
        this.packets = packets;
    }

    /** Reads the header; false if there is nothing behind it to read. */
    boolean begin(Exporter from, Datagram datagram, byte[] datagramBytes, int offset, int end) {
        int addressLength = switch (BigEndian.integer(datagramBytes, offset + 4)) {
            case IPV4_AGENT -> 4;
            case IPV6_AGENT -> 16;
            // Unknown, with no address (section 5, enum address_type).
            case 0 -> 0;
            default -> NONE;
        };
        if (addressLength == NONE) {
            counts.rejections.count(RejectionReason.MALFORMED);
            return false;
        }
        int at = offset + 8 + addressLength;
        if (at > end - 16) {
            counts.rejections.count(RejectionReason.TRUNCATED);
            return false;
        }
        long hash = addressLength;
        for (int i = 0; i < addressLength; i += 4) {
            hash = Hashing.hash(hash, BigEndian.integer(datagramBytes, offset + 8 + i), i);
        }
        agent = hash << 32 | BigEndian.unsignedInteger(datagramBytes, at);
        int number = BigEndian.integer(datagramBytes, at + 4);
        datagram.uptimeMillis = BigEndian.integer(datagramBytes, at + 8);
        ObservationDomain domain = from.domain(ExportFormat.SFLOW, agent, datagram.receivedNanos);
        if (!from.beginDatagram(
                domain, ExportFormat.SFLOW, Fingerprint.of(datagramBytes, offset, end - offset), datagram)) {
            counts.rejections.count(RejectionReason.DUPLICATE);
            return false;
        }
        if (domain != null) {
            from.sequence(domain, number, 1, SequenceTracker.UNCOUNTED, datagram.uptimeMillis);
        }
        bytes = datagramBytes;
        samplesLeft = BigEndian.integer(datagramBytes, at + 12);
        position = at + 16;
        limit = end;
        receivedNanos = datagram.receivedNanos;
        exporter = from;
        return true;
    }

    /** Appends rows; false if there are more than the batch takes. */
    boolean fill(FlowBatch batch) {
        Exporter from = exporter;
        while (from != null && samplesLeft != 0 && position <= limit - SAMPLE_HEADER) {
            int type = BigEndian.integer(bytes, position);
            int length = BigEndian.integer(bytes, position + 4);
            int start = position + SAMPLE_HEADER;
            if (length < 0 || length > limit - start) {
                counts.rejections.count(RejectionReason.TRUNCATED);
                break;
            }
            int end = start + length;
            // The enterprise is in the upper 20 bits; those of vendors are skipped.
            switch (type) {
                case FLOW_SAMPLE, EXPANDED_FLOW_SAMPLE -> {
                    if (!BatchRoom.prepare(batch, FlowBatch.Rows.SAMPLES, SampledPackets.ROWS)) {
                        return false;
                    }
                    flowSample(type == EXPANDED_FLOW_SAMPLE, start, end, from, batch);
                }
                case COUNTER_SAMPLE -> counterSample(start + 8, end, from);
                case EXPANDED_COUNTER_SAMPLE -> counterSample(start + 12, end, from);
                default -> {
                    // skipped by its length
                }
            }
            position = end;
            samplesLeft--;
        }
        if (samplesLeft != 0 && from != null && position > limit - SAMPLE_HEADER) {
            counts.rejections.count(RejectionReason.TRUNCATED);
        }
        exporter = null;
        return true;
    }

    private void flowSample(boolean isExpanded, int start, int end, Exporter from, FlowBatch batch) {
        int header = isExpanded ? EXPANDED_FLOW_SAMPLE_HEADER : FLOW_SAMPLE_HEADER;
        if (start > end - header) {
            counts.rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        int rateAt = start + (isExpanded ? 12 : 8);
        int drops = BigEndian.integer(bytes, rateAt + 8);
        if (drops != 0) {
            long source = isExpanded ? BigEndian.longInteger(bytes, start + 4) : BigEndian.integer(bytes, start + 4);
            counts.drops += from.sflow.newDrops(Hashing.hash(agent, source, FLOW_SAMPLE), drops);
        }
        int ingress = ingress(isExpanded, rateAt + 12);
        int manual = from.manualRate(ingress);
        int rate = manual != 0 ? manual : Counts.rate(BigEndian.unsignedInteger(bytes, rateAt));
        counts.sampling(rate, manual != 0 ? SamplingSource.MANUAL : SamplingSource.RECORD);
        int raw = NONE;
        int ipv4 = NONE;
        int ipv6 = NONE;
        int at = start + header;
        for (int left = BigEndian.integer(bytes, at - 4); left != 0 && at <= end - 8; left--) {
            int length = BigEndian.integer(bytes, at + 4);
            int data = at + 8;
            if (length < 0 || length > end - data) {
                counts.rejections.count(RejectionReason.TRUNCATED);
                break;
            }
            switch (BigEndian.integer(bytes, at)) {
                case RAW_HEADER -> raw = length >= RAW_HEADER_FIELDS ? at : raw;
                case SAMPLED_IPV4 -> ipv4 = length >= SAMPLED_IPV4_LENGTH ? data : ipv4;
                case SAMPLED_IPV6 -> ipv6 = length >= SAMPLED_IPV6_LENGTH ? data : ipv6;
                default -> {
                    // skipped by its length
                }
            }
            at = data + length;
        }
        int rows = 0;
        boolean isRead = raw != NONE;
        if (isRead) {
            rows = rawHeader(raw, rate, ingress, from, batch);
        }
        if (rows == 0 && (ipv4 != NONE || ipv6 != NONE)) {
            sampledIp(ipv4 != NONE, ipv4 != NONE ? ipv4 : ipv6, rate, ingress, from, batch);
            rows = 1;
        }
        if (rows > 0) {
            counts.flows++;
        } else if (!isRead) {
            counts.rejections.count(RejectionReason.NO_ADDRESS);
        }
    }

    /** The index of the input interface; 0 where the packet came from the agent itself, or there is none. */
    private int ingress(boolean isExpanded, int at) {
        int format = isExpanded ? BigEndian.integer(bytes, at) : BigEndian.integer(bytes, at) >>> FORMAT_SHIFT;
        int index = isExpanded ? BigEndian.integer(bytes, at + 4) : BigEndian.integer(bytes, at) & INDEX_MASK;
        return format != 0 || index == INTERNAL ? 0 : index;
    }

    /** @param at index of the record */
    private int rawHeader(int at, int rate, int ingress, Exporter from, FlowBatch batch) {
        int length = BigEndian.integer(bytes, at + 4) - RAW_HEADER_FIELDS;
        LinkType link = switch (BigEndian.integer(bytes, at + 8)) {
            case 1 -> LinkType.ETHERNET;
            case 7 -> LinkType.PPP;
            case 11, 12 -> LinkType.RAW_IP;
            default -> LinkType.OTHER;
        };
        long frameLength = BigEndian.unsignedInteger(bytes, at + 12);
        long stripped = BigEndian.unsignedInteger(bytes, at + 16);
        int headerLength = BigEndian.integer(bytes, at + 20);
        if (headerLength < 0 || headerLength > length) {
            counts.rejections.count(RejectionReason.MALFORMED);
            return 0;
        }
        return packets.append(
                bytes,
                at + 8 + RAW_HEADER_FIELDS,
                headerLength,
                frameLength - stripped,
                link,
                receivedNanos,
                rate,
                from.index,
                ingress,
                batch);
    }

    /** The headers of a packet that the agent has taken apart. */
    private void sampledIp(boolean isIpv4, int at, int rate, int ingress, Exporter from, FlowBatch batch) {
        int row = batch.size++;
        batch.reset(row);
        int ports = at + (isIpv4 ? 16 : 40);
        if (isIpv4) {
            batch.sourceLow[row] = IpAddress.mapIpv4(BigEndian.integer(bytes, at + 8));
            batch.destinationLow[row] = IpAddress.mapIpv4(BigEndian.integer(bytes, at + 12));
        } else {
            batch.sourceHigh[row] = BigEndian.longInteger(bytes, at + 8);
            batch.sourceLow[row] = BigEndian.longInteger(bytes, at + 16);
            batch.destinationHigh[row] = BigEndian.longInteger(bytes, at + 24);
            batch.destinationLow[row] = BigEndian.longInteger(bytes, at + 32);
        }
        int protocol = BigEndian.integer(bytes, at + 4) & 0xff;
        batch.firstNanos[row] = receivedNanos;
        batch.protocol[row] = (byte) protocol;
        boolean hasPorts = protocol == Protocols.TCP || protocol == Protocols.UDP;
        boolean isIcmp = protocol == Protocols.ICMP || protocol == Protocols.ICMPV6;
        if (hasPorts) {
            batch.sourcePort[row] = (char) BigEndian.integer(bytes, ports);
        }
        if (hasPorts || isIcmp) {
            batch.destinationPort[row] = (char) BigEndian.integer(bytes, ports + 4);
        }
        if (protocol == Protocols.TCP) {
            batch.tcpFlags[row] = (byte) BigEndian.integer(bytes, ports + 8);
        }
        batch.packets[row] = rate;
        batch.bytes[row] = Counts.multiply(BigEndian.unsignedInteger(bytes, at), rate);
        batch.samplingRate[row] = rate;
        batch.exporter[row] = from.index;
        batch.ingressInterface[row] = ingress;
    }

    private void counterSample(int countAt, int end, Exporter from) {
        if (countAt > end - 4) {
            counts.rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        counts.counterSamples++;
        int at = countAt + 4;
        for (int left = BigEndian.integer(bytes, countAt); left != 0 && at <= end - 8; left--) {
            int length = BigEndian.integer(bytes, at + 4);
            int data = at + 8;
            if (length < 0 || length > end - data) {
                counts.rejections.count(RejectionReason.TRUNCATED);
                return;
            }
            if (BigEndian.integer(bytes, at) == GENERIC_INTERFACE && length >= GENERIC_INTERFACE_LENGTH) {
                from.sflow.put(new InterfaceCounters(
                        BigEndian.integer(bytes, data),
                        BigEndian.longInteger(bytes, data + 8),
                        BigEndian.longInteger(bytes, data + 24),
                        BigEndian.longInteger(bytes, data + 56),
                        receivedNanos));
            }
            at = data + length;
        }
    }
}
