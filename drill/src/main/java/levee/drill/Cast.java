package levee.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import levee.model.AttackVector;
import levee.model.Endpoint;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Truth.InfectedHost;
import levee.model.Truth.LookAlike;
import levee.telemetry.Hashing;

/** Everybody who acts in a drill. Each has a random stream of their own, so that one more changes nobody else. */
final class Cast {
    private static final int SILENT_PERCENT = 30;

    /** From the infection of a host until it takes part in a flood. */
    private static final long SETTLING_NANOS = 15_000_000_000L;

    private static final AttackVector[] BOTNET_FLOODS = {
        AttackVector.UDP_FLOOD, AttackVector.TCP_SYN_FLOOD, AttackVector.TCP_ACK_FLOOD, AttackVector.GRE_FLOOD
    };

    /** An attack that is played. */
    record Played(Prefix target, List<AttackVector> vectors, boolean forged) {}

    private final Scenario scenario;
    private final long startNanos;
    private final long endNanos;
    private final OwnHosts hosts;
    private final Internet internet;
    private final Conversations conversations;
    private final List<Played> attacks = new ArrayList<>();
    private final List<LookAlike> lookAlikes = new ArrayList<>();
    private final List<Scene> scenes = new ArrayList<>();
    private final List<Botnet> botnets = new ArrayList<>();
    private final NameService names;
    private final List<Gang> gangs = new ArrayList<>();
    private final List<Infected> bots = new ArrayList<>();

    /** Own hosts that are infected or do something that could be taken for it. */
    private final BitSet taken = new BitSet();

    private int nextNumber = Internet.FIRST_OF_ATTACKS;

    Cast(Scenario scenario, long startNanos) {
        this.scenario = scenario;
        this.startNanos = startNanos;
        endNanos = startNanos + scenario.duration().toNanos();
        hosts = new OwnHosts(scenario.hosts());
        internet = new Internet(scenario.seed());
        names = new NameService(scenario.seed(), hosts, internet);
        conversations = new Conversations(hosts, internet, names, scenario.named());
    }

    OwnHosts hosts() {
        return hosts;
    }

    List<Played> attacks() {
        return attacks;
    }

    /** By the time when it begins; what begins after the end is not played. */
    List<Scene> programme() {
        Instant end = instant(endNanos);
        return scenes.stream()
                .filter(scene -> scene.start().isBefore(end))
                .sorted(Comparator.comparing(Scene::start))
                .toList();
    }

    private SplittableRandom random(int kind, int number) {
        return new SplittableRandom(Hashing.hash(scenario.seed(), kind, number));
    }

    void enter(Stage stage) {
        new Background(conversations, scenario.flowsPerSecond()).enter(stage, endNanos, random(0, 0));
        for (int i = 0; i < scenario.attacks().size(); i++) {
            enter(stage, scenario.attacks().get(i), random(1, i));
        }
        LookAlikes innocent = new LookAlikes(conversations);
        Habits habits = new Habits(conversations, names, this::free, this::newcomer);
        for (int i = 0; i < scenario.lookAlikes().size(); i++) {
            PlannedLookAlike plan = scenario.lookAlikes().get(i);
            long begin = startNanos + plan.start().toNanos();
            Instant end = instant(begin + plan.duration().toNanos());
            List<IpAddress> targets = plan.kind().resemblesInfection()
                    ? habits.enter(
                            stage, plan, begin, Math.min(begin + plan.duration().toNanos(), endNanos), random(2, i))
                    : List.of(innocent.enter(stage, plan, begin, random(2, i)));
            for (IpAddress target : targets) {
                lookAlikes.add(new LookAlike(plan.kind().label(), target, instant(begin), end));
            }
            scenes.add(new Scene.Innocent(instant(begin), Prefix.host(targets.getFirst()), plan));
        }
        for (int i = 0; i < scenario.botnets().size(); i++) {
            enter(stage, scenario.botnets().get(i), random(3, i));
        }
        for (int i = 0; i < scenario.bots().size(); i++) {
            enter(stage, scenario.bots().get(i), random(4, i));
        }
    }

    private int newcomer() {
        return nextNumber++;
    }

    /** Own hosts that serve nobody, and are neither infected nor could be taken for it; fewer where there are no more. */
    private int[] free(int wanted, SplittableRandom random) {
        int[] found = new int[wanted];
        int count = 0;
        for (int tries = 50 * wanted; count < wanted && tries > 0; tries--) {
            int host = hosts.client(random);
            if (!taken.get(host)) {
                taken.set(host);
                found[count++] = host;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private void enter(Stage stage, PlannedBots plan, SplittableRandom random) {
        Gang gang = new Gang(conversations, names, this::newcomer, endNanos, random.split());
        gangs.add(gang);
        long begin = startNanos + plan.start().toNanos();
        long floodNanos = plan.family()
                .attackAfter()
                .map(after -> begin + after.toNanos())
                .orElse(Actor.NEVER);
        BotPlayer player = BotPlayer.of(plan.family(), gang, floodNanos);
        int[] drawn = free(Math.min(plan.hosts(), hosts.count() / 4), random);
        List<Infected> flooding = new ArrayList<>();
        for (int i = 0; i < drawn.length; i++) {
            Infected bot = new Infected(drawn[i], plan.family().label());
            bots.add(bot);
            long infection = begin + plan.infectionNanos(i);
            if (infection < floodNanos - SETTLING_NANOS) {
                flooding.add(bot);
            }
            SplittableRandom own = random.split();
            stage.add(infection, on -> {
                player.infect(on, bot, on.now, own);
                return Actor.NEVER;
            });
        }
        if (drawn.length > 0) {
            Prefix first = Prefix.host(hosts.address(drawn[0], false));
            scenes.add(new Scene.Outbreak(instant(begin), first, plan));
        }
        if (floodNanos < endNanos && !flooding.isEmpty()) {
            flood(stage, flooding, floodNanos, newcomer(), random);
        }
    }

    private void enter(Stage stage, PlannedAttack plan, SplittableRandom random) {
        Prefix target = plan.target().orElseGet(() -> draw(plan, random));
        Played played = new Played(target, plan.vectors(), VectorProfile.anyForged(plan));
        Victim victim = new Victim(hosts, random.nextInt(100) < SILENT_PERCENT, random.split());
        boolean ipv6 = !target.address().isIpv4();
        int first = nextNumber;
        for (int i = 0; i < plan.vectors().size(); i++) {
            AttackVector vector = plan.vectors().get(i);
            VectorProfile profile = VectorProfile.of(vector, plan);
            int size = plan.sources().orElse(profile.sources());
            Sources sources = Sources.outside(internet, hosts, nextNumber, size, profile.forged(), ipv6);
            AttackStream.Part part = new AttackStream.Part(attacks.size(), i, nextNumber - first);
            nextNumber += size;
            long begin = startNanos + plan.start().toNanos();
            stage.add(
                    begin,
                    new AttackStream(vector, part, plan, begin, sources, new Target(target), victim, random.split()));
        }
        attacks.add(played);
        scenes.add(new Scene.Flood(instant(startNanos + plan.start().toNanos()), target, plan));
    }

    /** A web server or its network. */
    private Prefix draw(PlannedAttack plan, SplittableRandom random) {
        IpAddress address = hosts.address(hosts.webServer(random), plan.ipv6());
        if (!plan.carpet()) {
            return Prefix.host(address);
        }
        return new Prefix(address, plan.ipv6() ? 48 : 24);
    }

    private void enter(Stage stage, PlannedBotnet plan, SplittableRandom random) {
        int[] infected = new int[Math.min(plan.hosts(), hosts.count() / 4)];
        for (int i = 0; i < infected.length; i++) {
            int host = hosts.client(random);
            while (contains(infected, i, host)) {
                host = hosts.client(random);
            }
            infected[i] = host;
        }
        int commandServer = nextNumber;
        int victimOutside = nextNumber + 2;
        nextNumber += 3;
        Botnet botnet = new Botnet(conversations, infected, commandServer);
        botnets.add(botnet);
        long begin = startNanos + plan.start().toNanos();
        botnet.enter(stage, begin, random.split());
        flood(stage, botnet.bots(), begin + plan.attackAfter().toNanos(), victimOutside, random);
    }

    /** Own hosts flood somebody outside. */
    private void flood(Stage stage, List<Infected> bots, long nanos, int victimOutside, SplittableRandom random) {
        AttackVector vector = BOTNET_FLOODS[random.nextInt(BOTNET_FLOODS.length)];
        PlannedAttack flood = PlannedAttack.of(vector).atRate(1_000.0 * bots.size());
        Prefix target = Prefix.host(internet.address(victimOutside, false));
        AttackStream.Part part = new AttackStream.Part(attacks.size(), 0, 0);
        Victim victim = new Victim(hosts, random.nextInt(100) < SILENT_PERCENT, random.split());
        int[] sources = bots.stream().mapToInt(Infected::host).toArray();
        AttackStream stream = new AttackStream(
                vector,
                part,
                flood,
                nanos,
                Sources.own(internet, hosts, sources, false),
                new Target(target),
                victim,
                random.split());
        stage.add(nanos, on -> {
            long again = stream.act(on);
            if (on.isAttack()) {
                bots.get(on.source()).note(BehaviourKind.FLOODING, on.now);
            }
            return again;
        });
        attacks.add(new Played(target, List.of(vector), false));
        scenes.add(new Scene.Flood(instant(nanos), target, flood));
    }

    private static boolean contains(int[] numbers, int count, int number) {
        return Arrays.stream(numbers, 0, count).anyMatch(n -> n == number);
    }

    List<InfectedHost> infectedHosts() {
        return Stream.concat(botnets.stream().flatMap(b -> b.bots().stream()), bots.stream())
                .flatMap(bot -> bot.truth(hosts.address(bot.host(), false)).stream())
                .toList();
    }

    List<Endpoint> commandServers() {
        return Stream.concat(
                        botnets.stream().flatMap(b -> b.commandServers().stream()),
                        gangs.stream().flatMap(g -> g.commandServers().stream()))
                .toList();
    }

    /** Those that began before {@code end}, and no longer than that. */
    List<LookAlike> lookAlikes(Instant end) {
        return lookAlikes.stream()
                .filter(l -> l.start().isBefore(end))
                .map(l -> l.end().isAfter(end) ? new LookAlike(l.name(), l.target(), l.start(), end) : l)
                .toList();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
