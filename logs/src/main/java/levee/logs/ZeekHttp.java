package levee.logs;

import static levee.logs.NameTable.entry;

import java.util.List;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/** Zeek's {@code http.log}: a request and its answer. */
final class ZeekHttp extends ZeekEvents {
    /** The methods that make a tunnel. */
    static final NameTable TUNNELS = new NameTable(entry("CONNECT", 1));

    static final int HIGHEST_STATUS = 999;

    private static final int METHOD = OWN;
    private static final int HOST = OWN + 1;
    private static final int TARGET = OWN + 2;
    private static final int USER_AGENT = OWN + 3;
    private static final int STATUS = OWN + 4;
    private static final int ANSWERED_TYPES = OWN + 7;

    static final Schema SCHEMA = schema(
            List.of("method", "host", "uri", "user_agent", "status_code", "referrer", "tags", "resp_mime_types"),
            List.of("host", "referrer", "tags", "resp_mime_types"),
            List.of("tags", "resp_mime_types"));

    ZeekHttp() {
        super(Protocols.TCP);
    }

    @Override
    public void write(FlowBatch batch) {
        EventBatch events = batch.events;
        boolean answered = fields.has(STATUS);
        int event = ends.begin(EventKind.HTTP, flags(answered, answered && hasProgram()), events);
        events.code[event] = fields.number(STATUS, HIGHEST_STATUS);
        events.type[event] = fields.named(METHOD, TUNNELS, 0);
        fields.writeName(HOST, events);
        fields.write(USER_AGENT, Text.DETAIL, events);
        fields.write(TARGET, Text.MORE, events);
    }

    /** Zeek tells the type of what was answered by its first bytes, whatever the server said. */
    private boolean hasProgram() {
        fields.beginList(ANSWERED_TYPES);
        while (fields.nextElement()) {
            if (fields.isProgramType(fields.elementStart(), fields.elementEnd())) {
                return true;
            }
        }
        return false;
    }

    /** The flags of a request and its answer. */
    static int flags(boolean isAnswered, boolean hasProgram) {
        return EventBatch.REQUEST | (isAnswered ? EventBatch.RESPONSE : 0) | (hasProgram ? EventBatch.PROGRAM : 0);
    }
}
