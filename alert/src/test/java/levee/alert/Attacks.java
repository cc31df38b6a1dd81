package levee.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Group;
import levee.model.Prefix;

/** Findings made by hand. */
final class Attacks {
    static final Instant START = Instant.parse("2026-03-02T09:00:03Z");
    static final Instant DETECTED = START.plusMillis(400);

    private Attacks() {}

    /** An attack of 1.2 Gbit/s and 100,000 packets/s. */
    static Attack open(String id, String target, AttackVector... vectors) {
        return attack(id, target, Attack.State.OPEN, 1.2e9, "100 samples", vectors);
    }

    static Attack ended(String id, String target, AttackVector... vectors) {
        return attack(id, target, Attack.State.ENDED, 1.2e9, "100 samples", vectors);
    }

    static Attack attack(
            String id,
            String target,
            Attack.State state,
            double bitsPerSecond,
            String statement,
            AttackVector... vectors) {
        Attack.Spoofing spoofing = new Attack.Spoofing(Attack.Spoofing.Verdict.UNLIKELY, List.of(statement));
        List<Attack.VectorShare> shares = Stream.of(vectors)
                .map(vector -> new Attack.VectorShare(
                        vector,
                        1.0 / vectors.length,
                        1.0 / vectors.length,
                        vector.servicePorts(),
                        List.of(443),
                        List.of(),
                        List.of(),
                        START,
                        START.plusSeconds(8),
                        START.plusMillis(300),
                        0.9,
                        spoofing,
                        Set.of(),
                        Attack.Sample.NONE))
                .toList();
        return new Attack(
                id,
                state,
                Attack.Direction.INBOUND,
                Prefix.parse(target),
                List.of(),
                START,
                START.plusSeconds(8),
                0.91,
                Attack.Visibility.TWO_WAY,
                new Attack.Sampling(1, 1_000),
                List.of(),
                new Attack.Peak(bitsPerSecond / 12_000, bitsPerSecond),
                new Attack.Volume(800_000, 1_200_000_000),
                Attack.Volume.NONE,
                new Attack.Sources(new Attack.Count(98, true), spoofing, List.of()),
                shares,
                new Attack.Timeline(START, Duration.ofSeconds(1), Map.of(), List.of()),
                Attack.Sample.NONE,
                List.of(new Evidence(statement, 100, 10, "counted")));
    }

    static final Group SHOP = new Group("hosting", List.of(), Optional.of("Example Shop"), List.of("noc@shop.example"));

    /** The same, on somebody's network. */
    static Attack of(Group group, Attack attack) {
        return new Attack(
                attack.id(),
                attack.state(),
                attack.direction(),
                attack.target(),
                attack.targets(),
                attack.start(),
                attack.end(),
                attack.confidence(),
                attack.visibility(),
                attack.sampling(),
                attack.ingress(),
                attack.peak(),
                attack.total(),
                attack.otherTraffic(),
                new Attack.Sources(
                        attack.sources().distinct(),
                        attack.sources().spoofing(),
                        attack.sources().top(),
                        List.of(new Attack.Origin(64_496, "EXAMPLE", 0.6), new Attack.Origin(64_497, "", 0.1))),
                attack.vectors(),
                attack.timeline(),
                attack.otherSample(),
                attack.evidence(),
                Optional.of(group));
    }

    static FindingEvent lasting(FindingEvent event, Instant end) {
        Attack attack = (Attack) event.finding();
        return new FindingEvent(
                event.change(),
                new Attack(
                        attack.id(),
                        attack.state(),
                        attack.direction(),
                        attack.target(),
                        attack.targets(),
                        attack.start(),
                        end,
                        attack.confidence(),
                        attack.visibility(),
                        attack.sampling(),
                        attack.ingress(),
                        attack.peak(),
                        attack.total(),
                        attack.otherTraffic(),
                        attack.sources(),
                        attack.vectors(),
                        attack.timeline(),
                        attack.otherSample(),
                        attack.evidence()));
    }

    static FindingEvent event(Change change, Attack attack) {
        return new FindingEvent(change, attack);
    }

    static FindingEvent opened(String id) {
        return event(Change.OPENED, open(id, "203.0.113.7", AttackVector.DNS_REFLECTION));
    }

    /** With another vector. */
    static FindingEvent grown(String id) {
        return event(Change.CHANGED, open(id, "203.0.113.7", AttackVector.DNS_REFLECTION, AttackVector.TCP_SYN_FLOOD));
    }

    static FindingEvent ended(String id) {
        return event(Change.ENDED, ended(id, "203.0.113.7", AttackVector.DNS_REFLECTION));
    }

    static Alert.Single single(AlertEvent event, Attack attack) {
        Change change = switch (event) {
            case OPENED -> Change.OPENED;
            case CHANGED -> Change.CHANGED;
            case ENDED -> Change.ENDED;
        };
        return Alert.Single.of(
                event,
                Situation.of(event(change, attack), DETECTED, AlertMode.ALERT).orElseThrow(),
                "",
                Optional.empty(),
                Optional.of("{\"id\":\"" + attack.id() + "\"}"),
                Optional.of("https://levee.example/findings/" + Percent.encode(attack.id())));
    }
}
