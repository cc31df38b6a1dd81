package levee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import levee.drill.Scenario;
import levee.drill.Scene;
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.FindingEvent;
import levee.model.InfectedHost;
import levee.model.Truth;

/** A service that guards a network which is made up, with the traffic of that network: {@code levee serve --drill}. */
final class DrillService implements AutoCloseable {
    private final DrillSettings settings;
    private final Consumer<String> messages;
    private final InstantSource clock = InstantSource.system();
    private final DrillText text;
    private final DrillScore score = new DrillScore();
    private final Instant started = clock.instant();
    private final LiveService service;
    private final DrillRouters routers;
    private final DrillTraffic traffic;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DrillService(DrillSettings settings, Consumer<String> messages) throws StartException {
        this.settings = settings;
        this.messages = messages;
        text = new DrillText(settings.serve().detection().groups());
        service = LiveService.start(settings.serve(), messages, clock, this::noticed);
        try {
            routers = new DrillRouters(service.flows().getFirst());
        } catch (StartException e) {
            service.close();
            throw e;
        }
        traffic = new DrillTraffic(settings.scenarios(), routers, Pace.realTime(), new Announcer());
    }

    /**
     * Starts everything, or nothing.
     *
     * @param messages takes what people should know, a line each, from any thread
     * @throws StartException if something cannot be started
     */
    static DrillService start(DrillSettings settings, Consumer<String> messages) throws StartException {
        try {
            settings.mark();
            DrillService service = new DrillService(settings, messages);
            service.introduce();
            service.traffic.start();
            return service;
        } catch (IOException e) {
            throw new StartException("cannot write to " + settings.serve().data() + ": " + e.getMessage(), e);
        } catch (StartException e) {
            if (settings.isTemporary()) {
                delete(settings.serve().data());
            }
            throw e;
        }
    }

    private void introduce() {
        String web = "http://" + LiveService.text(service.web());
        messages.accept("This is a drill: all traffic is made up, stays on this machine, and nobody is alarmed.");
        messages.accept("");
        settings.notes().forEach(messages);
        messages.accept("  to look at    " + web + "/");
        messages.accept("  for programs  " + web + "/api/v1/findings");
        messages.accept("  routers       " + DrillRouters.description() + " send to "
                + LiveService.text(service.flows().getFirst()));
        messages.accept("  data          " + settings.serve().data()
                + (settings.isTemporary() ? ", deleted at the end" : ", kept at the end"));
        messages.accept("  to stop       Ctrl-C");
    }

    /** Waits until something fails that cannot be mended, and says what. */
    Optional<String> awaitFailure() throws InterruptedException {
        return service.awaitFailure();
    }

    /** The service that receives the drill. */
    LiveService service() {
        return service;
    }

    private void noticed(FindingEvent event) {
        score.note(event);
        if (event.change() == FindingEvent.Change.OPENED) {
            switch (event.finding()) {
                case Attack attack -> messages.accept(text.found(clock.instant(), attack));
                case InfectedHost host -> messages.accept(text.found(clock.instant(), host));
                case Abuse abuse -> {
                    // The pages tell of the rest.
                }
            }
        }
    }

    /** Says what is played. */
    private final class Announcer implements DrillTraffic.Audience {
        @Override
        public void begins(Scenario scenario, List<Scene> programme) {
            messages.accept("");
            messages.accept("From " + DrillText.time(scenario.start()) + " UTC, for "
                    + scenario.duration().toSeconds() + " s: ordinary traffic of "
                    + Amounts.count(scenario.hosts()) + " hosts"
                    + (programme.isEmpty() ? "" : ", and to come"));
            programme.forEach(scene -> messages.accept(text.planned(scene)));
            messages.accept("");
        }

        @Override
        public void begins(Scene scene) {
            messages.accept(text.begun(scene));
        }

        @Override
        public void over(Truth truth) {
            score.over(truth);
        }

        @Override
        public void late(double seconds) {
            messages.accept(String.format(
                    Locale.ROOT, "This machine is too slow for the drill, which is %.0f s late by now.", seconds));
        }

        @Override
        public void lost() {
            messages.accept("The drill is too far from the clock (a machine that is too slow, or was asleep, or had its"
                    + " clock set), so it goes on with something else.");
        }
    }

    /** Ends the drill, says what came of it, and deletes what is temporary. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        traffic.close();
        Instant now = clock.instant();
        List<String> summary = score.summary(now);
        routers.close();
        service.close();
        if (settings.isTemporary()) {
            delete(settings.serve().data());
        }
        messages.accept("");
        messages.accept(
                "The drill is over after " + Duration.between(started, now).toSeconds() + " s.");
        summary.forEach(line -> messages.accept("  " + line));
        if (routers.unsent() > 0) {
            messages.accept("  " + Amounts.count(routers.unsent(), "datagram") + " could not be sent");
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It lies where temporary files do, for others to clean up.
        }
    }
}
