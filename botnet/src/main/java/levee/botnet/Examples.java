package levee.botnet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

    // Words of an example.
    private static final int NANOS = 0;
    private static final int HIGH = 1;
    private static final int LOW = 2;

    /** Both ports and the protocol. */
    private static final int ENDS = 3;

    private static final int STRIDE = 4;

    /** Most hosts have one only. */
    private long[] words = new long[STRIDE];

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
        int at = Math.min(size, KEPT - 1) * STRIDE;
        size = Math.min(size + 1, KEPT);
        if (at == words.length) {
            words = Arrays.copyOf(words, KEPT * STRIDE);
        }
        words[at + NANOS] = time;
        words[at + HIGH] = responderHigh;
        words[at + LOW] = responderLow;
        words[at + ENDS] = (long) initiatorPort << 24 | responderPort << 8 | transport & 0xff;
    }

    void clear() {
        size = 0;
    }

    List<Example> list() {
        List<Example> list = new ArrayList<>();
        for (int at = 0; at < size * STRIDE; at += STRIDE) {
            long ends = words[at + ENDS];
            list.add(new Example(
                    Instant.ofEpochSecond(0, words[at + NANOS]),
                    (int) (ends >>> 24),
                    endpoint(words[at + HIGH], words[at + LOW], (char) (ends >>> 8), (byte) ends)));
        }
        return list;
    }

    static Endpoint endpoint(long high, long low, int port, int protocol) {
        boolean hasPorts = protocol != Protocols.ICMP && protocol != Protocols.ICMPV6;
        return new Endpoint(new IpAddress(high, low), hasPorts ? port : 0, Protocols.name(protocol & 0xff));
    }
}
