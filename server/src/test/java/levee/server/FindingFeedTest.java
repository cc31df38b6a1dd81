package levee.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Prefix;
import levee.store.StoredFinding;
import levee.testing.TestClock;
import org.junit.jupiter.api.Test;

class FindingFeedTest {
    private static final Caller ALL = new Caller("ann", "192.0.2.9", Operation.Access.VIEWERS, Optional.empty(), "");
    private static final Caller ONE = new Caller(
            "shop", "192.0.2.9", Operation.Access.VIEWERS, Optional.of(List.of(Prefix.parse("10.0.0.2/31"))), "");

    @Test
    void aCustomerSeesOnlyItsOwnAndNoRouters() throws Exception {
        FindingFeed feed = new FindingFeed(new TestClock());
        FindingFeed.Viewer viewer = feed.join(Optional.empty(), 1, () -> {}).orElseThrow();
        for (int number = 1; number <= 4; number++) {
            feed.publish(FindingEvent.Change.OPENED, Findings.open(number));
        }

        List<byte[]> events = viewer.next(Duration.ZERO, ONE).orElseThrow();

        assertThat(events).hasSize(2);
        String all =
                new String(events.get(0), StandardCharsets.UTF_8) + new String(events.get(1), StandardCharsets.UTF_8);
        assertThat(all)
                .contains(
                        Findings.open(2).id(),
                        Findings.open(3).id(),
                        "\"ingress\":[]",
                        "event: opened\ndata: {\"event\"")
                .doesNotContain(Findings.open(1).id(), Findings.open(4).id(), "exporter");
        assertThat(viewer.next(Duration.ZERO, ONE).orElseThrow()).isEmpty();
    }

    private final TestClock clock = new TestClock();

    @Test
    void theHistoryIsBoundedByBytes() throws Exception {
        StoredFinding finding = Findings.open(1);
        FindingFeed feed = new FindingFeed(clock, 1_000_000, 10_000);
        FindingFeed.Viewer viewer = feed.join(Optional.empty(), 10, () -> {}).orElseThrow();
        feed.publish(Change.OPENED, finding);
        feed.publish(Change.OPENED, finding);
        assertThat(viewer.next(Duration.ZERO, ALL).orElseThrow()).hasSize(2);

        CountDownLatch disconnected = new CountDownLatch(1);
        FindingFeed.Viewer slow =
                feed.join(Optional.empty(), 10, disconnected::countDown).orElseThrow();
        for (int i = 0; i < 2; i++) {
            feed.publish(Change.OPENED, finding);
        }
        assertThat(disconnected.getCount()).isEqualTo(1);
        assertThat(viewer.next(Duration.ZERO, ALL).orElseThrow()).hasSize(2);
        feed.publish(Change.OPENED, finding);

        assertThat(disconnected.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.next(Duration.ZERO, ALL)).isEmpty();
        assertThat(viewer.next(Duration.ZERO, ALL).orElseThrow()).hasSize(1);
        assertThat(feed.statistics().cutOff()).isEqualTo(1);
    }

    @Test
    void oneEventIsKeptHoweverLarge() throws Exception {
        FindingFeed feed = new FindingFeed(clock, 10, 100);
        FindingFeed.Viewer viewer = feed.join(Optional.empty(), 10, () -> {}).orElseThrow();
        feed.publish(Change.OPENED, Findings.open(1));
        assertThat(viewer.next(Duration.ZERO, ALL).orElseThrow()).hasSize(1);
    }

    @Test
    void placesOfAnEarlierLifeMeanNothing() {
        FindingFeed earlier = new FindingFeed(clock, 10, 100_000);
        earlier.publish(Change.OPENED, Findings.open(1));
        String place =
                earlier.join(Optional.empty(), 10, () -> {}).orElseThrow().place();
        assertThat(earlier.join(Optional.of(place), 10, () -> {}).orElseThrow().missedSome())
                .isFalse();
        clock.move(Duration.ofMillis(1));
        FindingFeed later = new FindingFeed(clock, 10, 100_000);
        later.publish(Change.OPENED, Findings.open(1));
        assertThat(later.join(Optional.of(place), 10, () -> {}).orElseThrow().missedSome())
                .isTrue();
    }

    @Test
    void afterTheEndThereIsNobody() throws Exception {
        FindingFeed feed = new FindingFeed(clock);
        FindingFeed.Viewer viewer = feed.join(Optional.empty(), 10, () -> {}).orElseThrow();
        feed.close();
        assertThat(viewer.next(Duration.ofDays(1), ALL)).isEmpty();
        assertThat(feed.join(Optional.empty(), 10, () -> {})).isEmpty();
        feed.publish(Change.OPENED, Findings.open(1));
    }

    @Test
    void whatIsNoLineOfJsonIsRefused() {
        FindingFeed feed = new FindingFeed(clock);
        StoredFinding good = Findings.open(1);
        for (String json : List.of("", "[]", "{\n}", "{}\n")) {
            StoredFinding bad = new StoredFinding(
                    good.id(),
                    good.kind(),
                    good.state(),
                    good.target(),
                    good.start(),
                    good.end(),
                    good.detectedAt(),
                    good.mode(),
                    1,
                    good.updatedAt(),
                    json);
            assertThatThrownBy(() -> feed.publish(Change.OPENED, bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(feed.statistics().published()).containsEntry("opened", 0L);
    }
}
