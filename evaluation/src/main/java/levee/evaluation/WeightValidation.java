package levee.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import levee.evaluation.ScoredHosts.Host;
import levee.evaluation.Share.Part;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;

/**
 * What the weights of behaviours are worth by hosts of known truth: the weights that these give, how hosts of each capture fare with
 * the weights that all other captures give, and how often hosts of a score are infected. Where only findings tell of hosts, it is
 * taken that all that were never suspected show nothing. {@code docs/evaluation.md} gives the rules.
 *
 * @param isOfAll whether it is known what was thought of all hosts
 * @param captures that have hosts of known truth, each independent of the others, which their hosts are not
 * @param infected the infected hosts
 * @param infectedCaptures that have any
 * @param weights by name
 * @param outcomes what is found with either kind of weights, each capture with those of the others
 * @param bands from the lowest score to the highest
 */
public record WeightValidation(
        boolean isOfAll,
        long captures,
        long infected,
        long infectedCaptures,
        long benign,
        long benignCaptures,
        List<BehaviourWeight> weights,
        Map<Level, Outcome> outcomes,
        List<Band> bands) {

    /** One in a hundred, as everywhere. */
    static final double PRIOR = 0.01;

    /** Who shows something is spoken of from so many on. */
    static final long FEWEST_SHOWING = 5;

    /** They must come from so many captures at least: those of one may all be infected with one program. */
    static final long FEWEST_CAPTURES_SHOWING = 3;

    /** A probability takes so many hosts of either kind. */
    static final long FEWEST_HOSTS = 20;

    /** And from so many captures each. */
    static final long FEWEST_CAPTURES = 10;

    /** Two rates that are each within their intervals with 97.5 % are both so with 95 % at least (Bonferroni). */
    private static final double QUANTILE_97_5 = 2.241403;

    /** Where one band of scores ends and the next one begins. */
    private static final double[] EDGES = {-10, 0, 10, 20, 30};

    public WeightValidation {
        weights = List.copyOf(weights);
        outcomes = Map.copyOf(outcomes);
        bands = List.copyOf(bands);
    }

    /**
     * How much a behaviour is worth.
     *
     * @param infectedShowing infected hosts that are said to show it
     * @param benignShowing benign ones
     * @param captures of which a host is said to
     * @param judged the mean of the weights that were said, in decibans
     * @param fitted the weight by these counts; empty where they are too few
     */
    public record BehaviourWeight(
            String name,
            long infectedShowing,
            long benignShowing,
            long captures,
            double judged,
            Optional<LikelihoodRatio> fitted) {

        /** Whether the judged weight lies outside the interval of the fitted one. */
        public Optional<Deviation> deviation() {
            return fitted.flatMap(weight -> judged > weight.high()
                    ? Optional.of(Deviation.ABOVE)
                    : judged < weight.low() ? Optional.of(Deviation.BELOW) : Optional.empty());
        }
    }

    /** On which side of the interval a judged weight lies. */
    public enum Deviation {
        ABOVE,
        BELOW
    }

    /**
     * Hosts that reach a level.
     *
     * @param foundJudged infected ones, with the weights that are judged
     * @param foundFitted infected ones, with weights of other captures
     */
    public record Outcome(long foundJudged, long foundFitted, long falseJudged, long falseFitted) {
        private Outcome and(boolean isInfected, boolean byJudged, boolean byFitted) {
            int judged = byJudged ? 1 : 0;
            int fitted = byFitted ? 1 : 0;
            return isInfected
                    ? new Outcome(foundJudged + judged, foundFitted + fitted, falseJudged, falseFitted)
                    : new Outcome(foundJudged, foundFitted, falseJudged + judged, falseFitted + fitted);
        }
    }

    /**
     * Hosts by their highest score.
     *
     * @param from the lowest score in decibans; empty for all below {@code to}, and those of which nothing was said
     * @param to above the highest score; empty where there is no end
     * @param ratio how much likelier infected hosts are to be in this band; empty where there are too few in it
     * @param probability that a host of this band is infected, if one of a hundred is; empty where there are too few of either kind
     */
    public record Band(
            OptionalDouble from,
            OptionalDouble to,
            long infected,
            long benign,
            Optional<LikelihoodRatio> ratio,
            Optional<Probability> probability) {}

    /** With the interval that holds it with 95 % at least. */
    public record Probability(double value, double low, double high) {
        static Probability of(Share infected, Share benign) {
            return new Probability(
                    posterior(infected.rate(), benign.rate()),
                    posterior(infected.low(QUANTILE_97_5), benign.high(QUANTILE_97_5)),
                    posterior(infected.high(QUANTILE_97_5), benign.low(QUANTILE_97_5)));
        }

        private static double posterior(double infectedRate, double benignRate) {
            double infected = PRIOR * infectedRate;
            return infected == 0 ? 0 : infected / (infected + (1 - PRIOR) * benignRate);
        }
    }

    static WeightValidation of(List<HostComparison> runs) {
        return ofCaptures(
                ScoredHosts.of(runs),
                runs.stream().allMatch(run -> run.run().judged().isPresent()));
    }

    static WeightValidation ofCaptures(List<ScoredHosts> all, boolean isOfAll) {
        List<ScoredHosts> captures = all.stream()
                .filter(capture -> capture.infected() + capture.benign() > 0)
                .toList();
        Set<String> names = new TreeSet<>();
        captures.forEach(capture ->
                capture.hosts().forEach(host -> names.addAll(host.weights().keySet())));
        return new WeightValidation(
                isOfAll,
                captures.size(),
                captures.stream().mapToLong(ScoredHosts::infected).sum(),
                captures.stream().filter(capture -> capture.infected() > 0).count(),
                captures.stream().mapToLong(ScoredHosts::benign).sum(),
                captures.stream().filter(capture -> capture.benign() > 0).count(),
                names.stream().map(name -> weight(name, captures)).toList(),
                outcomes(captures, names),
                bands(captures));
    }

    private static BehaviourWeight weight(String name, List<ScoredHosts> captures) {
        Predicate<Host> shows = host -> host.shows(name);
        Share infected = infected(captures, shows);
        Share benign = benign(captures, shows);
        double judged = captures.stream()
                .flatMap(capture -> capture.hosts().stream())
                .flatMap(host -> Optional.ofNullable(host.weights().get(name)).stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        long showing = showing(captures, shows);
        return new BehaviourWeight(
                name, infected.shown(), benign.shown(), showing, judged, ratio(infected, benign, showing));
    }

    private static Share infected(List<ScoredHosts> captures, Predicate<Host> are) {
        return Share.of(captures.stream().map(capture -> capture.infected(are)).toList());
    }

    private static Share benign(List<ScoredHosts> captures, Predicate<Host> are) {
        return Share.of(captures.stream().map(capture -> capture.benign(are)).toList());
    }

    private static long showing(List<ScoredHosts> captures, Predicate<Host> are) {
        return captures.stream()
                .filter(capture -> capture.hosts().stream().anyMatch(are))
                .count();
    }

    /** How much likelier infected hosts are to be so, if those that are suffice to say. */
    private static Optional<LikelihoodRatio> ratio(Share infected, Share benign, long showing) {
        boolean suffice = infected.captures() > 1
                && benign.captures() > 1
                && infected.shown() + benign.shown() >= FEWEST_SHOWING
                && showing >= FEWEST_CAPTURES_SHOWING;
        return suffice ? Optional.of(LikelihoodRatio.of(infected, benign)) : Optional.empty();
    }

    /** Scores the hosts of each capture by the weights of all others. */
    private static Map<Level, Outcome> outcomes(List<ScoredHosts> captures, Set<String> names) {
        Map<String, Part> infected = new HashMap<>();
        Map<String, Part> benign = new HashMap<>();
        for (String name : names) {
            infected.put(name, sum(captures, capture -> capture.infected(host -> host.shows(name))));
            benign.put(name, sum(captures, capture -> capture.benign(host -> host.shows(name))));
        }
        Map<Level, Outcome> outcomes = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            outcomes.put(level, new Outcome(0, 0, 0, 0));
        }
        for (ScoredHosts left : captures) {
            for (Host host : left.hosts()) {
                double score = InfectedHost.PRIOR_DECIBANS;
                for (String name : host.weights().keySet()) {
                    score += weight(
                            infected.getOrDefault(name, Part.NONE).minus(left.infected(other -> other.shows(name))),
                            benign.getOrDefault(name, Part.NONE).minus(left.benign(other -> other.shows(name))));
                }
                double fitted = score;
                outcomes.replaceAll((level, outcome) ->
                        outcome.and(host.isInfected(), host.isOf(level), fitted >= level.leastDecibans()));
            }
        }
        return outcomes;
    }

    private static Part sum(List<ScoredHosts> captures, Function<ScoredHosts, Part> part) {
        return captures.stream().map(part).reduce(Part.NONE, Part::plus);
    }

    /** Half a host on either side would make a weight of nothing where nobody shows a behaviour: there it is worth nothing. */
    private static double weight(Part infected, Part benign) {
        boolean isKnown = infected.shown() + benign.shown() > 0 && infected.hosts() > 0 && benign.hosts() > 0;
        return isKnown ? LikelihoodRatio.decibans(infected.rate() / benign.rate()) : 0;
    }

    private static List<Band> bands(List<ScoredHosts> captures) {
        List<Band> bands = new ArrayList<>();
        bands.add(lowest(captures));
        for (int i = 0; i < EDGES.length; i++) {
            double from = EDGES[i];
            OptionalDouble to = i + 1 < EDGES.length ? OptionalDouble.of(EDGES[i + 1]) : OptionalDouble.empty();
            Predicate<Host> are = host -> host.score() >= from && host.score() < to.orElse(Double.POSITIVE_INFINITY);
            bands.add(band(
                    OptionalDouble.of(from),
                    to,
                    infected(captures, are),
                    benign(captures, are),
                    showing(captures, are)));
        }
        return bands;
    }

    /** Of which little is thought, or nothing is known. */
    private static Band lowest(List<ScoredHosts> captures) {
        Predicate<Host> above = host -> host.score() >= EDGES[0];
        return band(
                OptionalDouble.empty(),
                OptionalDouble.of(EDGES[0]),
                Share.of(captures.stream()
                        .map(capture -> others(capture.infected(above)))
                        .toList()),
                Share.of(captures.stream()
                        .map(capture -> others(capture.benign(above)))
                        .toList()),
                captures.stream()
                        .filter(capture -> capture.infected(above).shown()
                                        + capture.benign(above).shown()
                                < capture.infected() + capture.benign())
                        .count());
    }

    private static Part others(Part part) {
        return new Share.Part(part.hosts() - part.shown(), part.hosts());
    }

    private static Band band(OptionalDouble from, OptionalDouble to, Share infected, Share benign, long showing) {
        Optional<LikelihoodRatio> ratio = ratio(infected, benign, showing);
        boolean suffice = isEnough(infected) && isEnough(benign);
        return new Band(
                from,
                to,
                infected.shown(),
                benign.shown(),
                ratio,
                ratio.filter(known -> suffice).map(known -> Probability.of(infected, benign)));
    }

    private static boolean isEnough(Share share) {
        return share.hosts() >= FEWEST_HOSTS && share.captures() >= FEWEST_CAPTURES;
    }

    Outcome outcome(Level level) {
        return Optional.ofNullable(outcomes.get(level)).orElseThrow();
    }

    /** Whether there is nothing to tell, for want of several captures or of hosts of either kind. */
    boolean isEmpty() {
        return captures < 2 || infected == 0 || benign == 0;
    }
}
