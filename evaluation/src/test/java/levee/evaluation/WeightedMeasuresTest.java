package levee.evaluation;

import static levee.evaluation.HostSamples.behaviour;
import static levee.evaluation.HostSamples.ended;
import static levee.evaluation.HostSamples.evaluation;
import static levee.evaluation.HostSamples.flow;
import static levee.evaluation.HostSamples.infected;
import static levee.evaluation.HostSamples.notified;
import static levee.evaluation.HostSamples.suspected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import levee.evaluation.KnownHost.Condition;
import levee.model.InfectedHost.Level;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

/** The measures of García et al. by hand. */
final class WeightedMeasuresTest {
    private static final double FIRST = 2;
    private static final double SECOND = Math.exp(-0.01) + 1;
    private static final double THIRD = Math.exp(-0.02) + 1;

    private final LabelledHosts hosts = new LabelledHosts("capture", List.of(Prefix.parse("192.0.2.0/24")));

    /** Two bots, one of which is silent in the second frame; two normal hosts, one of which comes late. */
    private HostTruth truth() throws IOException {
        for (double minute : new double[] {0, 5, 10}) {
            flow(hosts, minute, "192.0.2.1", Condition.INFECTED);
            flow(hosts, minute, "192.0.2.3", Condition.BENIGN);
            flow(hosts, minute, "192.0.2.5", Condition.UNKNOWN);
        }
        flow(hosts, 1, "192.0.2.2", Condition.INFECTED);
        flow(hosts, 6, "192.0.2.2", Condition.BENIGN);
        flow(hosts, 14, "192.0.2.2", Condition.INFECTED);
        flow(hosts, 14.9, "192.0.2.4", Condition.BENIGN);
        return hosts.truth();
    }

    private static void check(WeightedMeasures measures, double tp, double fn, double fp, double tn) {
        assertThat(measures.truePositives()).isEqualTo(tp, within(1e-9));
        assertThat(measures.falseNegatives()).isEqualTo(fn, within(1e-9));
        assertThat(measures.falsePositives()).isEqualTo(fp, within(1e-9));
        assertThat(measures.trueNegatives()).isEqualTo(tn, within(1e-9));
    }

    @Test
    void aHostIsFoundFromItsDetectionOnUntilItsFindingEnds() throws IOException {
        HostEvaluation evaluation = evaluation(
                truth(),
                notified(suspected("192.0.2.1", 7), 11),
                ended(suspected("192.0.2.3", 1), 8),
                suspected("192.0.2.5", 0));

        // Suspected: .1 from the second frame on; .3 in the first two; .5 is background and counts nowhere.
        check(evaluation.level(Level.SUSPECTED).measures(), SECOND + THIRD / 2, FIRST + THIRD / 2, 2, 1);
        // To be notified of: .1 in the third frame only.
        check(evaluation.level(Level.NOTIFY).measures(), THIRD / 2, FIRST + SECOND + THIRD / 2, 0, 3);
        check(evaluation.allPositive(), FIRST + SECOND + THIRD, 0, 3, 0);
    }

    @Test
    void ratesAreOfTheSums() {
        WeightedMeasures measures = new WeightedMeasures(6, 2, 1, 3);

        assertThat(measures.truePositiveRate()).isEqualTo(0.75);
        assertThat(measures.falsePositiveRate()).isEqualTo(0.25);
        assertThat(measures.precision()).isEqualTo(6 / 7.0);
        assertThat(measures.accuracy()).isEqualTo(9 / 12.0);
        double harmonicMean = 2 / (1 / 0.75 + 7 / 6.0);
        assertThat(measures.fMeasure()).isEqualTo(harmonicMean, within(1e-12));
        assertThat(WeightedMeasures.NONE.precision()).isNaN();
    }

    @Test
    void hostsWithoutNamesAreThereAllTheTime() {
        // Ten hours are 121 frames, as the last one is begun. Of 100 others one is accused in two frames.
        HostTruth truth = HostTruth.of(HostSamples.truth(
                101, List.of(infected("192.0.2.1", behaviour("scanning", 0, 4))), List.of(), List.of()));

        HostEvaluation evaluation = evaluation(truth, ended(suspected("192.0.2.9", 0), 9));

        check(evaluation.level(Level.SUSPECTED).measures(), 0, FIRST, 0.02, 120.98);
        check(evaluation.allPositive(), FIRST, 0, 121, 0);
    }
}
