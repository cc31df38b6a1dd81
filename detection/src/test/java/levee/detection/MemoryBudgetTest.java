package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    @Test
    void givesOutWhatItHasAndNoMore() {
        MemoryBudget budget = new MemoryBudget(100);
        assertThat(budget.take(60)).isTrue();
        assertThat(budget.take(41)).isFalse();
        // A refusal takes nothing.
        assertThat(budget.take(40)).isTrue();
        assertThat(budget.take(1)).isFalse();
        assertThat(budget.take(0)).isTrue();
        budget.giveBack(60);
        assertThat(budget.take(61)).isFalse();
        assertThat(budget.take(60)).isTrue();
    }
}
