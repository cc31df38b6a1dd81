package levee.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import levee.model.Amounts;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Attack.Direction;
import levee.model.Attack.Spoofing.Verdict;
import levee.model.CommandServer;
import levee.model.Finding.State;
import levee.model.InfectedHost;
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
        AbuseFindings found = AbuseFindings.of(analysis.findings());
        if (attacks.isEmpty() && !found.isEmpty()) {
            sentences.addAll(besides(found));
        }
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
        if (!attacks.isEmpty() && !found.isEmpty()) {
            sentences.addAll(besides(found));
        }
        List<String> limits = Wording.limits(analysis);
        if (!limits.isEmpty()) {
            sentences.add("Findings may be missing: " + String.join(", ", limits) + ".");
        }
        return sentences;
    }

    private static List<String> besides(AbuseFindings found) {
        List<String> sentences = new ArrayList<>();
        sentences.add("Found besides attacks: " + String.join(", ", found.counts()) + ".");
        List<InfectedHost> sure = found.infected(InfectedHost.Level.NOTIFY);
        if (!sure.isEmpty()) {
            sentences.add("To notify: " + Wording.some(sure, host -> host.host().toString()) + ".");
        }
        if (!found.servers().isEmpty()) {
            CommandServer first = found.servers().getFirst();
            sentences.add("The likeliest command server is %s, which %s to."
                    .formatted(
                            AbuseWords.named(first), Amounts.count(first.hosts().size(), "host talks", "hosts talk")));
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
        return count == 0 ? "" : Amounts.count((long) count, noun);
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
                        Amounts.count(attacks.size(), "attack"),
                        Amounts.count(targets, "target"),
                        UtcTime.toSecond(first),
                        UtcTime.toSecond(last),
                        open == 0 ? "" : "; " + Amounts.count(open) + " went on when the data ended");
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
                    + Amounts.count(names.size() - VECTORS_NAMED, "more vector");
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    private static String sources(Attack attack) {
        Attack.Count distinct = attack.sources().distinct();
        return isReflection(attack)
                ? Wording.distinct(distinct) + (distinct.value() == 1 ? " server" : " servers")
                : Wording.addresses(distinct);
    }

    private static String origin(Attack attack) {
        String origin = Wording.isForgedAlike(attack)
                ? origin(attack.sources().spoofing().verdict(), isReflection(attack))
                : "Whether source addresses are forged differs by vector.";
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
