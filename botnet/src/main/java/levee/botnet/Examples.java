package levee.botnet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.model.Endpoint;
import levee.model.InfectedHost.Example;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.EventBatch;

/** A few connections of a host: the first ones, and the last one. */
final class Examples {
    private static final int KEPT = 4;

    private final long[] nanos = new long[KEPT];
    private final long[] high = new long[KEPT];
    private final long[] low = new long[KEPT];
    private final int[] ports = new int[KEPT];
    private final byte[] protocol = new byte[KEPT];
    private int size;

    void add(ConnectionBatch batch, int connection) {
        add(
                batch.firstNanos[connection],
                batch.responderHigh[connection],
                batch.responderLow[connection],
                batch.initiatorPort[connection],
                batch.responderPort[connection],
                batch.protocol[connection]);
    }

    /** @param transport of the connection over which it was said */
    void add(EventBatch batch, int event, byte transport) {
        add(
                batch.nanos[event],
                batch.responderHigh[event],
                batch.responderLow[event],
                batch.initiatorPort[event],
                batch.responderPort[event],
                transport);
    }

    void add(long time, long responderHigh, long responderLow, char initiatorPort, char responderPort, byte transport) {
        int at = Math.min(size, KEPT - 1);
        size = Math.min(size + 1, KEPT);
        nanos[at] = time;
        high[at] = responderHigh;
        low[at] = responderLow;
        ports[at] = initiatorPort << 16 | responderPort;
        protocol[at] = transport;
    }

    void clear() {
        size = 0;
    }

    List<Example> list() {
        List<Example> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(new Example(
                    Instant.ofEpochSecond(0, nanos[i]),
                    ports[i] >>> 16,
                    endpoint(high[i], low[i], (char) ports[i], protocol[i])));
        }
        return list;
    }

    static Endpoint endpoint(long high, long low, int port, int protocol) {
        boolean hasPorts = protocol != Protocols.ICMP && protocol != Protocols.ICMPV6;
        return new Endpoint(new IpAddress(high, low), hasPorts ? port : 0, Protocols.name(protocol & 0xff));
    }
}
