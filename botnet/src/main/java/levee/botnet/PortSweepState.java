package levee.botnet;

import java.util.Arrays;

/** How many ports of one and the same other host were tried in vain, for the two hosts with most. */
final class PortSweepState {
    static final int TARGETS = 2;

    final Target[] targets = new Target[TARGETS];

    static final class Target {
        static final int WORDS = 16;

        long high;
        long low;
        boolean isInside;

        /** Which of 1,024 classes of ports failed. */
        final long[] ports = new long[WORDS];

        int failedPorts;
        int answeredPorts;
        long firstNanos;
        long lastNanos;
        final Examples examples = new Examples();

        void clear(long newHigh, long newLow, boolean inside, long nanos) {
            high = newHigh;
            low = newLow;
            isInside = inside;
            Arrays.fill(ports, 0);
            failedPorts = 0;
            answeredPorts = 0;
            firstNanos = nanos;
            lastNanos = nanos;
            examples.clear();
        }
    }

    long lastNanos() {
        long last = Long.MIN_VALUE;
        for (Target target : targets) {
            last = target == null ? last : Math.max(last, target.lastNanos);
        }
        return last;
    }

    Target find(long high, long low, boolean inside, long nanos, long staleNanos) {
        int chosen = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < TARGETS; i++) {
            Target target = targets[i];
            if (target == null) {
                targets[i] = new Target();
                targets[i].clear(high, low, inside, nanos);
                return targets[i];
            }
            boolean isStale = nanos - target.lastNanos > staleNanos;
            if (target.low == low && target.high == high) {
                if (isStale) {
                    target.clear(high, low, inside, nanos);
                }
                return target;
            }
            int worth = isStale ? -1 : target.failedPorts;
            if (worth < least) {
                least = worth;
                chosen = i;
            }
        }
        targets[chosen].clear(high, low, inside, nanos);
        return targets[chosen];
    }
}
