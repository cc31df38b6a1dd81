package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.access.Role;
import levee.access.SessionLimits;
import levee.model.IpAddress;
import levee.server.Scope;
import levee.server.TlsFiles;
import levee.server.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections that say who may use the HTTP interface, and over what: sign-in, tls and tokens. */
final class SignInSectionTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private ServeSettingsBuilder read(String yaml) throws IOException {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(Files.writeString(folder.resolve("levee.yaml"), yaml));
        return builder;
    }

    @Test
    void withoutAnythingPasswordsHoldForHalfAnHourAndTwelveHours() {
        ServeSettings settings = new ServeSettingsBuilder().build();

        assertThat(settings.signIn()).isEqualTo(new SignInSettings(SessionLimits.USUAL, Optional.empty()));
        assertThat(settings.signIn().sessions().idle()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.transport()).isEqualTo(new Transport.Plain());
    }

    @Test
    void everythingIsRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "quite secret\n");
        ServeSettingsBuilder builder = read("""
            sign-in:
              idle: 10m
              longest: 2h
              oidc:
                issuer: https://id.example.net/realms/noc
                client-id: levee
                client-secret-file: %s
                redirect: https://levee.example.net/sign-in/openid/callback
                roles-claim: realm_access.roles
                roles: {noc: operator, root: administrator}
                customer-claim: customer
            tls: {proxies: [127.0.0.1, "2001:db8::1"]}
            tokens:
              - {name: shop, scope: read, customer: Example Shop, sha256: %s}
              - {name: prometheus, scope: metrics, sha256: %s}
            """.formatted(secret, TOKEN, TOKEN));
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.signIn().sessions().idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.signIn().sessions().longest()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.signIn().provider()).hasValueSatisfying(provider -> {
            assertThat(provider.issuer()).hasToString("https://id.example.net/realms/noc");
            assertThat(provider.clientSecret()).contains("quite secret");
            assertThat(provider.roles()).isEqualTo(Map.of("noc", Role.OPERATOR, "root", Role.ADMINISTRATOR));
            assertThat(provider.customerClaim()).contains("customer");
        });
        assertThat(settings.transport())
                .isEqualTo(new Transport.BehindProxies(
                        List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("2001:db8::1"))));
        assertThat(settings.tokens().get(0).customer()).contains("Example Shop");
        assertThat(settings.tokens().get(1).scope()).isEqualTo(Scope.METRICS);
        assertThat(settings.inForce().toString() + settings.signIn()).doesNotContain("quite secret", TOKEN);
    }

    /** All at once, each with its line. */
    @Test
    void allMistakesAreSaid() throws IOException {
        ServeSettingsBuilder builder = read("""
            sign-in:
              idle: 30 seconds
              longest: 1000h
              oidc:
                issuer: http://id.example.net
                client-secret-file: no/such/file
                redirect: https://levee.example.net/elsewhere
                roles: {noc: operater}
            tls: {certificate: no/such/file}
            tokens:
              - {name: a, scope: reed, sha256: %1$s}
              - {name: b, scope: metrics, customer: shop, sha256: %1$s}
            """.formatted(TOKEN));
        builder.build();

        assertThat(String.join("\n", builder.problems()))
                .contains(
                        "line 2, idle: '30 seconds' is not a time",
                        "line 3, longest: '1000h' is not a time",
                        "issuer is no https address",
                        "client-id is missing",
                        "roles-claim is missing",
                        "client-secret-file no/such/file cannot be read",
                        "with the path /sign-in/openid/callback",
                        "Did you mean 'operator'?",
                        "line 9, tls: it needs certificate and key",
                        "the scope 'reed' is none of metrics, read, write. Did you mean 'read'?",
                        "'b' is for metrics");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sign-in: {idle: 2h, longest: 1h} | longest is shorter than idle",
                "sign-in: {idl: 2h} | Did you mean 'idle'?",
                "tls: {certificate: a, key: b, proxies: [127.0.0.1]} | or proxies that do it instead",
                "tls: {proxies: []} | lists the addresses",
                "tls: {proxies: [proxy.example.net]} | proxies",
                "tls: {certificate: a, key: b} | cannot be read",
                "tls: proxy | is not a list of keys and values",
            })
    void eachMistakeIsExplained(String yaml, String problem) throws IOException {
        ServeSettingsBuilder builder = read(yaml + "\n");
        builder.build();
        assertThat(String.join("\n", builder.problems())).contains(problem);
    }

    @Test
    void onlyTheFilesOfTlsChangeWithoutARestart() {
        Transport plain = new Transport.Plain();
        Transport one = new Transport.Tls(new TlsFiles(Path.of("a"), Path.of("b")));
        Transport other = new Transport.Tls(new TlsFiles(Path.of("c"), Path.of("d")));

        assertThat(Reload.keepingKind(one, other)).isEqualTo(other);
        assertThat(Reload.keepingKind(one, plain)).isEqualTo(one);
        assertThat(Reload.keepingKind(plain, one)).isEqualTo(plain);
    }
}
