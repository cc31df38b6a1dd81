package levee.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import levee.telemetry.FlowBatch;

/** Runs stages behind a producer, each on a thread of its own. Every stage sees every batch, in the same order. */
final class Pipeline implements AutoCloseable {
    private static final int RING_BATCHES = 64;
    static final int BATCH_ROWS = 256;

    private final BatchRing ring;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private long next;

    Pipeline(List<Stage> stages) {
        ring = new BatchRing(RING_BATCHES, BATCH_ROWS, stages.size());
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            int number = i + 1;
            threads.add(
                    Thread.ofPlatform().daemon().name("levee-" + stage.name()).start(() -> run(stage, number)));
        }
    }

    /** A named step that works on batches. */
    record Stage(String name, Consumer<FlowBatch> work) {}

    /** Fills a cleared batch. */
    interface Producer {
        /** @return false if there will be no more */
        boolean fill(FlowBatch batch) throws IOException;
    }

    private void run(Stage stage, int number) {
        try {
            for (long batch = 0; ring.awaitReady(number, batch); batch++) {
                stage.work().accept(ring.batch(batch));
                ring.done(number, batch);
            }
        } catch (Throwable e) {
            failures.add(e);
            ring.stop();
        }
    }

    /** Lets the producer fill batches until it has no more or fails; what it filled until then is passed on. */
    void produce(Producer producer) throws IOException {
        boolean more = true;
        while (more && ring.awaitFree(next)) {
            FlowBatch batch = ring.batch(next);
            batch.clear(FlowBatch.Rows.PACKETS);
            try {
                more = producer.fill(batch);
            } finally {
                ring.done(0, next++);
            }
        }
    }

    /**
     * Waits until every stage has seen every batch.
     *
     * @throws IllegalStateException if a stage failed, with its exception as the cause
     */
    @Override
    public void close() {
        ring.endAfter(next);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    ring.stop();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = failures.peek();
        if (cause != null) {
            throw new IllegalStateException("the analysis failed: " + cause, cause);
        }
    }
}
