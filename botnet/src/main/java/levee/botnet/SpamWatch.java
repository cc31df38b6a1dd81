package levee.botnet;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.EventBatch;
import levee.telemetry.EventKind;

/**
 * Hosts that bring mail to many servers themselves, as only servers of mail do: these get mail from others, too. People's programs
 * hand theirs over to one server, at another port (RFC 6409).
 */
final class SpamWatch implements Watch {
    private static final int MAIL = 25;
    private static final int MAIL_EXCHANGE = 15;
    private static final int FEWEST = 10;
    private static final double WEIGHT = 22;
    private static final double PER_DECADE = 15;
    private static final double MOST = 44;

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        if (contact.port != MAIL || contact.protocol != Protocols.TCP || contact.isInside) {
            return;
        }
        MailState state = state(contact.host, batch.firstNanos[connection]);
        state.sessions++;
        state.lastNanos = Math.max(state.lastNanos, batch.lastNanos[connection]);
        if (contact.isFirst) {
            state.servers++;
            state.failed += contact.failed() ? 1 : 0;
            state.networks |= 1L << (batch.responderHash[connection] & 63);
            state.examples.add(batch, connection);
            contact.host.isDirty |= state.servers >= FEWEST;
        }
    }

    private static MailState state(Host host, long nanos) {
        MailState state = host.mail;
        if (state == null || nanos - state.lastNanos > MailState.WINDOW_NANOS) {
            state = new MailState();
            state.clear(nanos);
            host.mail = state;
        }
        return state;
    }

    @Override
    public void event(EventBatch batch, int event, Host host) {
        EventKind kind = batch.kind(event);
        if (kind == EventKind.SMTP && batch.responderPort[event] == MAIL && batch.code[event] >= 500) {
            state(host, batch.nanos[event]).refusals++;
        } else if (kind == EventKind.DNS
                && batch.type[event] == MAIL_EXCHANGE
                && (batch.flags[event] & EventBatch.REQUEST) != 0
                && !host.isResolver) {
            state(host, batch.nanos[event]).exchangeQuestions++;
        }
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        MailState state = host.mail;
        if (state == null || state.servers < FEWEST || host.isMailServer) {
            return;
        }
        double weight = WEIGHT
                + Decibans.growing(state.servers, FEWEST, PER_DECADE, MOST)
                + (state.exchangeQuestions >= FEWEST ? 4 : 0)
                + (state.refusals >= FEWEST / 2 ? 4 : 0);
        signs.accept(new Sign(
                BehaviourKind.SPAM,
                Math.min(MOST, weight),
                state.firstNanos,
                state.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "brought mail to %,d servers itself within %,d min (%,d did not take it), asked for"
                                    + " mail servers %,d times, was refused %,d times, and gets no mail from outside",
                                state.servers,
                                (state.lastNanos - state.firstNanos) / 60_000_000_000L,
                                state.failed,
                                state.exchangeQuestions,
                                state.refusals),
                        state.servers,
                        FEWEST,
                        "first contacts at tcp/25")),
                state.examples.list()));
    }
}
