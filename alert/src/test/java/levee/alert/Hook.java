package levee.alert;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A receiver of webhooks that answers as it is told. */
final class Hook implements AutoCloseable {
    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;
    private final String scheme;
    private volatile Answer answer = new Answer(204, "", "", "");
    private volatile boolean hangs;

    record Received(Headers headers, byte[] body, long atNanos) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    record Answer(int status, String header, String value, String body) {}

    Hook() throws IOException {
        this("http", HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    Hook(SSLContext tls) throws IOException {
        this("https", secure(tls));
    }

    private static HttpServer secure(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    private Hook(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        long atNanos = System.nanoTime();
        byte[] body = exchange.getRequestBody().readAllBytes();
        ports.add(exchange.getRemoteAddress().getPort());
        received.add(new Received(exchange.getRequestHeaders(), body, atNanos));
        if (hangs) {
            await();
        }
        Answer current = answer;
        if (!current.header().isEmpty()) {
            exchange.getResponseHeaders().add(current.header(), current.value());
        }
        byte[] response = current.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(current.status(), response.length == 0 ? -1 : response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Hook answers(int status) {
        return answers(status, "", "", "");
    }

    Hook answers(int status, String header, String value, String body) {
        answer = new Answer(status, header, value, body);
        return this;
    }

    void hangs() {
        hangs = true;
    }

    URI address() {
        return URI.create(
                scheme + "://localhost:" + server.getAddress().getPort() + "/T000/very-secret-key?token=hush-hush");
    }

    Received next() throws InterruptedException {
        Received next = received.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was received");
        }
        return next;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
