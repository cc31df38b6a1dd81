package levee.report;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.model.Abuse;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.Group;
import levee.model.InputSummary;
import levee.model.IpAddress;
import levee.model.Prefix;

/** Analyses of every shape that the model allows, the same for the same seed. */
final class RandomAnalyses {
    private static final List<String> TEXTS = List.of(
            "",
            "-",
            "capture.pcap",
            "a name with  spaces ",
            "red \u001b[31m and \r\n \t \u0000 \u007f \u009b2J",
            "turned \u202e around",
            "lone \ud800 surrogate",
            "höhe 高さ 🚰",
            "x".repeat(300));

    final Random random;

    RandomAnalyses(long seed) {
        random = new Random(seed);
    }

    Analysis analysis() {
        return new Analysis(
                text(),
                list(4, this::prefix),
                random.nextBoolean() ? 0 : random.nextInt(1000),
                list(4, this::input),
                list(4, this::finding));
    }

    private InputSummary input() {
        boolean empty = random.nextBoolean();
        Map<String, Long> rejected = new TreeMap<>();
        Stream.of("truncated", "not_ip", "clock_leap")
                .filter(reason -> random.nextBoolean())
                .forEach(reason -> rejected.put(reason, amount()));
        return new InputSummary(
                text(),
                pick("pcap", "pcapng", "zeek-tsv", "unknown"),
                pick("none", "gzip", "xz", "zstd"),
                pick("packets", "connections", "netflow-v9"),
                empty ? 0 : amount(),
                empty ? 0 : amount(),
                amount(),
                empty ? Optional.empty() : Optional.of(time()),
                empty ? Optional.empty() : Optional.of(time()),
                rejected,
                random.nextBoolean() ? Optional.empty() : Optional.of(new InputSummary.Damage(amount(), text())));
    }

    Finding finding() {
        return random.nextBoolean() ? attack() : abuse();
    }

    Abuse abuse() {
        return new RandomAbuses(this).abuse();
    }

    Attack attack() {
        return new Attack(
                "attack-" + random.nextInt(1 << 20),
                pick(Attack.State.values()),
                pick(Attack.Direction.values()),
                prefix(),
                list(8, this::prefix),
                time(),
                time(),
                random.nextDouble(),
                pick(Attack.Visibility.values()),
                new Attack.Sampling(1 + random.nextInt(5000), amount()),
                ingress(),
                new Attack.Peak(rate(), rate()),
                volume(),
                volume(),
                new Attack.Sources(
                        new Attack.Count(amount(), random.nextBoolean()),
                        spoofing(),
                        list(8, () -> new Attack.Talker(prefix(), amount(), amount())),
                        list(3, () -> new Attack.Origin(1 + random.nextInt(1 << 20), text(), random.nextDouble()))),
                vectors(),
                timeline(),
                sample(),
                evidence(),
                group());
    }

    List<Evidence> evidence() {
        return list(4, () -> new Evidence(text(), measure(), measure(), text()));
    }

    Optional<Group> group() {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Group(
                        "g" + text(),
                        List.of(),
                        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
                        list(2, this::text)));
    }

    private Attack.Spoofing spoofing() {
        return new Attack.Spoofing(pick(Attack.Spoofing.Verdict.values()), list(3, this::text));
    }

    private List<Attack.Ingress> ingress() {
        double[] shares = shares(random.nextInt(5));
        return IntStream.range(0, shares.length)
                .mapToObj(i -> new Attack.Ingress("192.0.2." + i, random.nextInt(100), shares[i]))
                .toList();
    }

    /** Now and then all vectors at once. */
    private List<Attack.VectorShare> vectors() {
        AttackVector[] all = AttackVector.values();
        int count = random.nextInt(4) == 0 ? all.length : 1 + random.nextInt(4);
        double[] packets = shares(count);
        double[] bytes = shares(count);
        int first = random.nextInt(all.length);
        return IntStream.range(0, count)
                .mapToObj(i -> new Attack.VectorShare(
                        all[(first + i) % all.length],
                        packets[i],
                        bytes[i],
                        list(8, () -> random.nextInt(65_536)),
                        list(8, () -> random.nextInt(65_536)),
                        list(8, () -> random.nextInt(9_000)),
                        list(8, () -> random.nextInt(256)),
                        time(),
                        time(),
                        time(),
                        random.nextDouble(),
                        spoofing(),
                        Set.of(pick(Attack.Companion.values())),
                        sample()))
                .toList();
    }

    private Attack.Timeline timeline() {
        int slots = random.nextInt(20);
        Map<AttackVector, List<Attack.Volume>> vectors = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            vectors.put(pick(AttackVector.values()), volumes(slots));
        }
        return new Attack.Timeline(time(), Duration.ofNanos(1L << random.nextInt(45)), vectors, volumes(slots));
    }

    private List<Attack.Volume> volumes(int count) {
        return IntStream.range(0, count).mapToObj(i -> volume()).toList();
    }

    private Attack.Sample sample() {
        return new Attack.Sample(
                1 + random.nextDouble(),
                list(
                        30,
                        () -> new Attack.SampledRow(
                                time(),
                                prefix().address(),
                                random.nextInt(65_536),
                                prefix().address(),
                                random.nextInt(65_536),
                                random.nextInt(256),
                                random.nextInt(256),
                                random.nextInt(256),
                                amount(),
                                amount())));
    }

    /** Shares that add up to 1. */
    private double[] shares(int count) {
        double[] parts = random.doubles(count).map(part -> part * part * part).toArray();
        double sum = IntStream.range(0, count).mapToDouble(i -> parts[i]).sum();
        return IntStream.range(0, count).mapToDouble(i -> parts[i] / sum).toArray();
    }

    Prefix prefix() {
        IpAddress address = random.nextBoolean()
                ? IpAddress.ofIpv4(random.nextInt())
                : new IpAddress(random.nextLong(), random.nextBoolean() ? 0 : random.nextLong());
        return new Prefix(address, random.nextInt(address.bits() + 1));
    }

    Attack.Volume volume() {
        return random.nextInt(3) == 0 ? Attack.Volume.NONE : new Attack.Volume(amount(), amount());
    }

    long amount() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    double rate() {
        return Math.pow(10, random.nextInt(-6, 14)) * random.nextDouble();
    }

    double measure() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> 0;
            case 3 -> -rate();
            default -> rate();
        };
    }

    Instant time() {
        return switch (random.nextInt(8)) {
            case 0 -> Instant.EPOCH;
            case 1 -> Instant.MAX;
            case 2 -> Instant.MIN;
            case 3 -> Instant.ofEpochSecond(random.nextInt());
            default -> Instant.ofEpochSecond(random.nextInt() & 0xffff_ffffL, random.nextInt(1_000_000_000));
        };
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    @SafeVarargs
    final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> List<T> list(int most, Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(most + 1)).toList();
    }
}
