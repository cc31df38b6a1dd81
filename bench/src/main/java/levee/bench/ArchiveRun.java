package levee.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import levee.archive.ArchiveLimits;
import levee.archive.ArchiveReader;
import levee.archive.FlowArchive;
import levee.archive.FlowBlock;
import levee.archive.FlowFilter;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.engine.RowPass;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;

/**
 * Keeps the rows of captures of export datagrams in an archive, reads them again, and prints how large it is and how
 * long all that took of a processor: once as they are, for the size, and then so often that there are ten million rows, for
 * the speed.
 *
 * <pre>
 * mvn -q -pl bench -am -Dmaven.test.skip=true package
 * java -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED -cp bench/target/levee-bench.jar \
 *     levee.bench.ArchiveRun FOLDER CAPTURE...
 * </pre>
 *
 * The folder must not hold anything.
 */
final class ArchiveRun {
    private static final long MANY_ROWS = 10_000_000;
    private static final long SEED = 1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ArchiveLimits LIMITS = new ArchiveLimits(100_000_000_000L, Duration.ofDays(1_000));

    private final Path folder;
    private final PrintStream output;

    private ArchiveRun(Path folder, PrintStream output) {
        this.folder = folder;
        this.output = output;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ArchiveRun run = new ArchiveRun(Path.of(arguments[0]), System.out);
        for (int i = 1; i < arguments.length; i++) {
            run.measure(Path.of(arguments[i]));
        }
    }

    private void measure(Path capture) throws IOException, InterruptedException {
        List<FlowBatch> batches = new ArrayList<>();
        new RowPass(SEED, ReadProgress.NONE).read(List.of(new Location.File(capture, false)), (batch, details) -> {
            if (batch.size > 0) {
                batches.add(copy(batch));
            }
        });
        long rows = batches.stream().mapToLong(batch -> batch.size).sum();
        Path once = folder.resolve("once");
        write(batches, once, 1);
        output.printf(
                Locale.ROOT,
                "%s: %,d rows, %.2f bytes a row%n",
                capture.getFileName(),
                rows,
                (double) size(once) / rows);
        delete(once);

        Path often = folder.resolve("often");
        int times = (int) Math.ceilDiv(MANY_ROWS, rows);
        say("packed and written on the writing thread", rows * times, write(batches, often, times));
        for (int i = 0; i < 2; i++) {
            scan(often, rows * times, "all columns read", FlowFilter.ALL);
            scan(often, rows * times, "an address that is not there", of(Prefix.parse("198.51.100.200")));
        }
        recordCost(batches);
        delete(often);
    }

    private void say(String what, long rows, long nanos) {
        output.printf(
                Locale.ROOT,
                "    %s: %.1f million rows/s, %.0f ns a row%n",
                what,
                rows * 1e3 / nanos,
                (double) nanos / rows);
    }

    private static FlowFilter of(Prefix host) {
        return new FlowFilter(
                List.of(host), List.of(), OptionalInt.empty(), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static FlowBatch copy(FlowBatch from) {
        FlowBatch to = new FlowBatch(from.size);
        to.clear(FlowBatch.Rows.FLOWS);
        to.size = from.size;
        System.arraycopy(from.firstNanos, 0, to.firstNanos, 0, to.size);
        System.arraycopy(from.lastNanos, 0, to.lastNanos, 0, to.size);
        System.arraycopy(from.sourceHigh, 0, to.sourceHigh, 0, to.size);
        System.arraycopy(from.sourceLow, 0, to.sourceLow, 0, to.size);
        System.arraycopy(from.destinationHigh, 0, to.destinationHigh, 0, to.size);
        System.arraycopy(from.destinationLow, 0, to.destinationLow, 0, to.size);
        System.arraycopy(from.sourcePort, 0, to.sourcePort, 0, to.size);
        System.arraycopy(from.destinationPort, 0, to.destinationPort, 0, to.size);
        System.arraycopy(from.protocol, 0, to.protocol, 0, to.size);
        System.arraycopy(from.tcpFlags, 0, to.tcpFlags, 0, to.size);
        System.arraycopy(from.packets, 0, to.packets, 0, to.size);
        System.arraycopy(from.bytes, 0, to.bytes, 0, to.size);
        System.arraycopy(from.samplingRate, 0, to.samplingRate, 0, to.size);
        System.arraycopy(from.exporter, 0, to.exporter, 0, to.size);
        System.arraycopy(from.ingressInterface, 0, to.ingressInterface, 0, to.size);
        return to;
    }

    private static FlowArchive open(Path path) {
        return new FlowArchive(
                path, LIMITS, index -> IpAddress.parse("192.0.2.1"), SEED, InstantSource.system(), System.err::println);
    }

    /** The nanoseconds of processor time that the writing thread took. */
    private static long write(List<FlowBatch> batches, Path path, int times) throws InterruptedException {
        long recorded = 0;
        try (FlowArchive archive = open(path)) {
            archive.start();
            for (int i = 0; i < times; i++) {
                for (FlowBatch batch : batches) {
                    while (recorded + batch.size - archive.statistics().flows() > 4 * FlowBlock.CAPACITY) {
                        Thread.sleep(1);
                    }
                    archive.record(batch);
                    recorded += batch.size;
                }
            }
            while (recorded - archive.statistics().flows() >= FlowBlock.CAPACITY) {
                Thread.sleep(1);
            }
            return Arrays.stream(THREADS.dumpAllThreads(false, false))
                    .filter(thread -> thread.getThreadName().equals("levee-archive"))
                    .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
                    .sum();
        }
    }

    /** What it costs to copy rows: nobody writes them, so a new archive takes over when one is full. */
    private void recordCost(List<FlowBatch> batches) {
        long rows = 0;
        long nanos = 0;
        while (rows < MANY_ROWS) {
            try (FlowArchive archive = open(folder)) {
                long before = THREADS.getCurrentThreadCpuTime();
                long recorded = 0;
                while (recorded < 6L * FlowBlock.CAPACITY) {
                    for (int i = 0; i < batches.size() && recorded < 6L * FlowBlock.CAPACITY; i++) {
                        archive.record(batches.get(i));
                        recorded += batches.get(i).size;
                    }
                }
                nanos += THREADS.getCurrentThreadCpuTime() - before;
                rows += recorded;
            }
        }
        say("recorded on the detecting thread", rows, nanos);
    }

    private void scan(Path path, long rows, String what, FlowFilter filter) throws IOException {
        long before = THREADS.getCurrentThreadCpuTime();
        new ArchiveReader(path).scan(filter, new ArchiveReader.Visitor() {
            @Override
            public void visit(FlowBlock block, int[] numbers, int count) {
                // Reading is what is measured.
            }

            @Override
            public void progress(long bytes, long totalBytes) {
                // Nobody looks.
            }
        });
        say(what, rows, THREADS.getCurrentThreadCpuTime() - before);
    }

    private static long size(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
