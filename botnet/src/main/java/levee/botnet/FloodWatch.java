package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;

/**
 * Hosts that send one other much more than it answers, in one long flow or in very many short ones. Conversations are answered:
 * a download's acknowledgements are half as many packets as its data, a call's other direction as many.
 */
final class FloodWatch implements Watch {
    private static final long STEP_NANOS = 10_000_000_000L;
    private static final double STEP_SECONDS = 10;
    private static final double SECOND = 1e9;

    /** Packets a second below which nobody is harmed; a call has fifty, a film in high resolution a thousand. */
    private static final double FEWEST_PER_SECOND = 400;

    private static final double ANSWERED = 0.05;
    private static final int FEWEST_CONNECTIONS = 300;
    private static final double FAILED = 0.9;
    private static final double WEIGHT = 22;
    private static final double MOST = 46;

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        long duration = batch.lastNanos[connection] - batch.firstNanos[connection];
        long sent = batch.sentPackets[connection];
        FloodState state = contact.host.flood;
        boolean isRapid = sent > FEWEST_PER_SECOND && sent * SECOND > FEWEST_PER_SECOND * Math.max(duration, (long) SECOND);
        if (state == null) {
            if (!isRapid && !contact.failed() && !isUnheard(batch, connection)) {
                return;
            }
            state = new FloodState();
            contact.host.flood = state;
        }
        long step = Math.floorDiv(batch.firstNanos[connection], STEP_NANOS);
        FloodState.Target target = state.find(
                batch.responderHigh[connection],
                batch.responderLow[connection],
                contact.protocol,
                contact.port,
                step);
        if (isRapid && batch.receivedPackets[connection] <= ANSWERED * sent) {
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
            flood(batch, connection, contact.host, target, target.packets, target.connections,
                    target.packets / STEP_SECONDS);
            target.beginStep(step);
        }
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
        if (target.floods++ == 0) {
            target.firstNanos = batch.firstNanos[connection];
        }
        target.floodPackets += packets;
        target.floodConnections += connections;
        target.mostPerSecond = Math.max(target.mostPerSecond, rate);
        target.lastNanos = Math.max(target.lastNanos, batch.lastNanos[connection]);
        target.examples.add(batch, connection);
        host.isDirty = true;
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        FloodState state = host.flood;
        if (state == null) {
            return;
        }
        FloodState.Target most = null;
        for (FloodState.Target target : state.targets) {
            if (target != null && target.floods > 0 && (most == null || target.floodPackets > most.floodPackets)) {
                most = target;
            }
        }
        if (most != null) {
            signs.accept(sign(most));
        }
    }

    private static Sign sign(FloodState.Target target) {
        double weight = WEIGHT
                + Decibans.growing(target.floodPackets, 1_000, 6, 15)
                + Decibans.growing(target.floods, 1, 6, 9);
        String what = Examples.endpoint(target.high, target.low, target.port, target.protocol).toString();
        return new Sign(
                BehaviourKind.FLOODING,
                Math.min(MOST, weight),
                target.firstNanos,
                target.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "sent %,d packets on %,d %s to %s, up to %,.0f a second, with hardly an answer",
                                target.floodPackets,
                                target.floodConnections,
                                target.protocol == Protocols.TCP ? "connections" : "flows",
                                what,
                                target.mostPerSecond),
                        target.mostPerSecond,
                        target.floodConnections >= FEWEST_CONNECTIONS
                                ? FEWEST_CONNECTIONS / STEP_SECONDS
                                : FEWEST_PER_SECOND,
                        "packets to one address in ten seconds, less than 5 % answered; or "
                                + FEWEST_CONNECTIONS + " connections in ten seconds, 90 % of them failed")),
                target.examples.list());
    }
}
