package levee.botnet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.domain.RegistrableName;
import levee.indicator.AllowTable;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Hosts that ask again and again for the same name under dynamic DNS though there is no such name any more: so do programs of remote
 * control whose master has gone, and never get as far as a connection. Names that do not exist elsewhere are asked for by very many
 * programs whose makers have gone.
 */
final class DeadNameWatch implements Watch {
    private static final int FEWEST = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final long SHORTEST_NANOS = 600 * SECOND;
    private static final long STALE_NANOS = 24 * 3_600 * SECOND;
    private static final double WEIGHT = 16;
    private static final double PER_DECADE = 9;
    private static final double MOST = 18;

    private final byte[] text = new byte[EventBatch.LONGEST_TEXT];

    @Override
    public void event(EventBatch batch, int event, Host host) {
        boolean isDead = batch.kind(event) == EventKind.DNS && NameWatch.saysThereIsNone(batch, event);
        if (!isDead || host.isResolver) {
            return;
        }
        int length = batch.textLength(event, Text.NAME);
        batch.copyText(event, Text.NAME, text, 0);
        if (!DynamicNames.holds(text, length)) {
            return;
        }
        DeadNameState state = host.deadName;
        if (state == null) {
            state = new DeadNameState();
            host.deadName = state;
        }
        long hash = RegistrableName.hash(text, 0, length);
        long nanos = batch.nanos[event];
        if (state.hash != hash) {
            // The one that was asked for often stays; what is asked for by turns is made up, which others watch.
            if (state.asked >= FEWEST && nanos - state.lastNanos < STALE_NANOS) {
                return;
            }
            state.clear(hash, batch.text(event, Text.NAME), nanos);
        }
        state.asked++;
        state.lastNanos = Math.max(state.lastNanos, nanos);
        state.examples.add(batch, event, batch.protocol[event]);
        host.isDirty |= state.asked >= FEWEST;
    }

    @Override
    public void allow(Host host, AllowTable allowed) {
        DeadNameState state = host.deadName;
        if (state != null && allowed.allowsName(state.name)) {
            host.deadName = null;
        }
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        DeadNameState state = host.deadName;
        if (state == null
                || host.isResolver
                || state.asked < FEWEST
                || state.lastNanos - state.firstNanos < SHORTEST_NANOS) {
            return;
        }
        signs.accept(new Sign(
                BehaviourKind.DEAD_COMMAND_SERVER,
                WEIGHT + Decibans.growing(state.asked, FEWEST, PER_DECADE, MOST),
                state.firstNanos,
                state.lastNanos,
                List.of(new Evidence(
                        String.format(
                                Locale.ROOT,
                                "asked %,d times within %,d min for %s under dynamic DNS, which does not exist",
                                state.asked,
                                (state.lastNanos - state.firstNanos) / (60 * SECOND),
                                NameWatch.printable(state.name.getBytes(US_ASCII), 0, state.name.length())),
                        state.asked,
                        FEWEST,
                        "answers NXDOMAIN (RFC 1035 section 4.1.1) for one name, over 10 min at least")),
                state.examples.list()));
    }
}
