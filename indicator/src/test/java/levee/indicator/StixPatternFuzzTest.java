package levee.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class StixPatternFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void parsesAnything(FuzzedDataProvider data) {
        String pattern = data.consumeRemainingAsString();
        StixPattern.Result all = StixPattern.parse("[domain-name:value = 'a.example'] OR " + pattern);
        if (StixPattern.parse(pattern) instanceof StixPattern.Values values) {
            assertThat(values.list()).isNotEmpty();
            assertThat(all)
                    .isInstanceOfSatisfying(
                            StixPattern.Values.class,
                            both -> assertThat(both.list())
                                    .hasSize(values.list().size() + 1));
        }
    }
}
