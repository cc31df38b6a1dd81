package levee.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import levee.model.AttackVector;
import levee.model.FindingId;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Truth;
import levee.model.Truth.LookAlike;
import levee.model.Truth.TrueAttack;
import levee.model.Truth.TrueVector;

/** Small truths and findings, with times in seconds of one day. */
final class Samples {
    static final Instant MIDNIGHT = Instant.parse("2026-01-31T00:00:00Z");

    private Samples() {}

    static Instant at(double second) {
        return MIDNIGHT.plusNanos(Math.round(second * 1e9));
    }

    static AttackVector vector(String label) {
        return AttackVector.byLabel(label).orElseThrow();
    }

    /** Ten hours of 100 hosts, which is 1,000 host-hours. */
    static Truth truth(TrueAttack... attacks) {
        return truth("drill", List.of(attacks), List.of());
    }

    static Truth truth(String name, List<TrueAttack> attacks, List<LookAlike> lookAlikes) {
        return new Truth(
                name,
                MIDNIGHT,
                at(36_000),
                List.of(),
                100,
                1_000,
                1_000,
                Optional.empty(),
                attacks,
                List.of(),
                List.of(),
                lookAlikes);
    }

    /** An attack of which each vector but the last has two thirds of the packets that are left. */
    static TrueAttack attack(String target, double start, double end, long packets, String... vectors) {
        List<TrueVector> parts = new ArrayList<>();
        long left = packets;
        for (int i = 0; i < vectors.length; i++) {
            long part = i == vectors.length - 1 ? left : left * 2 / 3;
            parts.add(new TrueVector(vector(vectors[i]), at(start), at(end), part, part * 100));
            left -= part;
        }
        return new TrueAttack(Prefix.parse(target), parts, at(start), at(end), packets, packets * 100, 10, false);
    }

    static LookAlike lookAlike(String name, String target, double start, double end) {
        return new LookAlike(name, IpAddress.parse(target), at(start), at(end));
    }

    static FoundAttack found(
            String target, double start, double end, long packets, double confidence, String... vectors) {
        return new FoundAttack(
                FindingId.of("attack", target, at(start)),
                Prefix.parse(target),
                at(start),
                at(end),
                confidence,
                packets,
                Arrays.stream(vectors).map(Samples::vector).toList(),
                Map.of());
    }

    /** The same finding, all of whose vectors were noticed at this second. */
    static FoundAttack noticed(FoundAttack found, double second) {
        return new FoundAttack(
                found.id(),
                found.target(),
                found.start(),
                found.end(),
                found.confidence(),
                found.packets(),
                found.vectors(),
                found.vectors().stream().collect(Collectors.toMap(v -> v, v -> at(second))));
    }

    static Evaluation evaluation(Truth truth, FoundAttack... findings) {
        return Evaluation.of(List.of(new Run(truth, List.of(findings))));
    }
}
