package levee.server;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Changes of findings as server-sent events. Each viewer has a virtual thread, which waits for the feed and writes. A
 * viewer that does not take what is written holds up only this thread, until the feed has left it behind or the
 * connection was idle for too long.
 */
final class EventOperations {
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final int RECONNECT_MILLIS = 3_000;

    /** Asking costs a look into the store. */
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

    private final FindingFeed feed;
    private final InstantSource clock;
    private final ServerLimits limits;

    EventOperations(FindingFeed feed, ServerLimits limits, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
        this.limits = limits;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.EVENTS, Access.VIEWERS, List.of(), this::follow)
                .alsoForCustomers());
    }

    private void follow(Request request) throws IOException, InterruptedException {
        Context context = request.context();
        HttpServletResponse response = context.res();
        response.setStatus(200);
        response.setContentType("text/event-stream");
        // Proxies must not collect what is to arrive at once.
        response.setHeader("X-Accel-Buffering", "no");
        if (request.isHead()) {
            return;
        }
        Optional<String> lastSeen =
                Optional.ofNullable(context.req().getHeader("Last-Event-ID")).filter(place -> !place.isEmpty());
        FindingFeed.Viewer viewer = feed.join(lastSeen, limits.viewers(), () -> disconnect(context))
                .orElseThrow(() -> new Problem(
                                503,
                                "too-many-viewers",
                                "Too many read along",
                                "There are already " + limits.viewers() + " viewers.",
                                "Try again later, or poll GET " + Paths.FINDINGS + ".")
                        .with("Retry-After", "30")
                        .exception());
        try (viewer) {
            send(request, viewer, response.getOutputStream());
        } catch (IOException e) {
            // The viewer has gone, or was cut off: there is nobody left to tell.
        }
    }

    private void send(Request request, FindingFeed.Viewer viewer, ServletOutputStream out)
            throws IOException, InterruptedException {
        out.write(greeting(viewer));
        out.flush();
        Instant checkedAt = clock.instant();
        for (Optional<List<byte[]>> events = viewer.next(limits.heartbeat(), request.caller());
                events.isPresent();
                events = viewer.next(limits.heartbeat(), request.caller())) {
            Instant now = clock.instant();
            if (events.get().isEmpty() || now.isAfter(checkedAt.plus(BETWEEN_CHECKS))) {
                if (!request.isStillAdmitted()) {
                    return;
                }
                checkedAt = now;
            }
            for (byte[] event : events.get()) {
                out.write(event);
            }
            if (events.get().isEmpty()) {
                out.write(HEARTBEAT);
            }
            out.flush();
        }
    }

    /** A place to come back to, even if nothing happens meanwhile; and what cannot be made up for. */
    private static byte[] greeting(FindingFeed.Viewer viewer) {
        String missed = viewer.missedSome()
                ? "event: missed\ndata: {\"remedy\":\"Some changes are no longer kept: read the findings again.\"}\n"
                : "";
        return ("retry: " + RECONNECT_MILLIS + "\nid: " + viewer.place() + "\n" + missed + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Closes the connection under a write that is going on. */
    private static void disconnect(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
