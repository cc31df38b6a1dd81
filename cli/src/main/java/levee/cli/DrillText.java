package levee.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import levee.drill.PlannedAttack;
import levee.drill.PlannedBots;
import levee.drill.Scenario;
import levee.drill.Scene;
import levee.drill.Shape;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Group;
import levee.model.Groups;
import levee.model.InfectedHost;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;

/** What a live drill says to people, a line each. */
final class DrillText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final OwnNetworks NETWORKS = OwnNetworks.of(Scenario.networks());

    private final Groups groups;

    /** @param groups whose the own networks are */
    DrillText(Groups groups) {
        this.groups = groups;
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String target(Prefix target) {
        return target.isHost() ? target.address().toString() : target.toString();
    }

    static String vectors(List<AttackVector> vectors) {
        return vectors.stream().map(AttackVector::label).collect(Collectors.joining(" + "));
    }

    /** What is going to be played, and when. */
    String planned(Scene scene) {
        return "  " + time(scene.start()) + "  " + what(scene);
    }

    /** What is played from now on. */
    String begun(Scene scene) {
        return time(scene.start()) + "  begins  " + what(scene);
    }

    /** What was found, and when that was. */
    String found(Instant now, Attack attack) {
        return time(now) + "  found   " + attack.vectors().getFirst().vector().label() + " on "
                + whose(attack.target());
    }

    String found(Instant now, InfectedHost host) {
        return time(now) + "  found   infected host " + whose(Prefix.host(host.host())) + ", "
                + host.level().label() + ": "
                + host.behaviours().stream()
                        .map(behaviour -> behaviour.kind().label())
                        .collect(Collectors.joining(", "));
    }

    private String what(Scene scene) {
        return switch (scene) {
            case Scene.Flood flood -> flood(flood);
            case Scene.Innocent innocent ->
                innocent.plan().kind().label() + " at " + whose(innocent.target())
                        + lasting(innocent.plan().duration()) + ", which is no "
                        + (innocent.plan().kind().resemblesInfection() ? "infection" : "attack");
            case Scene.Outbreak outbreak -> outbreak(outbreak);
        };
    }

    private String flood(Scene.Flood flood) {
        PlannedAttack plan = flood.plan();
        IpAddress address = flood.target().address();
        String way = NETWORKS.contains(address.high(), address.low()) ? "" : " from inside";
        return vectors(plan.vectors()) + way + " on " + whose(flood.target()) + ", "
                + Amounts.count(Math.round(plan.packetsPerSecond())) + " packets/s"
                + (plan.vectors().size() > 1 ? " each" : "")
                + lasting(plan.duration())
                + switch (plan.shape()) {
                    case Shape.Constant constant -> "";
                    case Shape.Ramp ramp -> ", growing";
                    case Shape.Pulses pulses -> ", in pulses of " + pulses.on().toSeconds() + " s";
                };
    }

    private String outbreak(Scene.Outbreak outbreak) {
        PlannedBots plan = outbreak.plan();
        return "infection by " + plan.family().label() + " of "
                + (plan.hosts() == 1
                        ? ""
                        : Amounts.count(plan.hosts()) + " hosts within "
                                + plan.spread().toSeconds() + " s, first ")
                + whose(outbreak.target());
    }

    private static String lasting(Duration duration) {
        return " for " + duration.toSeconds() + " s";
    }

    private String whose(Prefix target) {
        IpAddress address = target.address();
        return target(target)
                + groups.get(groups.find(address.high(), address.low()))
                        .flatMap(Group::customer)
                        .map(customer -> " (" + customer + ")")
                        .orElse("");
    }
}
