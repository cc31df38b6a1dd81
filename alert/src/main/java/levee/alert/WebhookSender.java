package levee.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Posts alerts as JSON. Redirects are not followed: an alert goes to where it was told to go. */
final class WebhookSender implements Sender {
    private static final Duration WARM_UP_TIMEOUT = Duration.ofSeconds(2);

    private final Webhook webhook;
    private final List<Secret> secrets;
    private final HttpClient client;

    WebhookSender(Webhook webhook) {
        this(webhook, client(webhook.timeout()).build());
    }

    WebhookSender(Webhook webhook, HttpClient client) {
        this.webhook = webhook;
        this.client = client;
        this.secrets = new ArrayList<>(List.of(webhook.secret()));
        webhook.previousSecret().ifPresent(secrets::add);
    }

    /** Asks the proxy that the settings of the JVM name, and trusts whom they trust. */
    static HttpClient.Builder client(Duration timeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
    }

    @Override
    public Outcome send(Alert alert, Instant now) {
        byte[] body = AlertJson.of(alert).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = request(webhook.address(), body)
                .header(WebhookSignature.HEADER, WebhookSignature.sign(secrets, now, body))
                .header("Idempotency-Key", alert.alertId())
                .build();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, response -> new BoundedBody());
        try {
            // The timeout of the request ends with the headers of the answer, this one with its body.
            return outcome(answer.get(webhook.timeout().toNanos(), TimeUnit.NANOSECONDS), now);
        } catch (TimeoutException e) {
            return failed(e);
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("Interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest.Builder request(URI address, byte[] body) {
        return HttpRequest.newBuilder(address)
                .timeout(webhook.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Levee")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private Outcome failed(Throwable cause) {
        return new Outcome.Failed(withoutSecrets(Failure.text(cause)));
    }

    private Outcome outcome(HttpResponse<String> response, Instant now) {
        int status = response.statusCode();
        String text = withoutSecrets("HTTP " + status + (response.body().isBlank() ? "" : ": " + response.body()));
        return switch (status / 100) {
            case 2 -> new Outcome.Delivered(text);
            case 3 -> new Outcome.Refused("HTTP " + status + ": a redirect, which is not followed");
            case 4 ->
                isTemporary(status) ? new Outcome.Failed(text, retryAfter(response, now)) : new Outcome.Refused(text);
            default -> new Outcome.Failed(text, retryAfter(response, now));
        };
    }

    /** Request timeout (RFC 9110), too early (RFC 8470), too many requests (RFC 6585). */
    private static boolean isTemporary(int status) {
        return status == 408 || status == 425 || status == 429;
    }

    /** Seconds, or a date (RFC 9110 section 10.2.3). */
    private static Optional<Duration> retryAfter(HttpResponse<String> response, Instant now) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, time)).filter(Duration::isPositive);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private String withoutSecrets(String text) {
        String safe = text;
        for (Secret secret : secrets) {
            safe = secret.redaction().apply(safe);
        }
        // Chat services put the key into the path.
        for (String part : List.of(
                String.valueOf(webhook.address().getRawPath()),
                String.valueOf(webhook.address().getRawQuery()))) {
            safe = part.length() > 1 ? Secret.of(part).redaction().apply(safe) : safe;
        }
        return safe;
    }

    /** Posts to a socket of our own: loading the classes of the client takes longer than an alert may. */
    @Override
    public void warmUp() {
        try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpClient trial =
                        client(WARM_UP_TIMEOUT).proxy(ProxySelector.of(null)).build()) {
            own.setSoTimeout((int) WARM_UP_TIMEOUT.toMillis());
            byte[] body = AlertJson.of(Alert.Trial.of("", Instant.EPOCH)).getBytes(StandardCharsets.UTF_8);
            URI address = URI.create(
                    "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + own.getLocalPort() + "/");
            CompletableFuture<HttpResponse<String>> answer = trial.sendAsync(
                    request(address, body)
                            .header(WebhookSignature.HEADER, WebhookSignature.sign(secrets, Instant.EPOCH, body))
                            .build(),
                    response -> new BoundedBody());
            try (Socket connection = own.accept()) {
                connection.setSoTimeout((int) WARM_UP_TIMEOUT.toMillis());
                int received = connection.getInputStream().read(new byte[4_096]);
                if (received > 0) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                HttpResponse<String> response = answer.get(WARM_UP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                outcome(response, Instant.EPOCH);
            } finally {
                answer.cancel(true);
                trial.shutdownNow();
            }
            warmUpTls();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException | NoSuchAlgorithmException e) {
            // Then the first alert takes a little longer.
        }
    }

    /** Reads the trusted certificates and makes the first message of a handshake. */
    private static void warmUpTls() throws NoSuchAlgorithmException, SSLException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();
        engine.wrap(
                ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
