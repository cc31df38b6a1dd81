package levee.logs;

import java.util.List;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/** Zeek's {@code ssh.log}: who connected, and whether he was let in, as far as Zeek can tell. */
final class ZeekSsh extends ZeekEvents {
    private static final int SIGNED_IN = 1;
    private static final int REFUSED = 2;

    private static final int SUCCESS = OWN;
    private static final int ATTEMPTS = OWN + 1;
    private static final int CLIENT = OWN + 2;
    private static final int SERVER = OWN + 3;

    static final Schema SCHEMA = schema(
            List.of("auth_success", "auth_attempts", "client", "server", "kex_alg", "host_key_alg"),
            List.of("auth_success", "auth_attempts", "kex_alg", "host_key_alg"),
            List.of());

    ZeekSsh() {
        super(Protocols.TCP);
    }

    @Override
    public void write(FlowBatch batch) {
        EventBatch events = batch.events;
        boolean answered = fields.has(SERVER) || fields.has(SUCCESS);
        int event = ends.begin(EventKind.SSH, EventBatch.REQUEST | (answered ? EventBatch.RESPONSE : 0), events);
        if (fields.has(SUCCESS)) {
            events.code[event] = fields.isTrue(SUCCESS) ? SIGNED_IN : REFUSED;
        }
        events.type[event] = fields.number(ATTEMPTS, 0xffff);
        fields.write(CLIENT, Text.DETAIL, events);
        fields.write(SERVER, Text.MORE, events);
    }
}
