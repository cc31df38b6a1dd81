package levee.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.store.Health;
import levee.store.Store;
import org.jspecify.annotations.Nullable;

/** Whether this process lives, and whether it can do its work. */
final class HealthOperations {
    /** Asking the store costs a write; whoever asks often gets the same answer. */
    private static final Duration ANSWER_LASTS = Duration.ofSeconds(2);

    private final Store store;
    private final LiveSystem system;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Checked last;

    private record Checked(Instant at, Health health) {}

    HealthOperations(Store store, LiveSystem system, InstantSource clock) {
        this.store = store;
        this.system = system;
        this.clock = clock;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.ALIVE, Access.ANYBODY, List.of(), this::alive),
                Operation.get(Paths.READY, Access.ANYBODY, List.of(), this::ready));
    }

    private void alive(Request request) throws IOException {
        answer(request, 200, "alive", List.of());
    }

    private void ready(Request request) throws IOException {
        List<String> reasons = new ArrayList<>(system.obstacles());
        Health health = storeHealth();
        if (!health.isGood()) {
            reasons.add("the store does not work: " + health.reason());
        }
        if (reasons.isEmpty()) {
            answer(request, 200, "ready", reasons);
        } else {
            answer(request, 503, "not-ready", reasons);
        }
    }

    /** The health of the store, at most some seconds old. */
    Health storeHealth() {
        lock.lock();
        try {
            Instant now = clock.instant();
            Checked known = last;
            if (known == null || Duration.between(known.at(), now).abs().compareTo(ANSWER_LASTS) >= 0) {
                known = new Checked(now, store.health());
                last = known;
            }
            return known.health();
        } finally {
            lock.unlock();
        }
    }

    private static void answer(Request request, int status, String word, List<String> reasons) throws IOException {
        Answer.send(request.context(), status, Json.MEDIA_TYPE, Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("status", word);
            json.writeArrayPropertyStart("reasons");
            reasons.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }));
    }
}
