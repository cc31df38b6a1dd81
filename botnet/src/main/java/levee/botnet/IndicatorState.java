package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import levee.indicator.Indicator;

/** Known bad addresses and names that a host had to do with. */
final class IndicatorState {
    private static final int KEPT = 4;

    int hits;
    double mostWeight;
    long firstNanos;
    long lastNanos;
    final List<Indicator> indicators = new ArrayList<>(1);
    final List<String> what = new ArrayList<>(1);
    final Examples examples = new Examples();

    void note(Indicator indicator, String value, double weight, long nanos) {
        if (hits++ == 0) {
            firstNanos = nanos;
        }
        lastNanos = Math.max(lastNanos, nanos);
        mostWeight = Math.max(mostWeight, weight);
        if (indicators.size() < KEPT && !what.contains(value)) {
            indicators.add(indicator);
            what.add(value);
        }
    }
}
