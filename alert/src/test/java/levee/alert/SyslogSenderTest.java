package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import levee.model.Attack;
import levee.model.AttackVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogSenderTest {
    private static final Alert.Single OPENED =
            Attacks.single(AlertEvent.OPENED, Attacks.open("attack-1", "203.0.113.7", AttackVector.DNS_REFLECTION));

    /** PRI is 16 * 8 + 2: local0, critical. */
    private static final String EXPECTED = "<130>1 2026-03-02T09:00:03.400Z sensor levee - OPENED"
            + " [levee@32473 alert=\"" + OPENED.alertId() + "\" finding=\"attack-1\" target=\"203.0.113.7\""
            + " vectors=\"dns-reflection\" pps=\"100000\" bps=\"1200000000\" confidence=\"0.91\""
            + " start=\"2026-03-02T09:00:03Z\" direction=\"inbound\"]"
            + " Attack on 203.0.113.7: dns-reflection, 1.2 Gbit/s, 100 kpps"
            + " https://levee.example/findings/attack-1";

    private static Syslog syslog(int port, Syslog.Transport transport) {
        return new Syslog(
                "syslog", "localhost", port, transport, 16, "sensor", Syslog.DEFAULT_PACE, Duration.ofSeconds(5));
    }

    @Test
    void sendsADatagram() throws IOException {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("localhost"), 0))) {
            server.setSoTimeout(5_000);
            Outcome outcome = new SyslogSender(syslog(server.getLocalPort(), Syslog.Transport.UDP))
                    .send(OPENED, Attacks.DETECTED);
            assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            server.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo(EXPECTED);
        }
    }

    @Test
    void countsOctetsOnAStream() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
            SyslogSender sender = new SyslogSender(syslog(server.getLocalPort(), Syslog.Transport.TCP));
            for (int i = 0; i < 2; i++) {
                CompletableFuture<String> received = receive(server);
                assertThat(sender.send(OPENED, Attacks.DETECTED))
                        .isEqualTo(new Outcome.Delivered("Handed over by TCP"));
                assertThat(received.get(5, TimeUnit.SECONDS)).isEqualTo(EXPECTED.length() + " " + EXPECTED);
            }
        }
    }

    @Test
    @Tag("slow")
    void sendsByTlsToWhomTheCertificateNames(@TempDir Path folder) throws Exception {
        SSLContext localhost = TestTls.context(TestTls.keyStore(folder, "localhost"));
        SSLContext elsewhere = TestTls.context(TestTls.keyStore(folder, "elsewhere.example"));

        assertThat(sendByTls(localhost, localhost)).isEqualTo(EXPECTED.length() + " " + EXPECTED);
        assertThat(sendByTls(localhost, elsewhere)).startsWith("TLS failed");
        assertThat(sendByTls(elsewhere, elsewhere)).startsWith("TLS failed");
    }

    private static String sendByTls(SSLContext shown, SSLContext trusted)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (ServerSocket server =
                shown.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("localhost"))) {
            CompletableFuture<String> received = receive(server);
            Outcome outcome = new SyslogSender(
                            syslog(server.getLocalPort(), Syslog.Transport.TLS), trusted.getSocketFactory())
                    .send(OPENED, Attacks.DETECTED);
            return outcome instanceof Outcome.Delivered ? received.get(5, TimeUnit.SECONDS) : outcome.text();
        }
    }

    private static CompletableFuture<String> receive(ServerSocket server) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket connection = server.accept();
                    InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                return "failed";
            }
        });
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(new SyslogSender(syslog(port, Syslog.Transport.TCP)).send(OPENED, Attacks.DETECTED))
                .isEqualTo(new Outcome.Failed("The connection was refused, or nothing can be reached there"));
    }

    @Test
    void givesUpOnAServerThatHangsInTheHandshake() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            Syslog syslog = new Syslog(
                    "syslog",
                    "localhost",
                    silent.getLocalPort(),
                    Syslog.Transport.TLS,
                    16,
                    "sensor",
                    Syslog.DEFAULT_PACE,
                    Duration.ofMillis(100));
            assertThat(new SyslogSender(syslog).send(OPENED, Attacks.DETECTED))
                    .isEqualTo(new Outcome.Failed("No answer in time"));
        }
    }

    @Test
    void hostileFindingsStayInTheirMessage() {
        String hostile = "\"] x=\\\"\n<0>1 - - - - - - forged\r\n\u0000\u001b[2J\u00e4\ud83d\ude00\ud800\u2028]\\\""
                + "\"]\\".repeat(10_000);
        Attack attack =
                Attacks.attack(hostile, "203.0.113.7", Attack.State.OPEN, Double.NaN, hostile, AttackVector.UDP_FLOOD);
        byte[] message = SyslogMessage.of(
                Attacks.single(AlertEvent.OPENED, attack),
                syslog(514, Syslog.Transport.UDP),
                Attacks.DETECTED,
                SyslogSender.MOST_DATAGRAM_BYTES);
        String text = new String(message, StandardCharsets.US_ASCII);

        assertThat(message.length).isLessThanOrEqualTo(SyslogSender.MOST_DATAGRAM_BYTES);
        assertThat(text).matches("[ -~]+");
        // Structured data as RFC 5424 section 6 has it: within values all three special characters are escaped.
        assertThat(text)
                .matches("<132>1 \\S+ sensor levee - OPENED \\[levee@32473("
                        + " [a-z]+=\"([^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")+\\] .*")
                .contains(" finding=\"\\\"\\] x=\\\\\\\" <0>1 ")
                .contains(" direction=\"inbound\"]");
    }

    @Test
    void digestsFit() {
        byte[] message = SyslogMessage.of(
                Alert.Digest.of(
                        IntStream.range(0, 200)
                                .mapToObj(i -> Attacks.single(
                                        AlertEvent.OPENED,
                                        Attacks.open(
                                                "a" + i,
                                                "2001:db8:1111:2222:3333:4444:5555:" + i,
                                                AttackVector.UDP_FLOOD)))
                                .toList(),
                        Attacks.DETECTED),
                syslog(514, Syslog.Transport.UDP),
                Attacks.DETECTED,
                SyslogSender.MOST_DATAGRAM_BYTES);
        assertThat(message.length).isLessThanOrEqualTo(SyslogSender.MOST_DATAGRAM_BYTES);
        assertThat(new String(message, StandardCharsets.US_ASCII))
                .contains(" DIGEST [levee@32473 alert=")
                .contains("opened=\"200\" changed=\"0\" ended=\"0\"] 200 attacks at once: 200 opened; the largest: ");
    }

    @Test
    void longTextIsCut() {
        byte[] message =
                SyslogMessage.of(OPENED, syslog(514, Syslog.Transport.UDP), Attacks.DETECTED, EXPECTED.length() - 5);
        assertThat(new String(message, StandardCharsets.US_ASCII))
                .isEqualTo(EXPECTED.substring(0, EXPECTED.length() - 5));
    }

    @Test
    void hostnamesAreOneWord() {
        Syslog syslog = new Syslog(
                "syslog", "localhost", 514, Syslog.Transport.UDP, 0, " \n", Syslog.DEFAULT_PACE, Duration.ofSeconds(5));
        assertThat(new String(SyslogMessage.of(OPENED, syslog, Attacks.DETECTED, 2_048), StandardCharsets.US_ASCII))
                .startsWith("<2>1 2026-03-02T09:00:03.400Z - levee - OPENED [");
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Syslog(
                        "syslog",
                        "localhost",
                        514,
                        Syslog.Transport.UDP,
                        24,
                        "sensor",
                        Syslog.DEFAULT_PACE,
                        Duration.ofSeconds(5)));
        assertThatIllegalArgumentException().isThrownBy(() -> syslog(0, Syslog.Transport.TCP));
    }
}
