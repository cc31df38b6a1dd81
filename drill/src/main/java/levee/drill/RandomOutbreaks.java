package levee.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Scenarios of infections that a seed draws: some hundred hosts over a day, none to three outbreaks of different families,
 * fast and noisy or low and slow, and five to ten innocent habits that could be taken for one.
 */
public final class RandomOutbreaks {
    public static final Duration USUAL_DURATION = Duration.ofHours(24);

    private static final int FEWEST_HABITS = 5;
    private static final int MOST_HABITS = 10;

    /** More from one outbreak tell a detector nothing new, and take long. */
    private static final double MOST_PROBES = 400_000;

    private static final int[] SCANNED_PORTS = {23, 23, 23, 5_555, 7_547, 37_215, 8_080};
    private static final int[] IRC_PORTS = {6_667, 6_667, 6_697, 7_000, 8_080};
    private static final int[] DEAD_PORTS = {4_444, 1_177, 8_080, 443, 80, 5_552, 50};

    private static final int[] CONTROL_PORTS = {4_782, 6_606, 1_177, 2_404, 7_000, 4_449, 8_848, 3_232, 5_000, 443};

    private RandomOutbreaks() {}

    /** The scenario of a seed over a day. */
    public static Scenario of(long seed) {
        return of(seed, USUAL_DURATION);
    }

    public static Scenario of(long seed, Duration duration) {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario scenario = Scenario.ordinary(seed)
                .called("outbreak-" + seed)
                .lasting(duration)
                .withNames()
                .withSize(random.nextInt(100, 600), random.nextDouble(0.5, 3));
        List<BotFamily> families = new ArrayList<>(BotFamily.USUAL);
        for (int i = random.nextInt(4); i > 0; i--) {
            BotFamily family = families.remove(random.nextInt(families.size()));
            scenario = scenario.with(outbreak(family, scenario, random));
        }
        List<LookAlikeKind> kinds = new ArrayList<>(LookAlikeKind.ofInfections());
        for (int i = random.nextInt(FEWEST_HABITS, MOST_HABITS + 1); i > 0; i--) {
            LookAlikeKind kind = kinds.remove(random.nextInt(kinds.size()));
            Duration start = part(duration, random.nextDouble(0.2));
            scenario = scenario.with(
                    new PlannedLookAlike(kind, start, part(duration.minus(start), random.nextDouble(0.5, 1))));
        }
        return scenario;
    }

    private static Duration part(Duration whole, double share) {
        return Duration.ofMillis((long) (whole.toMillis() * share));
    }

    private static PlannedBots outbreak(BotFamily family, Scenario scenario, SplittableRandom random) {
        Duration duration = scenario.duration();
        // Of most outbreaks few hosts are seen; some spread to a tenth of a network.
        int hosts =
                random.nextInt(3) > 0 ? random.nextInt(1, 4) : random.nextInt(4, Math.max(6, scenario.hosts() / 10));
        Duration start = part(duration, random.nextDouble(0.02, 0.4));
        Duration spread = part(duration, random.nextDouble(0.002, 0.3));
        return new PlannedBots(drawn(family, hosts, duration, random), hosts, start, spread);
    }

    /** The same family, with numbers of its own. */
    private static BotFamily drawn(BotFamily family, int hosts, Duration duration, SplittableRandom random) {
        return switch (family) {
            case BotFamily.Mirai mirai -> {
                double probesPerSecond = between(0.05, 40, random);
                double longest = MOST_PROBES / hosts / probesPerSecond;
                Duration scanFor = part(duration, random.nextDouble(0.02, 0.6));
                Duration bounded = scanFor.toSeconds() > longest ? Duration.ofSeconds((long) longest) : scanFor;
                yield new BotFamily.Mirai(
                        oneOf(SCANNED_PORTS, random),
                        probesPerSecond,
                        bounded,
                        seconds(20, 600, random),
                        random.nextInt(3) / 2.0,
                        attackAfter(duration, random));
            }
            case BotFamily.Irc irc ->
                new BotFamily.Irc(oneOf(IRC_PORTS, random), seconds(60, 300, random), attackAfter(duration, random));
            case BotFamily.DeadServer dead ->
                new BotFamily.DeadServer(
                        oneOf(DEAD_PORTS, random),
                        seconds(5, 1_800, random),
                        random.nextDouble(0.3),
                        random.nextInt(3) == 0);
            case BotFamily.Beacon beacon ->
                new BotFamily.Beacon(
                        seconds(10, 3_600, random),
                        random.nextDouble(0.5),
                        random.nextInt(4) > 0,
                        random.nextInt(4) > 0);
            case BotFamily.Dga dga ->
                new BotFamily.Dga(
                        NameGenerator.values()[random.nextInt(NameGenerator.values().length)],
                        seconds(300, 14_400, random),
                        (int) between(10, 400, random));
            case BotFamily.DnsTunnel tunnel ->
                new BotFamily.DnsTunnel(seconds(1, 120, random), random.nextDouble(0.5), random.nextInt(3) > 0);
            case BotFamily.Spam spam -> new BotFamily.Spam(between(0.5, 20, random));
            case BotFamily.PeerToPeer peers ->
                new BotFamily.PeerToPeer(random.nextInt(20, 201), seconds(60, 1_800, random));
            case BotFamily.BruteForce guessing ->
                new BotFamily.BruteForce(random.nextInt(3) == 0 ? 3_389 : 22, between(0.2, 20, random));
            case BotFamily.RemoteControl control ->
                new BotFamily.RemoteControl(
                        oneOf(CONTROL_PORTS, random),
                        seconds(5, 120, random),
                        seconds(120, 36_000, random),
                        random.nextBoolean(),
                        random.nextInt(3) > 0);
        };
    }

    /** In one of two outbreaks they are told to flood. */
    private static Optional<Duration> attackAfter(Duration duration, SplittableRandom random) {
        Duration after = part(duration, random.nextDouble(0.1, 0.5));
        return random.nextBoolean() ? Optional.of(after) : Optional.empty();
    }

    /** As likely between 1 and 10 as between 10 and 100. */
    private static double between(double least, double most, SplittableRandom random) {
        return least * Math.pow(most / least, random.nextDouble());
    }

    private static Duration seconds(int least, int most, SplittableRandom random) {
        return Duration.ofMillis((long) (1_000 * between(least, most, random)));
    }

    private static int oneOf(int[] numbers, SplittableRandom random) {
        return numbers[random.nextInt(numbers.length)];
    }
}
