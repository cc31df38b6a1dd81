package levee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.access.Accounts;
import levee.access.PasswordWork;
import levee.access.Role;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.FindingEvent;
import levee.model.FindingId;
import levee.model.Group;
import levee.model.InfectedHost;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.report.FindingJson;
import levee.server.Operation;
import levee.store.Annotation;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.testing.SomeAbuse;

/** A running {@code levee serve} of a provider with two customers, each of which was attacked, and accounts of all kinds. */
final class TwoCustomers implements AutoCloseable {
    static final String PASSWORD = "tomatoes in winter";
    static final String READ_TOKEN = "read-51c2d9aa0b7e4f6f9d10";
    static final String WRITE_TOKEN = "write-7f0c4a61e2b94d0c8f3e";
    static final String METRICS_TOKEN = "metrics-51c2d9aa0b7e4f6f9d10";
    static final String CUSTOMER_TOKEN = "customer-51c2d9aa0b7e4f6f9d10";

    static final String OWN_TARGET = "192.0.2.7";
    static final String OTHER_TARGET = "198.51.100.9";
    static final String OWN_INFECTED = "192.0.2.77";
    static final String OTHER_INFECTED = "198.51.100.77";
    private static final String SCANNING = "203.0.113.128/25";

    /** What must not reach the other customer. */
    static final List<String> OF_OTHERS = List.of(
            OTHER_TARGET,
            OTHER_INFECTED,
            "198.51.100.0",
            "Other Company",
            "other-group",
            "noc@other.example",
            "seen-by-other",
            "note-of-other");

    /** What is the provider's own. */
    static final List<String> OF_PROVIDER = List.of("203.0.113.254", "203.0.113.128", "botnet-", "spoofed-traffic-");

    private static final Pattern TOKEN_FIELD = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    final HttpClient client = HttpClient.newHttpClient();
    final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    final String ownOpen;
    final String otherOpen;
    final String ownInfected;
    final String otherInfected;
    /** It commands hosts of both. */
    final String server;

    final Accounts accounts;
    final int port;
    private final Store store;
    private final LiveService service;

    TwoCustomers(Path folder) throws Exception {
        this(folder, "");
    }

    /** @param more settings */
    TwoCustomers(Path folder, String more) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        store = Store.open(new StoreLocation.SqliteFile(data.resolve("levee.db")));
        Instant now = InstantSource.system().instant();
        ownOpen = save(
                OWN_TARGET,
                Attack.State.OPEN,
                now.minusSeconds(60),
                group("shop-group", "Example Shop", "noc@shop.example", "192.0.2.0/24"),
                "seen-by-own");
        save(
                OWN_TARGET,
                Attack.State.ENDED,
                now.minusSeconds(7_200),
                group("shop-group", "Example Shop", "noc@shop.example", "192.0.2.0/24"),
                "seen-by-own");
        otherOpen = save(
                OTHER_TARGET,
                Attack.State.OPEN,
                now.minusSeconds(60),
                group("other-group", "Other Company", "noc@other.example", "198.51.100.0/24"),
                "seen-by-other");
        save(
                OTHER_TARGET,
                Attack.State.ENDED,
                now.minusSeconds(7_200),
                group("other-group", "Other Company", "noc@other.example", "198.51.100.0/24"),
                "seen-by-other");
        SomeAbuse some = new SomeAbuse(now.minusSeconds(120));
        ownInfected = save(some.infected(OWN_INFECTED, InfectedHost.Level.NOTIFY));
        otherInfected = save(some.infected(OTHER_INFECTED, InfectedHost.Level.NOTIFY));
        server = save(some.server(OWN_INFECTED, OTHER_INFECTED));
        save(some.botnet(OWN_INFECTED, OTHER_INFECTED));
        save(some.exposed(OWN_INFECTED, 11_211));
        save(some.exposed(OTHER_INFECTED, 11_211));
        save(some.scanner(SCANNING));
        save(some.spoofed());
        store.annotate(
                otherOpen,
                new Annotation(Annotation.Mark.NOTE, "root-account", now, Optional.empty(), "note-of-other"));
        accounts = new Accounts(store, new PasswordWork(new SecureRandom()), InstantSource.system());
        add("root-account", Role.ADMINISTRATOR, Optional.empty());
        add("oleg", Role.OPERATOR, Optional.empty());
        add("vera", Role.VIEWER, Optional.empty());
        add("shop-operator", Role.OPERATOR, Optional.of("Example Shop"));
        add("shop-viewer", Role.VIEWER, Optional.of("Example Shop"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = folder.resolve("levee.yaml");
        Files.writeString(
                file,
                """
                flows: 127.0.0.1:0
                data: %s
                web: 127.0.0.1:%d
                groups:
                  - {name: shop-group, networks: 192.0.2.0/24, customer: Example Shop, contacts: [noc@shop.example]}
                  - {name: other-group, networks: 198.51.100.0/24, customer: Other Company, contacts: [noc@other.example]}
                tokens:
                  - {name: reader, scope: read, file: %s}
                  - {name: writer, scope: write, file: %s}
                  - {name: prometheus, scope: metrics, file: %s}
                  - {name: shop-token, scope: read, customer: Example Shop, file: %s}
                """.formatted(
                                        data,
                                        port,
                                        secret(folder, READ_TOKEN),
                                        secret(folder, WRITE_TOKEN),
                                        secret(folder, METRICS_TOKEN),
                                        secret(folder, CUSTOMER_TOKEN))
                        + more);
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(file);
        ServeSettings settings = builder.build();
        if (!builder.problems().isEmpty()) {
            throw new AssertionError(builder.problems());
        }
        service = LiveService.start(settings, messages::add);
    }

    private static Path secret(Path folder, String token) throws IOException {
        return Files.writeString(folder.resolve(token), token);
    }

    private void add(String name, Role role, Optional<String> customer) throws Exception {
        accounts.add("test", name, role, customer, PASSWORD);
    }

    private static Group group(String name, String customer, String contact, String network) {
        return new Group(name, List.of(Prefix.parse(network)), Optional.of(customer), List.of(contact));
    }

    private String save(String host, Attack.State state, Instant start, Group group, String evidence) {
        Prefix target = Prefix.host(IpAddress.parse(host));
        Attack.Volume volume = new Attack.Volume(50_000, 22_000_000);
        Attack.Spoofing spoofing = new Attack.Spoofing(Attack.Spoofing.Verdict.UNKNOWN, List.of("too few to tell"));
        Attack.Sample sample = new Attack.Sample(
                40,
                List.of(new Attack.SampledRow(
                        start, IpAddress.parse("203.0.113.7"), 1_024, target.address(), 443, 6, 2, 53, 1, 44)));
        Attack attack = new Attack(
                FindingId.of("attack", target.toString(), start),
                state,
                Attack.Direction.INBOUND,
                target,
                List.of(),
                start,
                start.plusSeconds(20),
                0.97,
                Attack.Visibility.SAMPLED,
                new Attack.Sampling(1_000, 50),
                List.of(new Attack.Ingress("203.0.113.254", 3, 1)),
                new Attack.Peak(12_000, 42_000_000),
                volume,
                Attack.Volume.NONE,
                new Attack.Sources(new Attack.Count(48, false), spoofing, List.of()),
                List.of(new Attack.VectorShare(
                        AttackVector.TCP_SYN_FLOOD,
                        1,
                        1,
                        List.of(),
                        List.of(443),
                        List.of(44),
                        List.of(53),
                        start,
                        start.plusSeconds(20),
                        start.plusSeconds(1),
                        0.97,
                        spoofing,
                        Set.of(),
                        sample)),
                new Attack.Timeline(
                        start, Duration.ofSeconds(1), Map.of(AttackVector.TCP_SYN_FLOOD, List.of(volume)), List.of()),
                sample,
                List.of(new Evidence(evidence, 50_000, 200, "count")),
                Optional.of(group));
        store.save(new StoredFinding(
                attack.id(),
                attack.kind(),
                state == Attack.State.OPEN ? StoredFinding.State.OPEN : StoredFinding.State.ENDED,
                target.toString(),
                attack.start(),
                attack.end(),
                attack.start().plusSeconds(1),
                StoredFinding.Mode.ALERT,
                1,
                attack.start().plusSeconds(2),
                FindingJson.of(attack)));
        return attack.id();
    }

    private String save(Abuse abuse) {
        FindingJournal journal = new FindingJournal(StoredFinding.Mode.ALERT, InstantSource.system());
        store.save(journal.note(new FindingEvent(FindingEvent.Change.OPENED, abuse))
                .stored());
        return abuse.id();
    }

    List<Operation> operations() {
        return service.operations();
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    /** What somebody shows who has signed in. */
    record SignedIn(String cookie, String csrfToken) {}

    /** Signs in as a browser does. */
    SignedIn signIn(String name) throws Exception {
        HttpResponse<String> answer = post(
                "/sign-in", form(Map.of("name", name, "password", PASSWORD, "to", "/account")), "Origin", origin());
        if (answer.statusCode() != 303) {
            throw new AssertionError(name + " is not let in: " + answer.statusCode() + " " + answer.body());
        }
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        Matcher token = TOKEN_FIELD.matcher(get("/account", "Cookie", cookie).body());
        if (!token.find()) {
            throw new AssertionError("no form on the page");
        }
        return new SignedIn(cookie, token.group(1));
    }

    static String form(Map<String, String> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers).build());
    }

    HttpResponse<String> post(String path, String form, String... headers) throws Exception {
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    /** Status and, after a moment, what has come so far of an answer that may never end. */
    record Heard(int status, String text) {}

    Heard listen(HttpRequest request, Duration moment) throws Exception {
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            // The server hung up after a request before, whose body it did not read.
            answer = client.send(request, BodyHandlers.ofInputStream());
        }
        int status = answer.statusCode();
        StringBuilder heard = new StringBuilder(answer.headers().map().toString());
        InputStream body = answer.body();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            byte[] bytes = new byte[8_192];
            try {
                for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
                    synchronized (heard) {
                        heard.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                // Hung up below.
            }
        });
        try {
            reading.get(moment.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It goes on.
        }
        body.close();
        synchronized (heard) {
            return new Heard(status, heard.toString());
        }
    }

    @Override
    public void close() {
        client.close();
        service.close();
        store.close();
    }
}
