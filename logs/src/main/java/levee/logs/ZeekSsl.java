package levee.logs;

import java.util.List;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/** Zeek's {@code ssl.log}: what the client offered and, where the server answered, what it chose. */
final class ZeekSsl extends ZeekEvents {
    private static final int VERSION = OWN;
    private static final int CIPHER = OWN + 1;
    private static final int SERVER_NAME = OWN + 2;
    private static final int JA3 = OWN + 3;
    private static final int JA3S = OWN + 4;
    private static final int JA4 = OWN + 5;

    static final Schema SCHEMA = schema(
            List.of("version", "cipher", "server_name", "ja3", "ja3s", "ja4", "established", "resumed", "curve"),
            List.of("established", "resumed", "curve"),
            List.of());

    private int version;

    ZeekSsl() {
        super(Protocols.TCP);
    }

    @Override
    boolean readOwn() {
        version = fields.named(VERSION, TlsNames.VERSIONS, 0);
        ends.protocol = TlsNames.isOverUdp(version) ? Protocols.UDP : Protocols.TCP;
        return true;
    }

    @Override
    public void write(FlowBatch batch) {
        EventBatch events = batch.events;
        ends.begin(EventKind.TLS_CLIENT_HELLO, EventBatch.REQUEST, events);
        fields.writeName(SERVER_NAME, events);
        fields.write(JA3, Text.DETAIL, events);
        fields.write(JA4, Text.MORE, events);
        if (fields.has(VERSION) || fields.has(CIPHER) || fields.has(JA3S)) {
            int event = ends.begin(EventKind.TLS_SERVER_HELLO, EventBatch.RESPONSE, events);
            events.type[event] = version;
            events.code[event] = fields.named(CIPHER, TlsNames.CIPHERS, 0);
            fields.write(JA3S, Text.DETAIL, events);
        }
    }
}
