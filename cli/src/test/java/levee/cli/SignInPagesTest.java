package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.access.Role;
import levee.cli.TwoCustomers.SignedIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and out and what belongs to it, as a browser without scripts sees it. */
@Tag("slow")
final class SignInPagesTest {
    private static final String[] BROWSER = {"Accept", "text/html"};

    @TempDir
    static Path folder;

    private static SmallOpenIdProvider vouching;
    private static TwoCustomers provider;

    @BeforeAll
    static void start() throws Exception {
        vouching = new SmallOpenIdProvider();
        provider = new TwoCustomers(folder, """
            sign-in:
              oidc:
                issuer: %s
                client-id: levee
                redirect: http://127.0.0.1:8080/sign-in/openid/callback
                roles-claim: groups
                roles: {noc: operator}
            """.formatted(vouching.issuer()));
    }

    @AfterAll
    static void stop() {
        provider.close();
        vouching.close();
    }

    private static HttpResponse<String> signIn(String name, String password, String to, String... headers)
            throws Exception {
        return provider.post(
                "/sign-in", TwoCustomers.form(Map.of("name", name, "password", password, "to", to)), headers);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    @Test
    void whoHasNotSignedInIsLedThereAndBack() throws Exception {
        HttpResponse<String> asked = provider.get("/attacks?state=open", BROWSER);
        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(location(asked)).isEqualTo("/sign-in?to=%2Fattacks%3Fstate%3Dopen");

        HttpResponse<String> page = provider.get(location(asked));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("name=\"to\" value=\"/attacks?state=open\"", "autocomplete=\"current-password\"")
                .contains("Sign in over 127.0.0.1");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'", "form-action 'self'");

        HttpResponse<String> in =
                signIn("vera", TwoCustomers.PASSWORD, "/attacks?state=open", "Origin", provider.origin());
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(location(in)).isEqualTo("/attacks?state=open");
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).matches("levee=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    }

    /** Programs get the status, and no page. */
    @Test
    void programsAreNotLedAnywhere() throws Exception {
        assertThat(provider.get("/api/v1/findings", BROWSER).statusCode()).isEqualTo(401);
        assertThat(provider.get("/attacks").statusCode()).isEqualTo(401);
    }

    /** ASVS 5.1.5: nobody is led to another site. */
    @Test
    void onlyPathsOfThisServerAreGoneTo() throws Exception {
        for (String evil : List.of(
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "/\t/evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=y",
                "\\\\evil.example",
                "/\u2028x",
                "evil",
                "/" + "a".repeat(600))) {
            HttpResponse<String> in = signIn("vera", TwoCustomers.PASSWORD, evil, "Origin", provider.origin());
            assertThat(location(in)).as(evil).isEqualTo("/");
        }
        assertThat(provider.get("/sign-in?to=%2F%2Fevil.example").body()).doesNotContain("evil");
    }

    @Test
    void aPageOfAnotherSiteCannotSignSomebodyIn() throws Exception {
        assertThat(signIn("vera", TwoCustomers.PASSWORD, "/", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(signIn("vera", TwoCustomers.PASSWORD, "/", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(signIn("vera", TwoCustomers.PASSWORD, "/").statusCode())
                .as("no page")
                .isEqualTo(403);
    }

    @Test
    void whatIsWrongIsSaidWithoutTellingWhichNamesThereAre() throws Exception {
        HttpResponse<String> wrong = signIn("vera", "wrong but long", "/attacks", "Origin", provider.origin());
        HttpResponse<String> unknown = signIn("<b>who</b>", "wrong but long", "/attacks", "Origin", provider.origin());
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).contains("do not belong together").isEqualTo(unknown.body());
        assertThat(wrong.body()).doesNotContain("wrong but long");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    }

    /** A link in an alert is followed without the cookie, for it comes from another site. */
    @Test
    void aLinkFromElsewhereBecomesAStepWithin() throws Exception {
        HttpResponse<String> step =
                provider.get("/attacks?state=open&target=", "Accept", "text/html", "Sec-Fetch-Site", "cross-site");
        assertThat(step.statusCode()).isEqualTo(200);
        assertThat(step.body()).contains("content=\"0;url=/attacks?state=open&amp;target=\"");
        assertThat(provider.get("/attacks", "Accept", "text/html", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .as("no circle")
                .isEqualTo(303);
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        SignedIn vera = provider.signIn("vera");
        String form = TwoCustomers.form(Map.of("csrf", vera.csrfToken()));
        assertThat(provider.post("/sign-out", "csrf=wrong", "Cookie", vera.cookie(), "Origin", provider.origin())
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> out =
                provider.post("/sign-out", form, "Cookie", vera.cookie(), "Origin", provider.origin());

        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(out.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("levee=;")
                .contains("Max-Age=0");
        assertThat(provider.get("/api/v1/findings", "Cookie", vera.cookie()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void theOwnPasswordIsChangedAndEndsAllSessions() throws Exception {
        provider.accounts.add("test", "paul", Role.VIEWER, Optional.empty(), TwoCustomers.PASSWORD);
        SignedIn one = provider.signIn("paul");
        SignedIn other = provider.signIn("paul");
        assertThat(provider.get("/account", "Cookie", one.cookie()).body())
                .contains("this one", "/account/sessions/")
                .doesNotContain(one.cookie(), other.cookie().substring(6));

        assertThat(change(one, "wrong but long", "cucumbers in spring", "cucumbers in spring")
                        .statusCode())
                .isEqualTo(403);
        assertThat(change(one, TwoCustomers.PASSWORD, "cucumbers in spring", "cucumbers")
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> weak = change(one, TwoCustomers.PASSWORD, "password1234", "password1234");
        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(weak.body()).contains("guessed first");
        assertThat(change(one, TwoCustomers.PASSWORD, "cucumbers in spring", "cucumbers in spring")
                        .statusCode())
                .isEqualTo(303);
        for (SignedIn each : List.of(one, other)) {
            assertThat(provider.get("/account", "Cookie", each.cookie()).statusCode())
                    .isEqualTo(401);
        }
        assertThat(signIn("paul", "cucumbers in spring", "/", "Origin", provider.origin())
                        .statusCode())
                .isEqualTo(303);
    }

    private static HttpResponse<String> change(SignedIn who, String former, String wanted, String again)
            throws Exception {
        return provider.post(
                "/account/password",
                TwoCustomers.form(
                        Map.of("csrf", who.csrfToken(), "former", former, "password", wanted, "again", again)),
                "Cookie",
                who.cookie(),
                "Origin",
                provider.origin());
    }

    @Test
    void oneEndsOnlyOnesOwnSessions() throws Exception {
        SignedIn vera = provider.signIn("vera");
        SignedIn oleg = provider.signIn("oleg");
        Matcher number = Pattern.compile("/sessions/([0-9a-f]{16})/end")
                .matcher(provider.get(
                                "/users",
                                "Cookie",
                                provider.signIn("root-account").cookie())
                        .body());
        int ended = 0;
        while (number.find()) {
            provider.post(
                    "/account/sessions/" + number.group(1) + "/end",
                    TwoCustomers.form(Map.of("csrf", vera.csrfToken())),
                    "Cookie",
                    vera.cookie(),
                    "Origin",
                    provider.origin());
            ended++;
        }
        assertThat(ended).isGreaterThan(1);
        assertThat(provider.get("/account", "Cookie", oleg.cookie()).statusCode())
                .isEqualTo(200);
        assertThat(provider.get("/account", "Cookie", vera.cookie()).statusCode())
                .isEqualTo(401);
    }

    private static HttpResponse<String> administer(SignedIn root, String path, Map<String, String> fields)
            throws Exception {
        Map<String, String> all = new HashMap<>(fields);
        all.put("csrf", root.csrfToken());
        return provider.post(path, TwoCustomers.form(all), "Cookie", root.cookie(), "Origin", provider.origin());
    }

    @Test
    void anAdministratorSaysWhoMayWhat() throws Exception {
        SignedIn root = provider.signIn("root-account");
        Map<String, String> eve =
                Map.of("name", "eve", "role", "viewer", "customer", "<i>Shop</i>", "password", "lettuce in autumn");

        assertThat(administer(root, "/users", eve).statusCode()).isEqualTo(303);
        assertThat(administer(root, "/users", eve).body()).contains("role=\"alert\"", "already");
        assertThat(provider.get("/users", "Cookie", root.cookie()).body())
                .contains("eve", "&lt;i&gt;Shop")
                .doesNotContain("<i>Shop", "argon2", "lettuce");
        assertThat(administer(root, "/users/eve/role", Map.of("role", "operator"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(administer(root, "/users/eve/role", Map.of("role", "emperor"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(administer(root, "/users/eve/disable", Map.of()).statusCode())
                .isEqualTo(303);
        assertThat(signIn("eve", "lettuce in autumn", "/", "Origin", provider.origin())
                        .statusCode())
                .isEqualTo(403);
        assertThat(administer(root, "/users/eve/enable", Map.of()).statusCode()).isEqualTo(303);
        assertThat(administer(root, "/users/eve/password", Map.of("password", "radishes in may"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(signIn("eve", "radishes in may", "/", "Origin", provider.origin())
                        .statusCode())
                .isEqualTo(303);
        assertThat(administer(root, "/users/eve/remove", Map.of()).statusCode()).isEqualTo(303);
        HttpResponse<String> last = administer(root, "/users/root-account/remove", Map.of());
        assertThat(last.statusCode()).isEqualTo(400);
        assertThat(last.body()).contains("last administrator");

        String audit = provider.get("/audit?actor=root-account", "Cookie", root.cookie())
                .body();
        assertThat(audit)
                .contains("account.add", "account.role", "account.disable", "account.enable", "account.remove")
                .doesNotContain("argon2", "lettuce", "radishes");
        String filtered = provider.get("/audit?action=account.role", "Cookie", root.cookie())
                .body();
        assertThat(filtered).contains("viewer to operator").doesNotContain("account.disable");
    }

    // --- Over a provider ---

    @Test
    void whoIsVouchedForGetsIn() throws Exception {
        HttpResponse<String> begun = provider.get("/sign-in/openid?to=%2Fattacks");
        assertThat(begun.statusCode()).isEqualTo(303);
        assertThat(location(begun)).startsWith(vouching.issuer() + "/authorize?");
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).matches("levee-sign-in=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600");
        String back = vouching.agreed(location(begun));

        assertThat(provider.get(back).statusCode()).as("another browser").isEqualTo(400);
        HttpResponse<String> in = provider.get(back, "Cookie", cookie.split(";", 2)[0]);

        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(in.body()).contains("0;url=/attacks");
        List<String> cookies = in.headers().allValues("Set-Cookie");
        String session = cookies.stream()
                .filter(text -> text.startsWith("levee="))
                .findFirst()
                .orElseThrow();
        assertThat(session).contains("SameSite=Strict");
        String shown = session.split(";", 2)[0];
        assertThat(provider.get("/account", "Cookie", shown).body())
                .contains("openid:jane(4711)", "operator", "change your password there");
        assertThat(provider.get("/audit", "Cookie", shown).statusCode()).isEqualTo(403);
        assertThat(provider.get(back, "Cookie", cookie.split(";", 2)[0]).statusCode())
                .as("once")
                .isEqualTo(400);
    }

    @Test
    void whoHasNoRoleIsToldSo() throws Exception {
        vouching.groups = List.of("staff");
        try {
            HttpResponse<String> begun = provider.get("/sign-in/openid");
            String cookie =
                    begun.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            HttpResponse<String> refused = provider.get(vouching.agreed(location(begun)), "Cookie", cookie);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("no role in Levee");
        } finally {
            vouching.groups = List.of("noc");
        }
    }
}
