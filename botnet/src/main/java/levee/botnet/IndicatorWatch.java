package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.indicator.AllowTable;
import levee.indicator.Indicator;
import levee.indicator.IndicatorKind;
import levee.indicator.IndicatorTable;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;

/** Hosts that have to do with addresses and names that others know as bad. How much that says depends on how exact the list is. */
final class IndicatorWatch implements Watch {
    private IndicatorTable table;
    private final byte[] text = new byte[EventBatch.LONGEST_TEXT];

    IndicatorWatch(IndicatorTable table) {
        this.table = table;
    }

    void apply(IndicatorTable other) {
        table = other;
    }

    /** In decibans; a whole network or a way to say hello is shared with innocent others. */
    private static double weight(IndicatorKind kind) {
        return switch (kind) {
            case ADDRESS_AND_PORT -> 26;
            case NAME, NAME_AND_BELOW, CERTIFICATE -> 24;
            case ADDRESS -> 20;
            case URL_HOST -> 16;
            case PREFIX, JA3, JA4 -> 12;
        };
    }

    /** Reads what will be needed of a server, so that it is at hand then; what is returned means nothing. */
    long fetch(long high, long low) {
        return table.size() == 0 ? 0 : table.fetch(high, low);
    }

    @Override
    public void connection(ConnectionBatch batch, int connection, Contact contact) {
        if (!contact.isFirst || contact.isInside || table.size() == 0) {
            return;
        }
        int found = table.address(batch.responderHigh[connection], batch.responderLow[connection], contact.port);
        if (found != IndicatorTable.NONE) {
            IndicatorState state = note(
                    contact.host,
                    found,
                    Examples.endpoint(
                                    batch.responderHigh[connection],
                                    batch.responderLow[connection],
                                    contact.port,
                                    contact.protocol)
                            .toString(),
                    new IpAddress(batch.responderHigh[connection], batch.responderLow[connection]),
                    batch.firstNanos[connection]);
            state.examples.add(batch, connection);
        }
    }

    @Override
    public void allow(Host host, AllowTable allowed) {
        IndicatorState state = host.indicators;
        if (state != null && !state.allow(allowed, indicator -> weight(indicator.kind()))) {
            host.indicators = null;
        }
    }

    private IndicatorState note(Host host, int found, String value, IpAddress address, long nanos) {
        IndicatorState state = host.indicators;
        if (state == null) {
            state = new IndicatorState();
            host.indicators = state;
        }
        Indicator indicator = table.indicator(found);
        state.note(indicator, value, address, weight(indicator.kind()), nanos);
        host.isDirty = true;
        return state;
    }

    @Override
    public void event(EventBatch batch, int event, Host host) {
        switch (batch.kind(event)) {
            case DNS -> {
                // A resolver asks for what others want to know.
                if ((batch.flags[event] & EventBatch.REQUEST) != 0 && !host.isResolver) {
                    name(batch, event, host);
                }
            }
            case TLS_CLIENT_HELLO -> {
                name(batch, event, host);
                fingerprint(batch, event, host, Text.DETAIL, IndicatorKind.JA3);
                fingerprint(batch, event, host, Text.MORE, IndicatorKind.JA4);
            }
            case HTTP -> name(batch, event, host);
            case TLS_SERVER_HELLO, SMTP, IRC, SSH, DHCP -> {}
        }
    }

    private void name(EventBatch batch, int event, Host host) {
        int length = batch.textLength(event, Text.NAME);
        if (length > 0) {
            batch.copyText(event, Text.NAME, text, 0);
            note(batch, event, host, table.name(text, 0, length), Text.NAME);
        }
    }

    private void fingerprint(EventBatch batch, int event, Host host, Text which, IndicatorKind kind) {
        int length = batch.textLength(event, which);
        if (length > 0) {
            batch.copyText(event, which, text, 0);
            note(batch, event, host, table.fingerprint(kind, text, 0, length), which);
        }
    }

    private void note(EventBatch batch, int event, Host host, int found, Text which) {
        if (found == IndicatorTable.NONE) {
            return;
        }
        IndicatorState state =
                note(host, found, printable(batch.text(event, which)), IndicatorState.NONE, batch.nanos[event]);
        state.examples.add(batch, event, batch.protocol[event]);
    }

    private static String printable(String value) {
        return value.replaceAll("[^!-~]", "?");
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        IndicatorState state = host.indicators;
        if (state == null) {
            return;
        }
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < state.indicators.size(); i++) {
            Indicator indicator = state.indicators.get(i);
            evidence.add(new Evidence(
                    "had to do with " + state.what.get(i) + ", which the list " + indicator.list() + " calls "
                            + (indicator.label().isEmpty() ? "bad" : indicator.label()) + " ("
                            + indicator.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")",
                    weight(indicator.kind()),
                    0,
                    "list of indicators"));
        }
        signs.accept(new Sign(
                BehaviourKind.KNOWN_INDICATOR,
                state.mostWeight + (state.indicators.size() > 1 ? 4 : 0),
                state.firstNanos,
                state.lastNanos,
                evidence,
                state.examples.list()));
    }
}
