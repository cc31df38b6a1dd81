package levee.bench.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.InterfaceCounters;
import levee.flowexport.SamplingSource;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.FindingId;
import levee.model.HostTraffic;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;
import levee.server.LearningReport;
import levee.server.LiveStatistics;
import levee.server.LiveSystem;
import levee.server.OpenFinding;
import levee.server.SettingInForce;
import levee.server.SparedTraffic;
import levee.store.StoredFinding;

/** A detection with many attacks that go on and change, and a few routers. Safe for several threads. */
final class ManyAttacks implements LiveSystem {
    private static final int SLOTS = 120;
    private static final int TALKERS = 10;
    private static final Attack.Spoofing SPOOFING =
            new Attack.Spoofing(Attack.Spoofing.Verdict.LIKELY, List.of("hardly any source sent twice"));
    private static final List<AttackVector> VECTORS = List.of(
            AttackVector.NTP_REFLECTION,
            AttackVector.TCP_SYN_FLOOD,
            AttackVector.DNS_REFLECTION,
            AttackVector.UDP_FLOOD,
            AttackVector.TCP_ACK_FLOOD);

    private final Instant start;
    private final SplittableRandom random = new SplittableRandom(26);
    private final AtomicReferenceArray<OpenFinding> open;
    private int next;

    /** @param start of the first ones */
    ManyAttacks(int count, Instant start) {
        this.start = start;
        open = new AtomicReferenceArray<>(count);
        for (int number = 0; number < count; number++) {
            open.set(number, opened(number, start));
        }
    }

    /** So many of them change, one after the other in turn. */
    void change(int count, Instant now) {
        for (int i = 0; i < count; i++) {
            open.set(next, opened(next, now));
            next = (next + 1) % open.length();
        }
    }

    List<Attack> attacks() {
        return open().stream()
                .flatMap(finding -> switch (finding.finding()) {
                    case Attack attack -> Stream.of(attack);
                    case Abuse abuse -> Stream.empty();
                })
                .toList();
    }

    private OpenFinding opened(int number, Instant now) {
        Instant began = start.plusMillis(number);
        return new OpenFinding(attack(number, began, now), began.plusSeconds(1), StoredFinding.Mode.ALERT, true);
    }

    private Attack attack(int number, Instant began, Instant now) {
        Prefix target = Prefix.host(IpAddress.ofIpv4(0x0a100000 + number));
        AttackVector main = VECTORS.get(number % VECTORS.size());
        AttackVector other = VECTORS.get((number + 1) % VECTORS.size());
        double packetsPerSecond = random.nextDouble(1_000, 2_000_000);
        return new Attack(
                FindingId.of("attack", target.toString(), began),
                Finding.State.OPEN,
                Attack.Direction.INBOUND,
                target,
                List.of(),
                began,
                now.isAfter(began) ? now : began,
                random.nextDouble(0.5, 1),
                Attack.Visibility.SAMPLED,
                new Attack.Sampling(1_000, 5_000),
                IntStream.rangeClosed(1, 3)
                        .mapToObj(router -> new Attack.Ingress("192.0.2." + router, router, router == 1 ? 0.4 : 0.3))
                        .toList(),
                new Attack.Peak(packetsPerSecond, packetsPerSecond * 3_600),
                new Attack.Volume(Math.round(packetsPerSecond * 60), Math.round(packetsPerSecond * 27_000)),
                new Attack.Volume(5_000, 2_500_000),
                new Attack.Sources(new Attack.Count(random.nextInt(100, 90_000), false), SPOOFING, networks()),
                List.of(share(main, 0.7, began), share(other, 0.3, began)),
                new Attack.Timeline(began, Duration.ofSeconds(1), Map.of(main, volumes(), other, volumes()), volumes()),
                new Attack.Sample(1_000, List.of()),
                List.of(new Evidence("50,000 packets came.", 50_000, 200, "count")));
    }

    private List<Attack.Talker> networks() {
        return IntStream.range(0, TALKERS)
                .mapToObj(talker -> new Attack.Talker(
                        new Prefix(IpAddress.ofIpv4(0xc6330000 + (random.nextInt(256) << 8)), 24), 1_000, 480_000))
                .toList();
    }

    private List<Attack.Volume> volumes() {
        List<Attack.Volume> volumes = new ArrayList<>(SLOTS);
        for (int slot = 0; slot < SLOTS; slot++) {
            long packets = random.nextLong(1, 100_000);
            volumes.add(new Attack.Volume(packets, packets * 450));
        }
        return volumes;
    }

    private static Attack.VectorShare share(AttackVector vector, double share, Instant began) {
        return new Attack.VectorShare(
                vector,
                share,
                share,
                List.of(),
                List.of(443),
                List.of(468),
                List.of(53),
                began,
                began.plusSeconds(1),
                began,
                0.97,
                SPOOFING,
                Set.of(),
                new Attack.Sample(1_000, List.of()));
    }

    @Override
    public List<OpenFinding> open() {
        return IntStream.range(0, open.length()).mapToObj(open::get).toList();
    }

    @Override
    public Optional<Finding> finding(String id) {
        return open().stream()
                .map(OpenFinding::finding)
                .filter(finding -> finding.id().equals(id))
                .findFirst();
    }

    @Override
    public List<ExporterStatistics> exporters() {
        return IntStream.rangeClosed(1, 20).mapToObj(this::exporter).toList();
    }

    private ExporterStatistics exporter(int number) {
        return new ExporterStatistics(
                number,
                IpAddress.parse("192.0.2." + number),
                true,
                ExportFormat.IPFIX,
                1_000_000,
                30_000_000,
                1_000,
                SamplingSource.OPTIONS,
                0,
                true,
                0,
                0,
                Map.of(),
                0.2,
                0,
                8,
                0,
                9,
                0,
                0,
                0,
                System.currentTimeMillis() * 1_000_000);
    }

    @Override
    public List<InterfaceCounters> interfaces(int exporter) {
        return List.of();
    }

    @Override
    public LiveStatistics statistics() {
        // Of each second something else, as it is.
        long second = System.currentTimeMillis() / 1_000;
        return new LiveStatistics(
                second * 10_000,
                second * 300_000,
                second * 1_000_000,
                second * 500_000_000,
                300_000 + second % 1_000,
                1_000_000 + second % 1_000,
                4e9 + second % 1_000 * 1e6,
                0,
                0,
                0,
                64,
                Map.of(),
                0,
                0,
                Optional.empty());
    }

    @Override
    public List<SparedTraffic> spared() {
        return List.of();
    }

    @Override
    public List<SettingInForce> settings() {
        return List.of();
    }

    @Override
    public List<String> obstacles() {
        return List.of();
    }

    @Override
    public List<Prefix> networksOf(String customer) {
        return List.of();
    }

    @Override
    public LearningReport learning() {
        throw new UnsupportedOperationException("pages do not ask for it");
    }

    @Override
    public Talkers talkers() {
        throw new UnsupportedOperationException("it is not measured");
    }

    @Override
    public Optional<HostTraffic> host(IpAddress address) {
        return Optional.empty();
    }
}
