package levee.pages;

import static levee.report.Element.element;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
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

    static Duration duration(Attack attack, Instant now) {
        boolean isNow = attack.state() == Attack.State.OPEN && !isQuiet(attack, now) && now.isAfter(attack.end());
        return Duration.between(attack.start(), isNow ? now : attack.end()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Who, with what, how much, since when, how sure and through where, in one breath. */
    static String sentence(Attack attack, Instant now) {
        String when = attack.state() == Attack.State.OPEN
                ? "has been under attack for %s, since %s UTC"
                : "was under attack for %s, from %s UTC on";
        String quiet =
                isQuiet(attack, now) ? " Nothing of it has come since " + UtcTime.toSecond(attack.end()) + " UTC." : "";
        return "%s%s %s: %s, up to %s and %s, from %s%s%s. Levee is %s sure.%s"
                .formatted(
                        target(attack),
                        owner(attack).map(name -> " (" + name + ")").orElse(""),
                        when.formatted(Units.duration(duration(attack, now)), UtcTime.toSecond(attack.start())),
                        vectors(attack),
                        Units.bitRate(attack.peak().bitsPerSecond()),
                        Units.packetRate(attack.peak().packetsPerSecond()),
                        Wording.distinct(attack.sources().distinct()),
                        attack.sources().distinct().value() == 1 ? " address" : " addresses",
                        through(attack).map(routers -> ", through " + routers).orElse(""),
                        Amounts.percent(attack.confidence()),
                        quiet);
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

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
