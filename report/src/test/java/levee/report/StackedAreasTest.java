package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StackedAreasTest {
    private static StackedAreas areas(double top, double[]... series) {
        return new StackedAreas(List.of(series), series[0].length, top);
    }

    @Test
    void heightsAreProportionalAndAddUp() {
        StackedAreas areas = areas(8, new double[] {2, 0, 1}, new double[] {6, 4, 0});

        assertThat(areas.height(0, 0)).isEqualTo(250);
        assertThat(areas.height(1, 0)).isEqualTo(750);
        assertThat(areas.height(0, 1)).isZero();
        assertThat(areas.height(1, 1)).isEqualTo(500);
        assertThat(areas.height(0, 2)).isEqualTo(125);
        assertThat(areas.height(1, 2)).isZero();
    }

    @Test
    void roundingLeavesNoGapBetweenSeries() {
        StackedAreas areas = areas(3, new double[] {1}, new double[] {1}, new double[] {1});

        assertThat(areas.height(0, 0) + areas.height(1, 0) + areas.height(2, 0)).isEqualTo(StackedAreas.HEIGHT);
    }

    @Test
    void outlineHasStepsAndSkipsWhatIsZero() {
        StackedAreas areas = areas(4, new double[] {1, 1, 1, 1, 1}, new double[] {1, 3, 3, 0, 1});

        assertThat(areas.path(0)).isEqualTo("M0 750H5V1000H0Z");
        assertThat(areas.path(1)).isEqualTo("M0 500H1V0H3V750H0ZM4 500H5V750H4Z");
    }

    @Test
    void outlineFollowsTheSeriesBelow() {
        StackedAreas areas = areas(4, new double[] {1, 2}, new double[] {1, 2});

        assertThat(areas.path(1)).isEqualTo("M0 500H1V0H2V500H1V750H0Z");
    }

    @Test
    void nothingHasNoOutline() {
        assertThat(areas(1, new double[] {0, 0}).path(0)).isEmpty();
        assertThat(areas(1, new double[] {0, 0}).highest(0)).isEmpty();
    }

    @Test
    void highestLeavesOutTheSeriesBelow() {
        StackedAreas areas = areas(10, new double[] {9, 0, 0}, new double[] {1, 4, 3});

        assertThat(areas.highest(0)).hasValue(0);
        assertThat(areas.highest(1)).hasValue(1);
    }

    @Test
    void labelGoesWhereASeriesIsThickest() {
        StackedAreas areas = areas(10, new double[] {1, 2, 2, 1}, new double[] {1, 8, 2, 1});

        assertThat(areas.room(1)).isEqualTo(new StackedAreas.Room(1.5, 400, 800));
    }
}
