package levee.store;

import static levee.store.Samples.NOON;
import static levee.store.Samples.finding;
import static levee.store.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import levee.store.StoreException.Category;
import levee.store.StoredFinding.State;
import levee.store.WriteBehind.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WriteBehindTest {
    private final ShakyStore store = new ShakyStore();
    private final WriteBehind writer = new WriteBehind(store, new Limits(3, 100_000, 5));

    @Test
    void writesTheHighestRevisionOfEachFindingOnce() {
        writer.offer(finding("a", 1, State.OPEN, NOON));
        writer.offer(finding("b", 1, State.OPEN, NOON));
        writer.offer(finding("a", 3, State.ENDED, NOON));
        writer.offer(finding("a", 2, State.OPEN, NOON));
        assertThat(store.saved).isEmpty();

        assertThat(writer.step()).isTrue();
        assertThat(writer.step()).isTrue();

        assertThat(store.saved).containsExactly(finding("a", 3, State.ENDED, NOON), finding("b", 1, State.OPEN, NOON));
        assertThat(writer.counts().findingsWritten()).isEqualTo(2);
        assertThat(writer.counts().findingsCoalesced()).isEqualTo(2);
        assertThat(writer.counts().findingsWaiting()).isZero();
    }

    @Test
    void dropsAndCountsWhatFindsNoRoom() {
        for (String id : List.of("a", "b", "c")) {
            assertThat(writer.offer(finding(id))).isTrue();
        }
        assertThat(writer.offer(finding("d"))).isFalse();
        assertThat(writer.offer(finding("a", 2, State.ENDED, NOON))).isTrue();
        assertThat(writer.offer(
                        Resolution.SECOND,
                        IntStream.range(0, 7)
                                .mapToObj(i -> point("s", NOON.plusSeconds(i), i))
                                .toList()))
                .isEqualTo(2);
        assertThat(writer.offer(Resolution.SECOND, List.of(point("s", NOON, 77))))
                .isZero();
        writer.step();

        assertThat(store.saved).extracting(StoredFinding::id).containsExactly("a", "b", "c");
        assertThat(store.points).hasSize(5).contains(point("s", NOON, 77));
        assertThat(writer.counts().findingsDropped()).isEqualTo(1);
        assertThat(writer.counts().pointsDropped()).isEqualTo(2);
        assertThat(writer.counts().pointsWritten()).isEqualTo(5);
        assertThat(writer.offer(finding("d"))).isTrue();
    }

    @Test
    void boundsTheLengthOfWhatWaits() {
        WriteBehind narrow =
                new WriteBehind(store, new Limits(10, finding("a").json().length() * 2L, 5));

        assertThat(narrow.offer(finding("a"))).isTrue();
        assertThat(narrow.offer(finding("b"))).isTrue();
        assertThat(narrow.offer(finding("c"))).isFalse();
        assertThat(narrow.offer(finding("a", 2, State.OPEN, NOON))).isTrue();
        narrow.step();
        assertThat(narrow.offer(finding("c"))).isTrue();
        assertThat(narrow.offer(finding("d"))).isTrue();
    }

    @Test
    void triesAgainAndKeepsWhatCameMeanwhile() {
        store.failure = new StoreException(Category.FULL, "the disk is full", null);
        writer.offer(finding("a", 1, State.OPEN, NOON));
        writer.offer(finding("b", 1, State.OPEN, NOON));
        writer.offer(Resolution.MINUTE, List.of(point("s", NOON, 1)));
        store.whileSaving = () -> writer.offer(finding("a", 2, State.OPEN, NOON));
        assertThat(writer.step()).isFalse();
        assertThat(writer.counts().problem())
                .hasValueSatisfying(text -> assertThat(text).contains("the disk is full"));

        store.failure = null;
        store.whileSaving = () -> {};
        assertThat(writer.step()).isTrue();

        assertThat(store.saved)
                .containsExactlyInAnyOrder(finding("a", 2, State.OPEN, NOON), finding("b", 1, State.OPEN, NOON));
        assertThat(store.points).containsExactly(point("s", NOON, 1));
        assertThat(writer.counts().failures()).isEqualTo(1);
        assertThat(writer.counts().findingsDropped()).isZero();
        assertThat(writer.counts().problem()).isEmpty();
    }

    @Test
    void oneThatCannotBeWrittenDoesNotHoldUpTheOthers() {
        store.poison = "b";
        for (String id : List.of("a", "b", "c")) {
            writer.offer(finding(id));
        }

        assertThat(writer.step()).isTrue();

        assertThat(store.saved).extracting(StoredFinding::id).containsExactly("a", "c");
        assertThat(writer.counts().findingsDropped()).isEqualTo(1);
        assertThat(writer.counts().findingsWritten()).isEqualTo(2);
        assertThat(writer.counts().findingsWaiting()).isZero();
    }

    @Test
    void closingWritesWhatWaits() {
        writer.offer(finding("a"));
        writer.offer(Resolution.SECOND, List.of(point("s", NOON, 1)));
        writer.close();

        assertThat(store.saved).hasSize(1);
        assertThat(store.points).hasSize(1);
        assertThat(writer.offer(finding("b"))).isFalse();
        assertThat(writer.offer(Resolution.SECOND, List.of(point("s", NOON, 1))))
                .isEqualTo(1);
        assertThat(writer.counts().findingsDropped()).isEqualTo(1);
    }

    @Test
    void closingGivesUpWhenTheStoreDoesNotWork() {
        store.failure = new StoreException(Category.UNREACHABLE, "gone", null);
        writer.offer(finding("a"));
        writer.close();

        assertThat(store.saved).isEmpty();
        assertThat(writer.counts().findingsDropped()).isEqualTo(1);
        assertThat(writer.counts().failures()).isEqualTo(3);
    }

    @Test
    @Timeout(30)
    void itsThreadNeverMakesTheGiverWait() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.whileSaving = () -> {
            inside.countDown();
            awaitQuietly(goOn);
        };
        WriteBehind threaded = WriteBehind.start(store, Limits.DEFAULT, Duration.ofMillis(1));
        threaded.offer(finding("a"));
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();

        // The store hangs, and this goes on; if it waited, the test would end by its time limit.
        for (int i = 0; i < 1_000; i++) {
            threaded.offer(finding("a", 2 + i, State.OPEN, NOON));
            threaded.offer(Resolution.SECOND, List.of(point("s", NOON.plusSeconds(i), i)));
        }
        goOn.countDown();
        threaded.close();

        assertThat(store.saved.getLast().revision()).isEqualTo(1_001);
        assertThat(store.points).hasSize(1_000);
        assertThat(threaded.counts().findingsWritten() + threaded.counts().findingsCoalesced())
                .isEqualTo(1_001);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void writesToARealStore(@TempDir Path folder) {
        StoreLocation location = new StoreLocation.SqliteFile(folder.resolve("levee.db"));
        try (Store real = Store.open(location);
                WriteBehind behind = WriteBehind.start(real, Limits.DEFAULT, Duration.ofMillis(5))) {
            for (int i = 1; i <= 500; i++) {
                behind.offer(finding("f" + i % 7, i, State.OPEN, NOON));
                behind.offer(Resolution.SECOND, List.of(point("s", NOON.plusSeconds(i), i)));
            }
        }
        try (Store real = Store.open(location)) {
            assertThat(real.findings(FindingQuery.newest(10)).findings())
                    .extracting(StoredFinding::revision)
                    .containsExactlyInAnyOrder(494, 495, 496, 497, 498, 499, 500);
            assertThat(real.traffic(Resolution.SECOND, "s", NOON, NOON.plusSeconds(600)))
                    .hasSize(500);
        }
    }

    /** A store in memory that fails when told to. */
    private static final class ShakyStore implements Store {
        final List<StoredFinding> saved = new ArrayList<>();
        final List<TrafficPoint> points = new ArrayList<>();
        volatile Runnable whileSaving = () -> {};
        volatile String poison = "";
        volatile StoreException failure;

        @Override
        public void saveAll(List<StoredFinding> findings) {
            whileSaving.run();
            fail();
            if (findings.stream().anyMatch(finding -> finding.id().equals(poison))) {
                throw new StoreException(Category.FAILED, "bad finding", null);
            }
            saved.addAll(findings);
        }

        private void fail() {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public int addTraffic(Resolution resolution, List<TrafficPoint> more) {
            fail();
            points.addAll(more);
            return 0;
        }

        @Override
        public Optional<StoredFinding> finding(String id) {
            throw new AssertionError();
        }

        @Override
        public List<StoredFinding> revisions(String id) {
            throw new AssertionError();
        }

        @Override
        public FindingPage findings(FindingQuery query) {
            throw new AssertionError();
        }

        @Override
        public void annotate(String id, Annotation annotation) {
            throw new AssertionError();
        }

        @Override
        public List<Annotation> annotations(String id) {
            throw new AssertionError();
        }

        @Override
        public void audit(AuditLine line) {
            throw new AssertionError();
        }

        @Override
        public AuditPage auditLines(AuditQuery query) {
            throw new AssertionError();
        }

        @Override
        public List<TrafficPoint> traffic(Resolution resolution, String series, Instant from, Instant to) {
            throw new AssertionError();
        }

        @Override
        public List<String> trafficSeries() {
            throw new AssertionError();
        }

        @Override
        public void put(String key, byte[] value) {
            throw new AssertionError();
        }

        @Override
        public Optional<byte[]> get(String key) {
            throw new AssertionError();
        }

        @Override
        public List<StoredAccount> accounts() {
            throw new AssertionError();
        }

        @Override
        public Optional<StoredAccount> account(String name) {
            throw new AssertionError();
        }

        @Override
        public boolean saveAccount(StoredAccount account) {
            throw new AssertionError();
        }

        @Override
        public boolean removeAccount(String name) {
            throw new AssertionError();
        }

        @Override
        public boolean expire(Instant now, Retention retention) {
            throw new AssertionError();
        }

        @Override
        public Health health() {
            throw new AssertionError();
        }

        @Override
        public void close() {
            throw new AssertionError();
        }
    }
}
