package levee.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import levee.store.FindingQuery;
import levee.store.Resolution;
import levee.store.Retention;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.store.StoredFinding.Mode;
import levee.store.StoredFinding.State;
import levee.store.TrafficPoint;

/**
 * Fills a store with a day of traffic of 50 series and with findings, reads them, and prints how long that took.
 *
 * <pre>
 * mvn -q -pl bench -am -DskipTests package
 * java --enable-native-access=ALL-UNNAMED -cp bench/target/levee-bench.jar levee.bench.StoreRun FILE-OR-ADDRESS
 * </pre>
 *
 * The store must be empty at the beginning.
 */
final class StoreRun {
    private static final int SERIES = 50;
    private static final int SECONDS_A_DAY = 86_400;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Store store;
    private final PrintStream output;
    private final Random random = new Random(1);

    private StoreRun(Store store, PrintStream output) {
        this.store = store;
        this.output = output;
    }

    public static void main(String[] arguments) {
        try (Store store = Store.open(StoreLocation.parse(arguments[0]))) {
            new StoreRun(store, System.out).run();
        }
    }

    private void run() {
        // The first minutes are for the compiler, too.
        measure("points, a second of 50 series a time", () -> addSeconds(0, 3_600, 1));
        measure("points, ten seconds of 50 series a time", () -> addSeconds(3_600, SECONDS_A_DAY, 10));
        measure("points, an hour of 50 series by minutes a time", () -> addMinutes());
        for (int i = 0; i < 3; i++) {
            measure("points read: a day of minutes of one series", () -> read(Resolution.MINUTE, SECONDS_A_DAY));
            measure("points read: an hour of seconds of one series", () -> read(Resolution.SECOND, 3_600));
            measure("points read: a day of seconds of one series", () -> read(Resolution.SECOND, SECONDS_A_DAY));
        }
        measure("revisions of 20 kB, one a time", () -> saveFindings(1, 2_000));
        measure("revisions of 20 kB, 50 a time", () -> saveFindings(50, 10_000));
        for (int i = 0; i < 3; i++) {
            measure(
                    "findings listed, 50 on a page",
                    () -> store.findings(FindingQuery.newest(50)).findings().size());
        }
        measure("calls to delete a day of seconds", this::expire);
    }

    private void measure(String what, IntSupplier work) {
        long before = System.nanoTime();
        int count = work.getAsInt();
        double seconds = (System.nanoTime() - before) / 1e9;
        output.printf("%10d %-48s %8.3f s %12.0f/s%n", count, what, seconds, count / seconds);
    }

    private int addSeconds(int from, int to, int at) {
        for (int second = from; second < to; second += at) {
            List<TrafficPoint> points = new ArrayList<>(at * SERIES);
            for (int i = second; i < second + at; i++) {
                addAll(points, START.plusSeconds(i), 1);
            }
            store.addTraffic(Resolution.SECOND, points);
        }
        return (to - from) * SERIES;
    }

    private int addMinutes() {
        for (int hour = 0; hour < 24; hour++) {
            List<TrafficPoint> points = new ArrayList<>(60 * SERIES);
            for (int minute = 0; minute < 60; minute++) {
                addAll(points, START.plusSeconds(hour * 3_600L + minute * 60L), 60);
            }
            store.addTraffic(Resolution.MINUTE, points);
        }
        return 24 * 60 * SERIES;
    }

    /** What a link of up to 10 Gbit/s carries. */
    private void addAll(List<TrafficPoint> points, Instant time, int seconds) {
        for (int series = 0; series < SERIES; series++) {
            long packets = random.nextLong(1_500_000L) * seconds;
            points.add(new TrafficPoint("network 10." + series + ".0.0/16 inbound", time, packets, packets * 800));
        }
    }

    private int read(Resolution resolution, int seconds) {
        return store.traffic(resolution, "network 10.25.0.0/16 inbound", START, START.plusSeconds(seconds))
                .size();
    }

    private int saveFindings(int at, int count) {
        for (int saved = 0; saved < count; saved += at) {
            List<StoredFinding> findings = new ArrayList<>(at);
            for (int i = saved; i < saved + at; i++) {
                findings.add(finding(at + "-" + i % 500, 1 + i / 500));
            }
            store.saveAll(findings);
        }
        return count;
    }

    private StoredFinding finding(String id, int revision) {
        StringBuilder json = new StringBuilder(20_000).append("[0");
        while (json.length() < 19_990) {
            json.append(',').append(random.nextInt(1_000_000));
        }
        Instant time = START.plusSeconds(revision);
        return new StoredFinding(
                id,
                "attack",
                State.OPEN,
                "10.0.0.1/32",
                START,
                time,
                START,
                Mode.ALERT,
                revision,
                time,
                json.append(']').toString());
    }

    private int expire() {
        Instant later = START.plus(Retention.DEFAULT.seconds()).plus(Duration.ofDays(1));
        int calls = 1;
        while (store.expire(later, Retention.DEFAULT)) {
            calls++;
        }
        return calls;
    }
}
