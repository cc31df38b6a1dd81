package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PipelineTest {
    private static final int BATCHES = 500;

    /** More than any ring would sensibly hold. */
    private static final int MANY = 10_000;

    @Test
    void everyStageSeesEveryBatchInOrder() throws IOException {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        try (Pipeline pipeline = pipeline(numbersTo(first), numbersTo(second))) {
            pipeline.produce(new Numbers(BATCHES));
        }

        List<Long> all = LongStream.range(0, BATCHES).boxed().toList();
        assertThat(first).isEqualTo(all);
        assertThat(second).isEqualTo(all);
    }

    @Test
    void laterStageSeesWhatEarlierOneWrote() throws IOException {
        List<Integer> seen = new ArrayList<>();
        try (Pipeline pipeline = pipeline(
                batch -> batch.relation[0] = (byte) (batch.firstNanos[0] % 100),
                batch -> seen.add((int) batch.relation[0]))) {
            pipeline.produce(new Numbers(BATCHES));
        }

        assertThat(seen)
                .isEqualTo(LongStream.range(0, BATCHES)
                        .mapToObj(n -> (int) (n % 100))
                        .toList());
    }

    @Test
    void severalProducersOneAfterAnother() throws IOException {
        List<Long> seen = new ArrayList<>();
        try (Pipeline pipeline = pipeline(numbersTo(seen))) {
            pipeline.produce(new Numbers(3));
            pipeline.produce(new Numbers(2));
        }

        assertThat(seen).containsExactly(0L, 1L, 2L, 0L, 1L);
    }

    @Test
    void nothingProducedIsNothingSeen() {
        List<Long> seen = new ArrayList<>();
        pipeline(numbersTo(seen)).close();

        assertThat(seen).isEmpty();
    }

    @Test
    void slowStageHoldsTheProducerBack() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger filled = new AtomicInteger();
        List<Long> seen = new ArrayList<>();
        int filledWhileHeldBack;
        Thread producing;
        try (Pipeline pipeline = pipeline(batch -> await(goOn), numbersTo(seen))) {
            producing = new Thread(() -> produce(pipeline, filled));
            producing.start();
            awaitWaitingOrEnded(producing);
            filledWhileHeldBack = filled.get();
            goOn.countDown();
            producing.join();
        }
        assertThat(filledWhileHeldBack).isPositive().isLessThan(MANY / 10);
        assertThat(filled).hasValue(MANY);
        assertThat(seen).hasSize(MANY).isSorted();
    }

    /** A producer waits for nothing but a free batch. */
    private static void awaitWaitingOrEnded(Thread producing) {
        while (producing.getState() != Thread.State.TIMED_WAITING && producing.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static void produce(Pipeline pipeline, AtomicInteger filled) {
        Numbers numbers = new Numbers(MANY);
        try {
            pipeline.produce(batch -> {
                filled.incrementAndGet();
                return numbers.fill(batch) && filled.get() < MANY;
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void failingStageIsToldWithItsCauseAndNobodyHangs() {
        RuntimeException failure = new IllegalArgumentException("cannot go on");
        for (int failing = 0; failing < 3; failing++) {
            List<Consumer<FlowBatch>> stages = new ArrayList<>(List.of(batch -> {}, batch -> {}, batch -> {}));
            stages.set(failing, batch -> {
                if (batch.firstNanos[0] == 7) {
                    throw failure;
                }
            });
            assertThatIllegalStateException()
                    .isThrownBy(() -> {
                        try (Pipeline pipeline = new Pipeline(named(stages))) {
                            pipeline.produce(new Numbers(MANY));
                        }
                    })
                    .withCause(failure)
                    .withMessageContaining("cannot go on");
        }
    }

    @Test
    void errorOfAStageIsToldToo() {
        Error failure = new StackOverflowError("too deep");

        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    try (Pipeline pipeline = pipeline(batch -> {
                        throw failure;
                    })) {
                        pipeline.produce(new Numbers(1));
                    }
                })
                .withCause(failure);
    }

    @Test
    void failingProducerKeepsWhatItFilled() {
        List<Long> seen = new ArrayList<>();
        Pipeline pipeline = pipeline(numbersTo(seen));
        Numbers numbers = new Numbers(MANY);
        AtomicInteger filled = new AtomicInteger();

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> pipeline.produce(batch -> {
                    numbers.fill(batch);
                    if (filled.incrementAndGet() == 100) {
                        throw new EOFException("the disk is gone");
                    }
                    return true;
                }));
        pipeline.close();
        assertThat(seen).hasSize(100).isSorted();
    }

    /** The contract of a source is that it gets a cleared batch. */
    @Test
    void producerThatFailsAtOnceRepeatsNothing() {
        List<Long> seen = new ArrayList<>();
        Pipeline pipeline =
                pipeline(batch -> Arrays.stream(batch.firstNanos, 0, batch.size).forEach(seen::add));
        AtomicInteger filled = new AtomicInteger();

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> pipeline.produce(batch -> {
                    if (filled.incrementAndGet() == 50) {
                        throw new EOFException("the disk is gone");
                    }
                    batch.reset(0);
                    batch.firstNanos[0] = filled.get();
                    batch.size = 1;
                    return true;
                }));
        pipeline.close();
        assertThat(seen).isEqualTo(LongStream.range(1, 50).boxed().toList());
    }

    @Test
    void interruptedWaiterStopsTheStagesAndStaysInterrupted() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Pipeline pipeline = pipeline(batch -> await(goOn));
        pipeline.produce(new Numbers(3));
        Thread.currentThread().interrupt();
        Thread release = new Thread(goOn::countDown);
        release.start();

        pipeline.close();
        assertThat(Thread.interrupted()).isTrue();
        release.join();
    }

    @SafeVarargs
    private static Pipeline pipeline(Consumer<FlowBatch>... stages) {
        List<Consumer<FlowBatch>> list = new ArrayList<>();
        for (Consumer<FlowBatch> stage : stages) {
            list.add(stage);
        }
        return new Pipeline(named(list));
    }

    private static List<Pipeline.Stage> named(List<Consumer<FlowBatch>> stages) {
        return stages.stream().map(work -> new Pipeline.Stage("test", work)).toList();
    }

    private static Consumer<FlowBatch> numbersTo(List<Long> seen) {
        return batch -> {
            assertThat(batch.size).isOne();
            seen.add(batch.firstNanos[0]);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Fills batches of one row that holds the number of the batch. */
    private static final class Numbers implements Pipeline.Producer {
        private final long count;
        private long next;

        Numbers(long count) {
            this.count = count;
        }

        @Override
        public boolean fill(FlowBatch batch) {
            batch.clear(FlowBatch.Rows.PACKETS);
            batch.reset(0);
            batch.firstNanos[0] = next;
            batch.size = 1;
            return ++next < count;
        }
    }
}
