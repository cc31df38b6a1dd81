package levee.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.FindingId;
import levee.model.InfectedHost;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.report.FindingJson;
import levee.store.StoredFinding;

/** Findings for tests. */
final class Findings {
    static final Instant START = Instant.parse("2026-03-01T12:00:00.25Z");
    private static final Duration DELAY = Duration.ofMillis(1_500);

    private Findings() {}

    /** An infected host that scans. */
    static StoredFinding infected(int number, InfectedHost.Level level) {
        InfectedHost infected = infectedHost(number, level);
        return new StoredFinding(
                infected.id(),
                infected.kind(),
                StoredFinding.State.OPEN,
                Prefix.host(infected.host()).toString(),
                infected.start(),
                infected.end(),
                infected.start().plus(DELAY),
                StoredFinding.Mode.ALERT,
                1,
                infected.end(),
                FindingJson.of(infected));
    }

    static InfectedHost infectedHost(int number, InfectedHost.Level level) {
        Instant start = START.plus(Duration.ofMinutes(number));
        IpAddress host = IpAddress.ofIpv4(0x0a000000 + number);
        return new InfectedHost(
                FindingId.of(InfectedHost.KIND, host.toString(), start),
                Finding.State.OPEN,
                host,
                start,
                start.plusSeconds(20),
                level,
                start.plusSeconds(10),
                30,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Attack.Visibility.TWO_WAY,
                Optional.empty());
    }

    /** The {@code number}th attack, which begins so many minutes after the first. */
    static Attack attack(int number, Attack.State state) {
        Instant start = START.plus(Duration.ofMinutes(number));
        Prefix target = Prefix.host(IpAddress.ofIpv4(0x0a000000 + number));
        Attack.Spoofing spoofing = new Attack.Spoofing(Attack.Spoofing.Verdict.UNKNOWN, List.of("too few to tell"));
        Attack.Volume volume = new Attack.Volume(50_000, 22_000_000);
        return new Attack(
                FindingId.of("attack", target.toString(), start),
                state,
                Attack.Direction.INBOUND,
                target,
                List.of(),
                start,
                start.plusSeconds(20),
                0.97,
                Attack.Visibility.SAMPLED,
                new Attack.Sampling(1_000, 50),
                List.of(new Attack.Ingress("192.0.2.1", 3, 1)),
                new Attack.Peak(12_000, 42_000_000),
                volume,
                Attack.Volume.NONE,
                new Attack.Sources(new Attack.Count(48, false), spoofing, List.of()),
                List.of(new Attack.VectorShare(
                        AttackVector.TCP_SYN_FLOOD,
                        1,
                        1,
                        List.of(),
                        List.of(443),
                        List.of(44),
                        List.of(53),
                        start,
                        start.plusSeconds(20),
                        start.plusSeconds(1),
                        0.97,
                        spoofing,
                        Set.of(),
                        sample(target, start, 25))),
                new Attack.Timeline(
                        start, Duration.ofSeconds(1), Map.of(AttackVector.TCP_SYN_FLOOD, List.of(volume)), List.of()),
                sample(target, start, 2),
                List.of(new Evidence("50,000 packets came.", 50_000, 200, "count")));
    }

    private static Attack.Sample sample(Prefix target, Instant start, int rows) {
        return new Attack.Sample(
                40,
                IntStream.range(0, rows)
                        .mapToObj(row -> new Attack.SampledRow(
                                start.plusMillis(row),
                                IpAddress.ofIpv4(0xc0000200 + row),
                                1_024 + row,
                                target.address(),
                                443,
                                6,
                                2,
                                53,
                                1,
                                44))
                        .toList());
    }

    static StoredFinding stored(Attack attack, StoredFinding.Mode mode, int revision) {
        return new StoredFinding(
                attack.id(),
                attack.kind(),
                attack.state() == Attack.State.OPEN ? StoredFinding.State.OPEN : StoredFinding.State.ENDED,
                attack.target().toString(),
                attack.start(),
                attack.end(),
                attack.start().plus(DELAY),
                mode,
                revision,
                attack.start().plus(DELAY).plusSeconds(revision),
                FindingJson.of(attack));
    }

    static StoredFinding open(int number) {
        return stored(attack(number, Attack.State.OPEN), StoredFinding.Mode.ALERT, 1);
    }

    static StoredFinding ended(int number) {
        return stored(attack(number, Attack.State.ENDED), StoredFinding.Mode.MONITOR, 2);
    }
}
