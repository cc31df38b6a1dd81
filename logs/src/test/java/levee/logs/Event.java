package levee.logs;

import java.util.List;
import java.util.stream.IntStream;
import levee.model.IpAddress;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/** An event of a batch as a value. */
record Event(
        EventKind kind,
        long nanos,
        IpAddress initiator,
        int initiatorPort,
        IpAddress responder,
        int responderPort,
        int protocol,
        int flags,
        int code,
        int type,
        String name,
        String detail,
        String more,
        List<IpAddress> addresses) {

    static Event of(EventBatch events, int event) {
        return new Event(
                events.kind(event),
                events.nanos[event],
                new IpAddress(events.initiatorHigh[event], events.initiatorLow[event]),
                events.initiatorPort[event],
                new IpAddress(events.responderHigh[event], events.responderLow[event]),
                events.responderPort[event],
                events.protocol[event] & 0xff,
                events.flags[event],
                events.code[event],
                events.type[event],
                events.text(event, Text.NAME),
                events.text(event, Text.DETAIL),
                events.text(event, Text.MORE),
                IntStream.range(0, events.addresses(event))
                        .mapToObj(i -> new IpAddress(events.addressHigh(event, i), events.addressLow(event, i)))
                        .toList());
    }

    boolean isRequest() {
        return (flags & EventBatch.REQUEST) != 0;
    }

    boolean isResponse() {
        return (flags & EventBatch.RESPONSE) != 0;
    }

    boolean isProgram() {
        return (flags & EventBatch.PROGRAM) != 0;
    }

    /** All that is in the columns but time and ends, such as {@code DNS 3 1 example.org}. */
    String said() {
        String said = "%s %d %d %s|%s|%s".formatted(kind, code, type, name, detail, more);
        return addresses.isEmpty() ? said : said + " " + addresses;
    }
}
