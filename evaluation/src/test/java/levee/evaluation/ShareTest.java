package levee.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import levee.evaluation.Share.Part;
import org.junit.jupiter.api.Test;

/** Rates of hosts that come from few captures, and their intervals. Numbers are computed by hand. */
final class ShareTest {
    /** One host shows it in one of two captures of two: as good as one host of one. */
    private static final Share CLUSTERED = Share.of(List.of(new Part(2, 2), new Part(0, 2)));

    @Test
    void rateIsNeverNothingOrAll() {
        assertThat(new Share(3, 9, 9, 1).rate()).isEqualTo(0.35, within(1e-9));
        assertThat(new Share(0, 9, 9, 1).rate()).isEqualTo(0.05, within(1e-9));
        assertThat(new Share(9, 9, 9, 1).rate()).isEqualTo(0.95, within(1e-9));
    }

    @Test
    void hostsOfOneCaptureCountForFewer() {
        assertThat(CLUSTERED.captures()).isEqualTo(2);
        assertThat(CLUSTERED.designEffect()).isEqualTo(4, within(1e-9));
        assertThat(CLUSTERED.logVariance()).isEqualTo(0.5, within(1e-9));
        assertThat(CLUSTERED.low(2)).isEqualTo(0.05279, within(1e-5));
        assertThat(CLUSTERED.high(2)).isEqualTo(0.94721, within(1e-5));
    }

    @Test
    void capturesThatAgreeDoNotMakeMoreOfTheirHosts() {
        assertThat(Share.of(List.of(new Part(1, 2), new Part(1, 2))).designEffect())
                .isEqualTo(1);
    }

    @Test
    void nothingToTellHowCapturesDiffer() {
        assertThat(Share.of(List.of(new Part(0, 2), new Part(0, 7))).designEffect())
                .isEqualTo(1);
        assertThat(Share.of(List.of(new Part(2, 2), new Part(7, 7))).designEffect())
                .isEqualTo(1);
        assertThat(Share.of(List.of(new Part(1, 2), new Part(0, 0)))).isEqualTo(new Share(1, 2, 1, 1));
    }

    @Test
    void intervals() {
        Share none = new Share(0, 10, 10, 1);
        Share half = new Share(5, 10, 10, 1);
        Share nobody = new Share(0, 0, 0, 1);

        assertThat(new Share(3, 9, 9, 1).logVariance()).isEqualTo(0.185714, within(1e-6));
        assertThat(none.low(2)).isZero();
        assertThat(none.high(2)).isEqualTo(4.0 / 14, within(1e-9));
        assertThat(half.low(2)).isEqualTo(0.232739, within(1e-6));
        assertThat(half.high(2)).isEqualTo(0.767261, within(1e-6));
        assertThat(nobody.low(2)).isZero();
        assertThat(nobody.high(2)).isEqualTo(1);
    }

    @Test
    void howMuchLikelier() {
        LikelihoodRatio ratio = LikelihoodRatio.of(new Share(9, 19, 9, 1), new Share(1, 99, 9, 1));

        assertThat(ratio.decibans()).isEqualTo(15.0060, within(1e-4));
        assertThat(ratio.low()).isEqualTo(7.8239, within(1e-3));
        assertThat(ratio.high()).isEqualTo(22.1881, within(1e-3));
    }

    @Test
    void whatOneKindNeverShowsHasNoEnd() {
        LikelihoodRatio noBenign = LikelihoodRatio.of(new Share(9, 19, 9, 1), new Share(0, 99, 9, 1));
        LikelihoodRatio noInfected = LikelihoodRatio.of(new Share(0, 99, 9, 1), new Share(9, 19, 9, 1));

        assertThat(noBenign.decibans()).isEqualTo(19.7772, within(1e-4));
        assertThat(noBenign.low()).isEqualTo(7.6040, within(1e-3));
        assertThat(noBenign.high()).isInfinite();
        assertThat(noInfected.low()).isInfinite();
        assertThat(noInfected.high()).isEqualTo(-7.6040, within(1e-3));
    }
}
