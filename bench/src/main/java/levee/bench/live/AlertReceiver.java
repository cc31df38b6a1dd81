package levee.bench.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Takes the signed webhooks of {@code levee serve}. */
final class AlertReceiver implements AutoCloseable {
    private static final Pattern EVENT = Pattern.compile("\"event\":\\s*\"(\\w+)\"");
    private static final Pattern TARGET = Pattern.compile("\"target\":\\s*\"([^\"]+)\"");
    private static final Pattern VECTOR = Pattern.compile("\"vectors\":\\s*\\[\\{\"name\":\\s*\"([^\"]+)\"");
    private static final Pattern SIGNATURE = Pattern.compile("t=(\\d+),v1=(\\p{XDigit}+)");

    private final HttpServer server;
    private final byte[] secret;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    /**
     * An attack that was told of.
     *
     * @param nanos when, by {@link System#nanoTime}
     */
    record Told(String target, String vector, long nanos) {}

    AlertReceiver(String secret) throws IOException {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    BlockingQueue<Told> told() {
        return told;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            long nanos = System.nanoTime();
            boolean isTrue = isSigned(exchange.getRequestHeaders().getFirst("Levee-Signature"), body);
            exchange.sendResponseHeaders(isTrue ? 204 : 403, -1);
            String text = new String(body, StandardCharsets.UTF_8);
            if (isTrue && first(EVENT, text).equals("opened")) {
                told.add(new Told(first(TARGET, text), first(VECTOR, text), nanos));
            } else if (!isTrue) {
                System.err.println("an alert was not signed as it should be");
            } else if (first(EVENT, text).equals("digest")) {
                System.err.println("alerts came as a digest");
            }
        }
    }

    private boolean isSigned(String header, byte[] body) {
        Matcher matcher = SIGNATURE.matcher(String.valueOf(header));
        if (!matcher.matches()) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((matcher.group(1) + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body)).equals(matcher.group(2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
