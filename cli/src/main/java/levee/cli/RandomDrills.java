package levee.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import levee.cli.DrillPlay.Exports;
import levee.cli.OutbreakPlay.Seen;
import levee.drill.RandomOutbreaks;
import levee.drill.Scenario;
import levee.evaluation.HostRun;
import levee.evaluation.Run;

/** Random drills that are played and analyzed in memory, one on each processor. Nothing is written anywhere. */
final class RandomDrills {
    private RandomDrills() {}

    /** The drills of as many seeds in sequence. */
    static List<Scenario> scenarios(long firstSeed, int count) {
        return LongStream.range(firstSeed, firstSeed + count)
                .mapToObj(Scenario::random)
                .toList();
    }

    /**
     * What was found in each drill, in their order.
     *
     * @param exports what is seen of them; their packets where empty
     * @param progress is told how many drills are over, on any thread
     */
    static List<Run> play(List<Scenario> scenarios, Optional<Exports> exports, IntConsumer progress) {
        return play(
                scenarios,
                scenario -> exports.map(seen -> DrillPlay.asExports(scenario, seen))
                        .orElseGet(() -> DrillPlay.asPackets(scenario)),
                progress);
    }

    /** The outbreaks of as many seeds in sequence. */
    static List<Scenario> outbreaks(long firstSeed, int count, Duration duration) {
        return LongStream.range(firstSeed, firstSeed + count)
                .mapToObj(seed -> RandomOutbreaks.of(seed, duration))
                .toList();
    }

    /**
     * What was found of infected hosts in each drill, in their order.
     *
     * @param progress is told how many drills are over, on any thread
     */
    static List<HostRun> play(List<Scenario> scenarios, Seen seen, IntConsumer progress) {
        return play(scenarios, scenario -> OutbreakPlay.play(scenario, seen), progress);
    }

    private static <R> List<R> play(List<Scenario> scenarios, Function<Scenario, R> player, IntConsumer progress) {
        AtomicInteger over = new AtomicInteger();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<R>> futures = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                futures.add(threads.submit(() -> {
                    R run = player.apply(scenario);
                    progress.accept(over.incrementAndGet());
                    return run;
                }));
            }
            List<R> runs = new ArrayList<>();
            for (Future<R> future : futures) {
                runs.add(future.get());
            }
            return runs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while drills were played", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a drill failed: " + e.getCause(), e);
        }
    }
}
