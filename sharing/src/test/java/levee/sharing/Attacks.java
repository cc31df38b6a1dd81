package levee.sharing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;

/** Findings made by hand. */
final class Attacks {
    private static final Instant START = Instant.ofEpochSecond(0, Rows.START);

    private Attacks() {}

    /** An attack of 1,000 packets and 100,000 bytes from 500 sources that is made of these vectors in equal parts. */
    static Attack on(String target, AttackVector... vectors) {
        return on(target, Attack.Sample.NONE, vectors);
    }

    static Attack on(String target, Attack.Sample sample, AttackVector... vectors) {
        List<Attack.VectorShare> shares = Stream.of(vectors)
                .map(vector -> new Attack.VectorShare(
                        vector,
                        1.0 / vectors.length,
                        1.0 / vectors.length,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        START,
                        START.plusMillis(250),
                        START.plusMillis(100),
                        0.9,
                        new Attack.Spoofing(Attack.Spoofing.Verdict.UNKNOWN, List.of()),
                        Set.of(),
                        sample))
                .toList();
        return new Attack(
                "attack-1",
                Attack.State.ENDED,
                Attack.Direction.INBOUND,
                Prefix.parse(target),
                List.of(),
                START,
                START.plusMillis(250),
                0.9,
                Attack.Visibility.ONE_WAY,
                new Attack.Sampling(1, 1_000),
                List.of(),
                new Attack.Peak(1_000, 800_000),
                new Attack.Volume(1_000, 100_000),
                Attack.Volume.NONE,
                new Attack.Sources(
                        new Attack.Count(500, true),
                        new Attack.Spoofing(Attack.Spoofing.Verdict.UNKNOWN, List.of()),
                        List.of()),
                shares,
                new Attack.Timeline(START, Duration.ofSeconds(1), Map.of(), List.of()),
                Attack.Sample.NONE,
                List.of());
    }

    /** Two packets from udp/53. */
    static Attack.Sample sample() {
        return new Attack.Sample(500, List.of(sampled("192.0.2.1"), sampled("192.0.2.2")));
    }

    private static Attack.SampledRow sampled(String source) {
        return new Attack.SampledRow(
                START, IpAddress.parse(source), 53, IpAddress.parse("198.51.100.7"), 80, 17, 0, 55, 1, 100);
    }
}
