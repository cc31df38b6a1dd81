package levee.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.drill.Drill;
import levee.drill.DrillSource;
import levee.drill.Scenario;
import levee.evaluation.FoundAttack;
import levee.evaluation.Run;
import levee.model.Attack;
import levee.model.FindingEvent;
import levee.model.OwnNetworks;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;

/** Random drills that are played and analyzed in memory, one on each processor. Nothing is written anywhere. */
final class RandomDrills {
    private static final int CONNECTIONS = 1 << 19;
    private static final int BATCH_ROWS = 256;

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
     * @param progress is told how many drills are over, on any thread
     */
    static List<Run> play(List<Scenario> scenarios, IntConsumer progress) {
        AtomicInteger over = new AtomicInteger();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Run>> futures = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                futures.add(threads.submit(() -> {
                    Run run = play(scenario);
                    progress.accept(over.incrementAndGet());
                    return run;
                }));
            }
            List<Run> runs = new ArrayList<>();
            for (Future<Run> future : futures) {
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

    private static Run play(Scenario scenario) {
        Drill drill = new Drill(scenario);
        DrillSource source = new DrillSource(drill);
        ConnectionTable connections = new ConnectionTable(CONNECTIONS, scenario.seed());
        Map<String, Attack> attacks = new LinkedHashMap<>();
        AttackDetector detector = new AttackDetector(
                DetectionPolicy.analysis(),
                OwnNetworks.of(Scenario.networks()),
                scenario.seed(),
                event -> collect(event, attacks));
        FlowBatch batch = new FlowBatch(BATCH_ROWS);
        boolean more = true;
        while (more) {
            more = source.fill(batch);
            connections.hash(batch);
            connections.annotate(batch);
            detector.process(batch);
        }
        detector.finish();
        return new Run(
                drill.truth(),
                attacks.values().stream().map(RandomDrills::found).toList());
    }

    private static void collect(FindingEvent event, Map<String, Attack> attacks) {
        switch (event.finding()) {
            case Attack attack -> {
                switch (event.change()) {
                    case OPENED, CHANGED, ENDED -> attacks.put(attack.id(), attack);
                    case ABSORBED -> attacks.remove(attack.id());
                }
            }
        }
    }

    private static FoundAttack found(Attack attack) {
        return new FoundAttack(
                attack.id(),
                attack.target(),
                attack.start(),
                attack.end(),
                attack.confidence(),
                attack.total().packets(),
                attack.vectors().stream().map(Attack.VectorShare::vector).toList(),
                attack.vectors().stream()
                        .collect(Collectors.toMap(Attack.VectorShare::vector, Attack.VectorShare::noticed)));
    }
}
