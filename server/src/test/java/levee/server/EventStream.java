package levee.server;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads server-sent events from a socket of its own, whose buffers a test can keep small. */
final class EventStream implements AutoCloseable {
    final Socket socket = new Socket();
    private final InputStream bytes;
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
        bytes = new BufferedInputStream(socket.getInputStream(), 1_024);
        status = line();
        for (String line = line(); !line.isEmpty(); line = line()) {
            this.headers.add(line);
        }
        in = new BufferedReader(new InputStreamReader(new Chunks(), StandardCharsets.UTF_8), 1_024);
    }

    /** A line of HTTP, without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = bytes.read(); next >= 0 && next != '\n'; next = bytes.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /** The body, without the lengths between its chunks (RFC 9112 section 7.1), which may be anywhere in a line. */
    private final class Chunks extends InputStream {
        private int left;
        private boolean isFirst = true;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0) {
                if (!isFirst) {
                    line();
                }
                isFirst = false;
                String size = line();
                left = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
                if (left == 0) {
                    return -1;
                }
            }
            int read = bytes.read(to, offset, Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }

    /** The next event. */
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
