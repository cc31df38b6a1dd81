package levee.bench.pages;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import levee.access.People;
import levee.access.SessionLimits;
import levee.model.Attack;
import levee.pages.Pages;
import levee.pages.Running;
import levee.pages.Signing;
import levee.report.FindingJson;
import levee.server.FindingFeed;
import levee.server.LeveeServer;
import levee.server.Operation;
import levee.server.ServerLimits;
import levee.server.ServerSettings;
import levee.server.SessionCookie;
import levee.store.Annotation;
import levee.store.Resolution;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.store.TrafficPoint;

/**
 * A process with the server and its pages, without detection: 1,000 attacks go on in it, of which some change ten times a
 * second, and traffic is written to a store. It prints its port, and to each line that it reads the processor time that
 * it has used so far, in nanoseconds.
 */
final class PageServer {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final List<String> SERIES = List.of(
            "tcp",
            "udp",
            "icmp",
            "other",
            "attack.ntp-reflection",
            "attack.tcp-syn-flood",
            "attack.dns-reflection",
            "attack.udp-flood",
            "attack.tcp-ack-flood");
    private static final int MARKED = 200;
    private static final int CHANGES_A_SECOND = 10;

    private PageServer() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        int changing = Integer.parseInt(arguments[2]);
        Instant start = CLOCK.instant().minus(Duration.ofMinutes(10));
        ManyAttacks attacks = new ManyAttacks(count, start);
        try (Store store = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")))) {
            fill(store, attacks.attacks());
            try (LeveeServer server = server(store, attacks)) {
                System.out.println(server.start());
                Thread.ofPlatform().daemon().start(() -> live(store, attacks, changing));
                answer();
            }
        }
    }

    private static LeveeServer server(Store store, ManyAttacks attacks) throws Exception {
        ServerSettings settings = new ServerSettings(
                "127.0.0.1", 0, List.of(), List.of(), Operation.Access.VIEWERS, "bench", ServerLimits.USUAL);
        People people = new People(store, CLOCK, new SecureRandom(), SessionLimits.USUAL, Optional.empty());
        Pages pages = new Pages(
                new Running(store, attacks, CLOCK, "bench"),
                new Signing(people, new SessionCookie(false)),
                ServerLimits.USUAL.viewers());
        return new LeveeServer(
                settings, store, attacks, new FindingFeed(CLOCK), CLOCK, System.err::println, people, pages);
    }

    /** What is kept of the attacks, and the traffic of the last ten minutes. */
    private static void fill(Store store, List<Attack> attacks) {
        List<StoredFinding> findings = attacks.stream()
                .map(attack -> new StoredFinding(
                        attack.id(),
                        attack.kind(),
                        StoredFinding.State.OPEN,
                        attack.target().toString(),
                        attack.start(),
                        attack.end(),
                        attack.start().plusSeconds(1),
                        StoredFinding.Mode.ALERT,
                        1,
                        attack.start().plusSeconds(1),
                        FindingJson.of(attack)))
                .toList();
        store.saveAll(findings);
        findings.stream()
                .limit(MARKED)
                .forEach(finding -> store.annotate(
                        finding.id(),
                        new Annotation(
                                Annotation.Mark.ACKNOWLEDGED, "ann", CLOCK.instant(), Optional.empty(), "is known")));
        Instant now = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
        List<TrafficPoint> points = new ArrayList<>();
        for (int second = 600; second > 0; second--) {
            points.addAll(points(now.minusSeconds(second), new Random(second)));
        }
        store.addTraffic(Resolution.SECOND, points);
    }

    private static List<TrafficPoint> points(Instant time, Random random) {
        return SERIES.stream()
                .map(series -> {
                    long packets = random.nextLong(50_000, 100_000);
                    return new TrafficPoint(series, time, packets, packets * 700);
                })
                .toList();
    }

    /** What a detection does: attacks change, and each second has its traffic. */
    private static void live(Store store, ManyAttacks attacks, int changing) {
        Random random = new Random(1);
        Instant written = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
        try {
            while (true) {
                Thread.sleep(1_000 / CHANGES_A_SECOND);
                Instant now = CLOCK.instant();
                attacks.change(changing / CHANGES_A_SECOND, now);
                Instant over = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
                if (over.isAfter(written)) {
                    written = over;
                    store.addTraffic(Resolution.SECOND, points(over, random));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer() throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(system.getProcessCpuTime());
        }
    }
}
