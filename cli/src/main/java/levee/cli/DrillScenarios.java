package levee.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import levee.drill.BotFamily;
import levee.drill.LookAlikeKind;
import levee.drill.NameGenerator;
import levee.drill.PlannedAttack;
import levee.drill.PlannedBotnet;
import levee.drill.PlannedBots;
import levee.drill.PlannedLookAlike;
import levee.drill.Scenario;
import levee.drill.Shape;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;

/**
 * What a live drill plays, one scenario after the other, for ever: the day at a provider with ever other targets, outbreaks
 * among its customers, or what a file says and then ordinary traffic.
 */
final class DrillScenarios {
    /** The name of the scenario that needs no file. */
    static final String DAY = "day";

    /** The name of another, in which own hosts get infected. */
    static final String OUTBREAK = "outbreak";

    /** The own networks by whose they are, for {@code groups} of the settings. */
    static final String GROUPS = """
        groups:
          - {name: hosting, networks: [10.16.0.0/24, "fd00:16::/64"], customer: Harbour Hosting}
          - {name: clinic, networks: [10.16.2.0/23, "fd00:16:0:2::/63"], customer: Old Mill Clinic}
          - {name: university, networks: [10.16.4.0/22, "fd00:16:0:4::/62"], customer: Riverside University}
          - {name: games, networks: [10.16.8.0/22, "fd00:16:0:8::/62"], customer: Northgate Games}
        """;

    private static final Prefix HOSTING = Prefix.parse("10.16.0.0/24");
    private static final Prefix CLINIC = Prefix.parse("10.16.2.0/23");
    private static final Prefix UNIVERSITY = Prefix.parse("10.16.4.0/22");
    private static final Prefix GAMES = Prefix.parse("10.16.8.0/22");

    /** Of the first day, which begins with the reflection that is best known. */
    private static final long FIRST_SEED = 26;

    private static final int HOSTS = 3_000;
    private static final double FLOWS_PER_SECOND = 100;

    /** The last attack is over a minute before, so that it belongs to one scenario alone. */
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private static final Duration OUTBREAK_LENGTH = Duration.ofMinutes(15);

    private static final List<AttackVector> REFLECTIONS = List.of(
            AttackVector.DNS_REFLECTION,
            AttackVector.NTP_REFLECTION,
            AttackVector.CLDAP_REFLECTION,
            AttackVector.SSDP_REFLECTION,
            AttackVector.MEMCACHED_REFLECTION,
            AttackVector.SNMP_REFLECTION);

    private static final int FIRST_HOST = 20;
    private static final int LAST_HOST = 200;

    private final String name;
    private final IntFunction<Scenario> scenarios;
    private int played;

    /** @param scenarios what is played first, second and so on, counted from zero */
    private DrillScenarios(String name, IntFunction<Scenario> scenarios) {
        this.name = name;
        this.scenarios = scenarios;
    }

    /** The day at a provider, again and again. */
    static DrillScenarios days() {
        return new DrillScenarios(DAY, number -> day(FIRST_SEED + number));
    }

    /** Outbreaks at the provider, and innocent habits, again and again. */
    static DrillScenarios outbreaks() {
        return new DrillScenarios(OUTBREAK, number -> outbreak(FIRST_SEED + number));
    }

    /** @param builder has read the file already, and found nothing wrong */
    static DrillScenarios file(Path path, Scenario scenario) {
        return new DrillScenarios(
                path.getFileName().toString(), number -> number == 0 ? scenario : ordinary(scenario, number));
    }

    String name() {
        return name;
    }

    /** What is played from now on. */
    Scenario next(Instant start) {
        return scenarios.apply(played++).startingAt(start);
    }

    private static Scenario ordinary(Scenario like, int number) {
        return Scenario.ordinary(like.seed() + number)
                .withSize(like.hosts(), like.flowsPerSecond())
                .lasting(LENGTH);
    }

    private static Scenario day(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<AttackVector> reflections = reflections(random);
        Prefix player = host(GAMES, random);
        return Scenario.ordinary(seed)
                .withSize(HOSTS, FLOWS_PER_SECOND)
                .lasting(LENGTH)
                .with(attack(8, 40, 4_000, random, reflections.get(0)).on(host(HOSTING, random)))
                .with(new PlannedLookAlike(LookAlikeKind.FLASH_CROWD, Duration.ofSeconds(55), Duration.ofSeconds(30)))
                .with(attack(80, 40, 4_000, random, AttackVector.TCP_SYN_FLOOD).on(host(GAMES, random)))
                .with(attack(135, 45, 6_000, random, reflections.get(1)).on(network(CLINIC, random)))
                .with(attack(190, 80, 5_000, random, reflections.get(2))
                        .on(host(UNIVERSITY, random))
                        .shaped(new Shape.Pulses(Duration.ofSeconds(6), Duration.ofSeconds(14))))
                .with(attack(285, 60, 5_000, random, reflections.get(3)).on(player))
                .with(attack(295, 45, 2_000, random, AttackVector.TCP_SYN_FLOOD).on(player))
                .with(new PlannedBotnet(6, Duration.ofSeconds(330), Duration.ofSeconds(50)))
                .with(attack(425, 40, 5_000, random, AttackVector.UDP_FLOOD).on(host(HOSTING, random)))
                .with(new PlannedLookAlike(LookAlikeKind.QUIC_SERVER, Duration.ofSeconds(470), Duration.ofSeconds(30)))
                .with(attack(500, 40, 4_000, random, reflections.get(4)).on(host(CLINIC, random)));
    }

    /** In fast motion: what takes hours elsewhere takes minutes here. */
    private static Scenario outbreak(long seed) {
        Duration beacon = Duration.ofSeconds(20);
        BotFamily mirai =
                new BotFamily.Mirai(23, 10, Duration.ofMinutes(8), beacon, 0.3, Optional.of(Duration.ofMinutes(7)));
        Scenario scenario = Scenario.ordinary(seed)
                .withSize(HOSTS, FLOWS_PER_SECOND)
                .lasting(OUTBREAK_LENGTH)
                .with(bots(mirai, 12, 10, 300))
                .with(bots(new BotFamily.Irc(6_667, Duration.ofSeconds(60), Optional.empty()), 3, 45, 60))
                .with(bots(new BotFamily.DeadServer(4_444, Duration.ofSeconds(15), 0.05, false), 2, 60, 30))
                .with(bots(new BotFamily.Beacon(beacon, 0.1, true, true), 3, 75, 60))
                .with(bots(new BotFamily.Dga(NameGenerator.LETTERS, Duration.ofMinutes(3), 60), 2, 90, 30))
                .with(bots(new BotFamily.Spam(30), 1, 120, 0));
        for (LookAlikeKind kind : List.of(
                LookAlikeKind.NTP_POLLER,
                LookAlikeKind.UPDATE_CHECKER,
                LookAlikeKind.DEVICE_CLOUD,
                LookAlikeKind.DEAD_CLOUD,
                LookAlikeKind.FILE_SHARING,
                LookAlikeKind.MAIL_SERVER,
                LookAlikeKind.WEB_CRAWLER)) {
            scenario =
                    scenario.with(new PlannedLookAlike(kind, Duration.ofSeconds(5), OUTBREAK_LENGTH.minusSeconds(10)));
        }
        return scenario;
    }

    private static PlannedBots bots(BotFamily family, int hosts, int atSeconds, int spreadSeconds) {
        return new PlannedBots(family, hosts, Duration.ofSeconds(atSeconds), Duration.ofSeconds(spreadSeconds));
    }

    private static PlannedAttack attack(
            int atSeconds, int seconds, int aboutPacketsPerSecond, SplittableRandom random, AttackVector vector) {
        // In steps of a hundred, so that people can say them.
        long packetsPerSecond = Math.round(aboutPacketsPerSecond * random.nextDouble(0.8, 1.2) / 100) * 100;
        return PlannedAttack.of(vector)
                .at(Duration.ofSeconds(atSeconds))
                .lasting(Duration.ofSeconds(seconds))
                .atRate(packetsPerSecond);
    }

    /** In an order of their own each day, none of them twice: the same on two targets is taken for one attack on both. */
    private static List<AttackVector> reflections(SplittableRandom random) {
        List<AttackVector> order = new ArrayList<>();
        for (AttackVector vector : REFLECTIONS) {
            order.add(random.nextInt(order.size() + 1), vector);
        }
        return order;
    }

    /** A /24 of a customer. */
    private static Prefix network(Prefix customer, SplittableRandom random) {
        int networks = 1 << 24 - customer.length();
        return new Prefix(IpAddress.ofIpv4((int) customer.address().low() | random.nextInt(networks) << 8), 24);
    }

    private static Prefix host(Prefix customer, SplittableRandom random) {
        int network = (int) network(customer, random).address().low();
        return Prefix.host(IpAddress.ofIpv4(network | random.nextInt(FIRST_HOST, LAST_HOST)));
    }
}
