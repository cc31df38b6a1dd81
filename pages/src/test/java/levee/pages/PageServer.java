package levee.pages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import levee.access.People;
import levee.access.SessionLimits;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Finding;
import levee.report.FindingJson;
import levee.server.FindingFeed;
import levee.server.LeveeServer;
import levee.server.OpenFinding;
import levee.server.Operation.Access;
import levee.server.ServerException;
import levee.server.ServerLimits;
import levee.server.ServerSettings;
import levee.server.SessionCookie;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.testing.TestClock;

/** Pages on a free port of loopback, over a store of their own, and somebody who calls them. */
final class PageServer implements AutoCloseable {
    final TestClock clock = new TestClock(TestClock.NOW.plusMillis(900));
    final FakeSystem system = new FakeSystem();
    final Store store;
    final List<String> complaints = new CopyOnWriteArrayList<>();

    private final LeveeServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    /** @param anonymous what callers may who do not sign in */
    PageServer(Path folder, Access anonymous) throws ServerException {
        store = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
        People people = new People(store, clock, new SecureRandom(), SessionLimits.USUAL, Optional.empty());
        server = new LeveeServer(
                new ServerSettings("127.0.0.1", 0, List.of(), List.of(), anonymous, "1.2.3", ServerLimits.USUAL),
                store,
                system,
                new FindingFeed(clock),
                clock,
                complaints::add,
                people,
                new Pages(
                        new Running(store, system, clock, "1.2.3"), new Signing(people, new SessionCookie(false)), 10));
        port = server.start();
    }

    /** Keeps an attack, and lets it go on if it is open. */
    Attack add(Attack attack) {
        store.save(Attacks.stored(attack));
        if (attack.state() == Attack.State.OPEN) {
            system.add(attack);
        }
        return attack;
    }

    /** Keeps what is no attack under its target, and lets it go on if it is open. */
    <T extends Abuse> T add(T abuse, String target) {
        boolean isOpen = abuse.state() == Finding.State.OPEN;
        store.save(new StoredFinding(
                abuse.id(),
                abuse.kind(),
                isOpen ? StoredFinding.State.OPEN : StoredFinding.State.ENDED,
                target,
                abuse.start(),
                abuse.end(),
                abuse.start().plusSeconds(9),
                StoredFinding.Mode.ALERT,
                1,
                abuse.end(),
                FindingJson.of(abuse)));
        if (isOpen) {
            system.open.add(new OpenFinding(abuse, abuse.start().plusSeconds(9), StoredFinding.Mode.ALERT, true));
        }
        return abuse;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).header("Accept", "text/html").build());
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(30));
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

    @Override
    public void close() {
        client.close();
        server.close();
        store.close();
    }
}
