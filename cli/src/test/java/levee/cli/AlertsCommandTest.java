package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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

    private WebhookReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private Channel webhook(String name, String path) {
        return new Webhook(name, URI.create(receiver.url(path)), Secret.of(WebhookReceiver.SECRET));
    }

    private static String told(List<Channel> channels, int exitCode) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(AlertsCommand.test(channels, NOW, new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isEqualTo(exitCode);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path settings() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), WebhookReceiver.SECRET);
        return Files.writeString(folder.resolve("levee.yaml"), """
            mode: monitor
            alerts:
              - {type: webhook, name: chat, url: "%s", secret-file: "%s"}
              - {type: webhook, name: pager, url: "%s", secret-file: "%s"}
            """.formatted(
                        receiver.url("/take"), secret, receiver.url("/refuse"), secret));
    }

    @Test
    void eachChannelIsToldOnItsOwn() {
        String told = told(List.of(webhook("chat", "/take"), webhook("pager", "/refuse")), 1);

        assertThat(told)
                .contains("chat: sent to http://127.0.0.1:", "HTTP 204")
                .contains("pager: FAILED, to http://127.0.0.1:", "HTTP 401", "Check the address and the secret")
                .contains("1 of 2 failed");
        assertThat(receiver.told).hasSize(2).allMatch(alert -> alert.toString().startsWith("{\"event\":\"test\""));
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
        assertThat(receiver.told).hasSize(1);
        assertThat(CalledCommand.of("alerts", "test", "--config", file).exitCode())
                .isEqualTo(1);
        assertThat(receiver.told).hasSize(3);
    }

    @Test
    void unknownChannelIsAWrongCallWithASuggestion() throws IOException {
        CalledCommand called =
                CalledCommand.of("alerts", "test", "--config", settings().toString(), "--channel", "chatt");

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.errors()).contains("'chatt'", "'chat', 'pager'", "Did you mean 'chat'?");
        assertThat(receiver.told).isEmpty();
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
