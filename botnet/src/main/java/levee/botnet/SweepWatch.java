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
 * Hosts that look for the same service on many others: the sequential test of Jung, Paxson, Berger and Balakrishnan ("Fast
 * Portscan Detection Using Sequential Hypothesis Testing", 2004), for each service apart. First contacts that fail speak for
 * a scanner, those that succeed against one.
 *
 * <p>What it must not fall for: peers of file sharing, dead or gone, which all have ports of their own; a service that is dead,
 * which is the same few addresses again and again; resolvers and clocks; and who asks after hosts that are all there.
 */
final class SweepWatch implements Watch {
    // Jung et al. 2004, section 5: a benign first contact succeeds with 0.8, a scanner's with 0.2.
    private static final double FAILURE = Math.log((1 - 0.2) / (1 - 0.8));
    private static final double SUCCESS = Math.log(0.2 / 0.8);

    /** False alarms of 0.01, detection of 0.99: the ratio of both. */
    private static final double SCANNER = Math.log(0.99 / 0.01);

    /** So that a long good past does not hide what comes later. */
    private static final double LOWEST = -2 * SCANNER;

    private static final int FEWEST = 8;
    private static final int FEWEST_ELSEWHERE = 25;
    private static final int FEWEST_PINGS = 20;
    private static final double FAILING = 0.7;
    private static final long STALE_NANOS = 6 * 3_600_000_000_000L;

    // Weights in decibans; docs/detection.md says why.
    private static final double WORM_WEIGHT = 27;
    private static final double KNOWN_WEIGHT = 17;
    private static final double OTHER_WEIGHT = 13;
    private static final double PING_WEIGHT = 18;
    private static final double PER_DECADE = 15;
    private static final double MOST = 48;

    private static final double NEARLY_ALL = 0.95;

    /** Who looks for services inside only may be the one who has to. */
    private static final double MOST_INSIDE = 25;

    private final StateBudget budget;

    SweepWatch(StateBudget budget) {
        this.budget = budget;
    }

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        Outcome outcome = contact.outcome;
        if (!contact.isFirst || !isService(contact)) {
            return;
        }
        Host host = contact.host;
        SweepState state = host.sweeps;
        if (state == null) {
            if (outcome == Outcome.ANSWERED || !budget.take(host)) {
                return;
            }
            state = new SweepState();
            host.sweeps = state;
        }
        SweepState.Service service =
                state.find(contact.port, contact.protocol, batch.lastNanos[connection], STALE_NANOS);
        service.lastNanos = Math.max(service.lastNanos, batch.lastNanos[connection]);
        switch (outcome) {
            case ANSWERED -> {
                service.answered++;
                service.suspicion = Math.max(LOWEST, service.suspicion + SUCCESS);
                return;
            }
            case REFUSED -> {
                service.failed++;
                service.refused++;
                service.suspicion += FAILURE;
            }
            case UNANSWERED -> {
                service.failed++;
                service.suspicion += FAILURE;
            }
            case UNKNOWN -> {
                if (!isLoneSyn(batch, connection)) {
                    return;
                }
                service.unknown++;
            }
        }
        if (service.tried() == 1) {
            service.firstNanos = batch.firstNanos[connection];
        }
        service.inside += contact.isInside ? 1 : 0;
        service.networks |= 1L << (network(batch, connection) & 63);
        service.examples.add(batch, connection);
        host.isDirty = true;
    }

    /** Of samples only the packets that begin a connection say that somebody was sought. */
    private static boolean isLoneSyn(ConnectionBatch batch, int connection) {
        return batch.protocol[connection] == Protocols.TCP
                && (batch.sentFlags[connection] & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
    }

    private static long network(ConnectionBatch batch, int connection) {
        long bits = batch.responderHigh[connection] == 0
                ? batch.responderLow[connection] >>> 16
                : batch.responderHigh[connection] >>> 32;
        return bits * 0x9e37_79b9_7f4a_7c15L >>> 58;
    }

    private static boolean isService(Contact contact) {
        if (contact.protocol == Protocols.ICMP || contact.protocol == Protocols.ICMPV6) {
            int type = contact.port >> 8;
            // Echo, timestamp and address mask requests ask for somebody; errors and neighbours do not.
            return type == 8 || type == 13 || type == 17 || type == 128;
        }
        return Protocols.hasPorts(contact.protocol)
                && !ServicePorts.isHousekeeping(contact.port, contact.protocol)
                && !ServicePorts.sharesFiles(contact.port);
    }

    @Override
    public void tidy(Host host, long nowNanos) {
        SweepState state = host.sweeps;
        if (state != null && nowNanos - state.lastNanos() > STALE_NANOS) {
            forget(host);
        }
    }

    @Override
    public void forget(Host host) {
        if (host.sweeps != null) {
            host.sweeps = null;
            budget.giveBack();
        }
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        SweepState state = host.sweeps;
        if (state == null) {
            return;
        }
        SweepState.Service best = null;
        double most = 0;
        for (SweepState.Service service : state.services) {
            double weight = service == null ? 0 : weight(host, service);
            if (weight > most) {
                most = weight;
                best = service;
            }
        }
        if (best != null) {
            double others = 0;
            for (SweepState.Service service : state.services) {
                if (service != null && !service.equals(best)) {
                    others = Math.max(others, weight(host, service));
                }
            }
            // Looking for a second service is more of the same.
            signs.accept(sign(best, Math.min(isInside(best) ? MOST_INSIDE : MOST, most + others / 4)));
        }
    }

    private static double weight(Host host, SweepState.Service service) {
        boolean isPing = !Protocols.hasPorts(service.protocol);
        boolean isWorm = ServicePorts.spreadsWorms(service.port);
        int sought = service.failed + service.unknown;
        int fewest = isPing ? FEWEST_PINGS : isWorm ? FEWEST : FEWEST_ELSEWHERE;
        boolean shows = sought >= fewest
                && sought >= FAILING * service.tried()
                && (service.suspicion >= SCANNER || service.unknown >= 4 * fewest);
        if (!shows || !isPing && !isWorm && isOneOfMany(host, service)) {
            return 0;
        }
        double base = isPing
                ? PING_WEIGHT
                : isWorm ? WORM_WEIGHT : ServicePorts.isKnown(service.port) ? KNOWN_WEIGHT : OTHER_WEIGHT;
        double most = isInside(service) ? MOST_INSIDE : MOST;
        return Math.min(most, base + Decibans.growing(sought, fewest, PER_DECADE, MOST));
    }

    /** Whoever looks inside may still miss a server outside now and then. */
    private static boolean isInside(SweepState.Service service) {
        return service.inside >= NEARLY_ALL * (service.failed + service.unknown);
    }

    /** Peers have ports of their own, of which one may be more common than others. */
    private static boolean isOneOfMany(Host host, SweepState.Service service) {
        return host.hasPeers() && !ServicePorts.isKnown(service.port) && service.failed < host.failed / 2;
    }

    private static Sign sign(SweepState.Service service, double weight) {
        int sought = service.failed + service.unknown;
        boolean isPing = !Protocols.hasPorts(service.protocol);
        String what = isPing ? "answers to pings" : Protocols.service(service.protocol, service.port);
        String where = service.inside == 0
                ? ""
                : service.inside == sought
                        ? ", all inside"
                        : isInside(service) ? ", nearly all inside" : ", some inside";
        return new Sign(
                BehaviourKind.SCANNING,
                weight,
                service.firstNanos,
                service.lastNanos,
                List.of(
                        new Evidence(
                                String.format(
                                        Locale.ROOT,
                                        "looked for %s on %,d addresses that it had not talked to before%s, of which"
                                                + " %,d answered and %,d refused",
                                        what,
                                        service.tried(),
                                        where,
                                        service.answered,
                                        service.refused),
                                sought,
                                isPing
                                        ? FEWEST_PINGS
                                        : ServicePorts.spreadsWorms(service.port) ? FEWEST : FEWEST_ELSEWHERE,
                                "sequential test of first contacts (Jung et al. 2004)"),
                        new Evidence(
                                String.format(
                                        Locale.ROOT,
                                        "in at least %d different networks (/16 or /32)",
                                        Long.bitCount(service.networks)),
                                Long.bitCount(service.networks),
                                1,
                                "count")),
                service.examples.list());
    }
}
