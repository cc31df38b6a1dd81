package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class WebhookSenderTest {
    private static final Secret SECRET = Secret.of("correct horse battery staple");
    private static final Secret OLD_SECRET = Secret.of("a secret of last year");
    private static final Instant NOW = Attacks.DETECTED;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Alert.Single OPENED =
            Attacks.single(AlertEvent.OPENED, Attacks.open("attack-1", "203.0.113.7", AttackVector.DNS_REFLECTION));

    private Hook hook;

    @BeforeEach
    void open() throws IOException {
        hook = new Hook();
    }

    @AfterEach
    void close() {
        hook.close();
    }

    private Outcome send(Alert alert) {
        return send(alert, Duration.ofSeconds(10));
    }

    private Outcome send(Alert alert, Duration timeout) {
        try (WebhookSender sender = new WebhookSender(webhook(hook.address(), timeout))) {
            return sender.send(alert, NOW);
        }
    }

    private static Webhook webhook(URI address, Duration timeout) {
        return new Webhook("hook", address, SECRET, Optional.of(OLD_SECRET), Webhook.DEFAULT_PACE, timeout);
    }

    @Test
    void postsTheFindingAsItIs() throws InterruptedException {
        assertThat(send(OPENED)).isEqualTo(new Outcome.Delivered("HTTP 204"));

        Hook.Received received = hook.next();
        assertThat(received.text())
                .isEqualTo("{\"event\":\"opened\",\"alert_id\":\"" + OPENED.alertId()
                        + "\",\"detected_at\":\"2026-03-02T09:00:03.400Z\",\"mode\":\"alert\",\"severity\":\"critical\","
                        + "\"page\":\"https://levee.example/findings/attack-1\",\"finding\":{\"id\":\"attack-1\"}}");
        assertThat(received.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(received.headers().getFirst("Idempotency-Key")).isEqualTo(OPENED.alertId());
    }

    @Test
    void signsWithBothSecrets() throws InterruptedException {
        send(OPENED);
        Hook.Received received = hook.next();
        String header = received.headers().getFirst(WebhookSignature.HEADER);

        assertThat(header).matches("t=" + NOW.getEpochSecond() + "(,v1=[0-9a-f]{64}){2}");
        assertThat(WebhookSignature.isValid(header, received.body(), SECRET, NOW, TOLERANCE))
                .isTrue();
        assertThat(WebhookSignature.isValid(header, received.body(), OLD_SECRET, NOW, TOLERANCE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
    void doesNotRetryWhatIsRefused(int status) {
        hook.answers(status, "", "", "no such\r\nhook");
        assertThat(send(OPENED)).isEqualTo(new Outcome.Refused("HTTP " + status + ": no such  hook"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void retriesWhatMayWorkLater(int status) {
        hook.answers(status);
        assertThat(send(OPENED)).isEqualTo(new Outcome.Failed("HTTP " + status, Optional.empty()));
    }

    @Test
    void readsWhenToComeBack() {
        hook.answers(503, "Retry-After", "120", "");
        assertThat(send(OPENED)).isEqualTo(new Outcome.Failed("HTTP 503", Optional.of(Duration.ofMinutes(2))));
        hook.answers(429, "Retry-After", "Mon, 02 Mar 2026 09:01:03 GMT", "");
        assertThat(send(OPENED)).isEqualTo(new Outcome.Failed("HTTP 429", Optional.of(Duration.ofMillis(59_600))));
        for (String nonsense : new String[] {"-1", "soon", "99999999999999999999", "Mon, 02 Mar 2020 09:01:03 GMT"}) {
            hook.answers(429, "Retry-After", nonsense, "");
            assertThat(send(OPENED)).isEqualTo(new Outcome.Failed("HTTP 429", Optional.empty()));
        }
    }

    @Test
    void doesNotFollowRedirects() throws IOException {
        try (Hook other = new Hook()) {
            hook.answers(307, "Location", other.address().toString(), "");
            assertThat(send(OPENED)).isInstanceOf(Outcome.Refused.class);
            assertThat(other.received).isEmpty();
        }
    }

    @Test
    void givesUpOnAReceiverThatHangs() {
        hook.hangs();
        long begin = System.nanoTime();
        assertThat(send(OPENED, Duration.ofMillis(200))).isEqualTo(new Outcome.Failed("No answer in time"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void readsOnlyTheBeginOfALongAnswer() {
        hook.answers(200, "", "", "x".repeat(10_000_000));
        assertThat(send(OPENED))
                .isInstanceOfSatisfying(
                        Outcome.Delivered.class,
                        delivered -> assertThat(delivered.text()).hasSizeLessThan(220));
    }

    @Test
    void keepsTheConnection() {
        try (WebhookSender sender = new WebhookSender(webhook(hook.address(), Duration.ofSeconds(10)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(sender.send(OPENED, NOW)).isInstanceOf(Outcome.Delivered.class);
            }
        }
        assertThat(hook.ports).hasSize(3).containsOnly(hook.ports.getFirst());
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (WebhookSender sender =
                new WebhookSender(webhook(URI.create("http://localhost:" + port + "/"), Duration.ofSeconds(10)))) {
            assertThat(sender.send(OPENED, NOW))
                    .isEqualTo(new Outcome.Failed("The connection was refused, or nothing can be reached there"));
        }
    }

    @Test
    void neverQuotesKeysOfTheAddressOrSecrets() {
        hook.answers(404, "", "", "no " + hook.address() + " for correct horse battery staple");
        Outcome outcome = send(OPENED);
        assertThat(outcome.text())
                .startsWith("HTTP 404: no http://localhost")
                .doesNotContain("very-secret-key")
                .doesNotContain("hush-hush")
                .doesNotContain("correct horse");
        assertThat(webhook(hook.address(), TOLERANCE).toString())
                .doesNotContain("very-secret-key")
                .doesNotContain("correct horse");
    }

    @Test
    @Tag("slow")
    void checksTheCertificate(@TempDir Path folder) throws IOException {
        SSLContext localhost = TestTls.context(TestTls.keyStore(folder, "localhost"));
        SSLContext elsewhere = TestTls.context(TestTls.keyStore(folder, "elsewhere.example"));
        try (Hook secure = new Hook(localhost);
                Hook impostor = new Hook(elsewhere)) {
            assertThat(sendTrusting(localhost, secure)).isInstanceOf(Outcome.Delivered.class);
            // Nobody vouches for it.
            assertThat(sendTrusting(elsewhere, secure).text()).startsWith("TLS failed");
            assertThat(sendTrusting(elsewhere, secure)).isInstanceOf(Outcome.Failed.class);
            // It is vouched for, but by another name.
            assertThat(sendTrusting(elsewhere, impostor).text()).startsWith("TLS failed");
            assertThat(impostor.received).isEmpty();
        }
    }

    private static Outcome sendTrusting(SSLContext trusted, Hook receiver) {
        Webhook webhook = webhook(receiver.address(), Duration.ofSeconds(10));
        HttpClient client =
                WebhookSender.client(webhook.timeout()).sslContext(trusted).build();
        try (WebhookSender sender = new WebhookSender(webhook, client)) {
            return sender.send(OPENED, NOW);
        }
    }

    @Test
    void usesTheProxyOfTheJvm() throws InterruptedException {
        ProxySelector before = ProxySelector.getDefault();
        try {
            ProxySelector.setDefault(ProxySelector.of(
                    new InetSocketAddress("localhost", hook.address().getPort())));
            try (WebhookSender sender =
                    new WebhookSender(webhook(URI.create("http://hooks.invalid/x"), Duration.ofSeconds(10)))) {
                assertThat(sender.send(OPENED, NOW)).isInstanceOf(Outcome.Delivered.class);
            }
            assertThat(hook.next().headers().getFirst("Host")).isEqualTo("hooks.invalid");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void hostileFindingsStayInTheirPlace() throws InterruptedException {
        String hostile =
                "\r\nX-Evil: 1\r\n\r\n\u0000\u001b[31m\u2028\ud800\"}],\"event\":\"ended\"" + "long ".repeat(100_000);
        Attack attack =
                Attacks.attack(hostile, "203.0.113.7", Attack.State.OPEN, Double.NaN, hostile, AttackVector.UDP_FLOOD);
        Situation situation = Situation.of(
                        Attacks.event(FindingEvent.Change.OPENED, attack), Attacks.DETECTED, AlertMode.ALERT)
                .orElseThrow();
        for (String json : new String[] {
            "{\"id\":1},\"event\":\"ended\"",
            "{} {}",
            "[1]",
            "",
            hostile,
            "{\"a\":NaN}",
            "{\"a\":\"" + hostile + "\"}",
            "[".repeat(100_000),
            "{\"a\":\"" + "b".repeat(1 << 20) + "\"}"
        }) {
            send(Alert.Single.of(
                    AlertEvent.OPENED, situation, "", Optional.empty(), Optional.of(json), Optional.of(hostile)));
            Hook.Received received = hook.next();
            assertThat(received.headers().containsKey("X-Evil")).isFalse();
            assertThat(received.text())
                    .startsWith("{\"event\":\"opened\"")
                    .contains("\"abridged\":true")
                    .hasSizeLessThan(2_000_000);
            assertThat(tokens(received.text())).isPositive();
        }
    }

    /** Fails unless the text is JSON. */
    private static int tokens(String text) {
        int tokens = 0;
        try (JsonParser parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    @Test
    void addressesAreWebAddresses() {
        for (String address : Stream.of("ftp://host/", "https:///x", "/x", "https://user:pass@host/", "mailto:a@b")
                .toList()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Webhook("hook", URI.create(address), SECRET))
                    .withMessageNotContaining("pass");
        }
    }

    @Test
    void secretsAreNotGuessed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Webhook("hook", URI.create("https://host/"), Secret.of("hunter2")))
                .withMessageNotContaining("hunter2");
    }

    @Test
    void warmsUpWithoutTellingTheReceiver() {
        try (WebhookSender sender = new WebhookSender(webhook(hook.address(), Duration.ofSeconds(10)))) {
            sender.warmUp();
        }
        assertThat(hook.received).isEmpty();
    }
}
