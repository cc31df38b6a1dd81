package levee.logs;

import java.util.List;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/** Zeek's {@code irc.log}: commands by which somebody names himself or joins a channel. */
final class ZeekIrc extends ZeekEvents {
    private static final int NICK = OWN;
    private static final int COMMAND = OWN + 1;
    private static final int VALUE = OWN + 2;

    static final Schema SCHEMA = schema(
            List.of("nick", "command", "value", "addl", "dcc_file_name"),
            List.of("command"),
            List.of("nick", "addl", "dcc_file_name"),
            List.of());

    ZeekIrc() {
        super(Protocols.TCP);
    }

    @Override
    public void write(FlowBatch batch) {
        EventBatch events = batch.events;
        ends.begin(EventKind.IRC, EventBatch.REQUEST, events);
        fields.writeCommand(COMMAND, events);
        fields.write(fields.has(VALUE) ? VALUE : NICK, Text.DETAIL, events);
    }
}
