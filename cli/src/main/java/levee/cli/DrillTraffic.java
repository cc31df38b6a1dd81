package levee.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import levee.drill.Drill;
import levee.drill.Packet;
import levee.drill.Scenario;
import levee.drill.Scene;
import levee.model.EpochNanos;
import levee.model.Truth;

/** Plays scenarios in real time, on a thread of its own, until it is closed. Packets have the times of the clock. */
final class DrillTraffic implements AutoCloseable {
    private static final long WORTH_SAYING_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final DrillScenarios scenarios;
    private final DrillRouters routers;
    private final Audience audience;
    private final Pace pace;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("levee-drill").unstarted(this::play);
    private volatile boolean stopping;

    // Of the thread.
    private List<Scene> ahead = List.of();
    private boolean wasLate;

    /** Who is told of what is played, on the thread that plays. */
    interface Audience {
        /** @param programme what comes, by time */
        void begins(Scenario scenario, List<Scene> programme);

        void begins(Scene scene);

        /** @param truth what was played of a scenario */
        void over(Truth truth);

        /** The machine is too slow, by now so much. */
        void late(double seconds);

        /** A scenario is given up, and another one begins. */
        void lost();
    }

    DrillTraffic(DrillScenarios scenarios, DrillRouters routers, Pace pace, Audience audience) {
        this.scenarios = scenarios;
        this.routers = routers;
        this.audience = audience;
        this.pace = pace;
    }

    void start() {
        thread.start();
    }

    private void play() {
        try {
            while (!stopping) {
                playFromNow();
            }
        } catch (InterruptedException e) {
            // It is being closed.
        }
    }

    /** Plays one scenario behind the other, until it cannot keep up with the clock. */
    private void playFromNow() throws InterruptedException {
        Scenario scenario = scenarios.next(pace.now());
        routers.begin(scenario);
        while (play(scenario)) {
            scenario = scenarios.next(end(scenario));
        }
        if (!stopping) {
            audience.lost();
        }
    }

    private static Instant end(Scenario scenario) {
        return scenario.start().plus(scenario.duration());
    }

    /** @return false if it was not played to its end */
    private boolean play(Scenario scenario) throws InterruptedException {
        Drill drill = new Drill(scenario);
        ahead = drill.programme();
        wasLate = false;
        audience.begins(scenario, ahead);
        LongConsumer meanwhile = this::goOn;
        try {
            while (!stopping && drill.advance()) {
                Packet packet = drill.packet();
                if (!pace.await(packet.nanos(), meanwhile)) {
                    return false;
                }
                announce(packet.nanos());
                routers.see(packet);
                sayIfLate(packet.nanos());
            }
            return !stopping && pace.await(EpochNanos.of(end(scenario)), meanwhile);
        } finally {
            audience.over(drill.truth());
        }
    }

    private void goOn(long nanos) {
        announce(nanos);
        routers.advance(nanos);
    }

    private void announce(long nanos) {
        while (!ahead.isEmpty() && EpochNanos.of(ahead.getFirst().start()) <= nanos) {
            audience.begins(ahead.getFirst());
            ahead = ahead.subList(1, ahead.size());
        }
    }

    private void sayIfLate(long nanos) {
        if (!wasLate && pace.lateNanos(nanos) > WORTH_SAYING_NANOS) {
            wasLate = true;
            audience.late(pace.lateNanos(nanos) / 1e9);
        }
    }

    /** Ends it; afterwards nobody is told of anything. */
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
