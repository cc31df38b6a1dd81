package levee.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import levee.archive.SampleRows.Row;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.testing.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class FlowArchiveTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1_000_000_000, Duration.ofDays(7));
    private static final int ROWS = 256;

    @TempDir
    private Path data;

    private Path folder() {
        return data.resolve("flows");
    }

    private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private final InstantSource clock = () -> now;
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final SplittableRandom random = new SplittableRandom(1);

    private FlowArchive started(ArchiveLimits limits, IntFunction<IpAddress> exporters) {
        FlowArchive archive = new FlowArchive(folder(), limits, exporters, 1, clock, messages::add);
        archive.start();
        return archive;
    }

    private FlowArchive started() {
        return started(LIMITS, SampleRows::exporter);
    }

    private void sleep(Duration duration) {
        now = now.plus(duration);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    /** Records rows and has them written. */
    private List<Row> write(FlowArchive archive, int rows) throws InterruptedException {
        FlowBatch batch = SampleRows.batch(random.split(), rows);
        long before = seen(archive);
        archive.record(batch);
        flush(archive);
        await(() -> seen(archive) == before + rows);
        return SampleRows.rows(batch);
    }

    private void flush(FlowArchive archive) {
        sleep(FlowArchive.LONGEST_WAIT);
        archive.tick(EpochNanos.of(now));
    }

    private static long seen(FlowArchive archive) {
        return archive.statistics().flows() + archive.statistics().dropped();
    }

    /** All rows, those received first first. */
    private List<Row> kept() throws IOException {
        List<Row> rows = new ArrayList<>();
        new ArchiveReader(folder()).scan(FlowFilter.ALL, new ArchiveReader.Visitor() {
            @Override
            public void visit(FlowBlock block, int[] numbers, int count) {
                rows.addAll(0, SampleRows.rows(block, numbers, count));
            }

            @Override
            public void progress(long bytes, long totalBytes) {
                // Nobody looks.
            }
        });
        return rows;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsRecordedIsFound() throws Exception {
        List<Row> expected = new ArrayList<>();
        try (FlowArchive archive = started()) {
            for (int i = 0; i < 4 * FlowBlock.CAPACITY / ROWS + 3; i++) {
                FlowBatch batch = SampleRows.batch(random.split(), ROWS);
                expected.addAll(SampleRows.rows(batch));
                archive.record(batch);
                await(() -> archive.statistics().flows() > expected.size() - 3 * FlowBlock.CAPACITY);
            }
        }

        assertThat(kept()).isEqualTo(expected);
        assertThat(messages).isEmpty();
    }

    @Test
    void rowsOfAQuietNetworkAreFoundAfterSeconds() throws Exception {
        try (FlowArchive archive = started()) {
            FlowBatch batch = SampleRows.batch(random, 5);
            archive.tick(EpochNanos.of(now));
            archive.record(batch);
            sleep(FlowArchive.LONGEST_WAIT.minusMillis(100));
            archive.tick(EpochNanos.of(now));
            assertThat(archive.statistics().flows()).isZero();
            sleep(Duration.ofMillis(100));
            archive.tick(EpochNanos.of(now));
            await(() -> archive.statistics().flows() == 5);

            assertThat(kept()).isEqualTo(SampleRows.rows(batch));
        }
    }

    @Test
    void clockThatIsSetBackDoesNotHoldRowsBack() throws Exception {
        try (FlowArchive archive = started()) {
            List<Row> expected = new ArrayList<>(write(archive, 5));
            FlowBatch batch = SampleRows.batch(random, 5);
            archive.record(batch);
            sleep(Duration.ofDays(-400));
            archive.tick(EpochNanos.of(now));
            await(() -> archive.statistics().flows() == 10);
            expected.addAll(SampleRows.rows(batch));
            expected.addAll(write(archive, 5));

            assertThat(kept()).isEqualTo(expected);
        }
    }

    @Test
    void restartGoesOnBehindWhatIsThere() throws Exception {
        List<Row> expected = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            try (FlowArchive archive = started()) {
                expected.addAll(write(archive, 10));
            }
            // Whatever the clock said.
            sleep(Duration.ofHours(run == 0 ? -3 : 1));
        }

        assertThat(kept()).isEqualTo(expected);
        assertThat(files()).hasSize(3);
    }

    @Test
    void eachFileIsForSomeMinutes() throws Exception {
        try (FlowArchive archive = started()) {
            for (int i = 0; i < 12; i++) {
                write(archive, 1);
                sleep(Duration.ofMinutes(1));
            }
        }
        assertThat(files()).hasSize(3);
    }

    @Test
    void whatIsTooOldIsDeletedAlsoAtTheStart() throws Exception {
        try (FlowArchive archive = started()) {
            write(archive, 10);
            sleep(Duration.ofDays(6));
            write(archive, 20);
            assertThat(kept()).hasSize(30);
            sleep(Duration.ofDays(1).plus(ArchiveFolder.SPAN));
            write(archive, 30);
            assertThat(kept()).hasSize(50);
        }
        sleep(Duration.ofDays(7).plus(ArchiveFolder.SPAN).plusSeconds(1));
        try (FlowArchive archive = started()) {
            await(() -> archive.statistics().bytes() == 0 && filesOrNone().isEmpty());
        }
    }

    @Test
    void filesOfAWrongClockGoInTheirTurn() throws Exception {
        Instant right = now;
        try (FlowArchive archive = started()) {
            write(archive, 1);
        }
        // Of a clock that is ahead, and of one that begins with 1970.
        for (String wrong : List.of("2106-02-07T06:28:15Z", "1970-01-01T00:00:00Z")) {
            now = Instant.parse(wrong);
            ArchiveLimits longer = new ArchiveLimits(1_000_000_000, Duration.ofDays(100_000));
            try (FlowArchive archive = started(longer, SampleRows::exporter)) {
                write(archive, 1);
            }
        }
        now = right.plus(Duration.ofDays(1));
        try (FlowArchive archive = started()) {
            write(archive, 1);
            assertThat(files()).hasSize(4);
            now = right.plus(Duration.ofDays(8)).minus(ArchiveFolder.SPAN);
            write(archive, 1);
            assertThat(files()).hasSize(2);
        }
    }

    private List<String> filesOrNone() {
        try {
            return files();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsTooMuchIsDeletedAlsoAtTheStart() throws Exception {
        ArchiveLimits small = new ArchiveLimits(ArchiveLimits.LEAST_BYTES, Duration.ofDays(7));
        try (FlowArchive archive = started(small, SampleRows::exporter)) {
            for (int i = 0; i < 40; i++) {
                write(archive, 4_000);
                assertThat(size()).isLessThanOrEqualTo(small.bytes());
                assertThat(archive.statistics().bytes()).isEqualTo(size());
            }
        }
        assertThat(size()).isGreaterThan(small.bytes() * 8 / 10);
        List<Row> before = kept();
        try (FlowArchive archive = started(small, SampleRows::exporter)) {
            List<Row> added = write(archive, 4_000);
            List<Row> after = kept();

            assertThat(size()).isLessThanOrEqualTo(small.bytes());
            assertThat(after.subList(after.size() - 4_000, after.size())).isEqualTo(added);
            // The rest is the end of what was there.
            List<Row> rest = after.subList(0, after.size() - 4_000);
            assertThat(rest).isEqualTo(before.subList(before.size() - rest.size(), before.size()));
        }
        assertThat(messages).isEmpty();
    }

    private long size() throws IOException {
        long size = 0;
        for (String file : files()) {
            size += Files.size(folder().resolve(file));
        }
        return size;
    }

    @Test
    void rowsAreDroppedAndCountedWhereTheWriterIsBehind() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        IntFunction<IpAddress> exporters = index -> {
            try {
                slow.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return SampleRows.exporter(index);
        };
        int batches = (FlowArchive.BLOCKS + 2) * FlowBlock.CAPACITY / ROWS;
        FlowBatch batch = SampleRows.batch(random, ROWS);
        Arrays.fill(batch.exporter, 1);
        try (FlowArchive archive = started(LIMITS, exporters)) {
            for (int i = 0; i < batches; i++) {
                archive.record(batch);
            }
            assertThat(archive.statistics().flows()).isZero();
            assertThat(archive.statistics().dropped()).isEqualTo(2L * FlowBlock.CAPACITY);
            slow.countDown();
            await(() -> archive.statistics().flows() == (long) FlowArchive.BLOCKS * FlowBlock.CAPACITY);
            // And it goes on.
            write(archive, 10);
            assertThat(archive.statistics().dropped()).isEqualTo(2L * FlowBlock.CAPACITY);
        }
    }

    @Test
    void closingWritesWhatThereIs() throws Exception {
        FlowBatch batch = SampleRows.batch(random, 100);
        try (FlowArchive archive = started()) {
            archive.record(batch);
        }
        assertThat(kept()).isEqualTo(SampleRows.rows(batch));
    }

    @Test
    void folderThatIsDeletedIsMadeAgain() throws Exception {
        try (FlowArchive archive = started()) {
            write(archive, 10);
            for (String file : files()) {
                Files.delete(folder().resolve(file));
            }
            Files.delete(folder());
            List<Row> after = write(archive, 20);

            assertThat(kept()).isEqualTo(after);
            assertThat(archive.statistics().dropped()).isZero();
        }
    }

    @Test
    void troubleIsToldOnceAndTriedAgain() throws Exception {
        // A file in the place of the folder.
        Files.writeString(folder(), "");
        try (FlowArchive archive = started()) {
            for (int i = 0; i < 5; i++) {
                write(archive, 10);
            }
            assertThat(archive.statistics().dropped()).isEqualTo(50);
            await(() -> messages.size() == 1);
            assertThat(messages.get(0)).contains("cannot be kept in " + folder());
            Files.delete(folder());
            List<Row> after = write(archive, 10);

            assertThat(archive.statistics().flows()).isEqualTo(10);
            assertThat(kept()).isEqualTo(after);
            await(() -> messages.size() == 2);
            assertThat(messages.get(1)).contains("again", "50 were lost");
        }
    }

    @Test
    void fullDiskCostsWhatDoesNotFitOnly() throws Exception {
        Files.createDirectory(folder());
        try (SmallDisk disk = SmallDisk.mount(folder(), 256)) {
            List<Row> expected = new ArrayList<>();
            try (FlowArchive archive = started()) {
                while (archive.statistics().dropped() == 0) {
                    List<Row> rows = write(archive, 1_000);
                    if (archive.statistics().dropped() == 0) {
                        expected.addAll(rows);
                    }
                }
                await(() -> messages.size() == 1);
                assertThat(kept()).isEqualTo(expected);
                Files.delete(disk.folder().resolve(files().getFirst()));
                List<Row> after = write(archive, 1_000);

                await(() -> messages.size() == 2);
                assertThat(kept()).endsWith(after.toArray(Row[]::new));
            }
            assertThat(expected).isNotEmpty();
        }
    }

    @Test
    void defectInOneBlockDoesNotEndTheArchive() throws Exception {
        Semaphore defect = new Semaphore(1);
        IntFunction<IpAddress> exporters = index -> {
            if (defect.tryAcquire()) {
                throw new IllegalStateException("defect");
            }
            return SampleRows.exporter(index);
        };
        try (FlowArchive archive = started(LIMITS, exporters)) {
            write(archive, 10);
            assertThat(archive.statistics().dropped()).isEqualTo(10);
            List<Row> after = write(archive, 10);

            assertThat(kept()).isEqualTo(after);
            await(() -> messages.size() == 2);
        }
    }
}
