package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import levee.access.Role;
import levee.cli.TwoCustomers.Heard;
import levee.cli.TwoCustomers.SignedIn;
import levee.server.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what: everything that the running server does, called by everybody there could be. An operation that is not
 * in the table below fails the test, so that nobody adds one without saying who may.
 */
@Tag("slow")
final class RightsMatrixTest {
    @TempDir
    static Path folder;

    private static TwoCustomers provider;

    /** Who may at least, and whether customers may for what is theirs. */
    private enum Right {
        ANYBODY,
        METRICS,
        VIEWERS,
        VIEWERS_AND_CUSTOMERS,
        OPERATORS_AND_CUSTOMERS,
        ADMINISTRATORS,
        /** Who has a session, whatever they may besides. */
        SESSIONS
    }

    private static final Map<String, Right> RIGHTS = new LinkedHashMap<>();

    static {
        String finding = "/api/v1/findings/{id}";
        put(
                Right.ANYBODY,
                "GET /health/live",
                "GET /health/ready",
                "GET /api/v1/openapi.yaml",
                "GET /api/v1/findings.schema.json");
        put(Right.ANYBODY, "GET /sign-in", "POST /sign-in", "GET /sign-in/openid", "GET /sign-in/openid/callback");
        put(Right.METRICS, "GET /metrics");
        put(Right.VIEWERS_AND_CUSTOMERS, "GET /api/v1/findings", "GET " + finding, "GET " + finding + "/revisions");
        put(
                Right.VIEWERS_AND_CUSTOMERS,
                "GET " + finding + "/annotations",
                "GET " + finding + "/sample",
                "GET /api/v1/events");
        put(Right.OPERATORS_AND_CUSTOMERS, "POST " + finding + "/acknowledge", "POST " + finding + "/mute");
        put(Right.OPERATORS_AND_CUSTOMERS, "POST " + finding + "/false-alarm", "POST " + finding + "/clear");
        put(
                Right.VIEWERS,
                "GET /api/v1/exporters",
                "GET /api/v1/stats",
                "GET /api/v1/settings",
                "GET /api/v1/learning");
        put(Right.VIEWERS, "GET /api/v1/traffic", "GET /api/v1/traffic/series");
        put(Right.ADMINISTRATORS, "GET /api/v1/audit");
        put(Right.VIEWERS_AND_CUSTOMERS, "GET /", "GET /attacks", "GET /attacks/{id}", "GET /search", "GET /live");
        put(Right.OPERATORS_AND_CUSTOMERS, "POST /attacks/{id}/acknowledge", "POST /attacks/{id}/mute");
        put(Right.OPERATORS_AND_CUSTOMERS, "POST /attacks/{id}/false-alarm", "POST /attacks/{id}/clear");
        put(Right.VIEWERS_AND_CUSTOMERS, "GET /infected", "GET /infected/{id}", "GET /abuse");
        put(Right.OPERATORS_AND_CUSTOMERS, "POST /infected/{id}/acknowledge", "POST /infected/{id}/mute");
        put(Right.OPERATORS_AND_CUSTOMERS, "POST /infected/{id}/false-alarm", "POST /infected/{id}/clear");
        put(Right.VIEWERS, "GET /servers", "GET /servers/{id}");
        put(Right.VIEWERS, "GET /exporters", "GET /settings", "GET /live/traffic");
        put(Right.VIEWERS, "GET /hosts", "GET /hosts/{address}", "GET /api/v1/talkers", "GET /api/v1/hosts/{address}");
        put(Right.VIEWERS_AND_CUSTOMERS, "POST /sign-out");
        put(Right.SESSIONS, "GET /account", "POST /account/password", "POST /account/sessions/{number}/end");
        put(
                Right.ADMINISTRATORS,
                "GET /users",
                "POST /users",
                "POST /users/{name}/role",
                "POST /users/{name}/password");
        put(
                Right.ADMINISTRATORS,
                "POST /users/{name}/disable",
                "POST /users/{name}/enable",
                "POST /users/{name}/remove");
        put(Right.ADMINISTRATORS, "POST /sessions/{number}/end", "GET /audit");
    }

    private static void put(Right right, String... operations) {
        for (String operation : operations) {
            RIGHTS.put(operation, right);
        }
    }

    /** Somebody who calls. */
    private enum Who {
        NOBODY(0, false),
        FORGED_TOKEN(0, false),
        FORGED_SESSION(0, false),
        ENDED_SESSION(0, false),
        DISABLED(0, false),
        METRICS_TOKEN(1, false),
        READ_TOKEN(2, false),
        CUSTOMER_TOKEN(2, true),
        SHOP_VIEWER(2, true),
        VIEWER(2, false),
        WRITE_TOKEN(3, false),
        SHOP_OPERATOR(3, true),
        OPERATOR(3, false),
        ADMINISTRATOR(4, false);

        /** 0 nobody, 1 metrics, 2 viewer, 3 operator, 4 administrator. */
        final int most;

        final boolean isCustomer;

        Who(int most, boolean isCustomer) {
            this.most = most;
            this.isCustomer = isCustomer;
        }

        boolean hasSession() {
            return this == SHOP_VIEWER
                    || this == VIEWER
                    || this == SHOP_OPERATOR
                    || this == OPERATOR
                    || this == ADMINISTRATOR;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        provider = new TwoCustomers(folder);
        provider.accounts.add("test", "former", Role.ADMINISTRATOR, Optional.empty(), TwoCustomers.PASSWORD);
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @Test
    void everyOperationIsInTheTable() {
        Set<String> there = provider.operations().stream()
                // What styles and scripts are called changes with what they hold.
                .filter(operation -> !operation.path().startsWith("/assets/"))
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(there).isEqualTo(new TreeSet<>(RIGHTS.keySet()));
        assertThat(provider.operations().stream().filter(o -> o.path().startsWith("/assets/")))
                .allMatch(o -> o.method().equals("GET") && o.access() == Operation.Access.ANYBODY);
    }

    @Test
    void everybodyMayWhatTheyMayAndNothingElse() throws Exception {
        Map<Who, List<String>> shown = shown();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        // All at once, for each one is listened to for a while.
        List<Callable<String>> streams = new ArrayList<>();
        for (Map.Entry<String, Right> entry : RIGHTS.entrySet()) {
            String name = entry.getKey();
            for (Who who : Who.values()) {
                if (name.equals("POST /sign-out") && who.hasSession()) {
                    // It would end what the others of this table need; SignInPagesTest does it.
                    continue;
                }
                List<String> headers = shown.getOrDefault(who, List.of());
                if (isStream(name)) {
                    streams.add(() -> {
                        check(name, entry.getValue(), who, headers, provider.ownOpen, wrong);
                        return name;
                    });
                    continue;
                }
                for (String finding : List.of(provider.ownOpen, provider.otherOpen)) {
                    check(name, entry.getValue(), who, headers, finding, wrong);
                    if (!name.contains("{id}")) {
                        break;
                    }
                }
            }
        }
        try (ExecutorService listeners = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> listened : listeners.invokeAll(streams)) {
                listened.get();
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isStream(String name) {
        return name.equals("GET /live") || name.equals("GET /api/v1/events");
    }

    /** Of one address customers see what is theirs; the table above asks for somebody else's. */
    @Test
    void customersSeeHostsOfTheirOwn() throws Exception {
        List<String> shop = session(provider.signIn("shop-viewer"));
        for (String path : List.of("/hosts/", "/api/v1/hosts/")) {
            for (String address : List.of(TwoCustomers.OWN_TARGET, TwoCustomers.OWN_INFECTED, "192.0.2.200")) {
                assertThat(provider.get(path + address, shop.toArray(String[]::new))
                                .statusCode())
                        .isEqualTo(200);
            }
            for (String address : List.of(TwoCustomers.OTHER_TARGET, "203.0.113.254", "2001:db8::1")) {
                assertThat(provider.get(path + address, shop.toArray(String[]::new))
                                .statusCode())
                        .isEqualTo(403);
            }
        }
    }

    /** Findings that tell of hosts of several customers are for none of them. */
    @Test
    void customersSeeWhatIsFoundAboutTheirHostsAlone() throws Exception {
        String[] shop = session(provider.signIn("shop-viewer")).toArray(String[]::new);

        assertThat(provider.get("/infected", shop).body())
                .contains(TwoCustomers.OWN_INFECTED, "1 host to notify")
                .doesNotContain(TwoCustomers.OTHER_INFECTED);
        assertThat(provider.get("/hosts/" + TwoCustomers.OWN_INFECTED, shop).body())
                .contains("Behaviours over time");
        assertThat(provider.get("/abuse", shop).body())
                .contains(TwoCustomers.OWN_INFECTED + ":11211/udp")
                .doesNotContain(TwoCustomers.OTHER_INFECTED, "Scanners");
        assertThat(provider.get("/", shop).body()).contains("1 host to notify, 0 suspected, 0 command servers");
        for (String kind : List.of("command-server", "botnet", "scanner", "spoofed-traffic")) {
            assertThat(provider.get("/api/v1/findings?kind=" + kind, shop).body())
                    .contains("\"findings\":[]");
        }
        for (String kind : List.of("infected-host", "exposed-service")) {
            assertThat(provider.get("/api/v1/findings?kind=" + kind, shop).body())
                    .contains(TwoCustomers.OWN_INFECTED)
                    .doesNotContain(TwoCustomers.OTHER_INFECTED);
        }
        assertThat(provider.get("/api/v1/findings/" + provider.server, shop).statusCode())
                .isEqualTo(404);
    }

    /** The headers that each one shows. */
    private static Map<Who, List<String>> shown() throws Exception {
        Map<Who, List<String>> shown = new LinkedHashMap<>();
        shown.put(Who.FORGED_TOKEN, List.of("Authorization", "Bearer " + TwoCustomers.WRITE_TOKEN + "0"));
        shown.put(Who.FORGED_SESSION, List.of("Cookie", "levee=" + "A".repeat(43)));
        shown.put(Who.METRICS_TOKEN, List.of("Authorization", "Bearer " + TwoCustomers.METRICS_TOKEN));
        shown.put(Who.READ_TOKEN, List.of("Authorization", "Bearer " + TwoCustomers.READ_TOKEN));
        shown.put(Who.WRITE_TOKEN, List.of("Authorization", "Bearer " + TwoCustomers.WRITE_TOKEN));
        shown.put(Who.CUSTOMER_TOKEN, List.of("Authorization", "Bearer " + TwoCustomers.CUSTOMER_TOKEN));
        shown.put(Who.SHOP_VIEWER, session(provider.signIn("shop-viewer")));
        shown.put(Who.SHOP_OPERATOR, session(provider.signIn("shop-operator")));
        shown.put(Who.VIEWER, session(provider.signIn("vera")));
        shown.put(Who.OPERATOR, session(provider.signIn("oleg")));
        shown.put(Who.ADMINISTRATOR, session(provider.signIn("root-account")));
        SignedIn ended = provider.signIn("root-account");
        provider.post(
                "/sign-out",
                TwoCustomers.form(Map.of("csrf", ended.csrfToken())),
                "Cookie",
                ended.cookie(),
                "Origin",
                provider.origin());
        shown.put(Who.ENDED_SESSION, session(ended));
        SignedIn former = provider.signIn("former");
        provider.accounts.disable("test", "former", false);
        shown.put(Who.DISABLED, session(former));
        return shown;
    }

    private static List<String> session(SignedIn signedIn) {
        return List.of("Cookie", signedIn.cookie(), "X-CSRF-Token", signedIn.csrfToken());
    }

    private static void check(String name, Right right, Who who, List<String> shown, String finding, List<String> wrong)
            throws Exception {
        Heard heard = call(name, shown, finding);
        String what =
                name + (name.contains("{id}") ? " of " + (finding.equals(provider.ownOpen) ? "own" : "other") : "")
                        + " by " + who + ": ";
        boolean isForeign = who.isCustomer && name.contains("{id}") && finding.equals(provider.otherOpen);
        int refusal = refusal(right, who);
        if (refusal != 0) {
            if (heard.status() != refusal) {
                wrong.add(what + "status " + heard.status() + " instead of " + refusal);
            }
        } else if (isForeign) {
            if (heard.status() != 404) {
                wrong.add(what + "status " + heard.status() + " instead of 404");
            }
        } else if (heard.status() >= 500 || heard.status() == 401 || heard.status() == 403 && right != Right.ANYBODY) {
            wrong.add(what + "status " + heard.status() + ": " + heard.text());
        } else if (name.contains("{id}") && heard.status() >= 400) {
            wrong.add(what + "status " + heard.status() + ": " + heard.text());
        }
        boolean seesAll = refusal == 0 && right != Right.ANYBODY && !who.isCustomer;
        if (!seesAll) {
            for (String secret : TwoCustomers.OF_OTHERS) {
                if (heard.text().contains(secret)) {
                    wrong.add(what + "it tells " + secret);
                }
            }
            if (who.isCustomer || refusal != 0) {
                for (String secret : TwoCustomers.OF_PROVIDER) {
                    if (heard.text().contains(secret)) {
                        wrong.add(what + "it tells " + secret);
                    }
                }
            }
            if (heard.text().contains(provider.otherOpen) || heard.text().contains(provider.otherInfected)) {
                wrong.add(what + "it tells the id of the other's finding");
            }
        }
        if (refusal != 0 && heard.text().contains(TwoCustomers.OWN_TARGET)) {
            wrong.add(what + "a refusal tells who is attacked");
        }
    }

    /** 0 if there is none. */
    private static int refusal(Right right, Who who) {
        int needed = switch (right) {
            case ANYBODY -> 0;
            case METRICS -> 1;
            case VIEWERS, VIEWERS_AND_CUSTOMERS, SESSIONS -> 2;
            case OPERATORS_AND_CUSTOMERS -> 3;
            case ADMINISTRATORS -> 4;
        };
        if (needed == 0) {
            return 0;
        }
        if (who.most == 0) {
            return 401;
        }
        boolean isForCustomers = right == Right.VIEWERS_AND_CUSTOMERS
                || right == Right.OPERATORS_AND_CUSTOMERS
                || right == Right.SESSIONS;
        boolean isEnough = who.most >= needed && (!who.isCustomer || isForCustomers);
        return isEnough && (right != Right.SESSIONS || who.hasSession()) ? 0 : 403;
    }

    /** Pages of infected hosts and of servers are asked for those. */
    private static String id(String name, String finding) {
        if (name.contains("/servers/")) {
            return provider.server;
        }
        if (!name.contains("/infected/")) {
            return finding;
        }
        return finding.equals(provider.ownOpen) ? provider.ownInfected : provider.otherInfected;
    }

    private static Heard call(String name, List<String> shown, String finding) throws Exception {
        String method = name.substring(0, name.indexOf(' '));
        String path = name.substring(name.indexOf(' ') + 1)
                .replace("{id}", id(name, finding))
                .replace("{address}", TwoCustomers.OTHER_TARGET)
                .replace("{name}", "nobody-of-this-name")
                .replace("{number}", "0123456789abcdef");
        if (path.equals("/search")) {
            path += "?q=" + TwoCustomers.OTHER_TARGET.substring(0, 6);
        } else if (path.equals("/api/v1/traffic")) {
            path += "?series=total";
        }
        HttpRequest.Builder request = provider.request(path);
        for (int i = 0; i < shown.size(); i += 2) {
            request.header(shown.get(i), shown.get(i + 1));
        }
        if (method.equals("POST")) {
            request.header("Origin", provider.origin());
            boolean isApi = path.startsWith("/api/");
            String csrf = shown.size() == 4 ? shown.get(3) : "";
            String body = isApi
                    ? path.endsWith("/mute") ? "{\"until\":\"" + Instant.now().plusSeconds(600) + "\"}" : "{}"
                    : TwoCustomers.form(
                            Map.of("csrf", csrf, "hours", "1", "role", "viewer", "again", "differs", "password", "x"));
            request.header("Content-Type", isApi ? "application/json" : "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body));
        }
        // Streams go on for ever.
        return provider.listen(request.build(), Duration.ofMillis(isStream(name) ? 1_200 : 20_000));
    }
}
