package levee.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.AttackVector;
import levee.model.Prefix;

/**
 * What is played in a drill. The same scenario gives the same packets.
 *
 * @param seed of everything that is random
 * @param start the earliest time of a packet
 * @param duration how long packets are sent
 * @param hosts own hosts, each with an IPv4 and an IPv6 address
 * @param flowsPerSecond new connections of the background per second, on the average of a day
 * @param named whether ordinary hosts ask for names before they connect, and name the servers that they connect to; they
 *     do in any case where there are bots, or look-alikes of infections
 */
public record Scenario(
        String name,
        long seed,
        Instant start,
        Duration duration,
        int hosts,
        double flowsPerSecond,
        List<PlannedAttack> attacks,
        List<PlannedLookAlike> lookAlikes,
        List<PlannedBotnet> botnets,
        List<PlannedBots> bots,
        boolean named) {

    public static final int FEWEST_HOSTS = OwnHosts.FEWEST;
    public static final int MOST_HOSTS = OwnHosts.MOST;
    public static final double MOST_FLOWS_PER_SECOND = 1e6;

    /** A Monday morning. */
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private static final Duration MINUTE = Duration.ofMinutes(1);

    public Scenario {
        attacks = List.copyOf(attacks);
        lookAlikes = List.copyOf(lookAlikes);
        botnets = List.copyOf(botnets);
        bots = List.copyOf(bots);
        named |= !bots.isEmpty() || lookAlikes.stream().anyMatch(l -> l.kind().resemblesInfection());
        if (hosts < OwnHosts.FEWEST || hosts > OwnHosts.MOST) {
            throw new IllegalArgumentException(
                    "a drill has " + OwnHosts.FEWEST + " to " + OwnHosts.MOST + " hosts, not " + hosts);
        }
        if (!(flowsPerSecond >= 0) || flowsPerSecond > MOST_FLOWS_PER_SECOND) {
            throw new IllegalArgumentException("a background of " + flowsPerSecond + " flows per second");
        }
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a drill lasts longer than " + duration);
        }
    }

    /** A minute of 10,000 hosts that open 500 connections a second, without any attack. */
    public static Scenario ordinary(long seed) {
        return new Scenario(
                "drill-" + seed, seed, START, MINUTE, 10_000, 500, List.of(), List.of(), List.of(), List.of(), false);
    }

    /** The networks of the own hosts. */
    public static List<Prefix> networks() {
        return OwnHosts.NETWORKS;
    }

    public Scenario withSize(int otherHosts, double otherFlowsPerSecond) {
        return new Scenario(
                name,
                seed,
                start,
                duration,
                otherHosts,
                otherFlowsPerSecond,
                attacks,
                lookAlikes,
                botnets,
                bots,
                named);
    }

    public Scenario lasting(Duration other) {
        return new Scenario(name, seed, start, other, hosts, flowsPerSecond, attacks, lookAlikes, botnets, bots, named);
    }

    public Scenario startingAt(Instant other) {
        return new Scenario(
                name, seed, other, duration, hosts, flowsPerSecond, attacks, lookAlikes, botnets, bots, named);
    }

    public Scenario with(PlannedAttack attack) {
        return new Scenario(
                name,
                seed,
                start,
                duration,
                hosts,
                flowsPerSecond,
                joined(attacks, attack),
                lookAlikes,
                botnets,
                bots,
                named);
    }

    public Scenario with(PlannedLookAlike lookAlike) {
        return new Scenario(
                name,
                seed,
                start,
                duration,
                hosts,
                flowsPerSecond,
                attacks,
                joined(lookAlikes, lookAlike),
                botnets,
                bots,
                named);
    }

    public Scenario with(PlannedBotnet botnet) {
        return new Scenario(
                name,
                seed,
                start,
                duration,
                hosts,
                flowsPerSecond,
                attacks,
                lookAlikes,
                joined(botnets, botnet),
                bots,
                named);
    }

    public Scenario with(PlannedBots more) {
        return new Scenario(
                name,
                seed,
                start,
                duration,
                hosts,
                flowsPerSecond,
                attacks,
                lookAlikes,
                botnets,
                joined(bots, more),
                named);
    }

    /** Lets ordinary hosts ask for names, and name servers. */
    public Scenario withNames() {
        return new Scenario(
                name, seed, start, duration, hosts, flowsPerSecond, attacks, lookAlikes, botnets, bots, true);
    }

    /** Under another name. */
    Scenario called(String other) {
        return new Scenario(
                other, seed, start, duration, hosts, flowsPerSecond, attacks, lookAlikes, botnets, bots, named);
    }

    private static <T> List<T> joined(List<T> some, T one) {
        List<T> all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    /**
     * A scenario that a seed draws: ten minutes with one to four attacks of any vectors and shapes, from forged and real
     * sources, up to three look-alikes, and a botnet in one of three.
     */
    public static Scenario random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario scenario = ordinary(seed).lasting(Duration.ofMinutes(10));
        int attacks = random.nextInt(1, 5);
        for (int i = 0; i < attacks; i++) {
            scenario = scenario.with(randomAttack(random, i));
        }
        List<LookAlikeKind> kinds = LookAlikeKind.ofAttacks();
        for (int i = random.nextInt(4); i > 0; i--) {
            scenario = scenario.with(new PlannedLookAlike(
                    kinds.get(random.nextInt(kinds.size())),
                    Duration.ofSeconds(random.nextInt(0, 400)),
                    Duration.ofSeconds(random.nextInt(30, 180))));
        }
        if (random.nextInt(3) == 0) {
            scenario = scenario.with(new PlannedBotnet(random.nextInt(1, 9), Duration.ofSeconds(30), MINUTE));
        }
        return scenario;
    }

    /** Attacks are far enough apart not to be taken for one. */
    private static PlannedAttack randomAttack(SplittableRandom random, int number) {
        List<AttackVector> vectors = new ArrayList<>();
        AttackVector[] all = AttackVector.values();
        boolean ipv6 = random.nextInt(4) == 0;
        int wanted = random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1;
        while (vectors.size() < wanted) {
            AttackVector vector = all[random.nextInt(all.length)];
            boolean fits = vector != (ipv6 ? AttackVector.ICMP_FLOOD : AttackVector.ICMPV6_FLOOD);
            if (fits && !vectors.contains(vector)) {
                vectors.add(vector);
            }
        }
        PlannedAttack attack = PlannedAttack.of(vectors)
                .at(Duration.ofSeconds(random.nextInt(20, 120) + 120L * number))
                .lasting(Duration.ofSeconds(random.nextInt(10, 120)))
                .atRate(Math.round(200 * Math.pow(100, random.nextDouble())))
                .shaped(
                        switch (random.nextInt(4)) {
                            case 0 ->
                                new Shape.Pulses(Duration.ofSeconds(5), Duration.ofSeconds(random.nextInt(5, 30)));
                            case 1 -> new Shape.Ramp();
                            default -> new Shape.Constant();
                        });
        boolean carpet = random.nextInt(4) == 0;
        return withRandomSources(attack.on(ipv6, carpet), random);
    }

    /** In half of all attacks, sources are what they usually are; in the others one or the other, where that can be. */
    private static PlannedAttack withRandomSources(PlannedAttack usual, SplittableRandom random) {
        if (random.nextBoolean()) {
            return usual;
        }
        PlannedAttack chosen = usual.forged(random.nextBoolean());
        return chosen.problem().isEmpty() ? chosen : usual;
    }
}
