package levee.pages;

import static levee.report.Element.element;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import levee.model.Amounts;
import levee.model.Attack;
import levee.report.Element;
import levee.report.RateChart;
import levee.report.Units;
import levee.report.UtcTime;
import levee.report.VectorName;
import levee.report.Wording;

/** What all pages say of an attack in the same words. */
final class AttackWords {
    /** Above it, somebody who is woken should look at once. */
    private static final double SURE = 0.8;

    /** Longer than records of flows and changes of findings take to arrive. */
    private static final Duration QUIET_AFTER = Duration.ofSeconds(25);

    private AttackWords() {}

    static String target(Attack attack) {
        return Wording.shortForm(attack.target());
    }

    static Element link(Attack attack) {
        return element("a", target(attack)).attribute("href", Paths.attack(attack.id()));
    }

    /** The customer, else the group; empty where neither is known. */
    static Optional<String> owner(Attack attack) {
        return attack.group().map(group -> group.customer().orElse(group.name()));
    }

    static String vectors(Attack attack) {
        return Wording.some(attack.vectors(), share -> VectorName.of(share.vector()));
    }

    /** Where it came in; empty where that is not known. */
    static Optional<String> through(Attack attack) {
        return attack.ingress().isEmpty()
                ? Optional.empty()
                : Optional.of(Wording.some(
                        attack.ingress(),
                        entry -> entry.exporter() + " interface " + entry.networkInterface()
                                + (attack.ingress().size() == 1 ? "" : " (" + Amounts.percent(entry.share()) + ")")));
    }

    /** Whether nothing has come of it for a while; it is over when nothing comes for two minutes. */
    static boolean isQuiet(Attack attack, Instant now) {
        return attack.state() == Attack.State.OPEN
                && Duration.between(attack.end(), now).compareTo(QUIET_AFTER) > 0;
    }

    /** From the first packet to the last one that is known of. */
    static Duration duration(Attack attack) {
        return Duration.between(attack.start(), attack.end()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Such as {@code going on}. */
    static String state(Attack attack, Instant now) {
        if (attack.state() == Attack.State.ENDED) {
            return "ended";
        }
        return isQuiet(attack, now) ? "quiet since " + timeOfDay(attack.end()) : "going on";
    }

    static String timeOfDay(Instant time) {
        return UtcTime.toSecond(time).substring("2026-01-01 ".length());
    }

    /** Who, with what, how much, since when, how sure and through where, in one breath. */
    static String sentence(Attack attack, Instant now) {
        boolean isOpen = attack.state() == Attack.State.OPEN;
        String quiet = isQuiet(attack, now) ? " Nothing of it has come since " + timeOfDay(attack.end()) + " UTC." : "";
        return "%s for %s, %s %s UTC%s: %s, up to %s and %s, from %s%s%s. Levee is %s sure of target and main vector.%s"
                .formatted(
                        whoIsAttacked(attack, isOpen),
                        Units.duration(duration(attack)),
                        isOpen ? "since" : "from",
                        UtcTime.toSecond(attack.start()),
                        isOpen ? "" : " on",
                        vectors(attack),
                        Units.bitRate(attack.peak().bitsPerSecond()),
                        Units.packetRate(attack.peak().packetsPerSecond()),
                        Wording.distinct(attack.sources().distinct()),
                        attack.sources().distinct().value() == 1 ? " address" : " addresses",
                        through(attack).map(routers -> ", through " + routers).orElse(""),
                        Amounts.percent(attack.confidence()),
                        quiet);
    }

    /** An own host that attacks somebody outside is nobody's customer under attack. */
    private static String whoIsAttacked(Attack attack, boolean isOpen) {
        if (attack.direction() == Attack.Direction.OUTBOUND) {
            return "Own hosts%s %s %s"
                    .formatted(
                            owner(attack)
                                    .map(name -> ", most of them of " + name + ",")
                                    .orElse(""),
                            isOpen ? "have been attacking" : "attacked",
                            target(attack));
        }
        return target(attack)
                + owner(attack).map(name -> " (" + name + ")").orElse("")
                + (isOpen ? " has been under attack" : " was under attack");
    }

    /** The target, and whose it is, or who attacks it. */
    static Element name(Attack attack) {
        String owner = owner(attack).orElse("");
        String more = attack.direction() == Attack.Direction.OUTBOUND
                ? owner.isEmpty() ? "attacked by own hosts" : "attacked by own hosts of " + owner
                : owner;
        Element name = element("span").withClass("name").add(link(attack));
        return more.isEmpty() ? name : name.add(element("small", more));
    }

    static Element peak(Attack attack) {
        return Words.twoLines(
                Units.bitRate(attack.peak().bitsPerSecond()),
                Units.packetRate(attack.peak().packetsPerSecond()));
    }

    static Element confidence(double confidence) {
        return element("span", Amounts.percent(confidence)).withClass(confidence >= SURE ? "sure" : "unsure");
    }

    /** How all its traffic ran over time. */
    static Element sparkline(Attack attack) {
        Attack.Timeline timeline = attack.timeline();
        int slots =
                timeline.vectors().values().stream().mapToInt(List::size).max().orElse(0);
        double[] bytes = new double[slots];
        timeline.vectors().values().forEach(volumes -> {
            for (int slot = 0; slot < volumes.size(); slot++) {
                bytes[slot] += volumes.get(slot).bytes();
            }
        });
        return slots == 0 ? element("span", "–") : RateChart.sparkline(bytes, 0);
    }
}
