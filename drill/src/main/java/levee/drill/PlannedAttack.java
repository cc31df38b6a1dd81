package levee.drill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import levee.model.AttackVector;
import levee.model.Prefix;

/**
 * An attack to come.
 *
 * @param vectors what it consists of, side by side
 * @param start since the start of the drill
 * @param packetsPerSecond the full rate of each vector
 * @param sources how many sources each vector has; where absent, as many as are usual for it
 * @param target a host, or a prefix whose addresses are all attacked; where absent, a server is drawn, or one of its
 *     networks
 * @param ipv6 the family of a target that is drawn
 * @param carpet whether a network is drawn, a /24 or a /48
 * @param forged whether the source addresses are those of others; where absent, as is usual for each vector
 */
public record PlannedAttack(
        List<AttackVector> vectors,
        Duration start,
        Duration duration,
        double packetsPerSecond,
        Shape shape,
        OptionalInt sources,
        Optional<Prefix> target,
        boolean ipv6,
        boolean carpet,
        Optional<Boolean> forged) {

    public static final double MOST_PACKETS_PER_SECOND = 1e7;

    private static final double PACKETS_PER_SECOND = 5_000;

    public PlannedAttack {
        vectors = List.copyOf(vectors);
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("an attack needs a vector");
        }
        if (!(packetsPerSecond > 0) || packetsPerSecond > MOST_PACKETS_PER_SECOND) {
            throw new IllegalArgumentException("an attack of " + packetsPerSecond + " packets per second");
        }
    }

    /** What is impossible about it, if anything. */
    public Optional<String> problem() {
        Optional<AttackVector> twice = vectors.stream()
                .filter(v -> vectors.indexOf(v) != vectors.lastIndexOf(v))
                .findFirst();
        if (twice.isPresent()) {
            return Optional.of(twice.get() + " is named twice");
        }
        if (target.isPresent() && OwnHosts.NETWORKS.stream().noneMatch(n -> n.contains(target.get()))) {
            List<String> networks =
                    OwnHosts.NETWORKS.stream().map(Prefix::toString).toList();
            return Optional.of("the target " + target.get() + " is not in " + String.join(" or ", networks)
                    + ", which are the own networks of every drill");
        }
        if (ipv6 && vectors.contains(AttackVector.ICMP_FLOOD)) {
            return Optional.of(AttackVector.ICMP_FLOOD + " needs an IPv4 target");
        }
        if (!ipv6 && vectors.contains(AttackVector.ICMPV6_FLOOD)) {
            return Optional.of(AttackVector.ICMPV6_FLOOD + " needs an IPv6 target");
        }
        return forged.orElse(false)
                ? vectors.stream().flatMap(v -> whyNeverForged(v).stream()).findFirst()
                : Optional.empty();
    }

    private static Optional<String> whyNeverForged(AttackVector vector) {
        return switch (vector.family()) {
            case UDP_REFLECTION, TCP_REFLECTION ->
                Optional.of("the sources of " + vector + " are reflectors, which are never forged");
            case TCP_FLOOD, UDP_FLOOD, OTHER_FLOOD ->
                vector == AttackVector.TCP_CONNECTION_FLOOD
                        ? Optional.of("the sources of " + vector
                                + " complete connections, which forged ones cannot: the answer goes elsewhere")
                        : Optional.empty();
        };
    }

    /** 5,000 packets a second for 30 s, from the tenth second on. */
    public static PlannedAttack of(List<AttackVector> vectors) {
        return new PlannedAttack(
                vectors,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                PACKETS_PER_SECOND,
                new Shape.Constant(),
                OptionalInt.empty(),
                Optional.empty(),
                vectors.contains(AttackVector.ICMPV6_FLOOD),
                false,
                Optional.empty());
    }

    public static PlannedAttack of(AttackVector... vectors) {
        return of(List.of(vectors));
    }

    public PlannedAttack at(Duration other) {
        return new PlannedAttack(
                vectors, other, duration, packetsPerSecond, shape, sources, target, ipv6, carpet, forged);
    }

    public PlannedAttack lasting(Duration other) {
        return new PlannedAttack(vectors, start, other, packetsPerSecond, shape, sources, target, ipv6, carpet, forged);
    }

    public PlannedAttack atRate(double otherPacketsPerSecond) {
        return new PlannedAttack(
                vectors, start, duration, otherPacketsPerSecond, shape, sources, target, ipv6, carpet, forged);
    }

    public PlannedAttack shaped(Shape other) {
        return new PlannedAttack(
                vectors, start, duration, packetsPerSecond, other, sources, target, ipv6, carpet, forged);
    }

    public PlannedAttack from(int otherSources) {
        return new PlannedAttack(
                vectors,
                start,
                duration,
                packetsPerSecond,
                shape,
                OptionalInt.of(otherSources),
                target,
                ipv6,
                carpet,
                forged);
    }

    public PlannedAttack on(Prefix other) {
        return new PlannedAttack(
                vectors,
                start,
                duration,
                packetsPerSecond,
                shape,
                sources,
                Optional.of(other),
                !other.address().isIpv4(),
                !other.isHost(),
                forged);
    }

    /** Draws another target. */
    public PlannedAttack on(boolean otherIpv6, boolean otherCarpet) {
        return new PlannedAttack(
                vectors,
                start,
                duration,
                packetsPerSecond,
                shape,
                sources,
                Optional.empty(),
                otherIpv6,
                otherCarpet,
                forged);
    }

    /** Lets all sources be forged, or all be real. */
    public PlannedAttack forged(boolean other) {
        return new PlannedAttack(
                vectors, start, duration, packetsPerSecond, shape, sources, target, ipv6, carpet, Optional.of(other));
    }
}
