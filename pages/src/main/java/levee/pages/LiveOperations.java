package levee.pages;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.server.Problem;

/** What keeps the overview alive: a stream of what changed, once a second, and traffic to draw. */
final class LiveOperations {
    private static final byte[] GREETING = "retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEARTBEAT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final int SECONDS_BETWEEN_CHECKS = 5;

    /** After the full second, so that the second that is over has reached the store. */
    private static final Duration INTO_THE_SECOND = Duration.ofMillis(750);

    private final Running running;
    private final LiveView view;
    private final TrafficHistory history;
    private final int mostViewers;
    private final AtomicInteger viewers = new AtomicInteger();

    LiveOperations(Running running, LiveView view, TrafficHistory history, int mostViewers) {
        this.running = running;
        this.view = view;
        this.history = history;
        this.mostViewers = mostViewers;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.LIVE, this::follow).alsoForCustomers(),
                Operation.get(Paths.TRAFFIC, Access.VIEWERS, List.of("range"), this::traffic));
    }

    private void traffic(Request request) throws IOException {
        TrafficHistory.Range range = range(request);
        Answer.send(request.context(), 200, "application/json", LiveJson.of(history.table(range, history.charted())));
    }

    static TrafficHistory.Range range(Request request) {
        return request.query()
                .oneOf("range", TrafficHistory.Range.labels())
                .flatMap(TrafficHistory.Range::of)
                .orElse(TrafficHistory.Range.TEN_MINUTES);
    }

    private void follow(Request request) throws IOException, InterruptedException {
        if (viewers.incrementAndGet() > mostViewers) {
            viewers.decrementAndGet();
            throw new Problem(
                            503,
                            "too-many-viewers",
                            "Too many look on",
                            "There are already " + mostViewers + " viewers.",
                            "Load the page now and then.")
                    .with("Retry-After", "30")
                    .exception();
        }
        try {
            HttpServletResponse response = request.context().res();
            response.setStatus(200);
            response.setContentType("text/event-stream");
            // Proxies must not collect what is to arrive at once.
            response.setHeader("X-Accel-Buffering", "no");
            if (!request.context().req().getMethod().equals("HEAD")) {
                send(request, response.getOutputStream());
            }
        } catch (IOException e) {
            // The viewer has gone: there is nobody left to tell.
        } finally {
            viewers.decrementAndGet();
        }
    }

    private void send(Request request, ServletOutputStream out) throws IOException, InterruptedException {
        Map<String, Long> sent = new HashMap<>();
        out.write(GREETING);
        for (long second = 0; second % SECONDS_BETWEEN_CHECKS > 0 || request.isStillAdmitted(); second++) {
            boolean isNew = false;
            for (Map.Entry<String, LiveView.Event> event :
                    view.now(request.caller().networks()).events().entrySet()) {
                Long before = sent.put(event.getKey(), event.getValue().since());
                if (before == null || before != event.getValue().since()) {
                    out.write(event.getValue().bytes());
                    isNew = true;
                }
            }
            if (!isNew) {
                out.write(HEARTBEAT);
            }
            out.flush();
            Thread.sleep(untilNextTick());
        }
    }

    private Duration untilNextTick() {
        Instant now = running.clock().instant();
        Instant next = now.truncatedTo(ChronoUnit.SECONDS).plus(INTO_THE_SECOND);
        return Duration.between(now, next.isAfter(now) ? next : next.plusSeconds(1));
    }
}
