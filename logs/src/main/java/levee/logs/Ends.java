package levee.logs;

import levee.telemetry.EventBatch;
import levee.telemetry.EventKind;

/** When something was said and between whom. Filled again for every line. */
final class Ends {
    long nanos;
    long initiatorHigh;
    long initiatorLow;
    long responderHigh;
    long responderLow;
    int initiatorPort;
    int responderPort;
    int protocol;

    void clear() {
        nanos = 0;
        initiatorHigh = 0;
        initiatorLow = 0;
        responderHigh = 0;
        responderLow = 0;
        initiatorPort = 0;
        responderPort = 0;
        protocol = 0;
    }

    /** Makes the initiator the responder. */
    void exchange() {
        long high = initiatorHigh;
        long low = initiatorLow;
        int port = initiatorPort;
        initiatorHigh = responderHigh;
        initiatorLow = responderLow;
        initiatorPort = responderPort;
        responderHigh = high;
        responderLow = low;
        responderPort = port;
    }

    FirstRecord identity() {
        return new FirstRecord(
                nanos / 1000, initiatorHigh, initiatorLow, initiatorPort, responderHigh, responderLow, responderPort);
    }

    /** Begins an event; returns its index. */
    int begin(EventKind kind, int flags, EventBatch events) {
        int event = events.begin(kind);
        events.nanos[event] = nanos;
        events.initiatorHigh[event] = initiatorHigh;
        events.initiatorLow[event] = initiatorLow;
        events.responderHigh[event] = responderHigh;
        events.responderLow[event] = responderLow;
        events.initiatorPort[event] = (char) initiatorPort;
        events.responderPort[event] = (char) responderPort;
        events.protocol[event] = (byte) protocol;
        events.flags[event] = (byte) flags;
        return event;
    }
}
