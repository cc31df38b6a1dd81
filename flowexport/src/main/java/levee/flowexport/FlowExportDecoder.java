package levee.flowexport;

import java.util.Objects;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads export datagrams of all formats into rows. Every receiving thread has its own; all share the table of exporters.
 *
 * <p>A datagram is {@link #begin begun} and then read by as many calls of {@link #fill} as it takes: tiny records may
 * make tens of thousands of rows. Nothing is allocated but what the exporter makes the table keep, and nothing is thrown
 * for what the bytes say.
 */
public final class FlowExportDecoder {
    private static final int NETFLOW9_HEADER = 20;
    private static final int IPFIX_HEADER = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ExporterTable exporters;
    private final DecoderCounts counts = new DecoderCounts();
    private final Datagram datagram = new Datagram();
    private final SetReader sets;
    private final SflowReader sflow;
    private State state = State.IDLE;
    private @Nullable Exporter exporter;

    private enum State {
        IDLE,
        SETS,
        SFLOW
    }

    public FlowExportDecoder(ExporterTable exporters) {
        this.exporters = exporters;
        ExporterLimits limits = exporters.limits();
        RecordTimes times = new RecordTimes(limits.longestFlowNanos());
        SampledPackets packets = new SampledPackets(counts.rejections);
        sets = new SetReader(limits, counts, datagram, new RecordDecoder(times, counts, datagram), packets);
        sflow = new SflowReader(counts, packets);
    }

    /**
     * Begins with a datagram; what is left of the last one is dropped.
     *
     * @param exporterAddressHigh where it came from, as in {@link levee.model.IpAddress}
     * @param exporterAddressLow the same
     * @param receivedNanos when it came, in nanoseconds since 1970
     * @param bytes not to be changed until {@link #fill} has returned true
     * @param offset index of its first byte
     * @param length its length in bytes
     */
    public void begin(
            long exporterAddressHigh,
            long exporterAddressLow,
            long receivedNanos,
            byte[] bytes,
            int offset,
            int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        state = State.IDLE;
        exporter = null;
        ExportFormat format = ExportFormat.ofVersion(bytes, offset, length);
        if (format == null) {
            Exporter known = exporters.find(exporterAddressHigh, exporterAddressLow);
            if (known == null) {
                exporters.countUnknown();
            } else {
                counts.rejections.count(RejectionReason.UNKNOWN_VERSION);
                account(known);
            }
            return;
        }
        Exporter from = exporters.exporter(exporterAddressHigh, exporterAddressLow, receivedNanos);
        if (from == null) {
            return;
        }
        exporter = from;
        from.heard(receivedNanos);
        counts.datagrams++;
        datagram.receivedNanos = receivedNanos;
        datagram.exportNanos = receivedNanos;
        datagram.correctionNanos = 0;
        datagram.headerRate = 0;
        datagram.hasUptime = false;
        datagram.uptimeMillis = 0;
        int end = offset + length;
        switch (format) {
            case NETFLOW_V5 -> beginNetFlow5(from, bytes, offset, end);
            case NETFLOW_V9 -> beginNetFlow9(from, bytes, offset, end);
            case IPFIX -> beginIpfix(from, bytes, offset, end);
            case SFLOW -> {
                if (sflow.begin(from, datagram, bytes, offset, end)) {
                    state = State.SFLOW;
                }
            }
        }
        if (state == State.IDLE) {
            account(from);
        }
    }

    private void beginNetFlow5(Exporter from, byte[] bytes, int offset, int end) {
        if (offset > end - NetFlow5.HEADER) {
            counts.rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        int count = BigEndian.unsignedShort(bytes, offset + 2);
        int there = (end - offset - NetFlow5.HEADER) / NetFlow5.RECORD;
        if (count > there) {
            counts.rejections.count(RejectionReason.TRUNCATED);
        }
        header(bytes, offset + 8, BigEndian.integer(bytes, offset + 4));
        datagram.exportNanos += Math.min(BigEndian.unsignedInteger(bytes, offset + 12), NANOS_PER_SECOND - 1);
        datagram.headerRate = Math.max(1, BigEndian.unsignedShort(bytes, offset + 22) & NetFlow5.RATE_MASK);
        int engine = BigEndian.unsignedShort(bytes, offset + 20);
        int number = BigEndian.integer(bytes, offset + 16);
        ObservationDomain domain = from.domain(ExportFormat.NETFLOW_V5, engine, datagram.receivedNanos);
        if (isNew(from, domain, ExportFormat.NETFLOW_V5, bytes, offset, end)) {
            if (domain != null) {
                from.sequence(domain, number, count, SequenceTracker.UNCOUNTED, datagram.uptimeMillis);
            }
            int start = offset + NetFlow5.HEADER;
            sets.beginRecords(
                    bytes, start, start + Math.min(count, there) * NetFlow5.RECORD, NetFlow5.TEMPLATE, from, domain);
            state = State.SETS;
        }
    }

    private void beginNetFlow9(Exporter from, byte[] bytes, int offset, int end) {
        if (offset > end - NETFLOW9_HEADER) {
            counts.rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        header(bytes, offset + 8, BigEndian.integer(bytes, offset + 4));
        long source = BigEndian.unsignedInteger(bytes, offset + 16);
        beginSets(
                from,
                ExportFormat.NETFLOW_V9,
                source,
                BigEndian.integer(bytes, offset + 12),
                bytes,
                offset,
                offset + NETFLOW9_HEADER,
                end);
    }

    private void beginIpfix(Exporter from, byte[] bytes, int offset, int end) {
        if (offset > end - IPFIX_HEADER) {
            counts.rejections.count(RejectionReason.TRUNCATED);
            return;
        }
        int messageEnd = offset + BigEndian.unsignedShort(bytes, offset + 2);
        if (messageEnd > end) {
            counts.rejections.count(RejectionReason.TRUNCATED);
            messageEnd = end;
        }
        datagram.exportNanos = BigEndian.unsignedInteger(bytes, offset + 4) * NANOS_PER_SECOND;
        long source = BigEndian.unsignedInteger(bytes, offset + 12);
        beginSets(
                from,
                ExportFormat.IPFIX,
                source,
                BigEndian.integer(bytes, offset + 8),
                bytes,
                offset,
                offset + IPFIX_HEADER,
                messageEnd);
    }

    /** The time of export in seconds since 1970, and the uptime. */
    private void header(byte[] bytes, int secondsAt, int uptimeMillis) {
        datagram.exportNanos = BigEndian.unsignedInteger(bytes, secondsAt) * NANOS_PER_SECOND;
        datagram.uptimeMillis = uptimeMillis;
        datagram.hasUptime = true;
    }

    private void beginSets(
            Exporter from,
            ExportFormat format,
            long domainId,
            int number,
            byte[] bytes,
            int offset,
            int setsAt,
            int end) {
        ObservationDomain domain = from.domain(format, domainId, datagram.receivedNanos);
        boolean isNew = isNew(from, domain, format, bytes, offset, end);
        if (domain == null) {
            counts.rejections.count(RejectionReason.NO_ROOM);
        } else if (isNew) {
            sets.begin(bytes, setsAt, end, from, domain, number);
            state = State.SETS;
        }
    }

    private boolean isNew(
            Exporter from, @Nullable ObservationDomain domain, ExportFormat format, byte[] bytes, int offset, int end) {
        // A message that claims to be shorter than its header is told apart by the header all the same.
        long fingerprint = Fingerprint.of(bytes, offset, Math.max(end - offset, Long.BYTES));
        boolean isNew = from.beginDatagram(domain, format, fingerprint, datagram);
        if (!isNew) {
            counts.rejections.count(RejectionReason.DUPLICATE);
        }
        return isNew;
    }

    /**
     * Appends rows of the datagram behind those that the batch has. An empty batch becomes one of the kind of the next
     * rows; a change of the kind needs another batch.
     *
     * @param batch of a capacity of at least 4 rows
     * @return whether the datagram is used up; if not, give an empty batch
     */
    public boolean fill(FlowBatch batch) {
        boolean isDone = switch (state) {
            case IDLE -> true;
            case SETS -> sets.fill(batch);
            case SFLOW -> sflow.fill(batch);
        };
        Exporter from = exporter;
        if (from != null) {
            account(from);
        }
        if (isDone) {
            state = State.IDLE;
            exporter = null;
        }
        return isDone;
    }

    private void account(Exporter from) {
        from.account(counts);
        counts.clear();
    }
}
