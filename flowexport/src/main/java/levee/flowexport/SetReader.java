package levee.flowexport;

import java.util.ArrayDeque;
import java.util.Deque;
import levee.capture.LinkType;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sets of NetFlow v9 and IPFIX messages, and goes on where it stopped when there was no room for more rows.
 * Sets whose template is not known wait at the exporter; they come back here behind the message that brings it.
 */
final class SetReader {
    private static final int SET_HEADER = 4;

    /** A length of 255 is followed by two bytes with the true one (RFC 7011 section 7). */
    private static final int LONG_LENGTH = 255;

    /** Of the types of link layers the one that is read (IANA "dataLinkFrameType"). */
    private static final int ETHERNET = 1;

    private final DecoderCounts counts;
    private final Datagram datagram;
    private final TemplateSets templateSets;
    private final RecordDecoder records;
    private final Biflows biflows;
    private final SampledPackets packets;
    private final FlowBatch forward = new FlowBatch(RecordDecoder.CHUNK);

    /** Where the fields of the present record begin, and how long they are. */
    private final int[] starts;

    private final int[] lengths;

    /** The same for the fields of the plan. */
    private final int[] planStarts = new int[Column.values().length];

    private final int[] planLengths = new int[Column.values().length];

    private final Deque<WaitingSet> ready = new ArrayDeque<>();
    private final TemplateSets.Defined defined = this::takeWaiting;

    // The message.
    private byte[] bytes = new byte[0];
    private int position;
    private int limit;
    private boolean isOpen;
    private @Nullable Exporter exporter;
    private @Nullable ObservationDomain domain;
    private int sequence;

    /** Data records so far, those of options among them, and whether some could not be counted. */
    private int recordsRead;

    private int optionsRead;
    private int uptimeMillis;

    private boolean isUncounted;

    // The set.
    private @Nullable Template template;
    private byte[] setBytes = bytes;
    private int setPosition;
    private int setEnd;

    /** Whether the set is of the message, and not one that waited. */
    private boolean isOfMessage;

    SetReader(
            ExporterLimits limits,
            DecoderCounts counts,
            Datagram datagram,
            RecordDecoder records,
            SampledPackets packets) {
        this.counts = counts;
        this.datagram = datagram;
        this.records = records;
        this.packets = packets;
        biflows = new Biflows(records);
        templateSets = new TemplateSets(limits, counts);
        starts = new int[limits.fieldsPerTemplate()];
        lengths = new int[limits.fieldsPerTemplate()];
    }

    /** Begins with the sets of a message. */
    void begin(byte[] message, int at, int end, Exporter ofExporter, ObservationDomain ofDomain, int number) {
        bytes = message;
        position = at;
        limit = end;
        exporter = ofExporter;
        domain = ofDomain;
        sequence = number;
        recordsRead = 0;
        optionsRead = 0;
        uptimeMillis = datagram.uptimeMillis;
        isUncounted = false;
        isOpen = true;
        template = null;
        ready.clear();
    }

    /** Begins with records of one template that needs no set (NetFlow v5). */
    void beginRecords(
            byte[] message,
            int at,
            int end,
            Template ofTemplate,
            Exporter ofExporter,
            @Nullable ObservationDomain ofDomain) {
        exporter = ofExporter;
        domain = ofDomain;
        isOpen = false;
        position = 0;
        limit = 0;
        ready.clear();
        beginSet(ofTemplate, message, at, end);
        isOfMessage = true;
    }

    private void beginSet(Template ofTemplate, byte[] from, int at, int end) {
        template = ofTemplate;
        setBytes = from;
        setPosition = at;
        setEnd = end;
        ofTemplate.lastUsedNanos = datagram.receivedNanos;
    }

    /** Appends rows; false if there are more than the batch takes. */
    boolean fill(FlowBatch batch) {
        Exporter from = exporter;
        if (from == null) {
            return true;
        }
        while (true) {
            Template current = template;
            if (current != null) {
                if (!data(current, from, batch)) {
                    return false;
                }
                template = null;
            }
            if (!(isOpen ? nextSet(from) : nextWaiting())) {
                exporter = null;
                domain = null;
                return true;
            }
        }
    }

    /** Goes to the next set of the message, or on to those that waited. */
    private boolean nextSet(Exporter from) {
        ObservationDomain of = domain;
        if (of == null) {
            return false;
        }
        while (template == null && position <= limit - SET_HEADER) {
            int id = BigEndian.unsignedShort(bytes, position);
            int length = BigEndian.unsignedShort(bytes, position + 2);
            if (length < SET_HEADER) {
                if (id != 0 || length != 0) {
                    counts.rejections.count(RejectionReason.MALFORMED);
                    isUncounted = true;
                }
                // Zeros behind the last set: one exporter fills its datagrams up.
                position = limit;
                break;
            }
            int start = position + SET_HEADER;
            int end = position + length;
            if (end > limit) {
                counts.rejections.count(RejectionReason.TRUNCATED);
                isUncounted = true;
                end = limit;
            }
            position = end;
            set(id, start, end, from, of);
        }
        if (template != null) {
            return true;
        }
        isOpen = false;
        int units = isUncounted ? SequenceTracker.UNCOUNTED : recordsRead;
        if (of.format == ExportFormat.IPFIX) {
            int otherwise = isUncounted ? units : recordsRead - optionsRead;
            from.sequence(of, sequence, units, otherwise, uptimeMillis);
        } else {
            from.sequence(of, sequence, 1, units, uptimeMillis);
        }
        return nextWaiting();
    }

    private void set(int id, int start, int end, Exporter from, ObservationDomain of) {
        if (id < TemplateSets.FIRST_ID) {
            boolean isIpfix = of.format == ExportFormat.IPFIX;
            int first = isIpfix ? TemplateSets.IPFIX_TEMPLATES : TemplateSets.NETFLOW9_TEMPLATES;
            if (id == first || id == first + 1) {
                templateSets.read(id, bytes, start, end, from, of, datagram.receivedNanos, defined);
            }
            return;
        }
        Template known = of.templates.get(id);
        if (known == null) {
            isUncounted = true;
            if (!from.keep(of, id, bytes, start, end - start, datagram)) {
                counts.rejections.count(RejectionReason.NO_TEMPLATE);
            }
            return;
        }
        isOfMessage = true;
        beginSet(known, bytes, start, end);
    }

    private void takeWaiting(ObservationDomain of, int id) {
        if (exporter != null) {
            exporter.takeWaiting(of, id, ready);
        }
    }

    private boolean nextWaiting() {
        while (true) {
            WaitingSet set = ready.pollFirst();
            if (set == null) {
                return false;
            }
            Template known = set.domain().templates.get(set.templateId());
            if (known == null) {
                counts.rejections.count(RejectionReason.NO_TEMPLATE);
                continue;
            }
            datagram.set(set.datagram());
            domain = set.domain();
            isOfMessage = false;
            beginSet(known, set.bytes(), 0, set.bytes().length);
            return true;
        }
    }

    // Data

    private boolean data(Template of, Exporter from, FlowBatch batch) {
        return switch (of.kind) {
            case FLOWS -> of.varies ? varyingFlows(of, from, batch) : flows(of, from, batch);
            case CONNECTIONS -> of.varies ? varyingFlows(of, from, batch) : connections(of, from, batch);
            case SAMPLES -> samples(of, from, batch);
            case OPTIONS -> {
                options(of, from);
                yield true;
            }
            case NOTHING -> {
                nothing(of);
                yield true;
            }
        };
    }

    private int recordsLeft(Template of) {
        return (setEnd - setPosition) / of.recordLength;
    }

    private void consumed(int count) {
        if (isOfMessage) {
            recordsRead += count;
        }
    }

    private boolean flows(Template of, Exporter from, FlowBatch batch) {
        for (int left = recordsLeft(of); left > 0; left = recordsLeft(of)) {
            if (!BatchRoom.prepare(batch, FlowBatch.Rows.FLOWS, 1)) {
                return false;
            }
            int count = Math.min(Math.min(left, batch.remaining()), RecordDecoder.CHUNK);
            records.decode(
                    of, of.offsets, of.widths, setBytes, setPosition, of.recordLength, count, from, domain, batch);
            setPosition += count * of.recordLength;
            consumed(count);
        }
        return true;
    }

    private boolean connections(Template of, Exporter from, FlowBatch batch) {
        for (int left = recordsLeft(of); left > 0; left = recordsLeft(of)) {
            if (!BatchRoom.prepare(batch, FlowBatch.Rows.CONNECTIONS, Biflows.ROWS)) {
                return false;
            }
            int count = Math.min(Math.min(left, batch.remaining() / Biflows.ROWS), RecordDecoder.CHUNK);
            forward.clear(FlowBatch.Rows.CONNECTIONS);
            records.decode(
                    of, of.offsets, of.widths, setBytes, setPosition, of.recordLength, count, from, domain, forward);
            biflows.append(forward, forward.size, batch);
            setPosition += count * of.recordLength;
            consumed(count);
        }
        return true;
    }

    private boolean varyingFlows(Template of, Exporter from, FlowBatch batch) {
        boolean areBoth = of.kind == Template.Kind.CONNECTIONS;
        FlowBatch.Rows kind = areBoth ? FlowBatch.Rows.CONNECTIONS : FlowBatch.Rows.FLOWS;
        while (setPosition <= setEnd - of.recordLength) {
            if (!BatchRoom.prepare(batch, kind, areBoth ? Biflows.ROWS : 1)) {
                return false;
            }
            int next = measure(of);
            if (next < 0) {
                break;
            }
            plan(of);
            FlowBatch target = areBoth ? forward : batch;
            if (areBoth) {
                forward.clear(kind);
            }
            records.decode(of, planStarts, planLengths, setBytes, 0, 0, 1, from, domain, target);
            if (areBoth) {
                biflows.append(forward, forward.size, batch);
            }
            setPosition = next;
            consumed(1);
        }
        return true;
    }

    private void plan(Template of) {
        for (int i = 0; i < of.columns.length; i++) {
            if (of.varies) {
                planStarts[i] = starts[of.offsets[i]];
                planLengths[i] = lengths[of.offsets[i]];
            } else {
                planStarts[i] = setPosition + of.offsets[i];
                planLengths[i] = of.widths[i];
            }
        }
    }

    /** Finds the fields of the record at the position; returns the index behind it, or -1 if it does not fit the set. */
    private int measure(Template of) {
        int at = setPosition;
        int fields = of.fields();
        for (int field = 0; field < fields; field++) {
            int length = of.length(field);
            if (length == Template.VARIABLE) {
                if (at >= setEnd) {
                    return malformed();
                }
                length = setBytes[at++] & 0xff;
                if (length == LONG_LENGTH) {
                    if (at > setEnd - 2) {
                        return malformed();
                    }
                    length = BigEndian.unsignedShort(setBytes, at);
                    at += 2;
                }
            }
            if (length > setEnd - at) {
                return malformed();
            }
            starts[field] = at;
            lengths[field] = length;
            at += length;
        }
        return at;
    }

    private int malformed() {
        counts.rejections.count(RejectionReason.MALFORMED);
        isUncounted |= isOfMessage;
        return -1;
    }

    private void options(Template of, Exporter from) {
        ObservationDomain about = domain;
        if (about == null) {
            return;
        }
        // One lock for all records: they are facts of one exporter.
        synchronized (from) {
            while (setPosition <= setEnd - of.recordLength) {
                int next = measure(of);
                if (next < 0) {
                    break;
                }
                SamplingOptions.read(of, setBytes, starts, lengths, about);
                setPosition = next;
                counts.optionsRecords++;
                optionsRead++;
                consumed(1);
            }
            about.sampling.publish();
        }
    }

    private void nothing(Template of) {
        if (!of.varies) {
            int count = recordsLeft(of);
            counts.rejections.count(RejectionReason.NO_ADDRESS, count);
            consumed(count);
            return;
        }
        while (setPosition <= setEnd - of.recordLength) {
            int next = measure(of);
            if (next < 0) {
                break;
            }
            setPosition = next;
            counts.rejections.count(RejectionReason.NO_ADDRESS);
            consumed(1);
        }
    }

    /** Records that hold the first bytes of a packet. */
    private boolean samples(Template of, Exporter from, FlowBatch batch) {
        while (setPosition <= setEnd - of.recordLength) {
            if (!BatchRoom.prepare(batch, FlowBatch.Rows.SAMPLES, SampledPackets.ROWS)) {
                return false;
            }
            int next = measure(of);
            if (next < 0) {
                break;
            }
            plan(of);
            sample(of, from, batch);
            setPosition = next;
            consumed(1);
        }
        return true;
    }

    private void sample(Template of, Exporter from, FlowBatch batch) {
        // A record as any other, of which the packet then tells the rest.
        forward.clear(FlowBatch.Rows.FLOWS);
        records.decodeSample(of, planStarts, planLengths, setBytes, from, domain, forward);
        boolean isFrame = of.has(Column.FRAME_SECTION);
        Column section = isFrame ? Column.FRAME_SECTION : Column.IP_SECTION;
        Column wholeLength = isFrame ? Column.FRAME_LENGTH : Column.IP_LENGTH;
        int at = 0;
        int length = 0;
        long whole = 0;
        LinkType link = isFrame ? LinkType.ETHERNET : LinkType.RAW_IP;
        for (int i = 0; i < of.columns.length; i++) {
            if (of.columns[i] == section) {
                at = planStarts[i];
                length = planLengths[i];
            } else if (planLengths[i] < 1 || planLengths[i] > Long.BYTES) {
                continue;
            } else if (of.columns[i] == wholeLength) {
                whole = BigEndian.number(setBytes, planStarts[i], planLengths[i]);
            } else if (of.columns[i] == Column.FRAME_TYPE && isFrame) {
                long type = BigEndian.number(setBytes, planStarts[i], planLengths[i]);
                link = type == ETHERNET ? LinkType.ETHERNET : LinkType.OTHER;
            }
        }
        int rows = packets.append(
                setBytes,
                at,
                length,
                whole,
                link,
                forward.firstNanos[0],
                forward.samplingRate[0],
                from.index,
                forward.ingressInterface[0],
                batch);
        if (rows > 0) {
            counts.flows++;
        }
    }
}
