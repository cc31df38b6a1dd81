package levee.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Attack.Count;
import levee.model.Attack.Sampling;
import levee.model.Attack.Spoofing;
import levee.model.Attack.Volume;
import levee.model.Finding;
import levee.model.Finding.State;
import levee.model.Group;
import levee.model.InputSummary;
import levee.model.Prefix;

/** What the reports for people say in the same words, and in the same order. */
public final class Wording {
    /** How much of a list is shown; JSON has all of it. */
    private static final int LIST_LIMIT = 5;

    private static final Comparator<Attack> MOST_URGENT_FIRST = Comparator.comparing(
                    (Attack attack) -> attack.state() == State.ENDED)
            .thenComparing(attack -> attack.peak().bitsPerSecond(), Comparator.reverseOrder());

    private Wording() {}

    /** Those still going on before the others, and the largest first. */
    static List<Attack> mostUrgentFirst(Analysis analysis) {
        return analysis.findings().stream()
                .flatMap(Wording::attack)
                .sorted(MOST_URGENT_FIRST)
                .toList();
    }

    private static Stream<Attack> attack(Finding finding) {
        return switch (finding) {
            case Attack attack -> Stream.of(attack);
            case Abuse abuse -> Stream.empty();
        };
    }

    public static String direction(Attack.Direction direction) {
        return switch (direction) {
            case INBOUND, OUTBOUND -> direction.name().toLowerCase(Locale.ROOT);
            case TRANSIT -> "in transit";
            case UNKNOWN -> "direction unknown";
        };
    }

    static String visibility(Attack.Visibility visibility) {
        return switch (visibility) {
            case TWO_WAY -> "both directions";
            case ONE_WAY -> "one direction only";
            case SAMPLED -> "samples only";
        };
    }

    static String sampling(Sampling sampling) {
        return sampling.rate() == 1
                ? "every packet"
                : "1 in %s packets, %s"
                        .formatted(Amounts.count(sampling.rate()), Amounts.count(sampling.rawSamples(), "sample"));
    }

    static String verdict(Spoofing.Verdict verdict) {
        return switch (verdict) {
            case LIKELY -> "source addresses are likely forged";
            case UNLIKELY -> "source addresses are likely real";
            case UNKNOWN -> "whether source addresses are forged is unknown";
        };
    }

    /** Whether what is thought of the source addresses holds for each vector, so that it need be said but once. */
    static boolean isForgedAlike(Attack attack) {
        return attack.vectors().stream()
                        .map(share -> share.spoofing().verdict() + " "
                                + share.vector().isReflection())
                        .distinct()
                        .count()
                <= 1;
    }

    public static String volume(Volume volume) {
        return volume.packets() == 0
                ? "none"
                : Amounts.count(volume.packets(), "packet") + ", " + Units.bytes(volume.bytes());
    }

    public static String distinct(Count count) {
        return (count.exact() ? "" : "about ") + Amounts.count(count.value());
    }

    static String addresses(Count count) {
        return distinct(count) + (count.value() == 1 ? " address" : " addresses");
    }

    public static String dropped(long evicted) {
        return Amounts.count(evicted, "entry was", "entries were") + " dropped from full tables";
    }

    static List<String> limits(Analysis analysis) {
        List<String> limits = new ArrayList<>();
        long empty = analysis.inputs().stream().filter(InputSummary::isEmpty).count();
        if (empty > 0) {
            limits.add("nothing could be read from " + Amounts.count(empty, "input"));
        }
        long damaged = analysis.inputs().stream()
                .filter(input -> !input.isEmpty() && input.damage().isPresent())
                .count();
        if (damaged > 0) {
            limits.add(Amounts.count(damaged, "input is damaged", "inputs are damaged"));
        }
        if (analysis.evicted() > 0) {
            limits.add(dropped(analysis.evicted()));
        }
        return limits;
    }

    static String format(InputSummary input) {
        if (input.format().equals("unknown")) {
            return "unknown format";
        }
        // That a capture carries packets goes without saying.
        return input.carries().equals("packets") ? input.format() : input.format() + " of " + input.carries();
    }

    static String amount(InputSummary input) {
        List<String> amounts = new ArrayList<>();
        if (input.packets() > 0) {
            amounts.add(Amounts.count(input.packets(), "packet"));
        }
        if (input.flows() > 0) {
            amounts.add(Amounts.count(input.flows(), "flow"));
        }
        if (amounts.isEmpty()) {
            amounts.add("nothing could be read");
        }
        amounts.add(Units.bytes(input.bytes()));
        return String.join(", ", amounts);
    }

    static String span(Instant first, Instant last) {
        return "from %s UTC, for %s".formatted(UtcTime.toSecond(first), Units.duration(Duration.between(first, last)));
    }

    public static List<String> rejected(Map<String, Long> reasons) {
        return reasons.entrySet().stream()
                .map(reason ->
                        Amounts.count(reason.getValue()) + " " + reason.getKey().replace('_', ' '))
                .toList();
    }

    /** A host without its prefix length. */
    public static String shortForm(Prefix prefix) {
        return prefix.isHost() ? prefix.address().toString() : prefix.toString();
    }

    /** The first few, and how many more there are. */
    public static <T> String some(List<T> values, Function<T, String> text) {
        String shown =
                String.join(", ", values.stream().limit(LIST_LIMIT).map(text).toList());
        return values.size() <= LIST_LIMIT
                ? shown
                : shown + " and " + Amounts.count(values.size() - LIST_LIMIT) + " more";
    }

    /** Such as {@code hosting, of Example Shop (noc@shop.example)}. */
    public static String group(Group group) {
        return group.name()
                + group.customer().map(customer -> ", of " + customer).orElse("")
                + (group.contacts().isEmpty() ? "" : " (" + String.join(", ", group.contacts()) + ")");
    }

    /** Such as {@code AS64496 Example Net (12 %)}. */
    static String origin(Attack.Origin origin) {
        return "AS" + origin.number() + (origin.name().isEmpty() ? "" : " " + origin.name()) + " ("
                + Amounts.percent(origin.packetShare()) + ")";
    }
}
