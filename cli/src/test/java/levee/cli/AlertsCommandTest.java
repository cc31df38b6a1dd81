package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import levee.alert.Channel;
import levee.alert.Secret;
import levee.alert.Webhook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlertsCommandTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:03Z");

    @TempDir
    private Path folder;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().contains("refuse") ? 401 : 204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private Channel webhook(String name, String path) {
        return new Webhook(name, URI.create(url(path)), Secret.of("0123456789abcdef0123456789abcdef"));
    }

    private static String told(List<Channel> channels, int exitCode) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(AlertsCommand.test(channels, NOW, new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isEqualTo(exitCode);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path settings() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
        return Files.writeString(
                folder.resolve("levee.yaml"), """
                    mode: monitor
                    alerts:
                      - {type: webhook, name: chat, url: "%s", secret-file: "%s"}
                      - {type: webhook, name: pager, url: "%s", secret-file: "%s"}
                    """.formatted(url("/take"), secret, url("/refuse"), secret));
    }

    @Test
    void eachChannelIsToldOnItsOwn() {
        String told = told(List.of(webhook("chat", "/take"), webhook("pager", "/refuse")), 1);

        assertThat(told)
                .contains("chat: sent to http://127.0.0.1:", "HTTP 204")
                .contains("pager: FAILED, to http://127.0.0.1:", "HTTP 401", "Check the address and the secret")
                .contains("1 of 2 failed");
        assertThat(received).hasSize(2).allMatch(alert -> alert.startsWith("{\"event\":\"test\""));
    }

    @Test
    void successIsSaid() {
        assertThat(told(List.of(webhook("chat", "/take"), webhook("other", "/take")), 0))
                .contains("all 2 took it");
    }

    @Test
    void settingsOfServeAreReadAndMonitorModeHoldsNothingBack() throws IOException {
        String file = settings().toString();

        assertThat(CalledCommand.of("alerts", "test", "--config", file, "--channel", "chat")
                        .exitCode())
                .isZero();
        assertThat(received).hasSize(1);
        assertThat(CalledCommand.of("alerts", "test", "--config", file).exitCode())
                .isEqualTo(1);
        assertThat(received).hasSize(3);
    }

    @Test
    void unknownChannelIsAWrongCallWithASuggestion() throws IOException {
        CalledCommand called =
                CalledCommand.of("alerts", "test", "--config", settings().toString(), "--channel", "chatt");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.errors()).contains("'chatt'", "'chat', 'pager'", "Did you mean 'chat'?");
        assertThat(received).isEmpty();
    }

    @Test
    void settingsWithoutChannelsAreAWrongCall() throws IOException {
        Path file = Files.writeString(folder.resolve("levee.yaml"), "mode: alert\n");

        assertThat(CalledCommand.of("alerts", "test", "--config", file.toString()))
                .satisfies(called -> assertThat(called.exitCode()).isEqualTo(2))
                .satisfies(called -> assertThat(called.errors()).contains("lists no channel", "docs/alerts.md"));
        assertThat(CalledCommand.of("alerts", "test").errors()).contains("--config");
        assertThat(CalledCommand.of("alerts").errors()).contains("'test'", "levee alerts --help");
    }
}
