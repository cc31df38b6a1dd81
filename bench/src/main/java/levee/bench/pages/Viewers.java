package levee.bench.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Many who look at the overview: each has an open stream of what changes, and reads all that comes. */
final class Viewers implements AutoCloseable {
    private static final byte[] EVENT = "\nevent: ".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("viewers").unstarted(this::read);

    /** One of them, and how much of the beginning of an event came last. */
    private static final class Viewer {
        private int matched;
    }

    Viewers(int port, int count) throws IOException {
        byte[] request = "GET /live HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n"
                .formatted(port)
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Viewer());
        }
        thread.start();
    }

    /** That came to all of them. */
    long events() {
        return events.get();
    }

    long bytes() {
        return bytes.get();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    int count = ((SocketChannel) key.channel()).read(buffer);
                    if (count < 0) {
                        throw new IOException("the server ended a stream");
                    }
                    bytes.addAndGet(count);
                    count((Viewer) key.attachment(), buffer.array(), count);
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // They have seen enough.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(Viewer viewer, byte[] received, int length) {
        for (int i = 0; i < length; i++) {
            if (received[i] == EVENT[viewer.matched]) {
                viewer.matched++;
                if (viewer.matched == EVENT.length) {
                    events.incrementAndGet();
                    viewer.matched = 0;
                }
            } else {
                viewer.matched = received[i] == EVENT[0] ? 1 : 0;
            }
        }
    }

    @Override
    public void close() throws IOException {
        List<SelectionKey> keys = List.copyOf(selector.keys());
        selector.close();
        for (SelectionKey key : keys) {
            key.channel().close();
        }
    }
}
