package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.ConnectionBatch.Outcome;
import levee.telemetry.TcpFlags;

/**
 * Hosts that send one other much more than it answers, in one long flow or in very many short ones. Conversations are answered:
 * a download's acknowledgements are half as many packets as its data, a call's other direction as many.
 */
final class FloodWatch implements Watch {
    private static final long STEP_NANOS = 10_000_000_000L;
    private static final long STALE_NANOS = 3_600_000_000_000L;
    private static final double STEP_SECONDS = 10;
    private static final double SECOND = 1e9;

    /** Packets a second below which nobody is harmed; a call has fifty, a film in high resolution a thousand. */
    private static final double FEWEST_PER_SECOND = 400;

    private static final int FEWEST_PACKETS = 4_000;
    private static final long RECEIPT_BYTES = 80;

    /** Connections of a host to which nothing came back before they are counted by where they went. */
    private static final int FEWEST_BEFORE = 20;

    /** What a host sends at the most is often ten times what it usually does. */
    private static final double UNUSUAL = 50;

    private static final double ANSWERED = 0.05;
    private static final int FEWEST_CONNECTIONS = 300;
    private static final double FAILED = 0.9;

    /** So many of ten seconds say how much there was, give or take a third. */
    private static final int FEWEST_SAMPLES = 10;

    private static final double WEIGHT = 22;
    private static final double MOST = 46;

    private final StateBudget budget;

    FloodWatch(StateBudget budget) {
        this.budget = budget;
    }

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        if (isTakenUp(batch, connection, contact)) {
            return;
        }
        contact.host.unheard += isUnheard(batch, connection) ? 1 : 0;
        if (batch.samplingRate[connection] > 1) {
            sample(batch, connection, contact);
            return;
        }
        long duration = batch.lastNanos[connection] - batch.firstNanos[connection];
        long sent = batch.sentPackets[connection];
        FloodState state = contact.host.flood;
        boolean isRapid =
                sent > FEWEST_PER_SECOND && sent * SECOND > FEWEST_PER_SECOND * Math.max(duration, (long) SECOND);
        if (state == null) {
            boolean isMany = contact.host.failed + contact.host.unheard >= FEWEST_BEFORE;
            if (!isRapid && !isMany || !budget.take(contact.host)) {
                return;
            }
            state = new FloodState();
            contact.host.flood = state;
        }
        state.lastNanos = Math.max(state.lastNanos, batch.lastNanos[connection]);
        long step = Math.floorDiv(batch.firstNanos[connection], STEP_NANOS);
        FloodState.Target target = state.find(
                batch.responderHigh[connection], batch.responderLow[connection], contact.protocol, contact.port, step);
        if (isRapid && batch.receivedPackets[connection] <= ANSWERED * sent && !areReceipts(batch, connection)) {
            double rate = sent / Math.max(1, duration / SECOND);
            flood(batch, connection, contact.host, target, sent, 1, rate);
        }
        if (target.step != step) {
            target.beginStep(step);
        }
        target.packets += sent;
        target.answers += batch.receivedPackets[connection];
        target.connections++;
        target.failures += contact.failed() || isUnheard(batch, connection) ? 1 : 0;
        boolean isMany = target.connections == FEWEST_CONNECTIONS && target.failures >= FAILED * target.connections;
        if (isMany) {
            flood(
                    batch,
                    connection,
                    contact.host,
                    target,
                    target.packets,
                    target.connections,
                    target.packets / STEP_SECONDS);
            target.beginStep(step);
        }
    }

    /** Whose packets acknowledge others is answered, where that cannot be seen: these are uploads. */
    private static boolean isTakenUp(ConnectionBatch batch, int connection, Contact contact) {
        int flags = batch.sentFlags[connection];
        boolean acknowledges = contact.protocol == Protocols.TCP && (flags & TcpFlags.ACK) != 0;
        boolean isHidden = contact.isOneWay || batch.samplingRate[connection] > 1 || (flags & TcpFlags.SYN) != 0;
        return acknowledges && isHidden && isUnheard(batch, connection);
    }

    /**
     * A sample stands for many packets, but says nothing of how soon these came: many samples do. Whether they are answered is
     * known at the end of a step, since answers are sampled, too.
     */
    private void sample(ConnectionBatch batch, int connection, Contact contact) {
        FloodState state = contact.host.flood;
        long sent = batch.sentPackets[connection];
        if (state == null) {
            boolean isMany = contact.host.unheard >= FEWEST_BEFORE
                    || sent >= (long) FEWEST_SAMPLES * batch.samplingRate[connection];
            if (!isMany || !budget.take(contact.host)) {
                return;
            }
            state = new FloodState();
            contact.host.flood = state;
        }
        state.lastNanos = Math.max(state.lastNanos, batch.lastNanos[connection]);
        long duration = batch.lastNanos[connection] - batch.firstNanos[connection];
        // Of a long flow, as much as came in a step.
        double part = duration > STEP_NANOS ? (double) STEP_NANOS / duration : 1;
        long step = Math.floorDiv(batch.lastNanos[connection], STEP_NANOS);
        FloodState.Target target = state.find(
                batch.responderHigh[connection], batch.responderLow[connection], contact.protocol, contact.port, step);
        if (target.step != step) {
            endSamples(contact.host, target);
            target.beginStep(step);
        }
        if (target.floods == 0 && target.samples == 0) {
            target.firstNanos = batch.firstNanos[connection];
            target.examples.clear();
        }
        target.packets += Math.round(sent * part);
        target.samples += Math.round(sent * part / batch.samplingRate[connection]);
        target.answers += contact.outcome == Outcome.ANSWERED ? Math.round(sent * part) : 0;
        target.connections++;
        target.stepLastNanos = Math.max(target.stepLastNanos, batch.lastNanos[connection]);
        target.examples.add(batch, connection);
        contact.host.isDirty |= isSampledFlood(target);
    }

    private static boolean isSampledFlood(FloodState.Target target) {
        return target.samples >= FEWEST_SAMPLES
                && target.packets >= FEWEST_PER_SECOND * STEP_SECONDS
                && target.answers <= ANSWERED * target.packets;
    }

    private static void endSamples(Host host, FloodState.Target target) {
        if (isSampledFlood(target)) {
            noteUsual(host, target, target.packets, target.firstNanos);
            target.floods++;
            target.floodPackets += target.packets;
            target.floodConnections += target.connections;
            target.mostPerSecond = Math.max(target.mostPerSecond, target.packets / STEP_SECONDS);
            target.lastNanos = Math.max(target.lastNanos, target.stepLastNanos);
            host.isDirty = true;
        }
    }

    /** Small segments that only say what came: a download of which the other half goes another way. */
    private static boolean areReceipts(ConnectionBatch batch, int connection) {
        return batch.protocol[connection] == Protocols.TCP
                && (batch.sentFlags[connection] & (TcpFlags.ACK | TcpFlags.SYN)) == TcpFlags.ACK
                && batch.sentBytes[connection] <= RECEIPT_BYTES * batch.sentPackets[connection];
    }

    /** Nothing came back, and perhaps nothing could be seen. */
    private static boolean isUnheard(ConnectionBatch batch, int connection) {
        return batch.receivedPackets[connection] == 0;
    }

    private static void flood(
            ConnectionBatch batch,
            int connection,
            Host host,
            FloodState.Target target,
            long packets,
            long connections,
            double rate) {
        if (target.floods == 0) {
            target.firstNanos = batch.firstNanos[connection];
        }
        noteUsual(host, target, packets, batch.firstNanos[connection]);
        target.floods++;
        target.floodPackets += packets;
        target.floodConnections += connections;
        target.mostPerSecond = Math.max(target.mostPerSecond, rate);
        target.lastNanos = Math.max(target.lastNanos, batch.lastNanos[connection]);
        target.examples.add(batch, connection);
        host.isDirty = true;
    }

    private static void noteUsual(Host host, FloodState.Target target, long packets, long nanos) {
        if (target.floods == 0) {
            long seconds = Math.max(60, nanos / 1_000_000_000L - host.firstSeconds);
            target.usualPerSecond = (double) Math.max(0, host.sentPackets - packets) / seconds;
        }
    }

    @Override
    public void tidy(Host host, long nowNanos) {
        FloodState state = host.flood;
        if (state != null && nowNanos - state.lastNanos > STALE_NANOS) {
            forget(host);
        }
    }

    @Override
    public void forget(Host host) {
        if (host.flood != null) {
            host.flood = null;
            budget.giveBack();
        }
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        FloodState state = host.flood;
        if (state == null) {
            return;
        }
        FloodState.Target most = null;
        long step = Math.floorDiv(nowNanos, STEP_NANOS);
        for (FloodState.Target target : state.targets) {
            if (target != null && target.samples > 0 && target.step < step) {
                endSamples(host, target);
                target.beginStep(step);
            }
            if (target != null && isMuch(target) && (most == null || target.floodPackets > most.floodPackets)) {
                most = target;
            }
        }
        if (most != null) {
            signs.accept(sign(most));
        }
    }

    /** A mail or a picture goes out as fast, for a moment. */
    private static boolean isMuch(FloodState.Target target) {
        return target.floods > 0
                && (target.floodPackets >= FEWEST_PACKETS || target.floodConnections >= FEWEST_CONNECTIONS);
    }

    private static boolean isUnusual(FloodState.Target target) {
        return target.mostPerSecond >= UNUSUAL * target.usualPerSecond;
    }

    private static Sign sign(FloodState.Target target) {
        double weight = WEIGHT
                + Decibans.growing(target.floodPackets, FEWEST_PACKETS, 6, 12)
                + Decibans.growing(target.floods, 1, 6, 9)
                + (isUnusual(target) ? 3 : 0);
        String what = Examples.endpoint(target.high, target.low, target.port, target.protocol)
                .toString();
        return new Sign(
                BehaviourKind.FLOODING,
                Math.min(MOST, weight),
                target.firstNanos,
                target.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "sent %,d packets on %,d %s to %s, up to %,.0f a second, with hardly an answer;"
                                        + " before, it sent %,.1f a second to all others together",
                                target.floodPackets,
                                target.floodConnections,
                                target.protocol == Protocols.TCP ? "connections" : "flows",
                                what,
                                target.mostPerSecond,
                                target.usualPerSecond),
                        target.mostPerSecond,
                        target.floodConnections >= FEWEST_CONNECTIONS
                                ? FEWEST_CONNECTIONS / STEP_SECONDS
                                : FEWEST_PER_SECOND,
                        "packets to one address in ten seconds, less than 5 % answered; or " + FEWEST_CONNECTIONS
                                + " connections in ten seconds, 90 % of them failed")),
                target.examples.list());
    }
}
