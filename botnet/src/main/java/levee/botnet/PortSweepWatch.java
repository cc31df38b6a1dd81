package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;

/** Hosts that try many ports of one other host, most in vain. */
final class PortSweepWatch implements Watch {
    private static final int FEWEST = 30;

    /** Failures of a host before its ports are counted. */
    private static final int FEWEST_BEFORE = 4;

    private static final double FAILING = 0.7;
    private static final long STALE_NANOS = 3_600_000_000_000L;
    private static final double WEIGHT = 24;
    private static final double PER_DECADE = 16;
    private static final double MOST = 46;
    private static final double MOST_INSIDE = 25;

    private final StateBudget budget;

    PortSweepWatch(StateBudget budget) {
        this.budget = budget;
    }

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        if (!contact.isFirst || !Protocols.hasPorts(contact.protocol)) {
            return;
        }
        Host host = contact.host;
        PortSweepState state = host.portSweep;
        boolean failed = contact.failed();
        if (state == null) {
            if (!failed || host.failed < FEWEST_BEFORE || !budget.take(host)) {
                return;
            }
            state = new PortSweepState();
            host.portSweep = state;
        }
        PortSweepState.Target target = state.find(
                batch.responderHigh[connection],
                batch.responderLow[connection],
                contact.isInside,
                batch.firstNanos[connection],
                STALE_NANOS);
        target.lastNanos = Math.max(target.lastNanos, batch.lastNanos[connection]);
        if (failed) {
            int at = contact.port * 0x9e37_79b9 >>> 22;
            target.ports[at >> 6] |= 1L << at;
            target.failedPorts++;
            target.examples.add(batch, connection);
            host.isDirty |= target.failedPorts >= FEWEST;
        } else {
            target.answeredPorts++;
        }
    }

    @Override
    public void tidy(Host host, long nowNanos) {
        PortSweepState state = host.portSweep;
        if (state != null && nowNanos - state.lastNanos() > STALE_NANOS) {
            forget(host);
        }
    }

    @Override
    public void forget(Host host) {
        if (host.portSweep != null) {
            host.portSweep = null;
            budget.giveBack();
        }
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        PortSweepState state = host.portSweep;
        if (state == null) {
            return;
        }
        for (PortSweepState.Target target : state.targets) {
            if (target != null
                    && target.failedPorts >= FEWEST
                    && classes(target) >= FEWEST * 3 / 4
                    && target.failedPorts >= FAILING * (target.failedPorts + target.answeredPorts)) {
                signs.accept(sign(
                        target,
                        Math.min(
                                target.isInside ? MOST_INSIDE : MOST,
                                WEIGHT + Decibans.growing(target.failedPorts, FEWEST, PER_DECADE, MOST))));
            }
        }
    }

    private static int classes(PortSweepState.Target target) {
        int count = 0;
        for (long word : target.ports) {
            count += Long.bitCount(word);
        }
        return count;
    }

    private static Sign sign(PortSweepState.Target target, double weight) {
        return new Sign(
                BehaviourKind.SCANNING,
                weight,
                target.firstNanos,
                target.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "tried %,d ports of %s, of which %,d answered",
                                target.failedPorts + target.answeredPorts,
                                new IpAddress(target.high, target.low),
                                target.answeredPorts),
                        target.failedPorts,
                        FEWEST,
                        "ports of one host that failed, each once")),
                target.examples.list());
    }
}
