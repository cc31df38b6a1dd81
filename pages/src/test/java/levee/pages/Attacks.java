package levee.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.FindingId;
import levee.model.Group;
import levee.model.Prefix;
import levee.report.FindingJson;
import levee.store.StoredFinding;

/** Attacks for tests. */
final class Attacks {
    static final Instant START = Instant.parse("2026-03-01T12:58:00Z");

    private Attacks() {}

    static Attack attack(String target, AttackVector vector, double bitsPerSecond, Attack.State state) {
        return attack(target, vector, bitsPerSecond, state, START, "Example Shop");
    }

    static Attack attack(
            String target,
            AttackVector vector,
            double bitsPerSecond,
            Attack.State state,
            Instant start,
            String customer) {
        Prefix prefix = Prefix.parse(target);
        Attack.Spoofing spoofing =
                new Attack.Spoofing(Attack.Spoofing.Verdict.UNLIKELY, List.of("the sources are reflectors"));
        Attack.Volume volume = new Attack.Volume(50_000, 22_000_000);
        return new Attack(
                FindingId.of("attack", target, start),
                state,
                Attack.Direction.INBOUND,
                prefix,
                List.of(),
                start,
                start.plusSeconds(90),
                0.97,
                Attack.Visibility.SAMPLED,
                new Attack.Sampling(1_000, 50),
                List.of(new Attack.Ingress("203.0.113.1", 3, 1)),
                new Attack.Peak(12_000, bitsPerSecond),
                volume,
                Attack.Volume.NONE,
                new Attack.Sources(
                        new Attack.Count(480, false),
                        spoofing,
                        List.of(new Attack.Talker(Prefix.parse("198.51.100.0/24"), 9_000, 4_000_000))),
                List.of(new Attack.VectorShare(
                        vector,
                        1,
                        1,
                        List.of(53),
                        List.of(443),
                        List.of(1_500),
                        List.of(53),
                        start,
                        start.plusSeconds(20),
                        start.plusSeconds(1),
                        0.97,
                        spoofing,
                        Set.of(),
                        Attack.Sample.NONE)),
                new Attack.Timeline(start, Duration.ofSeconds(1), Map.of(vector, List.of(volume)), List.of()),
                Attack.Sample.NONE,
                List.of(new Evidence(vector.label() + ": 50,000 packets came", 50_000, 200, "count")),
                Optional.of(new Group("shops", List.of(), Optional.of(customer), List.of())));
    }

    /** The same in another direction. */
    static Attack turned(Attack attack, Attack.Direction direction) {
        return new Attack(
                attack.id(),
                attack.state(),
                direction,
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
                attack.sources(),
                attack.vectors(),
                attack.timeline(),
                attack.otherSample(),
                attack.evidence(),
                attack.group());
    }

    static StoredFinding stored(Attack attack) {
        return new StoredFinding(
                attack.id(),
                attack.kind(),
                attack.state() == Attack.State.OPEN ? StoredFinding.State.OPEN : StoredFinding.State.ENDED,
                attack.target().toString(),
                attack.start(),
                attack.end(),
                attack.start().plusMillis(400),
                StoredFinding.Mode.ALERT,
                1,
                attack.start().plusSeconds(1),
                FindingJson.of(attack));
    }
}
