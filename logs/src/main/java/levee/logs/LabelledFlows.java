package levee.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import levee.logs.LineFormat.Line;

/**
 * Reads connection logs whose flows are labelled: Zeek's {@code conn.log} with the columns {@code label} and {@code
 * detailed-label} or {@code detailedlabel}, which are sometimes appended to the last column with spaces, and Argus records
 * with a column {@code Label}. Flows without a label are passed over.
 */
public final class LabelledFlows {
    private static final int TIME = 0;
    private static final int PROTOCOL = 1;
    private static final int INITIATOR = 2;
    private static final int RESPONDER = 3;
    private static final int RESPONDER_PORT = 4;
    private static final int LABEL = 5;
    private static final int DETAIL = 6;

    /** A column that only a log of connections has. */
    private static final int TYPICAL = 7;

    private static final List<Integer> REQUIRED = List.of(TIME, PROTOCOL, INITIATOR, RESPONDER);

    private static final Schema ZEEK = new Schema(
            List.of(
                    "ts",
                    "proto",
                    "id.orig_h",
                    "id.resp_h",
                    "id.resp_p",
                    "label",
                    "detailed-label|detailedlabel",
                    "conn_state"),
            REQUIRED,
            List.of(TYPICAL));

    private static final Schema ARGUS = new Schema(
            List.of(
                    "StartTime",
                    "Proto",
                    "SrcAddr",
                    "DstAddr",
                    "Dport",
                    "Label",
                    // Argus has one column only, but fields have the same numbers in both.
                    "detailed-label",
                    "TotPkts"),
            REQUIRED,
            List.of(TYPICAL));

    /** Before the lines that say what they are. */
    private static final int MOST_LINES_BEFORE = 1000;

    /** Many flows have the same label, but a file may also have a new one in each line. */
    private static final int MOST_REMEMBERED = 1000;

    private final List<Candidate> candidates = List.of(
            new Candidate(new TsvLines(ZEEK), ZEEK, true, true),
            new Candidate(new CsvLines(ZEEK), ZEEK, true, false),
            new Candidate(new JsonLines(ZEEK), ZEEK, true, false),
            new Candidate(new CsvLines(ARGUS), ARGUS, false, false));

    private final LineReader lines;
    private final Consumer<LabelledFlow> consumer;
    private final LabelledFlow flow = new LabelledFlow();
    private final AddressParser address = new AddressParser();
    private final Map<String, FlowLabel> known = new HashMap<>();
    private long labelled;
    private long unlabelled;
    private long unreadable;

    /** A way to read the lines. */
    private record Candidate(LineFormat format, Fields fields, boolean isZeek, boolean mayAppend) {
        Candidate(LineFormat format, Schema schema, boolean isZeek, boolean mayAppend) {
            this(format, new Fields(schema.size(), format.escapes()), isZeek, mayAppend);
        }
    }

    /**
     * What was read.
     *
     * @param labelled flows with a label; 0 where it is no log of connections, too
     * @param unlabelled flows without one
     * @param unreadable lines that are no flows, such as those of other protocols than IP
     */
    public record Count(long labelled, long unlabelled, long unreadable) {}

    private LabelledFlows(InputStream in, Consumer<LabelledFlow> consumer) {
        lines = new LineReader(in);
        this.consumer = consumer;
    }

    /**
     * Reads to the end and leaves {@code in} open.
     *
     * @param consumer is shown each flow with a label; the next one overwrites it
     */
    public static Count read(InputStream in, Consumer<LabelledFlow> consumer) throws IOException {
        return new LabelledFlows(in, consumer).readAll();
    }

    private Count readAll() throws IOException {
        Optional<Candidate> chosen = Optional.empty();
        for (int before = 0; chosen.isEmpty() && before < MOST_LINES_BEFORE && lines.next(); before++) {
            chosen = candidates.stream().filter(this::recognises).findFirst();
        }
        if (chosen.isPresent()) {
            while (lines.next()) {
                read(chosen.get());
            }
        }
        return new Count(labelled, unlabelled, unreadable + lines.overlongLines());
    }

    /** Shows a line to a candidate; what it is sure of may be the first flow already. */
    private boolean recognises(Candidate candidate) {
        Line line = candidate.format.read(lines.buffer(), lines.start(), lines.end(), candidate.fields);
        if (!candidate.format.isRecognised()) {
            return false;
        }
        accept(line, candidate);
        return true;
    }

    private void read(Candidate candidate) {
        accept(candidate.format.read(lines.buffer(), lines.start(), lines.end(), candidate.fields), candidate);
    }

    private void accept(Line line, Candidate candidate) {
        switch (line) {
            case OTHER -> {}
            case UNREADABLE -> unreadable++;
            case RECORD -> {
                if (!readFlow(candidate.fields)) {
                    unreadable++;
                } else if (!readLabel(candidate)) {
                    unlabelled++;
                } else {
                    labelled++;
                    consumer.accept(flow);
                }
            }
        }
    }

    private boolean readFlow(Fields fields) {
        flow.startNanos = Times.instant(fields.bytes(), fields.start(TIME), fields.end(TIME));
        flow.protocol = fields.protocol(PROTOCOL);
        long port = Math.max(0, fields.port(RESPONDER_PORT));
        flow.responderPort = (int) port;
        if (flow.startNanos == Numbers.UNREADABLE
                || flow.protocol == ProtocolNames.UNKNOWN
                || !address.parse(fields.bytes(), fields.start(INITIATOR), fields.end(INITIATOR))) {
            return false;
        }
        flow.initiatorHigh = address.high;
        flow.initiatorLow = address.low;
        if (!address.parse(fields.bytes(), fields.start(RESPONDER), fields.end(RESPONDER))) {
            return false;
        }
        flow.responderHigh = address.high;
        flow.responderLow = address.low;
        return true;
    }

    private boolean readLabel(Candidate candidate) {
        Fields fields = candidate.fields;
        String text = text(fields, LABEL);
        if (!text.isEmpty()) {
            flow.label = label(candidate, text, text(fields, DETAIL));
            return true;
        }
        return candidate.mayAppend && readAppended(candidate);
    }

    /** The last column then is such as {@code (empty)   Malicious   C&C}. */
    private boolean readAppended(Candidate candidate) {
        byte[] bytes = lines.buffer();
        int start = lines.end();
        while (start > lines.start() && bytes[start - 1] != '\t') {
            start--;
        }
        String[] words =
                new String(bytes, start, lines.end() - start, UTF_8).trim().split(" +");
        if (words.length < 2 || words[1].equals("-")) {
            return false;
        }
        flow.label = label(candidate, words[1], words.length > 2 ? words[2] : "");
        return true;
    }

    private FlowLabel label(Candidate candidate, String text, String detail) {
        String both = text + '\t' + detail;
        FlowLabel label = known.get(both);
        if (label == null) {
            label = candidate.isZeek ? FlowLabel.ofZeek(text, detail) : FlowLabel.ofArgus(text);
            if (known.size() < MOST_REMEMBERED) {
                known.put(both, label);
            }
        }
        return label;
    }

    private static String text(Fields fields, int field) {
        return fields.has(field)
                ? new String(fields.bytes(), fields.start(field), fields.end(field) - fields.start(field), UTF_8)
                : "";
    }
}
