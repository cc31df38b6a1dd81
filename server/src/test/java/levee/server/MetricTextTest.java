package levee.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricTextTest {

    @Test
    void labelsCannotBreakOut() {
        MetricText text = new MetricText();
        text.gauge("a", "b").sample(1, "x", "1\"} 2\ny{z=\"\\", "y", "");
        assertThat(text.toString())
                .isEqualTo("# HELP a b\n# TYPE a gauge\na{x=\"1\\\"} 2\\ny{z=\\\"\\\\\",y=\"\"} 1\n");
    }

    @Test
    void numbersAreExact() {
        MetricText text = new MetricText();
        text.counter("a", "b");
        for (double value : new double[] {
            0, 123_456_789_012L, -2, 0.1, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        }) {
            text.sample(value);
        }
        assertThat(text.toString().lines().skip(2))
                .containsExactly("a 0", "a 123456789012", "a -2", "a 0.1", "a 1.0E300", "a NaN", "a +Inf", "a -Inf");
    }
}
