package levee.capture;

import levee.telemetry.EventBatch;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;

/** Begins events of the packet that is looked at: with its time, its ends and who of them asked. */
final class EventWriter {
    private FlowBatch batch = new FlowBatch(0);
    private int row;

    /** @param row the packet's row, of which time, addresses, ports and protocol are there already */
    void use(FlowBatch batch, int row) {
        this.batch = batch;
        this.row = row;
    }

    /** Where texts and columns of the event begun last are written. */
    EventBatch events() {
        return batch.events;
    }

    int sourcePort() {
        return batch.sourcePort[row];
    }

    int destinationPort() {
        return batch.destinationPort[row];
    }

    /** Begins an event of what the sender of the packet asked. */
    int request(EventKind kind) {
        EventBatch events = batch.events;
        int event = events.begin(kind);
        events.nanos[event] = batch.firstNanos[row];
        events.protocol[event] = batch.protocol[row];
        events.flags[event] = EventBatch.REQUEST;
        events.initiatorHigh[event] = batch.sourceHigh[row];
        events.initiatorLow[event] = batch.sourceLow[row];
        events.initiatorPort[event] = batch.sourcePort[row];
        events.responderHigh[event] = batch.destinationHigh[row];
        events.responderLow[event] = batch.destinationLow[row];
        events.responderPort[event] = batch.destinationPort[row];
        return event;
    }

    /** Begins an event of what the sender of the packet answered. */
    int response(EventKind kind) {
        EventBatch events = batch.events;
        int event = events.begin(kind);
        events.nanos[event] = batch.firstNanos[row];
        events.protocol[event] = batch.protocol[row];
        events.flags[event] = EventBatch.RESPONSE;
        events.initiatorHigh[event] = batch.destinationHigh[row];
        events.initiatorLow[event] = batch.destinationLow[row];
        events.initiatorPort[event] = batch.destinationPort[row];
        events.responderHigh[event] = batch.sourceHigh[row];
        events.responderLow[event] = batch.sourceLow[row];
        events.responderPort[event] = batch.sourcePort[row];
        return event;
    }
}
