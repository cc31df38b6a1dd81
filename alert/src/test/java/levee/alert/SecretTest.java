package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    private static final String TEXT = "very secret text, indeed";

    @TempDir
    private Path folder;

    @Test
    void isReadFromAFileWithoutItsLineEnd() throws IOException {
        assertThat(Secret.fromFile(Files.writeString(folder.resolve("a"), TEXT + "\n"))
                        .reveal())
                .isEqualTo(TEXT);
        assertThat(Secret.fromFile(Files.writeString(folder.resolve("b"), " " + TEXT + " \r\n"))
                        .reveal())
                .isEqualTo(" " + TEXT + " ");
    }

    @Test
    void filesWithoutSecretAreRefused() throws IOException {
        for (byte[] bytes : List.of(new byte[0], new byte[] {'\n'}, new byte[] {(byte) 0xff}, new byte[8_193])) {
            Path file = Files.write(folder.resolve("x"), bytes);
            assertThatThrownBy(() -> Secret.fromFile(file)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void isReadFromTheEnvironment() {
        Map<String, String> environment = Map.of("HOOK", TEXT, "EMPTY", "");
        assertThat(Secret.fromEnvironment("HOOK", environment::get).reveal()).isEqualTo(TEXT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.fromEnvironment("EMPTY", environment::get))
                .withMessage("the environment variable EMPTY is not set");
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.fromEnvironment("OTHER", environment::get));
    }

    @Test
    void nothingThatHoldsItShowsIt() {
        Secret secret = Secret.of(TEXT);
        Webhook webhook = new Webhook(
                "hook",
                URI.create("http://localhost:1/"),
                secret,
                Optional.of(secret),
                Webhook.DEFAULT_PACE,
                Webhook.DEFAULT_TIMEOUT);
        Mail mail = new Mail(
                "mail",
                "localhost",
                1,
                Mail.Security.PLAIN,
                Optional.of(new Mail.Login("levee", secret)),
                "levee@example.org",
                List.of("night@example.org"),
                Mail.DEFAULT_PACE,
                Mail.DEFAULT_TIMEOUT);
        assertThat(List.of(
                        secret,
                        webhook,
                        mail,
                        mail.login(),
                        Alerts.sendTest(webhook, Instant.EPOCH),
                        Alerts.sendTest(mail, Instant.EPOCH)))
                .allSatisfy(value -> assertThat(value.toString()).doesNotContain(TEXT));
    }
}
