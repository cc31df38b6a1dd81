package levee.evaluation;

import static levee.evaluation.HostSamples.flow;
import static levee.evaluation.HostSamples.infected;
import static levee.evaluation.HostSamples.notified;
import static levee.evaluation.HostSamples.suspected;
import static levee.evaluation.HostSamples.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import levee.evaluation.KnownHost.Condition;
import levee.evaluation.ScoredHosts.Host;
import levee.evaluation.WeightValidation.Band;
import levee.evaluation.WeightValidation.BehaviourWeight;
import levee.evaluation.WeightValidation.Deviation;
import levee.evaluation.WeightValidation.Outcome;
import levee.evaluation.WeightValidation.Probability;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What weights and scores are worth. Numbers are computed by hand. */
final class WeightValidationTest {
    private static Host bot(double score, Map<String, Double> weights) {
        return host(true, score, weights);
    }

    private static Host innocent(double score, Map<String, Double> weights) {
        return host(false, score, weights);
    }

    private static Host host(boolean isInfected, double score, Map<String, Double> weights) {
        return new Host(isInfected, Optional.of(score >= 10 ? Level.NOTIFY : Level.SUSPECTED), score, weights);
    }

    private static ScoredHosts capture(String name, long infected, long benign, Host... hosts) {
        return new ScoredHosts(name, List.of(hosts), infected, benign);
    }

    private static WeightValidation validate(List<ScoredHosts> captures) {
        return WeightValidation.ofCaptures(captures, true);
    }

    /** So many captures with two infected hosts and a hundred others, of whom one of either kind shows something. */
    private static List<ScoredHosts> alike(int captures, double weight) {
        Map<String, Double> weights = Map.of("dga", weight);
        return IntStream.range(0, captures)
                .mapToObj(i -> capture("capture " + i, 2, 100, bot(5, weights), innocent(5, weights)))
                .toList();
    }

    @Test
    void eachCaptureIsScoredWithTheWeightsOfTheOthers() {
        // Without the first or the second: 10 log((1.5 / 3) / (1.5 / 2000)) = 28.2; without the third:
        // 10 log((2.5 / 3) / (0.5 / 1999)) = 35.2, and nobody chats.
        WeightValidation validation = validate(List.of(
                capture("a", 1, 999, bot(5, Map.of("scanning", 25.0))),
                capture("b", 1, 999, bot(15, Map.of("scanning", 35.0))),
                capture("c", 1, 1_000, bot(2, Map.of("irc", 22.0)), innocent(1, Map.of("scanning", 21.0)))));

        assertThat(validation.outcome(Level.SUSPECTED)).isEqualTo(new Outcome(3, 2, 1, 1));
        assertThat(validation.outcome(Level.NOTIFY)).isEqualTo(new Outcome(1, 0, 0, 1));
        assertThat(validation.weights())
                .extracting(
                        BehaviourWeight::name,
                        BehaviourWeight::infectedShowing,
                        BehaviourWeight::benignShowing,
                        BehaviourWeight::captures,
                        BehaviourWeight::judged)
                .containsExactly(tuple("irc", 1L, 0L, 1L, 22.0), tuple("scanning", 2L, 1L, 3L, 27.0));
        assertThat(validation.infected()).isEqualTo(3);
        assertThat(validation.benign()).isEqualTo(2_998);
    }

    @Test
    void weightsOfSeveralBehavioursAddUp() {
        // Each weighs 10 log((1.5 / 3) / (0.5 / 61)) = 17.9 in the other two captures.
        Map<String, Double> both = Map.of("dga", 20.0, "irc", 20.0);
        WeightValidation validation = validate(
                List.of(capture("a", 1, 30, bot(20, both)), capture("b", 1, 30, bot(20, both)), capture("c", 1, 30)));

        assertThat(validation.outcome(Level.NOTIFY)).isEqualTo(new Outcome(2, 2, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"22, ABOVE", "20,", "12, BELOW"})
    void judgedWeightsBesideTheFittedOnes(double judged, Deviation deviation) {
        BehaviourWeight weight = validate(alike(5, judged)).weights().getFirst();

        LikelihoodRatio fitted = weight.fitted().orElseThrow();
        assertThat(fitted.decibans()).isEqualTo(16.5845, within(1e-3));
        assertThat(fitted.low()).isEqualTo(12.1555, within(1e-3));
        assertThat(fitted.high()).isEqualTo(21.0134, within(1e-3));
        assertThat(weight.deviation().orElse(null)).isEqualTo(deviation);
    }

    @Test
    void weightsTakeHostsOfSeveralCaptures() {
        Host bot = bot(5, Map.of("dga", 20.0));

        assertThat(validate(alike(3, 20)).weights().getFirst().fitted()).isPresent();
        assertThat(validate(alike(2, 20)).weights().getFirst().fitted()).isEmpty();
        assertThat(validate(List.of(
                                capture("a", 9, 100, bot), capture("b", 9, 100, bot), capture("c", 9, 100, bot, bot)))
                        .weights()
                        .getFirst()
                        .fitted())
                .isEmpty();
        assertThat(validate(List.of(capture("a", 9, 100, bot, bot, bot), capture("b", 9, 100, bot, bot, bot)))
                        .weights()
                        .getFirst()
                        .fitted())
                .isEmpty();
    }

    @Test
    void bands() {
        Host[] hosts = DoubleStream.of(-2, 0, 9.9, 10, 20, 30, 70)
                .mapToObj(score -> bot(score, Map.of()))
                .toArray(Host[]::new);
        WeightValidation validation =
                validate(List.of(capture("a", 9, 5, hosts), capture("b", 0, 4, innocent(3, Map.of()))));

        assertThat(validation.bands())
                .extracting(Band::infected, Band::benign)
                .containsExactly(
                        tuple(2L, 8L), tuple(1L, 0L), tuple(2L, 1L), tuple(1L, 0L), tuple(1L, 0L), tuple(2L, 0L));
    }

    @Test
    void probabilityComesWithItsInterval() {
        Host bot = bot(35, Map.of());
        List<ScoredHosts> captures = Collections.nCopies(10, capture("a", 2, 10, bot, bot));

        Band last = validate(captures).bands().getLast();

        Probability probability = last.probability().orElseThrow();
        assertThat(probability.value()).isEqualTo(0.66576, within(1e-4));
        assertThat(probability.low()).isEqualTo(0.14440, within(1e-4));
        assertThat(probability.high()).isEqualTo(1);
        assertThat(last.ratio().orElseThrow().decibans()).isEqualTo(22.9487, within(1e-3));
    }

    @Test
    void noProbabilityOfTooFew() {
        Host bot = bot(35, Map.of());
        ScoredHosts usual = capture("a", 2, 10, bot, bot);
        List<ScoredHosts> fewHosts = new ArrayList<>(Collections.nCopies(9, usual));
        fewHosts.add(capture("b", 1, 10, bot));

        assertThat(lastProbability(Collections.nCopies(9, capture("a", 4, 10, bot, bot, bot, bot))))
                .as("captures")
                .isEmpty();
        assertThat(lastProbability(fewHosts)).as("hosts").isEmpty();
        assertThat(validate(Collections.nCopies(10, usual)).bands().get(1).probability())
                .as("in the band")
                .isEmpty();
    }

    private static Optional<Probability> lastProbability(List<ScoredHosts> captures) {
        return validate(captures).bands().getLast().probability();
    }

    @Test
    void runsOfOneCaptureAreOfTheSameHosts() throws InvalidDocumentException {
        LabelledHosts hosts = new LabelledHosts("packets", List.of(Prefix.parse("192.0.2.0/24")));
        flow(hosts, 1, "192.0.2.1", Condition.INFECTED);
        flow(hosts, 1, "192.0.2.2", Condition.BENIGN);
        flow(hosts, 1, "192.0.2.3", Condition.UNKNOWN);
        HostTruth truth = hosts.truth();
        FoundHost bot = suspected("192.0.2.1", 2, "irc");

        List<ScoredHosts> captures = ScoredHosts.of(List.of(
                HostComparison.of(new HostRun("one", truth, List.of(bot), List.of(), Optional.empty())),
                HostComparison.of(new HostRun(
                        "one",
                        truth,
                        List.of(
                                notified(suspected("192.0.2.1", 2, "dga"), 3),
                                suspected("192.0.2.2", 2, "spam"),
                                suspected("192.0.2.3", 2, "spam")),
                        List.of(),
                        Optional.empty()))));

        assertThat(captures)
                .containsExactly(capture(
                        "one",
                        1,
                        1,
                        new Host(true, Optional.of(Level.NOTIFY), 15, Map.of("irc", 17.0, "dga", 17.0)),
                        new Host(false, Optional.of(Level.SUSPECTED), 5, Map.of("spam", 16.0))));
    }

    @Test
    void whatWasThoughtOfHostsCountsThoughNobodyWasTold() {
        HostTruth truth = HostTruth.of(
                truth(50, List.of(infected("192.0.2.1", HostSamples.behaviour("dga", 0, 9))), List.of(), List.of()));
        List<JudgedHost> judged = List.of(
                new JudgedHost(IpAddress.parse("192.0.2.1"), 6, Map.of("dga", 17.0, "irc", 9.0)),
                new JudgedHost(IpAddress.parse("192.0.2.7"), -12, Map.of("beaconing", 8.0)));

        List<ScoredHosts> captures = ScoredHosts.of(List.of(HostComparison.of(new HostRun(
                "office", truth, List.of(suspected("192.0.2.1", 2, "dga")), List.of(), Optional.of(judged)))));

        assertThat(captures)
                .containsExactly(capture(
                        "office",
                        1,
                        49,
                        new Host(true, Optional.of(Level.SUSPECTED), 6, Map.of("dga", 17.0, "irc", 9.0)),
                        new Host(false, Optional.empty(), -12, Map.of("beaconing", 8.0))));
    }

    @Test
    void hostsThatADocumentDoesNotNameAreBenign() {
        HostTruth truth = HostTruth.of(
                truth(50, List.of(infected("192.0.2.1", HostSamples.behaviour("dga", 0, 9))), List.of(), List.of()));

        List<ScoredHosts> captures = ScoredHosts.of(
                List.of(HostComparison.of(new HostRun(truth, List.of(suspected("192.0.2.7", 2, "dga")), List.of()))));

        assertThat(captures)
                .containsExactly(capture(
                        "office", 1, 49, new Host(false, Optional.of(Level.SUSPECTED), 5, Map.of("dga", 17.0))));
    }

    /** Twelve captures of what could be an office, all with bots and with somebody who is taken for one in the first. */
    private static HostEvaluation offices() {
        List<HostRun> runs = new ArrayList<>();
        for (int office = 0; office < 12; office++) {
            HostTruth truth = HostTruth.of(truth(
                    52,
                    List.of(
                            infected("192.0.2.1", HostSamples.behaviour("beaconing", 0, 9)),
                            infected("192.0.2.2", HostSamples.behaviour("dga", 0, 9))),
                    List.of(),
                    List.of()));
            List<FoundHost> found = new ArrayList<>();
            if (office % 2 == 0) {
                found.add(notified(suspected("192.0.2.1", 1, "beaconing"), 2));
            }
            if (office % 4 == 0) {
                found.add(suspected("192.0.2.2", 1, "dga", "irc"));
            }
            if (office == 0) {
                found.add(suspected("192.0.2.3", 1, "beaconing"));
            }
            runs.add(new HostRun("office " + office, truth, found, List.of(), Optional.empty()));
        }
        return HostEvaluation.of(runs);
    }

    @Test
    void textIsAsDocumented() throws IOException {
        String text = text(offices());

        assertThat(Files.readString(Path.of("..", "docs", "evaluation.md")))
                .contains(text.substring(text.indexOf("WEIGHTS OF BEHAVIOURS")));
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationJson.write(Evaluation.of(List.of()), offices(), out);
        JsonNode validation = JsonMapper.shared().readTree(out.toByteArray()).at("/hosts/validation");

        assertThat(validation.get("captures").asInt()).isEqualTo(12);
        assertThat(validation.get("infected").asInt()).isEqualTo(24);
        assertThat(validation.get("benign").asInt()).isEqualTo(600);
        assertThat(validation.at("/weights/0").toString())
                .isEqualTo("{\"name\":\"beaconing\",\"infected\":6,\"benign\":1,\"captures\":6,\"judged\":11.0,"
                        + "\"fitted\":{\"value\":20.177566,\"low\":12.661944,\"high\":27.693187}}");
        assertThat(validation.at("/weights/1/fitted").isNull()).isTrue();
        assertThat(validation.at("/left_out/notify").toString())
                .isEqualTo("{\"found_judged\":6,\"found_fitted\":3,\"false_judged\":0,\"false_fitted\":0}");
        assertThat(validation.at("/bands/0/from").isNull()).isTrue();
        assertThat(validation.at("/bands/2/probability").isNull()).isTrue();
        assertThat(validation.at("/bands/3").toString())
                .isEqualTo("{\"from\":10.0,\"to\":20.0,\"infected\":6,\"benign\":0,"
                        + "\"ratio\":{\"value\":24.948778,\"low\":12.577969,\"high\":null},"
                        + "\"probability\":{\"value\":0.759428,\"low\":0.116118,\"high\":1.0}}");
    }

    @Test
    void oneCaptureTellsNothingOfOthers() throws IOException {
        HostTruth truth = HostTruth.of(
                truth(9, List.of(infected("192.0.2.1", HostSamples.behaviour("dga", 0, 9))), List.of(), List.of()));
        HostEvaluation evaluation = HostSamples.evaluation(truth, suspected("192.0.2.1", 1, "dga"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationJson.write(Evaluation.of(List.of()), evaluation, out);

        assertThat(text(evaluation)).doesNotContain("WEIGHTS");
        assertThat(JsonMapper.shared()
                        .readTree(out.toByteArray())
                        .at("/hosts/validation")
                        .isNull())
                .isTrue();
    }

    private static String text(HostEvaluation evaluation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationText.write(Evaluation.of(List.of()), evaluation, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
