package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.model.Attack.Ingress;
import org.junit.jupiter.api.Test;

class IngressTallyTest {
    private static final long SECOND = 1_000_000_000L;

    private final IngressTally tally = new IngressTally();

    @Test
    void theFirstExporterCountsUntilAnotherSeesClearlyMore() {
        assertThat(tally.add(1, 7, false, 100, 0)).isTrue();
        assertThat(tally.add(2, 7, false, 100, 0)).isFalse();
        assertThat(tally.add(1, 8, false, 100, 0)).isTrue();
        assertThat(tally.add(2, 7, false, 200, 0)).isTrue();
        assertThat(tally.add(1, 7, false, 10, 0)).isFalse();
    }

    @Test
    void whatIsLongPastCountsLessAndLess() {
        tally.add(1, 7, false, 1_000, 0);
        boolean counts = false;
        for (int second = 1; second <= 60; second++) {
            counts = tally.add(2, 7, false, 10, second * SECOND);
        }
        assertThat(counts).isTrue();
    }

    @Test
    void edgesCountTogetherAndBeforeOthers() {
        assertThat(tally.add(3, 1, false, 100, 0)).isTrue();
        assertThat(tally.add(1, 7, true, 50, 0)).as("less than was seen inside").isFalse();
        assertThat(tally.add(2, 9, true, 40, 0)).as("together about as much").isTrue();
        assertThat(tally.add(1, 7, true, 10, 0)).isTrue();
        assertThat(tally.add(3, 1, false, 20, 0)).isFalse();
        assertThat(IngressTally.of(List.of(tally), index -> "10.0.0." + index))
                .containsExactly(new Ingress("10.0.0.1", 7, 0.6), new Ingress("10.0.0.2", 9, 0.4));
    }

    @Test
    void whatEntersElsewhereCountsWhereItIsClearlyMore() {
        tally.add(1, 7, true, 100, 0);
        assertThat(tally.add(2, 1, false, 100, 0)).isFalse();
        assertThat(tally.add(2, 1, false, 100, 0)).isTrue();
        assertThat(tally.add(1, 7, true, 1, 0)).isFalse();
    }

    @Test
    void sharesOfPlaces() {
        tally.add(1, 7, false, 100, 0);
        tally.add(2, 9, false, 300, 0);
        assertThat(IngressTally.of(List.of(tally, tally), index -> "10.0.0." + index))
                .containsExactly(new Ingress("10.0.0.2", 9, 0.75), new Ingress("10.0.0.1", 7, 0.25));
        assertThat(IngressTally.of(List.of(tally), index -> "")).isEmpty();
    }

    @Test
    void placesAreBounded() {
        for (int ingressInterface = 0; ingressInterface < 1_000; ingressInterface++) {
            assertThat(tally.add(1, ingressInterface, false, 1, 0)).isTrue();
        }
        assertThat(tally.add(2, 0, false, 1, 0)).isFalse();
        assertThat(IngressTally.of(List.of(tally), index -> "a")).hasSize(8);
    }
}
