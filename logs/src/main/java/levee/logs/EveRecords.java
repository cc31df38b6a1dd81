package levee.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static levee.logs.NameTable.entry;

import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/**
 * Suricata's EVE events of all kinds in one log: flows become rows, what applications said becomes events, and the rest is
 * passed over.
 */
final class EveRecords implements RecordFormat {
    private static final int NONE = 0;
    private static final int FLOW = 1;
    private static final int DNS = 2;
    private static final int TLS = 3;
    private static final int HTTP = 4;
    private static final int SSH = 5;
    private static final int SMTP = 6;
    private static final int DHCP = 7;

    private static final NameTable TYPES = new NameTable(
            entry("flow", FLOW),
            entry("dns", DNS),
            entry("tls", TLS),
            entry("http", HTTP),
            entry("ssh", SSH),
            entry("smtp", SMTP),
            entry("dhcp", DHCP));

    /** Messages of the DNS that are no questions. */
    private static final NameTable ANSWERS = new NameTable(entry("answer", 1), entry("response", 1));

    private static final byte[] SSH_MARK = "SSH-".getBytes(US_ASCII);
    private static final int DNS_PORT = 53;

    private final ConnectionRecords flows = new ConnectionRecords(new EveFlows(), true);
    private final DnsAnswers answers = new DnsAnswers();
    private final Ends ends = new Ends();
    private final byte[] versionLine = new byte[EventBatch.LONGEST_TEXT];
    private Fields fields = new Fields(0, Escapes.JSON);
    private int type;

    @Override
    public boolean read(Fields line, SourceStatistics statistics) {
        fields = line;
        type = fields.named(EveFields.EVENT_TYPE, TYPES, NONE);
        if (type == NONE) {
            return false;
        }
        if (type == FLOW) {
            return flows.read(line, statistics);
        }
        statistics.events++;
        if (!readEnds()) {
            statistics.rejections.count(RejectionReason.UNREADABLE_FIELD);
            return false;
        }
        return true;
    }

    private boolean readEnds() {
        long sourcePort = fields.port(EveFields.SOURCE_PORT);
        long destinationPort = fields.port(EveFields.DESTINATION_PORT);
        int protocol = fields.protocol(EveFields.PROTOCOL);
        ends.clear();
        ends.nanos = fields.instant(EveFields.TIMESTAMP);
        if (Math.min(Math.min(sourcePort, destinationPort), ends.nanos) == Numbers.UNREADABLE
                || !fields.readInitiator(EveFields.SOURCE, ends)
                || !fields.readResponder(EveFields.DESTINATION, ends)) {
            return false;
        }
        ends.initiatorPort = (int) Math.max(sourcePort, 0);
        ends.responderPort = (int) Math.max(destinationPort, 0);
        ends.protocol = protocol != ProtocolNames.UNKNOWN ? protocol : Protocols.TCP;
        // Some versions log an answer from the server's side.
        int serverPort = type == DNS ? DNS_PORT : type == DHCP ? DhcpMessages.SERVER_PORT : 0;
        if (serverPort != 0 && ends.initiatorPort == serverPort && ends.responderPort != serverPort) {
            ends.exchange();
        }
        return true;
    }

    @Override
    public long startNanos() {
        return type == FLOW ? flows.startNanos() : ends.nanos;
    }

    @Override
    public long endNanos() {
        return type == FLOW ? flows.endNanos() : ends.nanos;
    }

    @Override
    public FirstRecord identity() {
        return type == FLOW ? flows.identity() : ends.identity();
    }

    @Override
    public void write(FlowBatch batch) {
        switch (type) {
            case FLOW -> flows.write(batch);
            case DNS -> writeDns(batch.events);
            case TLS -> writeTls(batch.events);
            case HTTP -> writeHttp(batch.events);
            case SSH -> writeSsh(batch.events);
            case SMTP -> writeSmtp(batch.events);
            default -> writeDhcp(batch.events);
        }
    }

    /** One event for a question and another for its answer; in version 1 one for each record of the answer. */
    private void writeDns(EventBatch events) {
        boolean answered = fields.has(EveFields.DNS_CODE) || fields.named(EveFields.DNS_MESSAGE, ANSWERS, 0) != 0;
        int event = ends.begin(EventKind.DNS, EventBatch.REQUEST | (answered ? EventBatch.RESPONSE : 0), events);
        int name = fields.has(EveFields.DNS_NAME) ? EveFields.DNS_NAME : EveFields.DNS_QUERIES_NAME;
        int kind = fields.has(EveFields.DNS_TYPE) ? EveFields.DNS_TYPE : EveFields.DNS_QUERIES_TYPE;
        events.type[event] = fields.named(kind, DnsNames.TYPES, 0);
        events.code[event] = fields.named(EveFields.DNS_CODE, DnsNames.CODES, 0);
        fields.writeName(name, events);
        answers.begin();
        if (fields.has(EveFields.DNS_ANSWERS)) {
            answers.addAddresses(fields, EveFields.DNS_ANSWERS, events);
        } else if (fields.has(EveFields.DNS_DATA)) {
            answers.addAddresses(fields, EveFields.DNS_DATA, events);
        } else {
            for (int group = EveFields.FIRST_GROUP; group <= EveFields.LAST_GROUP; group++) {
                answers.addAddresses(fields, group, events);
            }
        }
        answers.writeOther(fields, events);
    }

    private void writeTls(EventBatch events) {
        ends.begin(EventKind.TLS_CLIENT_HELLO, EventBatch.REQUEST, events);
        fields.writeName(EveFields.TLS_NAME, events);
        fields.write(EveFields.TLS_JA3, Text.DETAIL, events);
        fields.write(EveFields.TLS_JA4, Text.MORE, events);
        if (fields.has(EveFields.TLS_VERSION) || fields.has(EveFields.TLS_JA3S)) {
            int event = ends.begin(EventKind.TLS_SERVER_HELLO, EventBatch.RESPONSE, events);
            events.type[event] = fields.named(EveFields.TLS_VERSION, TlsNames.VERSIONS, 0);
            fields.write(EveFields.TLS_JA3S, Text.DETAIL, events);
        }
    }

    private void writeHttp(EventBatch events) {
        boolean answered = fields.has(EveFields.HTTP_STATUS);
        int answeredType = EveFields.HTTP_CONTENT_TYPE;
        boolean hasProgram = answered && fields.isProgramType(fields.start(answeredType), fields.end(answeredType));
        int event = ends.begin(EventKind.HTTP, ZeekHttp.flags(answered, hasProgram), events);
        events.code[event] = fields.number(EveFields.HTTP_STATUS, ZeekHttp.HIGHEST_STATUS);
        events.type[event] = fields.named(EveFields.HTTP_METHOD, ZeekHttp.TUNNELS, 0);
        fields.writeName(EveFields.HTTP_HOST, events);
        fields.write(EveFields.HTTP_USER_AGENT, Text.DETAIL, events);
        fields.write(EveFields.HTTP_TARGET, Text.MORE, events);
    }

    private void writeSsh(EventBatch events) {
        boolean answered = fields.has(EveFields.SSH_SERVER_SOFTWARE);
        ends.begin(EventKind.SSH, EventBatch.REQUEST | (answered ? EventBatch.RESPONSE : 0), events);
        writeVersionLine(EveFields.SSH_CLIENT_PROTOCOL, EveFields.SSH_CLIENT_SOFTWARE, Text.DETAIL, events);
        writeVersionLine(EveFields.SSH_SERVER_PROTOCOL, EveFields.SSH_SERVER_SOFTWARE, Text.MORE, events);
    }

    /** Puts together again what Suricata took apart (RFC 4253 section 4.2). */
    private void writeVersionLine(int protocol, int software, Text which, EventBatch events) {
        if (fields.has(software)) {
            System.arraycopy(SSH_MARK, 0, versionLine, 0, SSH_MARK.length);
            int length = append(protocol, SSH_MARK.length);
            if (length < versionLine.length) {
                versionLine[length++] = '-';
            }
            events.write(which, versionLine, 0, append(software, length));
        }
    }

    private int append(int field, int at) {
        int length = Math.min(fields.end(field) - fields.start(field), versionLine.length - at);
        System.arraycopy(fields.bytes(), fields.start(field), versionLine, at, length);
        return at + length;
    }

    private void writeSmtp(EventBatch events) {
        int event = ends.begin(EventKind.SMTP, EventBatch.REQUEST, events);
        fields.writeName(EveFields.SMTP_HELO, events);
        Recipients.writeMailbox(
                fields, fields.start(EveFields.SMTP_FROM), fields.end(EveFields.SMTP_FROM), Text.DETAIL, events);
        Recipients.write(fields, EveFields.SMTP_TO, event, events);
    }

    private void writeDhcp(EventBatch events) {
        int message = fields.named(EveFields.DHCP_MESSAGE, DhcpMessages.NUMBERS, 0);
        int event = ends.begin(EventKind.DHCP, DhcpMessages.flag(message), events);
        events.type[event] = message;
        events.code[event] = fields.number(EveFields.DHCP_LEASE, Integer.MAX_VALUE);
        fields.writeAddress(fields.start(EveFields.DHCP_ASSIGNED), fields.end(EveFields.DHCP_ASSIGNED), events);
        fields.writeName(EveFields.DHCP_HOST_NAME, events);
        fields.writeHardwareAddress(EveFields.DHCP_MAC, events);
        fields.write(EveFields.DHCP_VENDOR, Text.MORE, events);
    }
}
