package levee.attack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import levee.model.Attack;
import levee.model.Attack.VectorShare;
import levee.model.AttackVector;
import levee.model.Prefix;

/** Compares what was found with what the traffic was made of. */
final class Truth {
    private static final double PACKET_TOLERANCE = 0.02;
    private static final double SHARE_TOLERANCE = 0.03;
    private static final Duration TIME_TOLERANCE = Duration.ofSeconds(1);

    private Truth() {}

    /** What is wrong where nothing should have been found. */
    static List<String> complaintsAboutPeace(List<Attack> attacks) {
        return attacks.stream().map(a -> "called an attack: " + describe(a)).toList();
    }

    /** What is wrong where exactly these targets are attacked. */
    static List<String> complaints(List<Packet> seen, List<Attack> attacks, Prefix... targets) {
        List<String> complaints = new ArrayList<>();
        for (Prefix target : targets) {
            List<Attack> found =
                    attacks.stream().filter(a -> a.target().equals(target)).toList();
            if (found.size() == 1) {
                compare(seen, found.get(0), complaints);
            } else {
                complaints.add(found.size() + " attacks on " + target);
            }
        }
        for (Attack attack : attacks) {
            if (!List.of(targets).contains(attack.target())) {
                complaints.add("surplus attack: " + describe(attack));
            }
        }
        return complaints;
    }

    private static void compare(List<Packet> seen, Attack attack, List<String> complaints) {
        Map<AttackVector, Integer> counts = new EnumMap<>(AttackVector.class);
        int packets = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Packet packet : seen) {
            AttackVector vector = packet.vector();
            if (vector != null && attack.target().contains(packet.to().address())) {
                counts.merge(vector, packet.weight(), Integer::sum);
                packets += packet.weight();
                first = Math.min(first, packet.nanos());
                last = Math.max(last, packet.nanos());
            }
        }
        Map<AttackVector, Double> shares = new EnumMap<>(AttackVector.class);
        for (VectorShare share : attack.vectors()) {
            shares.merge(share.vector(), share.packetShare(), Double::sum);
        }
        int total = packets;
        boolean sharesAgree = shares.keySet().equals(counts.keySet())
                && shares.entrySet().stream()
                        .allMatch(e ->
                                Math.abs(e.getValue() - (double) counts.get(e.getKey()) / total) < SHARE_TOLERANCE);
        if (!sharesAgree) {
            complaints.add("vectors " + percent(shares, 1) + " instead of " + percent(counts, total));
        }
        if (Math.abs(attack.total().packets() - packets) > PACKET_TOLERANCE * packets) {
            complaints.add("packets " + attack.total().packets() + " instead of " + packets);
        }
        compareTime("start", attack.start(), first, complaints);
        compareTime("end", attack.end(), last, complaints);
        if (attack.target().isHost()) {
            compareOther(seen, attack, first, last, complaints);
        }
    }

    private static void compareTime(String what, Instant found, long nanos, List<String> complaints) {
        Duration late = Duration.between(Instant.ofEpochSecond(0, nanos), found);
        if (late.abs().compareTo(TIME_TOLERANCE) > 0) {
            complaints.add(what + " is " + late.toMillis() + " ms late");
        }
    }

    /** Other traffic is at least what came and went during the attack, and at the most all that ever did. */
    private static void compareOther(List<Packet> seen, Attack attack, long first, long last, List<String> complaints) {
        long during = 0;
        long ever = 0;
        for (Packet packet : seen) {
            boolean ofTarget = attack.target().contains(packet.to().address())
                    || attack.target().contains(packet.from().address());
            if (packet.vector() == null && ofTarget) {
                ever += packet.weight();
                during += packet.nanos() >= first && packet.nanos() <= last ? packet.weight() : 0;
            }
        }
        long other = attack.otherTraffic().packets();
        long slack = 10 + Math.round(PACKET_TOLERANCE * attack.total().packets());
        if (other < during * 0.9 - slack || other > ever + slack) {
            complaints.add("other traffic " + other + " packets instead of " + during + " to " + ever);
        }
    }

    private static String percent(Map<AttackVector, ? extends Number> parts, double total) {
        return parts.entrySet().stream()
                .map(e -> String.format(
                        Locale.ROOT,
                        "%s %.0f %%",
                        e.getKey(),
                        100 * e.getValue().doubleValue() / total))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    static String describe(Attack attack) {
        return String.format(
                Locale.ROOT,
                "%s %s, %d packets, peak %.0f/s, %d sources, confidence %.2f, other traffic %d packets",
                attack.target(),
                attack.vectors().stream()
                        .map(v -> String.format(Locale.ROOT, "%s %.0f %%", v.vector(), 100 * v.packetShare()))
                        .toList(),
                attack.total().packets(),
                attack.peak().packetsPerSecond(),
                attack.sources().distinct().value(),
                attack.confidence(),
                attack.otherTraffic().packets());
    }
}
