package levee.bench.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.bench.live.AlertReceiver.Told;
import levee.flowexport.ExportFormat;
import levee.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** What {@code bench/latency} runs: how long after the first datagram of an attack somebody is told of it. */
final class LatencyRun {
    private static final String SECRET = "bench-latency-bench-latency";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long PATIENCE_NANOS = 10 * NANOS_PER_SECOND;

    /** So that no alert waits for the limit of alerts a second. */
    private static final long PAUSE_MILLIS = 2_000;

    private static final int FASTNETMON_THRESHOLD = 500;
    private static final String FASTNETMON_VECTOR = "Attack type: ";

    /** The attacks of the exports by the beginning of the name, with their target and vector. */
    private static final Map<String, Attack> ATTACKS = Map.of(
            "nladc-ssdp-booter", new Attack("172.31.28.132", "ssdp-reflection"),
            "stopddos-dns-rrsig-frag", new Attack("10.10.10.10", "dns-reflection"),
            "stopddos-isakmp", new Attack("10.10.10.10", "ipsec-nat-t-reflection"),
            "stopddos-snmp", new Attack("10.10.10.10", "snmp-reflection"),
            "stopddos-synflood", new Attack("10.10.10.10", "tcp-syn-flood"),
            "thc-denial6-5", new Attack("2001:db8:1::1", "icmpv6-flood"));

    private final Options options;
    private final Path folder;
    private final int runs;
    private final int datagramsPerSecond;
    private final SplittableRandom random = new SplittableRandom(1);

    private record Attack(String target, String vector) {}

    private record Export(Path file, String name, String kind, ExportFormat format, Attack attack) {}

    /** One attempt; {@code told} is null where nobody was told. */
    private record Result(@Nullable Told told, String target, double seconds) {}

    private LatencyRun(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
        datagramsPerSecond = Integer.parseInt(options.value("--rate").orElse("200"));
        runs = Integer.parseInt(options.value("--runs").orElse(options.has("--quick") ? "3" : "30"));
    }

    public static void main(String[] arguments) throws Exception {
        try (Scratch scratch = new Scratch()) {
            new LatencyRun(new Options(arguments), scratch.folder()).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        List<Export> exports = exports(Path.of(options.value("--data").orElseThrow(), "attacks", "exports"));
        System.out.println(
                "| attack | export | sent | told by | told | target right | vector right | median s | max s |");
        System.out.println("| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |");
        Map<String, List<Result>> byFormat = new TreeMap<>();
        for (Export export : exports) {
            for (String manner : options.list("--manners", "renewed,as-it-was")) {
                for (String peer : options.list("--peers", "levee")) {
                    List<Result> results = measure(export, manner.equals("renewed"), peer);
                    System.out.println(row(export.name(), export.kind(), manner, peer, export.attack(), results));
                    byFormat.computeIfAbsent(
                                    "| all | " + export.format().label() + " | " + manner + " | " + peer,
                                    key -> new ArrayList<>())
                            .addAll(results);
                }
            }
        }
        byFormat.forEach((key, results) -> System.out.println(key + times(results)));
    }

    private List<Export> exports(Path directory) throws IOException {
        String wanted = options.value("--files").orElse("");
        List<Export> exports = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String[] parts = file.getFileName().toString().split("\\.");
                Attack attack = ATTACKS.get(parts[0]);
                if (attack != null
                        && parts.length == 3
                        && file.getFileName().toString().contains(wanted)) {
                    exports.add(new Export(file, parts[0], parts[1], format(parts[1]), attack));
                }
            }
        }
        return exports;
    }

    private static ExportFormat format(String kind) {
        return switch (kind) {
            case "nf5", "softflowd-nf5" -> ExportFormat.NETFLOW_V5;
            case "nf9", "softflowd-nf9" -> ExportFormat.NETFLOW_V9;
            case "ipfix", "softflowd-ipfix" -> ExportFormat.IPFIX;
            case "sflow" -> ExportFormat.SFLOW;
            default -> throw new IllegalArgumentException("there is no format '" + kind + "'");
        };
    }

    /** Each run has a target of its own, in a network of its own, so that the process can go on. */
    private static String network(Export export, int run) {
        return IpAddress.parse(export.attack().target()).isIpv4()
                ? "10." + (16 + run / 200) + "." + run % 200
                : "2001:db8:" + Integer.toHexString(0x100 + run);
    }

    private static IpAddress target(Export export, int run) {
        boolean isIpv4 = IpAddress.parse(export.attack().target()).isIpv4();
        return IpAddress.parse(network(export, run) + (isIpv4 ? ".10" : "::1"));
    }

    private List<String> networks(Export export) {
        boolean isIpv4 = IpAddress.parse(export.attack().target()).isIpv4();
        return IntStream.rangeClosed(0, runs)
                .mapToObj(run -> network(export, run) + (isIpv4 ? ".0/24" : "::/48"))
                .toList();
    }

    private List<Result> measure(Export export, boolean asOfNow, String peer) throws IOException, InterruptedException {
        return switch (peer) {
            case "levee" -> levee(export, asOfNow);
            case "fastnetmon" -> fastNetMon(export, asOfNow);
            default -> throw new IllegalArgumentException("there is no collector '" + peer + "'");
        };
    }

    private List<Result> levee(Export export, boolean asOfNow) throws IOException, InterruptedException {
        try (AlertReceiver receiver = new AlertReceiver(SECRET);
                Scratch scratch = new Scratch()) {
            Path secret = scratch.folder().resolve("secret");
            Path configuration = scratch.folder().resolve("levee.yaml");
            Files.writeString(secret, SECRET);
            Files.writeString(configuration, """
                mode: alert
                data: %s
                web: 127.0.0.1:%d
                flows: [127.0.0.1:%d]
                networks: [%s]
                alerts:
                  - type: webhook
                    name: bench
                    url: http://127.0.0.1:%d/
                    secret-file: %s
                """.formatted(
                            scratch.folder().resolve("data"),
                            LeveePeer.WEB_PORT,
                            LeveePeer.FLOWS_PORT,
                            networks(export).stream()
                                    .map(network -> "\"" + network + "\"")
                                    .collect(Collectors.joining(", ")),
                            receiver.port(),
                            secret));
            try (Running running = new Running(
                    scratch.folder().resolve("log"),
                    List.of(
                            options.value("--launcher").orElseThrow(),
                            "serve",
                            "--config",
                            configuration.toString()))) {
                running.await(
                        "levee serve",
                        () -> !Web.get(LeveePeer.WEB_PORT, "/api/v1/stats").isEmpty());
                return attacks(export, asOfNow, LeveePeer.FLOWS_PORT, receiver.told());
            }
        }
    }

    private List<Result> fastNetMon(Export export, boolean asOfNow) throws IOException, InterruptedException {
        Path bans = folder.resolve("bans");
        Files.createDirectories(bans);
        Path script = folder.resolve("notify");
        Files.writeString(script, """
            #!/bin/sh
            # Address, direction, packets a second, action; the report comes on standard input.
            [ "$4" = ban ] || exit 0
            cat >%1$s/new
            mv %1$s/new "%1$s/ban-$(printf %%s "$1" | tr / _)"
            """.formatted(bans));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        Thread watcher = Thread.ofPlatform().daemon().start(() -> watch(bans, told));
        Running running =
                FastNetMonPeer.start(folder, String.join("\n", networks(export)), FASTNETMON_THRESHOLD, script);
        try (running) {
            boolean isSflow = export.format() == ExportFormat.SFLOW;
            return attacks(export, asOfNow, isSflow ? FastNetMonPeer.SFLOW_PORT : FastNetMonPeer.NETFLOW_PORT, told);
        } finally {
            watcher.interrupt();
        }
    }

    private static void watch(Path bans, BlockingQueue<Told> told) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(2_000_000);
                try (Stream<Path> files = Files.list(bans)) {
                    for (Path file : files.toList()) {
                        String name = file.getFileName().toString();
                        if (name.startsWith("ban-")) {
                            long nanos = System.nanoTime();
                            String vector = Files.readString(file)
                                    .lines()
                                    .filter(line -> line.startsWith(FASTNETMON_VECTOR))
                                    .map(line -> line.substring(FASTNETMON_VECTOR.length()))
                                    .findFirst()
                                    .orElse("");
                            told.add(new Told(name.substring(4).replace('_', '/'), vector, nanos));
                            Files.delete(file);
                        }
                    }
                }
            }
        } catch (IOException e) {
            // The folder is gone: the measurement is over.
        }
    }

    /** The first one, of a program that has just started, does not count. */
    private List<Result> attacks(Export export, boolean asOfNow, int port, BlockingQueue<Told> told)
            throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        IpAddress original = IpAddress.parse(export.attack().target());
        ExportReplay replay = new ExportReplay(export.file(), export.format(), original);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            for (int run = 0; run <= runs; run++) {
                Thread.sleep(PAUSE_MILLIS + random.nextInt(1_000));
                Result result = attack(replay, asOfNow, channel, target(export, run), told);
                if (run > 0) {
                    results.add(result);
                }
            }
        }
        return results;
    }

    private Result attack(
            ExportReplay replay, boolean asOfNow, DatagramChannel channel, IpAddress target, BlockingQueue<Told> told)
            throws IOException {
        told.clear();
        replay.rewind();
        long start = System.nanoTime();
        long first = 0;
        for (long sent = 0; System.nanoTime() - start < PATIENCE_NANOS; sent++) {
            long due = start + sent * NANOS_PER_SECOND / datagramsPerSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (first == 0 && replay.tellsOfTarget()) {
                first = System.nanoTime();
            }
            try {
                channel.write(replay.next(target, asOfNow));
            } catch (PortUnreachableException e) {
                throw new IOException("nobody listens any more", e);
            }
            Told answer = told.poll();
            if (answer != null) {
                return new Result(
                        answer, target.toString(), (double) (answer.nanos() - first) / TimeUnit.SECONDS.toNanos(1));
            }
        }
        return new Result(null, target.toString(), Double.NaN);
    }

    private static String row(
            String name, String kind, String manner, String peer, Attack attack, List<Result> results) {
        long right = results.stream()
                .filter(result ->
                        result.told() != null && result.told().vector().equals(attack.vector()))
                .count();
        String said = results.stream()
                .flatMap(result -> Optional.ofNullable(result.told()).stream())
                .map(Told::vector)
                .filter(vector -> !vector.equals(attack.vector()))
                .distinct()
                .collect(Collectors.joining(", "));
        List<Double> seconds = seconds(results);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d of %d | %d | %d%s | %s | %s |",
                name,
                kind,
                manner,
                peer,
                seconds.size(),
                results.size(),
                targetsRight(results),
                right,
                said.isEmpty() ? "" : " (" + said + ")",
                text(median(seconds)),
                text(seconds.isEmpty() ? Double.NaN : seconds.getLast()));
    }

    private static String times(List<Result> results) {
        List<Double> seconds = seconds(results);
        return String.format(
                Locale.ROOT,
                " | %d of %d | %d | | %s | %s |",
                seconds.size(),
                results.size(),
                targetsRight(results),
                text(median(seconds)),
                text(seconds.isEmpty() ? Double.NaN : seconds.getLast()));
    }

    private static long targetsRight(List<Result> results) {
        return results.stream()
                .filter(result -> result.told() != null
                        && result.told().target().split("/")[0].equals(result.target()))
                .count();
    }

    private static List<Double> seconds(List<Result> results) {
        return results.stream()
                .filter(result -> result.told() != null)
                .map(Result::seconds)
                .sorted()
                .toList();
    }

    private static double median(List<Double> sorted) {
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }

    private static String text(double seconds) {
        return Double.isNaN(seconds) ? "-" : String.format(Locale.ROOT, "%.2f", seconds);
    }
}
