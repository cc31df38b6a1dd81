package levee.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads server-sent events from a socket of its own, whose buffers a test can keep small. */
final class EventStream implements AutoCloseable {
    final Socket socket = new Socket();
    private final BufferedReader in;
    final String status;
    final List<String> headers = new ArrayList<>();

    /** One event; comments are events with only a comment. */
    record Event(String id, String name, String data, String comment) {}

    EventStream(int port, String... headers) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(20_000);
        StringBuilder request = new StringBuilder("GET /api/v1/events HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024);
        status = in.readLine();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            this.headers.add(line);
        }
    }

    /** The next event; the lengths of HTTP chunks between the lines are left out. */
    Event next() throws IOException {
        String id = "";
        String name = "";
        String data = "";
        String comment = "";
        boolean any = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.startsWith(": ")) {
                comment = line.substring(2);
            } else if (line.isEmpty()) {
                if (any) {
                    return new Event(id, name, data, comment);
                }
                continue;
            } else {
                continue;
            }
            any = true;
        }
        throw new IOException("the stream has ended");
    }

    /** The next that is no heartbeat. */
    Event nextChange() throws IOException {
        Event event = next();
        while (event.name().isEmpty()) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
