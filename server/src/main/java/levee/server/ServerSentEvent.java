package levee.server;

import java.nio.charset.StandardCharsets;

/** Events of {@code text/event-stream}, as they go over the wire. */
public final class ServerSentEvent {
    private ServerSentEvent() {}

    /** @param data without line breaks */
    public static byte[] of(String name, byte[] data) {
        return joined("event: " + name + "\ndata: ", data);
    }

    /**
     * @param place where a reader goes on that comes back
     * @param data without line breaks
     */
    static byte[] of(String place, String name, byte[] data) {
        return joined("id: " + place + "\nevent: " + name + "\ndata: ", data);
    }

    private static byte[] joined(String start, byte[] data) {
        byte[] head = start.getBytes(StandardCharsets.US_ASCII);
        byte[] event = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(data, 0, event, head.length, data.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }
}
