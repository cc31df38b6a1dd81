package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.PayloadHint;

/**
 * Bots that keep in touch with each other rather than with a server: many peers at ports of their own, many of them gone, small
 * messages, for hours, and the same peers again and again. Who shares files has peers, too, and moves megabytes with them, at
 * ports that are known for it.
 */
final class PeerWatch implements Watch {
    private static final int FEWEST = 40;
    private static final int FEWEST_PORTS = 6;
    private static final long STALE_NANOS = 24 * 3_600_000_000_000L;
    /** Of all that a host talks to: who plays or telephones has peers, too, but not mostly. */
    private static final double OF_ALL = 0.3;

    private static final double GONE = 0.25;
    private static final int FEWEST_HOURS = 3;
    private static final double SMALL_BYTES = 20_000;
    private static final long LARGE_BYTES = 2_000_000;
    private static final double SHARING = 0.05;
    private static final double WEIGHT = 16;

    private final StateBudget budget;

    PeerWatch(StateBudget budget) {
        this.budget = budget;
    }

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        boolean isPeer = Protocols.hasPorts(contact.protocol)
                && !contact.isInside
                && contact.port >= ServicePorts.FIRST_USER_PORT
                && batch.initiatorPort[connection] >= ServicePorts.FIRST_USER_PORT
                && !ServicePorts.isKnown(contact.port)
                && !ServicePorts.isHousekeeping(contact.port, contact.protocol);
        if (!isPeer) {
            return;
        }
        PeerState state = contact.host.peers;
        if (state == null) {
            if (Long.bitCount(contact.host.peerPorts) < FEWEST_PORTS || !budget.take(contact.host)) {
                return;
            }
            state = new PeerState();
            state.firstNanos = batch.firstNanos[connection];
            contact.host.peers = state;
        }
        long bytes = batch.sentBytes[connection] + batch.receivedBytes[connection];
        state.lastNanos = Math.max(state.lastNanos, batch.lastNanos[connection]);
        state.bytes += bytes;
        state.largestBytes = Math.max(state.largestBytes, bytes);
        noteHour(state, contact.seconds / 3_600);
        if (!contact.isFirst) {
            state.again++;
            return;
        }
        state.met++;
        state.failed += contact.failed() ? 1 : 0;
        state.sharing +=
                ServicePorts.sharesFiles(contact.port) || ServicePorts.sharesFiles(batch.initiatorPort[connection])
                        ? 1
                        : 0;
        state.ports |= contact.portBit();
        state.networks |= 1L << (batch.responderHash[connection] & 63);
        state.examples.add(batch, connection);
        contact.host.isDirty |= state.met >= FEWEST;
    }

    private static void noteHour(PeerState state, int hour) {
        if (hour > state.latestHour) {
            int shift = hour - state.latestHour;
            state.hours = shift < 64 ? state.hours << shift : 0;
            state.latestHour = hour;
        }
        int age = state.latestHour - hour;
        state.hours |= age < 64 ? 1L << age : 0;
    }

    /** Whether what a host's packet looks like tells of sharing, too. */
    static boolean isNoted(byte payloadHint) {
        return payloadHint == PayloadHint.BITTORRENT_DHT;
    }

    /** A packet of a host that {@link #isNoted}. */
    static void note(Host host) {
        PeerState state = host.peers;
        if (state != null) {
            state.sharing++;
        }
    }

    @Override
    public void tidy(Host host, long nowNanos) {
        PeerState state = host.peers;
        if (state != null && nowNanos - state.lastNanos > STALE_NANOS) {
            forget(host);
        }
    }

    @Override
    public void forget(Host host) {
        if (host.peers != null) {
            host.peers = null;
            budget.giveBack();
        }
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        PeerState state = host.peers;
        if (state == null
                || state.met < FEWEST
                || state.failed < GONE * state.met
                || state.again < state.met
                || state.met < OF_ALL * host.contacts
                || Long.bitCount(state.hours) < FEWEST_HOURS
                || Long.bitCount(state.ports) < 16
                || state.sharing > SHARING * state.met
                || state.largestBytes > LARGE_BYTES
                || state.bytes > SMALL_BYTES * (state.met + state.again)) {
            return;
        }
        double weight = WEIGHT
                + Decibans.growing(state.met, FEWEST, 6, 9)
                + Decibans.growing(Long.bitCount(state.hours), FEWEST_HOURS, 6, 8)
                + Decibans.growing(state.again, state.met, 4, 6);
        signs.accept(new Sign(
                BehaviourKind.PEER_TO_PEER,
                weight,
                state.firstNanos,
                state.lastNanos,
                List.of(
                        new Evidence(
                                String.format(
                                        Locale.ROOT,
                                        "wrote to %,d peers at ports of their own, of which %,d did not answer, in %d"
                                                + " of the last 64 hours, and %,d times again to the same",
                                        state.met,
                                        state.failed,
                                        Long.bitCount(state.hours),
                                        state.again),
                                state.met,
                                FEWEST,
                                "first contacts at high ports"),
                        new Evidence(
                                String.format(
                                        Locale.ROOT,
                                        "exchanged %,.0f bytes with them at a time, %,d at the most; who shares files"
                                                + " moves more",
                                        (double) state.bytes / (state.met + state.again),
                                        state.largestBytes),
                                (double) state.bytes / (state.met + state.again),
                                SMALL_BYTES,
                                "mean bytes of both directions")),
                state.examples.list()));
    }
}
