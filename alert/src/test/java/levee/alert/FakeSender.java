package levee.alert;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Remembers what it sends, and fails when told to. */
final class FakeSender implements Sender {
    final List<Alert> attempts = new ArrayList<>();
    final List<Alert> delivered = new ArrayList<>();
    private final Deque<Outcome> next = new ArrayDeque<>();
    private boolean isDown;

    void answerNext(Outcome outcome) {
        next.add(outcome);
    }

    void isDown(boolean down) {
        isDown = down;
    }

    @Override
    public Outcome send(Alert alert, Instant now) {
        attempts.add(alert);
        Outcome outcome = next.isEmpty()
                ? isDown ? new Outcome.Failed("HTTP 500") : new Outcome.Delivered("HTTP 204")
                : next.remove();
        if (outcome instanceof Outcome.Delivered) {
            delivered.add(alert);
        }
        return outcome;
    }

    /** Such as {@code opened attack-1}, or {@code digest 30}. */
    List<String> told() {
        return delivered.stream()
                .map(alert -> switch (alert) {
                    case Alert.Single single ->
                        single.event().code() + " " + single.situation().id();
                    case Alert.Digest digest -> "digest " + digest.size();
                    case Alert.Trial trial -> "test";
                })
                .toList();
    }
}
