package levee.alert;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import levee.model.FindingEvent;

/** Alerts over one channel, with a clock that is set by hand and without threads. */
final class Desk {
    static final Secret SECRET = Secret.of("0123456789abcdef");

    final FakeSender sender = new FakeSender();
    final Set<String> silenced = new HashSet<>();
    Instant now = Attacks.DETECTED;
    final Alerts alerts;

    Desk() {
        this(AlertSettings.DEFAULT, new Pace(5, Duration.ofSeconds(1)));
    }

    Desk(AlertSettings settings, Pace pace) {
        alerts = new Alerts(
                settings,
                List.of(new Webhook(
                        "hook",
                        URI.create("http://localhost/"),
                        SECRET,
                        Optional.empty(),
                        pace,
                        Duration.ofSeconds(1))),
                (id, target, at) -> silenced.contains(id),
                () -> now,
                new Random(1),
                channel -> sender);
    }

    void handOver(FindingEvent... events) {
        handOver(AlertMode.ALERT, events);
    }

    void handOver(AlertMode mode, FindingEvent... events) {
        for (FindingEvent event : events) {
            alerts.offer(event, Attacks.DETECTED, mode, "{\"id\":\"x\"}");
        }
        alerts.step();
    }

    void pass(Duration time) {
        now = now.plus(time);
        alerts.step();
    }

    /** Second by second. */
    void passSlowly(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            pass(Duration.ofSeconds(1));
        }
    }

    ChannelStatistics statistics() {
        return alerts.statistics().channels().getFirst();
    }
}
