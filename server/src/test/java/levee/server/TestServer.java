package levee.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import levee.access.AccessException;
import levee.access.BusyException;
import levee.access.People;
import levee.access.Role;
import levee.access.SessionLimits;
import levee.access.SignIn;
import levee.testing.TestClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a free port of loopback, with all that it needs, and somebody who calls it. */
final class TestServer implements AutoCloseable {
    static final String WRITE_TOKEN = "write-7f0c4a61e2b94d0c8f3e";
    static final String READ_TOKEN = "read-51c2d9aa0b7e4f6f9d10";
    static final ServerLimits LIMITS = new ServerLimits(600, 500, Duration.ofSeconds(5), Duration.ofMillis(200), 10);

    final FakeStore store = new FakeStore();
    final FakeSystem system = new FakeSystem();
    final TestClock clock = new TestClock();
    final FindingFeed feed = new FindingFeed(clock, 1_000, 16 << 20);
    final List<String> complaints = new CopyOnWriteArrayList<>();
    final People people = new People(store, clock, new SecureRandom(), SessionLimits.USUAL, Optional.empty());
    final LeveeServer server;
    final int port;
    final HttpClient client = HttpClient.newHttpClient();

    TestServer(ServerSettings settings) throws ServerException {
        server = new LeveeServer(settings, store, system, feed, clock, complaints::add, people, Addition.NONE);
        port = server.start();
    }

    static TestServer withTokens() throws ServerException {
        return new TestServer(settings(tokens(), List.of()));
    }

    static TestServer withoutTokens() throws ServerException {
        return new TestServer(settings(List.of(), List.of()));
    }

    static ServerSettings settings(List<AccessToken> tokens, List<String> names) {
        return new ServerSettings("127.0.0.1", 0, names, tokens, Operation.Access.VIEWERS, "1.2.3", LIMITS);
    }

    static List<AccessToken> tokens() throws ServerException {
        return List.of(
                AccessToken.ofHash("viewer", Scope.READ, hash(READ_TOKEN)),
                AccessToken.ofHash("ann", Scope.WRITE, hash(WRITE_TOKEN)));
    }

    static String hash(String token) {
        return HexFormat.of().formatHex(AccessToken.hash(token));
    }

    /** Somebody who has signed in: the header {@code Cookie}, and what forms hold. */
    record SignedIn(String cookie, String csrfToken) {}

    static final String PASSWORD = "tomatoes in winter";

    /** Makes an account and signs it in. */
    SignedIn signIn(String name, Role role, Optional<String> customer) {
        try {
            people.accounts().add("test", name, role, customer, PASSWORD);
            return signIn(name);
        } catch (AccessException | BusyException e) {
            throw new AssertionError(e);
        }
    }

    /** Signs an account in once more. */
    SignedIn signIn(String name) {
        try {
            if (people.signIn().withPassword(name, PASSWORD, "192.0.2.1", Optional.empty())
                    instanceof SignIn.Outcome.Success success) {
                return new SignedIn(
                        "levee=" + success.started().secret(),
                        success.started().session().csrfToken());
            }
            throw new AssertionError("not let in: " + name);
        } catch (BusyException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("the server did not answer " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** What the server says to these bytes, until it closes the connection. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static String bearer(String token) {
        return "Bearer " + token;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
