package levee.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Endpoint;
import levee.model.Truth.InfectedHost;
import levee.model.Truth.LookAlike;
import levee.telemetry.Hashing;

/** Everybody who acts in a drill. Each has a random stream of their own, so that one more changes nobody else. */
final class Cast {
    private static final int SILENT_PERCENT = 30;
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
    private int nextNumber = Internet.FIRST_OF_ATTACKS;

    Cast(Scenario scenario, long startNanos) {
        this.scenario = scenario;
        this.startNanos = startNanos;
        endNanos = startNanos + scenario.duration().toNanos();
        hosts = new OwnHosts(scenario.hosts());
        internet = new Internet(scenario.seed());
        conversations = new Conversations(hosts, internet);
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
        for (int i = 0; i < scenario.lookAlikes().size(); i++) {
            PlannedLookAlike plan = scenario.lookAlikes().get(i);
            long begin = startNanos + plan.start().toNanos();
            IpAddress target = innocent.enter(stage, plan, begin, random(2, i));
            lookAlikes.add(new LookAlike(
                    plan.kind().label(),
                    target,
                    instant(begin),
                    instant(begin + plan.duration().toNanos())));
            scenes.add(new Scene.Innocent(instant(begin), Prefix.host(target), plan));
        }
        for (int i = 0; i < scenario.botnets().size(); i++) {
            enter(stage, scenario.botnets().get(i), random(3, i));
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

        AttackVector vector = BOTNET_FLOODS[random.nextInt(BOTNET_FLOODS.length)];
        PlannedAttack flood = PlannedAttack.of(vector).atRate(1_000.0 * infected.length);
        Prefix target = Prefix.host(internet.address(victimOutside, false));
        long floodNanos = begin + plan.attackAfter().toNanos();
        AttackStream.Part part = new AttackStream.Part(attacks.size(), 0, 0);
        Victim victim = new Victim(hosts, random.nextInt(100) < SILENT_PERCENT, random.split());
        AttackStream stream = new AttackStream(
                vector,
                part,
                flood,
                floodNanos,
                Sources.own(internet, hosts, infected, false),
                new Target(target),
                victim,
                random.split());
        stage.add(floodNanos, on -> {
            long again = stream.act(on);
            if (on.isAttack()) {
                botnet.floods(on.source(), on.now);
            }
            return again;
        });
        attacks.add(new Played(target, List.of(vector), false));
        scenes.add(new Scene.Flood(instant(floodNanos), target, flood));
    }

    private static boolean contains(int[] numbers, int count, int number) {
        return Arrays.stream(numbers, 0, count).anyMatch(n -> n == number);
    }

    List<InfectedHost> infectedHosts() {
        return botnets.stream().flatMap(b -> b.infectedHosts().stream()).toList();
    }

    List<Endpoint> commandServers() {
        return botnets.stream().flatMap(b -> b.commandServers().stream()).toList();
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
