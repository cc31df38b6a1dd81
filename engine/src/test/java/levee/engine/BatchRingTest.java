package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BatchRingTest {
    private static final int SIZE = 4;

    private final BatchRing ring = new BatchRing(SIZE, 8, 2);

    @Test
    void batchesAreUsedAgainAfterARound() {
        for (int i = 0; i < SIZE; i++) {
            assertThat(ring.batch(i)).isSameAs(ring.batch(i + SIZE)).isNotSameAs(ring.batch(i + 1));
        }
        assertThat(ring.batch(0).capacity).isEqualTo(8);
    }

    @Test
    void producerMayFillAWholeRoundAndNoMore() {
        for (long number = 0; number < SIZE; number++) {
            assertThat(ring.awaitFree(number)).isTrue();
            ring.done(0, number);
        }
        CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> ring.awaitFree(SIZE));

        assertThat(next).isNotCompleted();
        ring.done(1, 0);
        assertThat(next).as("the last stage still works on it").isNotCompleted();
        ring.done(2, 0);
        assertThat(next).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true);
    }

    @Test
    void whoFoundTheRingFullWaitsForAQuarterOfIt() {
        BatchRing larger = new BatchRing(8, 8, 1);
        for (long number = 0; number < 8; number++) {
            assertThat(larger.awaitFree(number)).isTrue();
            larger.done(0, number);
        }
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        Thread producer = Thread.ofPlatform().daemon().start(() -> next.complete(larger.awaitFree(8)));
        while (producer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        larger.done(1, 0);
        assertThat(next).failsWithin(50, TimeUnit.MILLISECONDS);
        larger.done(1, 1);
        assertThat(next).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true);
        larger.done(0, 8);
        assertThat(larger.awaitFree(9))
                .as("who did not find it full waits for nothing")
                .isTrue();
    }

    @Test
    void stageWaitsForTheOneBefore() {
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> ring.awaitReady(2, 0));
        ring.done(0, 0);

        assertThat(ring.awaitReady(1, 0)).isTrue();
        assertThat(second).isNotCompleted();
        ring.done(1, 0);
        assertThat(second).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true);
    }

    @Test
    void stageSeesAllThatWasFilledBeforeTheEnd() {
        ring.done(0, 0);
        ring.done(0, 1);
        ring.endAfter(2);

        assertThat(ring.awaitReady(1, 0)).isTrue();
        assertThat(ring.awaitReady(1, 1)).isTrue();
        assertThat(ring.awaitReady(1, 2)).isFalse();
        ring.done(1, 0);
        ring.done(1, 1);
        assertThat(ring.awaitReady(2, 1)).isTrue();
        assertThat(ring.awaitReady(2, 2)).isFalse();
    }

    @Test
    void endWakesWaitingStages() {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> ring.awaitReady(1, 0));
        ring.endAfter(0);

        assertThat(waiting).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
    }

    @Test
    void stopWakesEverybody() {
        for (long number = 0; number < SIZE; number++) {
            ring.done(0, number);
        }
        CompletableFuture<Boolean> producer = CompletableFuture.supplyAsync(() -> ring.awaitFree(SIZE));
        CompletableFuture<Boolean> stage = CompletableFuture.supplyAsync(() -> ring.awaitReady(2, 0));
        ring.stop();

        assertThat(producer).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
        assertThat(stage).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(ring.awaitFree(0)).isFalse());
    }
}
