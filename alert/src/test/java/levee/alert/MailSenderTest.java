package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import levee.model.Attack;
import levee.model.AttackVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailSenderTest {
    private static final Secret PASSWORD = Secret.of("hush-hush-password");
    private static final Attack ATTACK =
            Attacks.open("attack-1", "203.0.113.7", AttackVector.DNS_REFLECTION, AttackVector.TCP_SYN_FLOOD);

    private GreenMail server = start(ServerSetup.PROTOCOL_SMTP);

    private static GreenMail start(String protocol) {
        ServerSetup setup = new ServerSetup(0, "localhost", protocol);
        GreenMail server = new GreenMail(setup.dynamicPort());
        server.start();
        server.setUser("levee@example.org", "levee", PASSWORD.reveal());
        return server;
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private int port() {
        return server.getSmtp().getServerSetup().getPort();
    }

    private Mail mail(Mail.Security security, Optional<Mail.Login> login) {
        return mail(server.getSmtps() == null ? port() : server.getSmtps().getPort(), security, login);
    }

    private static Mail mail(int port, Mail.Security security, Optional<Mail.Login> login) {
        return new Mail(
                "mail",
                "localhost",
                port,
                security,
                login,
                "levee@example.org",
                List.of("night@example.org", "day@example.org"),
                Mail.DEFAULT_PACE,
                Duration.ofSeconds(5));
    }

    private Mail plain() {
        return mail(Mail.Security.PLAIN, Optional.empty());
    }

    private MimeMessage last() {
        MimeMessage[] messages = server.getReceivedMessages();
        return messages[messages.length - 1];
    }

    private static String body(MimeMessage message) throws Exception {
        return ((String) message.getContent()).replace("\r\n", "\n");
    }

    @Test
    void contactsOfTheGroupAreToldWhereThatIsWanted() throws Exception {
        Mail usual = plain();
        Mail toContacts = new Mail(
                usual.name(),
                usual.host(),
                usual.port(),
                usual.security(),
                usual.login(),
                usual.from(),
                List.of("night@example.org"),
                usual.pace(),
                usual.timeout(),
                true);
        Alert alert = Attacks.single(AlertEvent.OPENED, Attacks.of(Attacks.SHOP, ATTACK));
        assertThat(new MailSender(usual).send(alert, Attacks.DETECTED)).isInstanceOf(Outcome.Delivered.class);
        assertThat(server.getReceivedMessages()).hasSize(2);

        assertThat(new MailSender(toContacts).send(alert, Attacks.DETECTED)).isInstanceOf(Outcome.Delivered.class);
        assertThat(server.getReceivedMessages()).hasSize(4);
        assertThat(body(last()))
                .contains("Group: hosting, customer Example Shop; to be reached by noc@shop.example\n")
                .contains("Origins: AS64496 EXAMPLE 60 %, AS64497 10 %\n");
        assertThat(last().getHeader("Bcc")).isNull();
    }

    @Test
    void sendsWhatCanBeReadAtNight() throws Exception {
        Outcome outcome = new MailSender(plain()).send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED);

        assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(last().getSubject())
                .isEqualTo(
                        "[Levee CRITICAL] Attack on 203.0.113.7: dns-reflection, tcp-syn-flood, 1.2 Gbit/s, 100 kpps");
        assertThat(last().getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(last().getFrom()).extracting(Object::toString).containsExactly("levee@example.org");
        assertThat(last().getSentDate()).isEqualTo(Attacks.DETECTED.minusMillis(400));
        assertThat(body(last())).isEqualTo("""
            Attack on 203.0.113.7: dns-reflection, tcp-syn-flood, 1.2 Gbit/s, 100 kpps

            Target: 203.0.113.7
            Since: 2026-03-02 09:00:03 UTC, for 8 s so far
            How much: 1.2 Gbit/s, 100 kpps at peak; 800,000 packets, 1.2 GB in all
            Vectors: dns-reflection 50 % (from port 53), tcp-syn-flood 50 % (to port 443)
            From: 98 addresses, likely real
            How sure: 91 %

            What to do next
            - Ask your provider to drop UDP from port 53 to 203.0.113.7, if the target need not get such answers.
            - See whether your uplink is full: what fills it can only be stopped at the provider.
            - See whether the service still answers.

            Why Levee says so
            - 100 samples

            Page: https://levee.example/findings/attack-1
            Finding: attack-1\
            """);
    }

    @Test
    void mailsOfOneAttackBelongTogether() throws Exception {
        MailSender sender = new MailSender(plain());
        sender.send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED);
        String opening = last().getMessageID();
        sender.send(
                Attacks.single(AlertEvent.ENDED, Attacks.ended("attack-1", "203.0.113.7", AttackVector.UDP_FLOOD)),
                Attacks.DETECTED);

        assertThat(opening).matches("<alert-[0-9a-f]{24}@example\\.org>");
        assertThat(last().getMessageID()).isNotEqualTo(opening);
        assertThat(last().getHeader("References", null)).isEqualTo(opening);
        assertThat(last().getHeader("In-Reply-To", null)).isEqualTo(opening);
        assertThat(last().getSubject()).startsWith("[Levee INFO] Attack ended on 203.0.113.7");
        assertThat(body(last())).contains("it is over").doesNotContain("What to do next");
    }

    @Test
    void hostileFindingsMakeNoHeaders() throws Exception {
        String hostile = "a\r\nBcc: victim@example.net\r\n\r\n.\r\nQUIT\r\n\u0000\u001b]0;x\u0007\u202e\u2028\ud800"
                + "long ".repeat(50_000);
        Attack attack =
                Attacks.attack(hostile, "203.0.113.7", Attack.State.OPEN, 1e12, hostile, AttackVector.UDP_FLOOD);
        Outcome outcome = new MailSender(plain()).send(Attacks.single(AlertEvent.OPENED, attack), Attacks.DETECTED);

        assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(last().getHeader("Bcc")).isNull();
        String body = body(last());
        assertThat(body).hasSizeLessThan(1_000_000).doesNotContainPattern("(?m)^(Bcc|QUIT|\\.)");
        assertThat(body.replace("\n", "").codePoints().noneMatch(Character::isISOControl))
                .isTrue();
    }

    @Test
    void digestsListTheLargest() throws Exception {
        List<Alert.Single> singles = IntStream.range(0, 30)
                .mapToObj(i -> Attacks.single(
                        AlertEvent.OPENED, Attacks.open("a" + i, "203.0.113." + i, AttackVector.UDP_FLOOD)))
                .toList();
        new MailSender(plain()).send(Alert.Digest.of(singles, Attacks.DETECTED), Attacks.DETECTED);

        assertThat(last().getSubject()).isEqualTo("[Levee CRITICAL] 30 attacks at once: 30 opened");
        assertThat(body(last())).contains("- Attack on 203.0.113.19: udp-flood").contains("and 10 more.");
    }

    @Test
    void signsIn() {
        Outcome outcome = new MailSender(mail(Mail.Security.PLAIN, Optional.of(new Mail.Login("levee", PASSWORD))))
                .send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED);
        assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void aWrongPasswordIsNotTriedAgain() {
        Mail.Login wrong = new Mail.Login("levee", Secret.of("wrong-password"));
        Outcome outcome = new MailSender(mail(Mail.Security.PLAIN, Optional.of(wrong)))
                .send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(outcome.text()).doesNotContain("wrong-password").contains("AuthenticationFailed");
    }

    @Test
    void neverFallsBackToPlainText() {
        // The server offers no STARTTLS.
        Outcome outcome = new MailSender(mail(Mail.Security.STARTTLS, Optional.empty()))
                .send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED);
        assertThat(outcome).isNotInstanceOf(Outcome.Delivered.class);
        assertThat(outcome.text()).contains("STARTTLS");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @Tag("slow")
    void checksTheCertificate(@TempDir Path folder) throws IOException {
        Path localhost = TestTls.keyStore(folder, "localhost");
        SSLContext elsewhere = TestTls.context(TestTls.keyStore(folder, "elsewhere.example"));
        assertThat(sendByTls(localhost, TestTls.context(localhost))).isInstanceOf(Outcome.Delivered.class);
        // Nobody vouches for it.
        assertThat(refused(TestTls.context(localhost), elsewhere)).startsWith("TLS failed");
        // It is vouched for, but by another name.
        assertThat(refused(elsewhere, elsewhere)).startsWith("TLS failed");
    }

    private static String refused(SSLContext shown, SSLContext trusted) throws IOException {
        try (ServerSocket impostor =
                shown.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try (Socket connection = impostor.accept()) {
                    return connection.getInputStream().read();
                } catch (IOException e) {
                    return -1;
                }
            });
            String text = new MailSender(
                            mail(impostor.getLocalPort(), Mail.Security.TLS, Optional.empty()),
                            Optional.of(trusted.getSocketFactory()))
                    .send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED)
                    .text();
            assertThat(read.join()).isEqualTo(-1);
            return text;
        }
    }

    private Outcome sendByTls(Path keyStore, SSLContext trusted) {
        server.stop();
        System.setProperty("greenmail.tls.keystore.file", keyStore.toString());
        System.setProperty("greenmail.tls.keystore.password", TestTls.PASSWORD);
        try {
            server = start(ServerSetup.PROTOCOL_SMTPS);
            SSLSocketFactory factory = trusted.getSocketFactory();
            return new MailSender(mail(Mail.Security.TLS, Optional.empty()), Optional.of(factory))
                    .send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED);
        } finally {
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void givesUpOnAServerThatHangs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Mail mail = new Mail(
                    "mail",
                    "localhost",
                    silent.getLocalPort(),
                    Mail.Security.PLAIN,
                    Optional.empty(),
                    "levee@example.org",
                    List.of("night@example.org"),
                    Mail.DEFAULT_PACE,
                    Duration.ofMillis(200));
            assertThat(new MailSender(mail).send(Attacks.single(AlertEvent.OPENED, ATTACK), Attacks.DETECTED))
                    .isEqualTo(new Outcome.Failed("No answer in time"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nobody",
                "a@b\r\nBcc: c@d",
                "a@b, c@d",
                "Levee <levee@example.org>",
                "a @b",
                "\u00e4@example.org",
                "a@b\u0000"
            })
    void addressesAreOneAddressEach(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> receivedBy(address));
    }

    private static Mail receivedBy(String address) {
        return new Mail(
                "mail",
                "localhost",
                25,
                Mail.Security.PLAIN,
                Optional.empty(),
                "levee@example.org",
                List.of(address),
                Mail.DEFAULT_PACE,
                Mail.DEFAULT_TIMEOUT);
    }

    @Test
    void passwordsDoNotTravelInTheOpen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mail(
                        "mail",
                        "mail.example.org",
                        25,
                        Mail.Security.PLAIN,
                        Optional.of(new Mail.Login("levee", PASSWORD)),
                        "levee@example.org",
                        List.of("night@example.org"),
                        Mail.DEFAULT_PACE,
                        Mail.DEFAULT_TIMEOUT))
                .withMessageContaining("plain text")
                .withMessageNotContaining(PASSWORD.reveal());
    }
}
