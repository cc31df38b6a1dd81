package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With real threads, sockets and time. */
class AlertThreadsTest {
    private static final Pace FAST = new Pace(1_000, Duration.ofMillis(1));

    private Hook hook;

    @BeforeEach
    void open() throws IOException {
        hook = new Hook();
    }

    @AfterEach
    void close() {
        hook.close();
    }

    private Webhook webhook(String name, Pace pace) {
        return new Webhook(name, hook.address(), Desk.SECRET, Optional.empty(), pace, Duration.ofSeconds(30));
    }

    private static Alerts alerts(List<Channel> channels, Function<Channel, Sender> senders) {
        return new Alerts(
                AlertSettings.DEFAULT, channels, Silence.NONE, InstantSource.system(), new Random(1), senders);
    }

    private static void offer(Alerts alerts, String id) {
        assertThat(alerts.offer(Attacks.opened(id), Attacks.DETECTED, AlertMode.ALERT, "{\"id\":\"" + id + "\"}"))
                .isTrue();
    }

    @Test
    @Tag("slow")
    void theFirstAttemptGoesOutAtOnce() throws InterruptedException {
        CountDownLatch warm = new CountDownLatch(1);
        try (Alerts alerts = alerts(List.of(webhook("hook", FAST)), channel -> warmedUp(Sender.of(channel), warm))) {
            alerts.start();
            assertThat(warm.await(10, TimeUnit.SECONDS)).isTrue();
            long[] nanos = new long[41];
            for (int i = 0; i < nanos.length; i++) {
                long begin = System.nanoTime();
                offer(alerts, "a" + i);
                nanos[i] = hook.next().atNanos() - begin;
            }
            long median = LongStream.of(nanos).sorted().toArray()[nanos.length / 2];
            assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(50));
            assertThat(Duration.ofNanos(nanos[0])).isLessThan(Duration.ofMillis(250));
        }
    }

    private static Sender warmedUp(Sender sender, CountDownLatch warm) {
        return new Sender() {
            @Override
            public Outcome send(Alert alert, Instant now) {
                return sender.send(alert, now);
            }

            @Override
            public void warmUp() {
                sender.warmUp();
                warm.countDown();
            }

            @Override
            public void close() {
                sender.close();
            }
        };
    }

    @Test
    void aChannelThatHangsDelaysNoOther() throws InterruptedException {
        CountDownLatch forever = new CountDownLatch(1);
        Function<Channel, Sender> senders = channel -> channel.name().equals("hangs")
                ? (alert, now) -> {
                    try {
                        forever.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Outcome.Failed("Interrupted");
                }
                : Sender.of(channel);
        try (Alerts alerts = alerts(List.of(webhook("hangs", FAST), webhook("hook", FAST)), senders)) {
            alerts.start();
            offer(alerts, "a");
            assertThat(hook.next().text()).contains("\"id\":\"a\"");
            offer(alerts, "b");
            assertThat(hook.next().text()).contains("\"id\":\"b\"");
        }
    }

    @Test
    @Tag("slow")
    void tenThousandAttacksInASecondAreTakenAndToldTogether() throws InterruptedException {
        int told = 0;
        int messages = 0;
        try (Alerts alerts = alerts(List.of(webhook("hook", new Pace(3, Duration.ofMillis(500)))), Sender::of)) {
            alerts.start();
            long longest = 0;
            for (int i = 0; i < 10_000; i++) {
                long begin = System.nanoTime();
                offer(alerts, "a" + i);
                longest = Math.max(longest, System.nanoTime() - begin);
            }
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(500));
            for (; messages < 10 && told < 30; messages++) {
                String text = hook.next().text();
                told += text.contains("\"event\":\"digest\"") ? 100 : 1;
            }
            assertThat(alerts.statistics().dropped()).isZero();
        }
        assertThat(told).isGreaterThanOrEqualTo(100);
        assertThat(messages).isLessThan(10);
    }

    @Test
    void closingSendsWhatIsDue() {
        Alerts alerts = alerts(List.of(webhook("hook", FAST)), Sender::of);
        alerts.start();
        for (int i = 0; i < 5; i++) {
            offer(alerts, "a" + i);
        }
        alerts.close(Duration.ofSeconds(10));
        assertThat(alerts.statistics().channels().getFirst().sent()).isEqualTo(hook.received.size());
        assertThat(hook.received).hasSize(5);
        assertThat(alerts.offer(Attacks.opened("b"), Attacks.DETECTED, AlertMode.ALERT, "{}"))
                .isFalse();
    }

    @Test
    void aTestAlertSaysWhatItIs() throws InterruptedException {
        TestResult result = Alerts.sendTest(webhook("hook", FAST), Attacks.DETECTED);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.what()).isEqualTo("HTTP 204");
        assertThat(result.where()).startsWith("http://localhost:").doesNotContain("key");
        assertThat(hook.next().text()).startsWith("{\"event\":\"test\"").contains("There is no attack.");

        hook.answers(401);
        TestResult refused = Alerts.sendTest(webhook("hook", FAST), Attacks.DETECTED);
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.what()).isEqualTo("HTTP 401");
        assertThat(refused.advice()).contains("secret");
    }
}
