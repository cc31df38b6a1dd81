package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import levee.indicator.AllowTable;
import levee.indicator.Indicator;
import levee.model.IpAddress;

/** Known bad addresses and names that a host had to do with. */
final class IndicatorState {
    private static final int KEPT = 4;

    static final IpAddress NONE = new IpAddress(0, 0);

    int hits;
    double mostWeight;
    long firstNanos;
    long lastNanos;
    final List<Indicator> indicators = new ArrayList<>(1);
    final List<String> what = new ArrayList<>(1);
    private final List<IpAddress> addresses = new ArrayList<>(1);
    final Examples examples = new Examples();

    /** Forgets what was allowed meanwhile; returns whether anything is left. */
    boolean allow(AllowTable allowed, ToDoubleFunction<Indicator> weight) {
        for (int i = what.size() - 1; i >= 0; i--) {
            IpAddress address = addresses.get(i);
            boolean isGone = address.equals(NONE)
                    ? allowed.allowsName(what.get(i))
                    : allowed.allowsAddress(address.high(), address.low());
            if (isGone) {
                what.remove(i);
                addresses.remove(i);
                indicators.remove(i);
            }
        }
        mostWeight = indicators.stream().mapToDouble(weight).max().orElse(0);
        return !indicators.isEmpty();
    }

    /** @param address that is known as bad; {@link #NONE} where it is a name or the like */
    void note(Indicator indicator, String value, IpAddress address, double weight, long nanos) {
        if (hits++ == 0) {
            firstNanos = nanos;
        }
        lastNanos = Math.max(lastNanos, nanos);
        mostWeight = Math.max(mostWeight, weight);
        if (indicators.size() < KEPT && !what.contains(value)) {
            indicators.add(indicator);
            what.add(value);
            addresses.add(address);
        }
    }
}
