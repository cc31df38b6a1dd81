package levee.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Attack.Direction;
import levee.model.Attack.Spoofing.Verdict;
import levee.model.Attack.State;
import levee.model.InputSummary;

/** The findings in a few sentences for those who read no further. */
final class Synopsis {
    private static final int VECTORS_NAMED = 4;

    private final Analysis analysis;
    private final List<Attack> attacks;

    /**
     * @param attacks the most urgent first
     */
    Synopsis(Analysis analysis, List<Attack> attacks) {
        this.analysis = analysis;
        this.attacks = attacks;
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (attacks.isEmpty()) {
            sentences.addAll(nothingFound());
        } else if (attacks.size() == 1) {
            Attack attack = attacks.getFirst();
            sentences.add(headline(attack));
            sentences.add(origin(attack));
        } else {
            sentences.add(many());
            sentences.add((attacks.getFirst().state() == State.OPEN ? "The largest that went on: " : "The largest: ")
                    + headline(attacks.getFirst()));
        }
        List<String> limits = Wording.limits(analysis);
        if (!limits.isEmpty()) {
            sentences.add("Attacks may be missing: " + String.join(", ", limits) + ".");
        }
        return sentences;
    }

    private List<String> nothingFound() {
        if (analysis.inputs().stream().allMatch(InputSummary::isEmpty)) {
            // Where nothing was read, "no attack" would be a false comfort.
            return List.of("Nothing could be read, so nothing can be said about attacks.");
        }
        return List.of(
                "No attack was found in " + amount() + ".",
                "What is too small for the evidence, or of a kind that is not looked for, may be in there all the"
                        + " same: see Method and limits.");
    }

    private String amount() {
        double packets =
                analysis.inputs().stream().mapToDouble(InputSummary::packets).sum();
        double flows =
                analysis.inputs().stream().mapToDouble(InputSummary::flows).sum();
        return Stream.of(amount(packets, "packet"), amount(flows, "flow"))
                .filter(text -> !text.isEmpty())
                .reduce((one, other) -> one + " and " + other)
                .orElseThrow();
    }

    private static String amount(double count, String noun) {
        return count == 0 ? "" : Units.count((long) count, noun);
    }

    private String many() {
        long targets = attacks.stream().map(Attack::target).distinct().count();
        long open =
                attacks.stream().filter(attack -> attack.state() == State.OPEN).count();
        Instant first =
                attacks.stream().map(Attack::start).min(Instant::compareTo).orElseThrow();
        Instant last = attacks.stream().map(Attack::end).max(Instant::compareTo).orElseThrow();
        return "%s on %s were found between %s and %s UTC%s."
                .formatted(
                        Units.count(attacks.size(), "attack"),
                        Units.count(targets, "target"),
                        UtcTime.toSecond(first),
                        UtcTime.toSecond(last),
                        open == 0 ? "" : "; " + Units.count(open) + " went on when the data ended");
    }

    /** Who was attacked, when, with what, how much, and from how many. */
    private static String headline(Attack attack) {
        return "%s was attacked for %s from %s UTC with %s, at up to %s from %s.%s"
                .formatted(
                        Wording.shortForm(attack.target()),
                        Units.duration(Duration.between(attack.start(), attack.end())),
                        UtcTime.toSecond(attack.start()),
                        vectors(attack),
                        Units.bitRate(attack.peak().bitsPerSecond()),
                        sources(attack),
                        attack.state() == State.OPEN ? " It was still going on when the data ended." : "");
    }

    private static String vectors(Attack attack) {
        List<String> names = attack.vectors().stream()
                .map(share -> VectorName.inSentence(share.vector()))
                .toList();
        if (names.size() > VECTORS_NAMED) {
            return String.join(", ", names.subList(0, VECTORS_NAMED)) + " and "
                    + Units.count(names.size() - VECTORS_NAMED, "more vector");
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    private static String sources(Attack attack) {
        Attack.Count distinct = attack.sources().distinct();
        String noun = isReflection(attack) ? "server" : distinct.value() == 1 ? "address" : "addresse";
        return Wording.distinct(distinct) + " " + noun + (distinct.value() == 1 ? "" : "s");
    }

    private static String origin(Attack attack) {
        String origin = origin(attack.sources().spoofing().verdict(), isReflection(attack));
        return attack.direction() == Direction.OUTBOUND ? "It came out of the own networks. " + origin : origin;
    }

    private static String origin(Verdict verdict, boolean isReflection) {
        if (isReflection && verdict != Verdict.LIKELY) {
            return "The servers were abused: they answered requests forged in the target's name, and who sent those"
                    + " cannot be seen here.";
        }
        return switch (verdict) {
            case LIKELY -> "The source addresses are likely forged, so they do not tell where the attack came from.";
            case UNLIKELY -> "The source addresses are likely real.";
            case UNKNOWN -> "Whether the source addresses are forged is not known.";
        };
    }

    private static boolean isReflection(Attack attack) {
        return !attack.vectors().isEmpty()
                && attack.vectors().stream().allMatch(share -> share.vector().isReflection());
    }
}
