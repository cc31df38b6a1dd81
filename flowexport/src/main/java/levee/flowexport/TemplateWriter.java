package levee.flowexport;

import static levee.flowexport.InformationElement.DESTINATION_IPV4_ADDRESS;
import static levee.flowexport.InformationElement.DESTINATION_IPV6_ADDRESS;
import static levee.flowexport.InformationElement.DESTINATION_TRANSPORT_PORT;
import static levee.flowexport.InformationElement.FLOW_END_MILLISECONDS;
import static levee.flowexport.InformationElement.FLOW_END_SYS_UP_TIME;
import static levee.flowexport.InformationElement.FLOW_START_MILLISECONDS;
import static levee.flowexport.InformationElement.FLOW_START_SYS_UP_TIME;
import static levee.flowexport.InformationElement.INGRESS_INTERFACE;
import static levee.flowexport.InformationElement.IP_TTL;
import static levee.flowexport.InformationElement.OCTET_DELTA_COUNT;
import static levee.flowexport.InformationElement.PACKET_DELTA_COUNT;
import static levee.flowexport.InformationElement.PROTOCOL_IDENTIFIER;
import static levee.flowexport.InformationElement.SAMPLING_INTERVAL;
import static levee.flowexport.InformationElement.SAMPLING_PACKET_INTERVAL;
import static levee.flowexport.InformationElement.SAMPLING_PACKET_SPACE;
import static levee.flowexport.InformationElement.SOURCE_IPV4_ADDRESS;
import static levee.flowexport.InformationElement.SOURCE_IPV6_ADDRESS;
import static levee.flowexport.InformationElement.SOURCE_TRANSPORT_PORT;
import static levee.flowexport.InformationElement.TCP_CONTROL_BITS;

import levee.telemetry.FlowBatch;

/** Writes NetFlow v9 and IPFIX: a template for each family, and one for the sampling rate. */
final class TemplateWriter extends DatagramWriter {
    private static final int IPV4 = 256;
    private static final int IPV6 = 257;
    private static final int SAMPLING = 258;
    private static final int NETFLOW9_HEADER = 20;
    private static final int IPFIX_HEADER = 16;

    /** IANA's element of the exporting process, which rates are told for. */
    private static final int EXPORTING_PROCESS = 144;

    private static final int FIELDS = 12;
    private static final int NO_SET = -1;

    private final boolean isIpfix;
    private final int header;
    private final int packetsWidth;
    private final int bytesWidth;
    private final int interfaceWidth;

    /** Where the set that is being written begins, and its number. */
    private int setAt;

    private int setId;

    /** Data records of options and templates, which NetFlow v9 has in its header's count. */
    private int otherRecords;

    TemplateWriter(EncoderSettings settings, DatagramSink sink) {
        super(settings, sink);
        isIpfix = settings.format() == ExportFormat.IPFIX;
        header = isIpfix ? IPFIX_HEADER : NETFLOW9_HEADER;
        packetsWidth = settings.reducedSizes() ? 3 : 8;
        bytesWidth = settings.reducedSizes() ? 5 : 8;
        interfaceWidth = settings.reducedSizes() ? 2 : 4;
    }

    private int recordLength(boolean isIpv4) {
        int addresses = isIpv4 ? 8 : 32;
        int times = isIpfix ? 16 : 8;
        return addresses + 4 + 1 + 1 + 1 + interfaceWidth + packetsWidth + bytesWidth + times;
    }

    @Override
    void add(FlowBatch batch, int row, boolean isIpv4, long exportNanos) {
        int id = isIpv4 ? IPV4 : IPV6;
        int needed = recordLength(isIpv4) + (setId == id ? 0 : 4 + 3) + 3;
        if (position > 0 && position > settings.largestDatagram() - needed) {
            flush(exportNanos);
        }
        if (position == 0) {
            begin();
        }
        if (setId != id) {
            endSet();
            beginSet(id);
        }
        record(batch, row, isIpv4);
        records++;
    }

    private void begin() {
        position = header;
        setId = NO_SET;
        otherRecords = 0;
        if (datagrams % settings.templateInterval() == 0) {
            template(IPV4, true);
            template(IPV6, false);
            if (settings.samplingRate() > 1) {
                sampling();
            }
        }
    }

    private void beginSet(int id) {
        setAt = position;
        setId = id;
        put16(id);
        put16(0);
    }

    private void endSet() {
        if (setId != NO_SET) {
            while (position % 4 != 0) {
                put8(0);
            }
            BigEndian.putShort(bytes, setAt + 2, position - setAt);
            setId = NO_SET;
        }
    }

    private void template(int id, boolean isIpv4) {
        beginSet(isIpfix ? TemplateSets.IPFIX_TEMPLATES : TemplateSets.NETFLOW9_TEMPLATES);
        put16(id);
        put16(FIELDS);
        field(isIpv4 ? SOURCE_IPV4_ADDRESS : SOURCE_IPV6_ADDRESS, isIpv4 ? 4 : 16);
        field(isIpv4 ? DESTINATION_IPV4_ADDRESS : DESTINATION_IPV6_ADDRESS, isIpv4 ? 4 : 16);
        field(SOURCE_TRANSPORT_PORT, 2);
        field(DESTINATION_TRANSPORT_PORT, 2);
        field(PROTOCOL_IDENTIFIER, 1);
        field(TCP_CONTROL_BITS, 1);
        field(IP_TTL, 1);
        field(INGRESS_INTERFACE, interfaceWidth);
        field(PACKET_DELTA_COUNT, packetsWidth);
        field(OCTET_DELTA_COUNT, bytesWidth);
        field(isIpfix ? FLOW_START_MILLISECONDS : FLOW_START_SYS_UP_TIME, isIpfix ? 8 : 4);
        field(isIpfix ? FLOW_END_MILLISECONDS : FLOW_END_SYS_UP_TIME, isIpfix ? 8 : 4);
        endSet();
        otherRecords++;
    }

    private void field(InformationElement element, int width) {
        put16(element.number);
        put16(width);
    }

    private void sampling() {
        if (isIpfix) {
            beginSet(TemplateSets.IPFIX_OPTIONS);
            put16(SAMPLING);
            put16(3);
            put16(1);
            put16(EXPORTING_PROCESS);
            put16(4);
            field(SAMPLING_PACKET_INTERVAL, 4);
            field(SAMPLING_PACKET_SPACE, 4);
            endSet();
            beginSet(SAMPLING);
            put32(1);
            put32(1);
            put32(settings.samplingRate() - 1);
        } else {
            beginSet(TemplateSets.NETFLOW9_OPTIONS);
            put16(SAMPLING);
            put16(4);
            put16(4);
            // The scope is the system.
            put16(1);
            put16(4);
            field(SAMPLING_INTERVAL, 4);
            endSet();
            beginSet(SAMPLING);
            put32(0);
            put32(settings.samplingRate());
        }
        endSet();
        otherRecords += 2;
    }

    private void record(FlowBatch batch, int row, boolean isIpv4) {
        int rate = batch.samplingRate[row];
        if (isIpv4) {
            put32(batch.sourceLow[row]);
            put32(batch.destinationLow[row]);
        } else {
            put64(batch.sourceHigh[row]);
            put64(batch.sourceLow[row]);
            put64(batch.destinationHigh[row]);
            put64(batch.destinationLow[row]);
        }
        put16(batch.sourcePort[row]);
        put16(batch.destinationPort[row]);
        put8(batch.protocol[row]);
        put8(batch.tcpFlags[row]);
        put8(batch.timeToLive[row]);
        put(interfaceWidth, batch.ingressInterface[row]);
        put(packetsWidth, batch.packets[row] / rate);
        put(bytesWidth, batch.bytes[row] / rate);
        if (isIpfix) {
            put64(Math.floorDiv(batch.firstNanos[row], NANOS_PER_MILLISECOND));
            put64(Math.floorDiv(batch.lastNanos[row], NANOS_PER_MILLISECOND));
        } else {
            put32(uptimeMillis(batch.firstNanos[row]));
            put32(uptimeMillis(batch.lastNanos[row]));
        }
    }

    @Override
    void flush(long exportNanos) {
        if (position == 0) {
            return;
        }
        endSet();
        int end = position;
        int count = records;
        // The header has whole seconds: the first that is not before the rows.
        long seconds = Math.ceilDiv(exportNanos, NANOS_PER_SECOND);
        position = 0;
        if (isIpfix) {
            put16(10);
            put16(end);
            put32(seconds);
            put32(sequence);
            put32(settings.domain());
            boolean hasOptions = otherRecords > 2;
            sequence += count + (hasOptions ? 1 : 0);
        } else {
            put16(9);
            put16(count + otherRecords);
            put32(uptimeMillis(seconds * NANOS_PER_SECOND));
            put32(seconds);
            put32(sequence);
            put32(settings.domain());
            sequence++;
        }
        position = end;
        send();
    }
}
