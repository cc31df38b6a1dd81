package levee.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import levee.archive.ArchiveLimits;
import levee.archive.FlowArchive;
import levee.attack.AttackDetector;
import levee.attack.DetectionPolicy;
import levee.capture.CaptureFormat;
import levee.engine.TalkerMeter;
import levee.flowexport.ExportFormat;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.telemetry.BatchSource;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows cost no memory. What judges and tells of attacks does so now and then in the time of the rows, and a batch in
 * which that happens may cost some; the others must not.
 */
@Tag("slow")
class AllocationTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** Until the compiler has seen all, and structures that are allocated where they are first used are there. */
    private static final int BATCHES_BEFORE = 10_000;

    private static final int BATCHES = 10_000;

    private enum Kind {
        ORDINARY(PreparedBatches::ordinary),
        SYN_FLOOD(PreparedBatches::synFlood),
        REFLECTION(PreparedBatches::reflection),
        FLOWS(PreparedBatches::flows),
        FLOWS_OF_SYN_FLOOD(PreparedBatches::flowsOfSynFlood);

        private final Supplier<PreparedBatches> batches;

        Kind(Supplier<PreparedBatches> batches) {
            this.batches = batches;
        }
    }

    @ParameterizedTest
    @EnumSource
    void detectingDoesNotAllocate(Kind kind) throws IOException {
        AttackDetector detector = new AttackDetector(
                DetectionPolicy.analysis(), OwnNetworks.unknown(), PreparedBatches.SEED, event -> {});
        PreparedBatches batches = kind.batches.get();
        assertAllocatesSeldom(() -> detector.process(batches.next()));
    }

    @ParameterizedTest
    @EnumSource
    void lookingUpWhatIsAllowedDoesNotAllocate(Kind kind) throws IOException {
        AttackDetector detector = AllowListBenchmark.detector(100_000);
        PreparedBatches batches = kind.batches.get();
        assertAllocatesSeldom(() -> detector.process(batches.next()));
    }

    @ParameterizedTest
    @EnumSource
    void trackingConnectionsDoesNotAllocate(Kind kind) throws IOException {
        ConnectionTable table = new ConnectionTable(PreparedBatches.TABLE_CAPACITY, PreparedBatches.SEED);
        PreparedBatches batches = kind.batches.get();
        assertAllocatesSeldom(() -> {
            FlowBatch batch = batches.next();
            table.hash(batch);
            table.annotate(batch);
        });
    }

    @Test
    void readingDoesNotAllocate() throws IOException {
        Profile profile = Profile.MIXED;
        int length = 4 << 20;
        RepeatedCapture capture = new RepeatedCapture(
                profile.traffic(PreparedBatches.SEED, PreparedBatches.CONNECTIONS, length),
                profile.minimumFrame(),
                length);
        FlowBatch batch = PreparedBatches.emptyBatch();
        try (BatchSource source = CaptureFormat.PCAP.open(capture, false)) {
            assertAllocatesSeldom(() -> source.fill(batch));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readingExportsDoesNotAllocate(ExportFormat format) throws IOException {
        FlowExportBenchmark benchmark = new FlowExportBenchmark();
        benchmark.format = format;
        benchmark.prepare();
        assertAllocatesSeldom(benchmark::read);
    }

    /** Every fifth million of rows something is handed over, which costs some. */
    @ParameterizedTest
    @EnumSource
    void countingTalkersDoesNotAllocate(Kind kind) throws IOException {
        PreparedBatches batches = kind.batches.get();
        TalkerMeter talkers = TalkerBenchmark.talkers(batches);
        assertAllocatesSeldom(() -> {
            FlowBatch batch = batches.next();
            talkers.rows(batch);
            talkers.tick(batch.firstNanos[0]);
        });
        assertThat(talkers.talkers().hosts()).isNotEmpty();
    }

    @Test
    void keepingFlowsDoesNotAllocate(@TempDir Path folder) throws IOException {
        PreparedBatches batches = PreparedBatches.flows();
        FlowArchive archive = new FlowArchive(
                folder,
                new ArchiveLimits(100_000_000, Duration.ofDays(1)),
                index -> IpAddress.ofIpv4(index),
                PreparedBatches.SEED,
                InstantSource.system(),
                message -> {});
        try (archive) {
            archive.start();
            assertAllocatesSeldom(() -> archive.record(batches.next()));
        }
        assertThat(archive.statistics().flows()).isPositive();
    }

    /** What is done with one batch. */
    private interface Step {
        void run() throws IOException;
    }

    private static void assertAllocatesSeldom(Step step) throws IOException {
        for (int i = 0; i < BATCHES_BEFORE; i++) {
            step.run();
        }
        int allocating = 0;
        for (int i = 0; i < BATCHES; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            step.run();
            allocating += THREADS.getCurrentThreadAllocatedBytes() > before ? 1 : 0;
        }
        assertThat(allocating).isLessThan(BATCHES / 100);
    }
}
