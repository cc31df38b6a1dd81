package levee.botnet;

/** What a host sends to the few others to which it sends most, in steps of ten seconds. */
final class FloodState {
    static final int TARGETS = 4;

    final Target[] targets = new Target[TARGETS];
    long lastNanos;

    static final class Target {
        long high;
        long low;
        int protocol;
        int port;

        /** The step that is being counted. */
        long step;

        long packets;
        long answers;
        long connections;
        long failures;

        /** Packets that were seen, where only samples are. */
        long samples;

        long stepLastNanos;

        /** Packets a second, all to others, that the host sent usually before. */
        double usualPerSecond;

        /** Steps that were floods, and what they held. */
        int floods;

        long floodPackets;
        long floodConnections;
        double mostPerSecond;
        long firstNanos;
        long lastNanos;
        final Examples examples = new Examples();

        void clear(long newHigh, long newLow, int newProtocol, int newPort, long newStep) {
            high = newHigh;
            low = newLow;
            protocol = newProtocol;
            port = newPort;
            beginStep(newStep);
            usualPerSecond = 0;
            floods = 0;
            floodPackets = 0;
            floodConnections = 0;
            mostPerSecond = 0;
            firstNanos = 0;
            lastNanos = 0;
            examples.clear();
        }

        void beginStep(long newStep) {
            step = newStep;
            packets = 0;
            answers = 0;
            connections = 0;
            failures = 0;
            samples = 0;
        }
    }

    Target find(long high, long low, int protocol, int port, long step) {
        int chosen = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TARGETS; i++) {
            Target target = targets[i];
            if (target == null) {
                targets[i] = new Target();
                targets[i].clear(high, low, protocol, port, step);
                return targets[i];
            }
            if (target.low == low && target.high == high && target.protocol == protocol) {
                return target;
            }
            long worth = target.floods * 1_000_000L + target.packets + target.step;
            if (worth < least) {
                least = worth;
                chosen = i;
            }
        }
        targets[chosen].clear(high, low, protocol, port, step);
        return targets[chosen];
    }
}
