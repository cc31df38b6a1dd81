package levee.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import levee.model.IpAddress;
import levee.model.Protocols;

/**
 * Writes connections as Zeek does in {@code conn.log}, each when it is over. Pieces of datagrams without a beginning
 * are left out, as Zeek leaves them out.
 */
public final class ConnLogSink implements PacketSink {
    private static final int MOST_CONNECTIONS = 1 << 18;
    private static final long SECOND = 1_000_000_000L;

    /** How often connections are looked for that are over. */
    private static final long SWEEP_NANOS = SECOND / 10;

    private static final List<String> FIELDS = List.of(
            "ts",
            "uid",
            "id.orig_h",
            "id.orig_p",
            "id.resp_h",
            "id.resp_p",
            "proto",
            "service",
            "duration",
            "orig_bytes",
            "resp_bytes",
            "conn_state",
            "local_orig",
            "local_resp",
            "missed_bytes",
            "history",
            "orig_pkts",
            "orig_ip_bytes",
            "resp_pkts",
            "resp_ip_bytes",
            "tunnel_parents",
            "ip_proto");

    private static final List<String> TYPES = List.of(
            "time",
            "string",
            "addr",
            "port",
            "addr",
            "port",
            "enum",
            "string",
            "interval",
            "count",
            "count",
            "string",
            "bool",
            "bool",
            "count",
            "string",
            "count",
            "count",
            "count",
            "count",
            "set[string]",
            "count");

    /** How long connections are waited for, by what they are (Zeek's defaults). */
    private enum Patience {
        /** TCP that is not yet or no longer established. */
        BRIEF(5 * SECOND),
        DATAGRAMS(60 * SECOND),
        ESTABLISHED(300 * SECOND);

        private final long nanos;

        Patience(long nanos) {
            this.nanos = nanos;
        }
    }

    private record Key(
            long lowerHigh, long lowerLow, int lowerPort, long upperHigh, long upperLow, int upperPort, int protocol) {

        static Key of(Packet packet) {
            boolean hasPorts = packet.protocol == Protocols.TCP || packet.protocol == Protocols.UDP;
            int source = hasPorts ? packet.sourcePort : 0;
            int destination = hasPorts ? packet.destinationPort : 0;
            int byAddress = packet.source().compareTo(packet.destination());
            boolean lower = byAddress != 0 ? byAddress < 0 : source <= destination;
            return lower
                    ? new Key(
                            packet.sourceHigh,
                            packet.sourceLow,
                            source,
                            packet.destinationHigh,
                            packet.destinationLow,
                            destination,
                            packet.protocol)
                    : new Key(
                            packet.destinationHigh,
                            packet.destinationLow,
                            destination,
                            packet.sourceHigh,
                            packet.sourceLow,
                            source,
                            packet.protocol);
        }
    }

    private final OutputStream out;

    /** By the time of the last packet, the oldest first. */
    private final List<LinkedHashMap<Key, ZeekConnection>> connections = new ArrayList<>();

    private final StringBuilder line = new StringBuilder();
    private long nextSweep = Long.MIN_VALUE;
    private long written;
    private boolean begun;

    public ConnLogSink(OutputStream out) {
        this.out = out;
        for (Patience patience : Patience.values()) {
            connections.add(patience.ordinal(), new LinkedHashMap<>(16, 0.75f, true));
        }
    }

    @Override
    public void write(Packet packet) throws IOException {
        if (!begun) {
            header();
        }
        if (packet.nanos >= nextSweep) {
            sweep(packet.nanos);
            nextSweep = packet.nanos + SWEEP_NANOS;
        }
        if (packet.isOrphan) {
            return;
        }
        Key key = Key.of(packet);
        ZeekConnection connection = null;
        Patience before = Patience.BRIEF;
        for (Patience patience : Patience.values()) {
            ZeekConnection found = connections.get(patience.ordinal()).get(key);
            if (found != null) {
                connection = found;
                before = patience;
            }
        }
        if (connection == null) {
            connection = new ZeekConnection(packet);
            makeRoom();
        } else if (connection.isReopenedBy(packet)) {
            connections.get(before.ordinal()).remove(key);
            record(connection);
            connection = new ZeekConnection(packet);
        }
        connection.add(packet);
        Patience after = packet.protocol != Protocols.TCP
                ? Patience.DATAGRAMS
                : connection.isEstablished() ? Patience.ESTABLISHED : Patience.BRIEF;
        if (after != before) {
            connections.get(before.ordinal()).remove(key);
        }
        connections.get(after.ordinal()).put(key, connection);
    }

    private void makeRoom() throws IOException {
        int size = 0;
        for (Map<Key, ZeekConnection> some : connections) {
            size += some.size();
        }
        for (Map<Key, ZeekConnection> some : connections) {
            if (size >= MOST_CONNECTIONS && !some.isEmpty()) {
                Iterator<ZeekConnection> oldest = some.values().iterator();
                record(oldest.next());
                oldest.remove();
                return;
            }
        }
    }

    private void sweep(long now) throws IOException {
        for (Patience patience : Patience.values()) {
            Iterator<ZeekConnection> oldest =
                    connections.get(patience.ordinal()).values().iterator();
            while (oldest.hasNext()) {
                ZeekConnection connection = oldest.next();
                if (connection.lastNanos() > now - patience.nanos) {
                    break;
                }
                record(connection);
                oldest.remove();
            }
        }
    }

    private void header() throws IOException {
        begun = true;
        line.append("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n");
        line.append("#fields\t").append(String.join("\t", FIELDS)).append('\n');
        line.append("#types\t").append(String.join("\t", TYPES)).append('\n');
        flush();
    }

    private void record(ZeekConnection connection) throws IOException {
        connection.appendTo(line, identifier(written++));
        flush();
    }

    /** Different for each, and always the same in the same drill. */
    private static String identifier(long number) {
        return "C" + Long.toString((number + 1) * 0x9e37_79b9_7f4a_7c15L >>> 1, Character.MAX_RADIX);
    }

    private void flush() throws IOException {
        out.write(line.toString().getBytes(US_ASCII));
        line.setLength(0);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (!begun) {
                header();
            }
            for (Map<Key, ZeekConnection> some : connections) {
                for (ZeekConnection connection : some.values()) {
                    record(connection);
                }
            }
            line.append("#close\n");
            flush();
        }
    }

    /** An address as Zeek writes it. */
    static String text(long high, long low) {
        return new IpAddress(high, low).toString();
    }
}
