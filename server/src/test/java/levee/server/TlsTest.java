package levee.server;

import static levee.server.TestServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's own TLS, with certificates from files. */
@Tag("slow")
class TlsTest {
    @TempDir
    Path folder;

    private static SSLContext trusting(TlsFiles files) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("one", files.load().getCertificate("levee"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static TestServer server(TlsFiles files) throws ServerException {
        return new TestServer(new ServerSettings(
                "127.0.0.1",
                0,
                List.of(),
                TestServer.tokens(),
                Operation.Access.VIEWERS,
                "1",
                TestServer.LIMITS,
                new Transport.Tls(files)));
    }

    private static SSLSocket connect(TestServer server, SSLContext context, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port);
        socket.setSoTimeout(10_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(("GET /api/v1/findings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                                + bearer(TestServer.READ_TOKEN) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** ASVS 9.1.2 and 9.1.3. */
    @Test
    void onlyTls12And13AreSpoken() throws Exception {
        for (String[] algorithm : new String[][] {{"RSA"}, {"EC", "secp256r1"}, {"Ed25519", "Ed25519"}}) {
            TlsFiles files = Certificates.make(folder, "of-" + algorithm[0], algorithm);
            SSLContext context = trusting(files);
            try (TestServer server = server(files)) {
                for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                    try (SSLSocket socket = connect(server, context, protocol)) {
                        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                        assertThat(socket.getSession().getCipherSuite())
                                .matches("TLS_(AES|CHACHA20|ECDHE)_.*(GCM|POLY1305).*");
                        String answer = ask(socket);
                        assertThat(answer)
                                .startsWith("HTTP/1.1 200 ")
                                .containsIgnoringCase("Strict-Transport-Security: max-age=63072000");
                    }
                }
                assertThatThrownBy(() -> connect(server, context, "TLSv1", "TLSv1.1"))
                        .isInstanceOf(SSLException.class);
                assertThatThrownBy(() -> {
                            SSLSocket socket =
                                    (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port);
                            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"});
                            socket.startHandshake();
                        })
                        .isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void plainHttpGetsNothing() throws Exception {
        TlsFiles files = Certificates.make(folder, "one", "RSA");
        try (TestServer server = server(files);
                Socket socket = new Socket("127.0.0.1", server.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer;
            try {
                answer = socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                answer = new byte[0];
            }
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1.1 200", "alive");
        }
    }

    @Test
    void anotherCertificateIsTakenOverWhileItRuns() throws Exception {
        TlsFiles files = Certificates.make(folder, "one", "RSA");
        SSLContext before = trusting(files);
        try (TestServer server = server(files);
                SSLSocket open = connect(server, before)) {
            TlsFiles renewed = Certificates.make(folder, "other", "EC", "secp256r1");
            Files.copy(renewed.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> server.server.apply(List.of(), TestServer.tokens(), new Transport.Tls(files)))
                    .as("only half is replaced")
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("another kind");
            Files.copy(renewed.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
            server.server.apply(List.of(), TestServer.tokens(), new Transport.Tls(files));

            assertThat(ask(open)).as("who is connected stays so").startsWith("HTTP/1.1 200 ");
            try (SSLSocket socket = connect(server, trusting(renewed))) {
                X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
                assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=other");
            }
            assertThatThrownBy(() -> connect(server, before)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void filesThatCannotBeUsedAreExplained() throws Exception {
        TlsFiles good = Certificates.make(folder, "one", "RSA");
        TlsFiles other = Certificates.make(folder, "other", "RSA");
        TlsFiles curve = Certificates.make(folder, "curve", "EC", "secp256r1");
        assertThatCode(good::load).doesNotThrowAnyException();

        refused(new TlsFiles(good.certificate(), other.key()), "is not that of the first certificate");
        refused(new TlsFiles(good.certificate(), curve.key()), "another kind");
        refused(new TlsFiles(good.key(), good.key()), "no certificates");
        refused(new TlsFiles(good.certificate(), good.certificate()), "no private key");
        refused(new TlsFiles(folder.resolve("none"), good.key()), "cannot be read");
        byte[] any = {1, 2, 3};
        refused(
                new TlsFiles(good.certificate(), Certificates.write(folder.resolve("a"), "RSA PRIVATE KEY", any)),
                "openssl pkcs8 -topk8 -nocrypt -in");
        refused(
                new TlsFiles(good.certificate(), Certificates.write(folder.resolve("b"), "ENCRYPTED PRIVATE KEY", any)),
                "openssl pkcs8 -in");
        refused(
                new TlsFiles(good.certificate(), Certificates.write(folder.resolve("c"), "PRIVATE KEY", any)),
                "damaged");
    }

    private static void refused(TlsFiles files, String why) {
        assertThatThrownBy(files::load).isInstanceOf(ServerException.class).hasMessageContaining(why);
    }

    /** ASVS 3.4: as the cookies are set where there is TLS. */
    @Test
    void cookiesAreBoundToTheServerAndToTls() {
        SessionCookie cookie = new SessionCookie(true);
        assertThat(cookie.set("S".repeat(43)))
                .isEqualTo("__Host-levee=" + "S".repeat(43) + "; Path=/; HttpOnly; SameSite=Strict; Secure");
        assertThat(cookie.begin("S".repeat(43)))
                .startsWith("__Host-levee-sign-in=")
                .contains("; HttpOnly; SameSite=Lax; Secure; Max-Age=600");
        assertThat(cookie.clear()).contains("Max-Age=0", "Secure");
    }
}
