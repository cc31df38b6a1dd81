package levee.logs;

import java.util.List;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/** Zeek's {@code dns.log}: a question and its answer. */
final class ZeekDns extends ZeekEvents {
    private static final int PROTOCOL = OWN;
    private static final int QUERY = OWN + 1;
    private static final int TYPE = OWN + 2;
    private static final int CODE = OWN + 3;
    private static final int ANSWERS = OWN + 4;

    static final Schema SCHEMA = schema(
            List.of("proto", "query", "qtype", "rcode", "answers", "qclass", "rejected", "RD"),
            List.of("query", "qtype", "rcode", "qclass", "rejected", "RD"),
            List.of("answers"));

    private final DnsAnswers answers = new DnsAnswers();

    ZeekDns() {
        super(Protocols.UDP);
    }

    @Override
    boolean readOwn() {
        int named = fields.protocol(PROTOCOL);
        ends.protocol = named != ProtocolNames.UNKNOWN ? named : Protocols.UDP;
        return true;
    }

    @Override
    public void write(FlowBatch batch) {
        EventBatch events = batch.events;
        boolean answered = fields.has(CODE);
        int event = ends.begin(EventKind.DNS, EventBatch.REQUEST | (answered ? EventBatch.RESPONSE : 0), events);
        events.code[event] = fields.number(CODE, 0xffff);
        events.type[event] = fields.number(TYPE, 0xffff);
        fields.writeName(QUERY, events);
        answers.begin();
        answers.addAddresses(fields, ANSWERS, events);
        answers.writeOther(fields, events);
    }
}
