package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.ConnectionBatch.Outcome;
import levee.telemetry.EventBatch;
import levee.telemetry.EventKind;
import levee.telemetry.TcpFlags;

/**
 * Hosts that guess passwords: many short sessions, all alike, where one signs in (the idea of NEMEA's brute-force detector), or
 * sign-ins that a log calls refused.
 */
final class GuessingWatch implements Watch {
    private static final int FEWEST = 20;
    /** Tries within an hour at each of several hosts: programs for administration come round every few minutes, and inside more often. */
    private static final int EACH = 10;

    private static final int EACH_INSIDE = 30;

    /** Hosts outside that one may have to look after. */
    private static final int MOST_ADMINISTERED = 150;

    private static final int FEWEST_PACKETS = 6;
    private static final int MOST_PACKETS = 40;
    private static final double SHORT_NANOS = 60e9;
    private static final double ALIKE = 0.75;
    private static final int FEWEST_REFUSED = 8;
    private static final double WEIGHT = 22;
    private static final double PER_DECADE = 14;
    private static final double MOST = 44;

    /** Who signs in inside only, or everywhere in turn, and is not seen to be refused, may be the one who has to. */
    private static final double MOST_UNSURE = 25;

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        if (contact.protocol != Protocols.TCP
                || contact.outcome != Outcome.ANSWERED
                || batch.samplingRate[connection] > 1
                || !takesPasswords(contact)
                || !isShort(batch, connection)) {
            return;
        }
        GuessingState state = state(contact.host, contact.port, batch.firstNanos[connection]);
        double bytes = batch.sentBytes[connection];
        state.sessions++;
        state.bytes += bytes;
        state.squares += bytes * bytes;
        state.target(batch.responderLow[connection]);
        state.outside += contact.isInside ? 0 : 1;
        state.lastNanos = Math.max(state.lastNanos, batch.lastNanos[connection]);
        state.examples.add(batch, connection);
        contact.host.isDirty |= state.sessions >= FEWEST;
    }

    private static boolean takesPasswords(Contact contact) {
        GuessingState state = contact.host.guessing;
        return ServicePorts.takesPasswords(contact.port)
                || state != null && state.isShell && state.port == contact.port;
    }

    private static boolean isShort(ConnectionBatch batch, int connection) {
        long sent = batch.sentPackets[connection];
        boolean hasData = (batch.sentFlags[connection] & TcpFlags.PSH) != 0 || sent >= FEWEST_PACKETS;
        return hasData
                && sent <= MOST_PACKETS
                && batch.receivedPackets[connection] <= MOST_PACKETS
                && batch.lastNanos[connection] - batch.firstNanos[connection] <= SHORT_NANOS;
    }

    /** The one service that is watched of a host: another one takes its place when it has rested. */
    private static GuessingState state(Host host, int port, long nanos) {
        GuessingState state = host.guessing;
        if (state == null) {
            state = new GuessingState();
            state.clear(port, Protocols.TCP, nanos);
            host.guessing = state;
        }
        boolean isStale = nanos - state.lastNanos > GuessingState.WINDOW_NANOS;
        if (isStale || state.port != port && state.sessions + state.refusedSignIns < FEWEST_REFUSED / 2) {
            state.clear(port, Protocols.TCP, nanos);
        }
        return state;
    }

    @Override
    public void event(EventBatch batch, int event, Host host) {
        EventKind kind = batch.kind(event);
        boolean isRefusedMail = kind == EventKind.SMTP && batch.code[event] == 535;
        if (kind != EventKind.SSH && !isRefusedMail) {
            return;
        }
        GuessingState state = state(host, batch.responderPort[event], batch.nanos[event]);
        if (state.port != batch.responderPort[event]) {
            return;
        }
        state.isShell |= kind == EventKind.SSH;
        if (kind == EventKind.SSH && batch.code[event] == 0) {
            return;
        }
        state.refusedSignIns +=
                isRefusedMail || batch.code[event] == 2 ? Math.max(1, isRefusedMail ? 1 : batch.type[event]) : 0;
        state.acceptedSignIns += !isRefusedMail && batch.code[event] == 1 ? 1 : 0;
        state.target(batch.responderLow[event]);
        state.lastNanos = Math.max(state.lastNanos, batch.nanos[event]);
        state.examples.add(batch, event, (byte) Protocols.TCP);
        host.isDirty |= state.refusedSignIns >= FEWEST_REFUSED;
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        GuessingState state = host.guessing;
        if (state == null) {
            return;
        }
        boolean areRefused = state.refusedSignIns >= FEWEST_REFUSED && state.refusedSignIns > 4 * state.acceptedSignIns;
        int targets = state.targets();
        boolean isInside = state.outside <= state.sessions / 20;
        // Programs for administration sign in everywhere in turn; who guesses tries one host again and again.
        boolean isAdministration = isInside && state.sessions < EACH_INSIDE * targets;
        // A program that has a key signs in as often, and all its sessions are alike.
        boolean areAlike = state.sessions >= FEWEST
                && state.variation() <= ALIKE
                && 2 * state.acceptedSignIns < state.sessions
                && !isAdministration;
        if (!areRefused && !areAlike) {
            return;
        }
        int tries = Math.max(state.sessions, state.refusedSignIns);
        double weight = WEIGHT
                + Decibans.growing(tries, areRefused ? FEWEST_REFUSED : FEWEST, PER_DECADE, MOST)
                + (targets >= 3 ? 8 : 0)
                + (areRefused ? 6 : 0)
                - (isInside && !areRefused ? 6 : 0)
                // Nobody said that these were guesses, and programs sign in as often.
                - (state.acceptedSignIns > state.refusedSignIns ? 20 : 0);
        boolean isUnsure = !areRefused
                && (isInside || targets >= 3 && targets <= MOST_ADMINISTERED && state.sessions < EACH * targets);
        signs.accept(new Sign(
                BehaviourKind.BRUTE_FORCE,
                Math.min(isUnsure ? MOST_UNSURE : MOST, weight),
                state.firstNanos,
                state.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "had %,d short sessions that are all alike at %s of %s%d others%s",
                                state.sessions,
                                Protocols.service(state.protocol, state.port),
                                targets >= GuessingState.MOST_TARGETS ? "at least " : "about ",
                                targets,
                                state.refusedSignIns > 0 ? ", and was refused " + state.refusedSignIns + " times" : ""),
                        tries,
                        areRefused ? FEWEST_REFUSED : FEWEST,
                        "sessions of at most 40 packets a side and 60 s, within an hour")),
                state.examples.list()));
    }
}
