package levee.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who is told of attacks by webhook, and who refuses what comes to a path that begins with {@code /refuse}. */
final class WebhookReceiver implements AutoCloseable {
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final HttpServer server;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            told.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().startsWith("/refuse") ? 401 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Whether it was told that an attack on an IPv4 address began. */
    boolean isToldOf(String victim) {
        return told.stream()
                .anyMatch(alert -> alert.at("/event").asString().equals("opened")
                        && alert.at("/finding/target").asString().equals(victim + "/32"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
