package levee.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import levee.access.OpenIdException.Reason;
import levee.access.OpenIdProvider.Answer;
import levee.access.OpenIdProvider.Beginning;
import levee.access.OpenIdProvider.Identity;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenIdProviderTest {
    private static final URI REDIRECT = URI.create("https://levee.example.net/sign-in/openid/callback");

    private final TestClock clock = new TestClock();
    private FakeProvider fake;
    private OpenIdProvider provider;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeProvider();
        provider = provider(settings(fake.issuer));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private static OpenIdSettings settings(URI issuer) {
        return new OpenIdSettings(
                issuer,
                FakeProvider.CLIENT,
                Optional.of(FakeProvider.SECRET),
                REDIRECT,
                "groups",
                Map.of("noc", Role.OPERATOR, "everybody", Role.VIEWER, "root", Role.ADMINISTRATOR),
                Optional.of("customer"));
    }

    private OpenIdProvider provider(OpenIdSettings settings) {
        return new OpenIdProvider(settings, clock, new SecureRandom());
    }

    private static Answer answer(Map<String, String> begun, String code) {
        return new Answer(
                Optional.ofNullable(begun.get("state")), Optional.of(code), Optional.empty(), Optional.empty());
    }

    private Identity signIn() throws OpenIdException {
        Beginning beginning = provider.begin("/wanted");
        String code = fake.authorize(beginning.address());
        return provider.finish(answer(fake.begun, code), Optional.of(beginning.browserSecret()));
    }

    private void refused(Reason reason, String why) {
        assertThatExceptionOfType(OpenIdException.class)
                .isThrownBy(this::signIn)
                .withMessageContaining(why)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    @Test
    void somebodyForWhomTheProviderVouchesIsLetIn() throws Exception {
        assertThat(signIn())
                .isEqualTo(new Identity("openid:jane.doe(248289761001)", Role.OPERATOR, Optional.empty(), "/wanted"));
    }

    /** OpenID Connect Core, section 3.1.2.1, and RFC 7636, section 4.3. */
    @Test
    void theBrowserIsSentWithAllThatBindsTheAnswer() throws Exception {
        Beginning one = provider.begin("/");
        Beginning other = provider.begin("/");

        assertThat(one.address().toString()).startsWith(fake.issuer + "/authorize?");
        Map<String, String> sent = FakeProvider.form(one.address().getRawQuery());
        assertThat(sent)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", FakeProvider.CLIENT)
                .containsEntry("redirect_uri", REDIRECT.toString())
                .containsEntry("code_challenge_method", "S256");
        assertThat(sent.get("scope").split(" ")).contains("openid");
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertThat(sent.get(name)).hasSize(43);
            assertThat(sent.get(name))
                    .isNotEqualTo(
                            FakeProvider.form(other.address().getRawQuery()).get(name));
        }
        assertThat(one.address().toString()).doesNotContain(one.browserSecret());
        assertThat(one.toString()).doesNotContain(one.browserSecret(), sent.get("state"));
        assertThat(settings(fake.issuer).toString()).doesNotContain(FakeProvider.SECRET);
    }

    @TestFactory
    Stream<DynamicTest> allAlgorithmsThatAreAcceptedWork() {
        return Stream.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA)
                .map(algorithm -> DynamicTest.dynamicTest(algorithm.getName(), () -> {
                    fake.algorithm = algorithm;
                    assertThat(signIn().role()).isEqualTo(Role.OPERATOR);
                }));
    }

    // --- Tokens that must not count ---

    @Test
    void anUnsignedTokenIsRefused() {
        fake.token = text -> text.replaceFirst(
                "\"id_token\":\"[^.]+\\.([^.]+)\\.[^\"]+\"",
                "\"id_token\":\"" + base64("{\"alg\":\"none\"}") + ".$1.\"");
        refused(Reason.REFUSED, "token");
    }

    @Test
    void aTokenSignedWithWhatIsNoSecretIsRefused() throws Exception {
        // The public key as the secret of HMAC: the classic confusion.
        fake.token = text -> {
            String claims = text.replaceFirst("(?s).*\"id_token\":\"[^.]+\\.([^.]+)\\..*", "$1");
            try {
                com.nimbusds.jose.JWSObject forged = new com.nimbusds.jose.JWSObject(
                        new com.nimbusds.jose.JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID("rsa-1")
                                .build(),
                        new com.nimbusds.jose.Payload(new com.nimbusds.jose.util.Base64URL(claims)));
                forged.sign(new com.nimbusds.jose.crypto.MACSigner(
                        fake.rsa.toRSAPublicKey().getEncoded()));
                return "{\"id_token\":\"" + forged.serialize() + "\"}";
            } catch (com.nimbusds.jose.JOSEException e) {
                throw new AssertionError(e);
            }
        };
        refused(Reason.REFUSED, "RS256, ES256 and EdDSA");
    }

    @Test
    void aTokenSignedBySomebodyElseIsRefused() {
        fake.signing = FakeProvider.rsa("rsa-1");
        refused(Reason.REFUSED, "not signed by the provider");
        fake.signing = FakeProvider.rsa("unknown key");
        refused(Reason.REFUSED, "not signed by the provider");
    }

    @Test
    void aChangedTokenIsRefused() {
        fake.token = text -> {
            String[] parts = text.split("\\.", -1);
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return parts[0] + "." + base64(claims.replace("noc", "root")) + "." + parts[2];
        };
        refused(Reason.REFUSED, "not signed by the provider");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @TestFactory
    Stream<DynamicTest> aTokenWithAWrongClaimIsRefused() {
        Date past = Date.from(TestClock.NOW.minusSeconds(61));
        Date future = Date.from(TestClock.NOW.plusSeconds(61));
        return Stream.of(
                claim("another issuer", "another issuer", c -> c.issuer("https://elsewhere.example")),
                claim("no issuer", "another issuer", c -> c.issuer(null)),
                claim("another audience", "another program", c -> c.audience("somebody")),
                claim("no audience", "another program", c -> c.audience((String) null)),
                claim("several without party", "another program", c -> c.audience(List.of(FakeProvider.CLIENT, "x"))),
                claim("another party", "another program", c -> c.claim("azp", "somebody")),
                claim("another nonce", "another sign-in", c -> c.claim("nonce", "of somebody else")),
                claim("no nonce", "another sign-in", c -> c.claim("nonce", null)),
                claim("expired", "expired", c -> c.expirationTime(past)),
                claim("without end", "expired", c -> c.expirationTime(null)),
                claim("of the future", "future", c -> c.issueTime(future)),
                claim("without time", "future", c -> c.issueTime(null)),
                claim("not valid yet", "not valid yet", c -> c.notBeforeTime(future)),
                claim("no subject", "who you are", c -> c.subject(null)),
                claim("hostile subject", "who you are", c -> c.subject("a) (b\n")),
                claim("long subject", "who you are", c -> c.subject("a".repeat(101))),
                claim("no role", "no role in Levee", c -> c.claim("groups", List.of("staff"))),
                claim("no roles claim", "no role in Levee", c -> c.claim("groups", null)),
                claim("roles of a strange kind", "no role in Levee", c -> c.claim("groups", Map.of("noc", true))),
                claim("nonce of a strange kind", "cannot be read", c -> c.claim("nonce", List.of(1))),
                claim("two customers", "limits you", c -> c.claim("customer", List.of("a", "b"))),
                claim("hostile customer", "limits you", c -> c.claim("customer", "a\nb")),
                claim(
                        "administrator of a customer",
                        "limits you",
                        c -> c.claim("customer", "a").claim("groups", "root")));
    }

    private DynamicTest claim(
            String name, String why, java.util.function.UnaryOperator<com.nimbusds.jwt.JWTClaimsSet.Builder> change) {
        return DynamicTest.dynamicTest(name, () -> {
            fake.claims = change;
            refused(Reason.REFUSED, why);
        });
    }

    @Test
    void severalAudiencesAreGoodIfTheTokenWasMadeForLevee() throws Exception {
        fake.claims = c -> c.audience(List.of(FakeProvider.CLIENT, "x")).claim("azp", FakeProvider.CLIENT);
        assertThat(signIn().role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void clocksMayBeAMinuteOff() throws Exception {
        fake.claims = c -> c.issueTime(Date.from(TestClock.NOW.plusSeconds(59)))
                .expirationTime(Date.from(TestClock.NOW.minusSeconds(59)));
        assertThat(signIn().role()).isEqualTo(Role.OPERATOR);
    }

    // --- Roles, names, customers ---

    @Test
    void rolesComeFromATextAListOrWithinAnObjectAndTheHighestCounts() throws Exception {
        fake.claims = c -> c.claim("groups", "everybody");
        assertThat(signIn().role()).isEqualTo(Role.VIEWER);
        fake.claims = c -> c.claim("groups", List.of("everybody", "root", "noc"));
        assertThat(signIn().role()).isEqualTo(Role.ADMINISTRATOR);

        OpenIdSettings usual = settings(fake.issuer);
        provider = provider(new OpenIdSettings(
                usual.issuer(),
                usual.clientId(),
                usual.clientSecret(),
                usual.redirect(),
                "realm_access.roles",
                usual.roles(),
                usual.customerClaim()));
        fake.claims = c -> c.claim("realm_access", Map.of("roles", List.of("noc")));
        assertThat(signIn().role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void theCustomerComesFromItsClaim() throws Exception {
        fake.claims = c -> c.claim("customer", "Example Shop");
        assertThat(signIn().customer()).contains("Example Shop");
    }

    @Test
    void aHostileNameCannotLookLikeAnother() throws Exception {
        fake.claims = c -> c.claim("preferred_username", "root(1)\n ada");
        assertThat(signIn().name()).isEqualTo("openid:root1ada(248289761001)");
        fake.claims = c -> c.claim("preferred_username", null);
        assertThat(signIn().name()).isEqualTo("openid:248289761001");
    }

    // --- State, browser ---

    @Test
    void anAnswerCountsOnceAndOnlyInItsBrowser() throws Exception {
        Beginning beginning = provider.begin("/");
        Beginning ofAnotherBrowser = provider.begin("/");
        String code = fake.authorize(beginning.address());
        Answer answer = answer(fake.begun, code);

        unexpected(answer, Optional.empty());
        unexpected(answer, Optional.of(ofAnotherBrowser.browserSecret()));
        unexpected(answer(Map.of("state", "made up"), code), Optional.of(beginning.browserSecret()));
        unexpected(answer(Map.of(), code), Optional.of(beginning.browserSecret()));
        assertThat(provider.finish(answer, Optional.of(beginning.browserSecret()))
                        .role())
                .as("somebody else's attempts have not ended it")
                .isEqualTo(Role.OPERATOR);
        unexpected(answer, Optional.of(beginning.browserSecret()));
    }

    private void unexpected(Answer answer, Optional<String> browser) {
        assertThatExceptionOfType(OpenIdException.class)
                .isThrownBy(() -> provider.finish(answer, browser))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNEXPECTED));
    }

    @Test
    void aSignInThatTakesTooLongBeginsAgain() throws Exception {
        Beginning beginning = provider.begin("/");
        String code = fake.authorize(beginning.address());
        clock.move(Duration.ofMinutes(10));
        unexpected(answer(fake.begun, code), Optional.of(beginning.browserSecret()));
    }

    @Test
    void theProvidersRefusalIsSaidAndNothingElseOfIt() throws Exception {
        for (String error : List.of("access_denied", "<script>alert(1)</script>")) {
            Beginning beginning = provider.begin("/");
            fake.authorize(beginning.address());
            Answer answer = new Answer(
                    Optional.ofNullable(fake.begun.get("state")),
                    Optional.empty(),
                    Optional.of(error),
                    Optional.empty());
            assertThatExceptionOfType(OpenIdException.class)
                    .isThrownBy(() -> provider.finish(answer, Optional.of(beginning.browserSecret())))
                    .satisfies(failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
                        assertThat(failure.getMessage()).doesNotContain("<", ">", "(");
                    });
        }
    }

    /** RFC 9207: the mix-up of two providers. */
    @Test
    void anAnswerOfAnotherProviderIsRefused() throws Exception {
        Beginning beginning = provider.begin("/");
        String code = fake.authorize(beginning.address());
        unexpected(
                new Answer(
                        Optional.ofNullable(fake.begun.get("state")),
                        Optional.of(code),
                        Optional.empty(),
                        Optional.of("https://elsewhere.example")),
                Optional.of(beginning.browserSecret()));
    }

    @Test
    @Tag("slow")
    void theNumberOfThoseBegunIsBounded() throws Exception {
        Beginning first = provider.begin("/");
        String code = fake.authorize(first.address());
        Map<String, String> begun = fake.begun;
        for (int i = 0; i < 10_000; i++) {
            provider.begin("/");
        }
        unexpected(answer(begun, code), Optional.of(first.browserSecret()));
    }

    // --- The provider's own troubles ---

    @Test
    void aProviderThatIsAwayIsSaid() throws Exception {
        fake.isDown = true;
        refused(Reason.UNREACHABLE, "status 503");
        fake.isDown = false;
        refused(Reason.UNREACHABLE, "cannot be reached");
        clock.move(Duration.ofSeconds(2));
        fake.claims = c -> c.issueTime(Date.from(clock.instant()));
        assertThat(signIn().role()).as("it is back").isEqualTo(Role.OPERATOR);

        fake.close();
        clock.move(Duration.ofHours(2));
        refused(Reason.UNREACHABLE, "cannot be reached");
    }

    @Test
    void whatTheProviderSaysIsKeptForAnHour() throws Exception {
        signIn();
        signIn();
        assertThat(fake.asked(".well-known/openid-configuration")).isEqualTo(1);
        assertThat(fake.asked("keys")).isEqualTo(1);

        clock.move(Duration.ofHours(1));
        fake.claims = c -> c.issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
        signIn();
        assertThat(fake.asked(".well-known/openid-configuration")).isEqualTo(2);
        assertThat(fake.asked("keys")).isEqualTo(2);
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
        signIn();
        RSAKey renewed = FakeProvider.rsa("rsa-2");
        fake.signing = renewed;
        fake.published = List.of(renewed.toPublicJWK());
        refused(Reason.REFUSED, "not signed by the provider");
        assertThat(fake.asked("keys")).as("not twice within half a minute").isEqualTo(1);

        clock.move(Duration.ofSeconds(31));
        assertThat(signIn().role()).isEqualTo(Role.OPERATOR);
    }

    @TestFactory
    Stream<DynamicTest> aProviderThatSaysStrangeThingsIsNotFollowed() {
        return Stream.of(
                        Map.entry("another issuer", "\"issuer\":\"https://elsewhere.example\""),
                        Map.entry("plain http elsewhere", "\"token_endpoint\":\"http://elsewhere.example/token\""),
                        Map.entry("a file", "\"jwks_uri\":\"file:///etc/passwd\""),
                        Map.entry("no address", "\"authorization_endpoint\":\"::\""),
                        Map.entry("a name and a password", "\"token_endpoint\":\"https://a:b@elsewhere.example/\""))
                .map(strange -> DynamicTest.dynamicTest(strange.getKey(), () -> {
                    String key = strange.getValue().split(":", 2)[0];
                    clock.move(Duration.ofSeconds(2));
                    fake.discovery = text -> text.replaceAll(key + ":\"[^\"]*\"", strange.getValue());
                    refused(Reason.UNREACHABLE, "does not work as it should");
                }));
    }

    @Test
    void anAnswerThatIsTooLongOrNoJsonIsCutOff() {
        fake.discovery = text -> "x".repeat(300_000);
        refused(Reason.UNREACHABLE, "too long");
        clock.move(Duration.ofSeconds(2));
        fake.discovery = text -> "<html>";
        refused(Reason.UNREACHABLE, "no JSON");
        clock.move(Duration.ofSeconds(2));
        fake.discovery = text -> "[]";
        refused(Reason.UNREACHABLE, "does not work as it should");
    }

    @Test
    void aWrongSecretIsSaidToWhoSetItUp() throws Exception {
        OpenIdSettings usual = settings(fake.issuer);
        provider = provider(new OpenIdSettings(
                usual.issuer(),
                usual.clientId(),
                Optional.of("wrong"),
                usual.redirect(),
                usual.rolesClaim(),
                usual.roles(),
                usual.customerClaim()));
        refused(Reason.UNREACHABLE, "client-secret-file is wrong");
    }

    @Test
    void aCodeThatIsNotGoodIsRefused() throws Exception {
        Beginning beginning = provider.begin("/");
        fake.authorize(beginning.address());
        assertThatExceptionOfType(OpenIdException.class)
                .isThrownBy(
                        () -> provider.finish(answer(fake.begun, "made up"), Optional.of(beginning.browserSecret())))
                .withMessageContaining("invalid_grant")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.REFUSED));
    }
}
