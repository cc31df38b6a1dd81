package levee.logs;

import java.util.List;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/** Zeek's {@code smtp.log}: a mail that was handed over, or was not. */
final class ZeekSmtp extends ZeekEvents {
    private static final int REPLY_DIGITS = 3;
    private static final int HIGHEST_REPLY = 999;

    private static final int HELO = OWN;
    private static final int FROM = OWN + 1;
    private static final int TO = OWN + 2;
    private static final int REPLY = OWN + 3;

    static final Schema SCHEMA = schema(
            List.of("helo", "mailfrom", "rcptto", "last_reply"),
            List.of("helo", "mailfrom", "rcptto", "last_reply"),
            List.of("rcptto"));

    ZeekSmtp() {
        super(Protocols.TCP);
    }

    @Override
    public void write(FlowBatch batch) {
        EventBatch events = batch.events;
        int replyEnd = Math.min(fields.start(REPLY) + REPLY_DIGITS, fields.end(REPLY));
        long reply = Numbers.digits(fields.bytes(), fields.start(REPLY), replyEnd, HIGHEST_REPLY);
        int event = ends.begin(EventKind.SMTP, EventBatch.REQUEST | (reply >= 0 ? EventBatch.RESPONSE : 0), events);
        events.code[event] = (int) Math.max(reply, 0);
        fields.writeName(HELO, events);
        Recipients.writeMailbox(fields, fields.start(FROM), fields.end(FROM), Text.DETAIL, events);
        Recipients.write(fields, TO, event, events);
    }
}
