package levee.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import levee.model.Prefix;
import levee.model.PrefixIndex;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;

/**
 * Traffic that the operator expects, so that it never makes an attack. What would have been suspicious of it is counted by
 * entry, so that one that hides an attack is seen. Looked up without allocating, in a time that hardly grows with the number
 * of prefixes. Rows are given by one thread; what was counted may be read by any.
 */
public final class AllowList {
    /** Where an entry says nothing of a port or protocol. */
    public static final int ANY = -1;

    public static final AllowList NONE = new AllowList(List.of());

    private static final int NO_ENTRY = -1;

    private final List<Entry> entries;
    private final Side bySource;

    /** Of entries that say nothing of sources. */
    private final Side byTarget;

    /** Of entries that say something of both. */
    private final PrefixIndex[] targets;

    private final AtomicLongArray rows;
    private final AtomicLongArray packets;

    /**
     * What is expected: rows to which all applies that is said.
     *
     * @param name for people
     * @param sources any where empty; then there are targets
     * @param targets any where empty; then there are sources
     * @param protocol of IP, or {@link #ANY}
     * @param sourcePort of TCP or UDP, or {@link #ANY}
     * @param destinationPort of TCP or UDP, or {@link #ANY}
     * @param untilNanos from then on it holds no longer, in nanoseconds since 1970
     */
    public record Entry(
            String name,
            List<Prefix> sources,
            List<Prefix> targets,
            int protocol,
            int sourcePort,
            int destinationPort,
            long untilNanos) {
        public Entry {
            sources = List.copyOf(sources);
            targets = List.copyOf(targets);
            if (sources.isEmpty() && targets.isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' would allow everything");
            }
        }

        private boolean concerns(int ofProtocol, int fromPort, int toPort, long nowNanos) {
            boolean hasPorts = ofProtocol == Protocols.TCP || ofProtocol == Protocols.UDP;
            return (protocol == ANY || protocol == ofProtocol)
                    && (sourcePort == ANY || hasPorts && sourcePort == fromPort)
                    && (destinationPort == ANY || hasPorts && destinationPort == toPort)
                    && nowNanos < untilNanos;
        }
    }

    /**
     * What an entry spared.
     *
     * @param rows that could have been part of an attack
     * @param packets that they stand for
     */
    public record Spared(String entry, long rows, long packets) {}

    /** Which entries say something of a prefix. */
    private static final class Side {
        private final PrefixIndex prefixes;

        /** The entries of the prefix n are from begin[n] on, up to begin[n + 1]. */
        private final int[] begin;

        private final int[] entries;

        Side(Map<Prefix, List<Integer>> byPrefix) {
            prefixes = new PrefixIndex(List.copyOf(byPrefix.keySet()));
            begin = new int[byPrefix.size() + 1];
            entries = new int[byPrefix.values().stream().mapToInt(List::size).sum()];
            int prefix = 0;
            int at = 0;
            for (List<Integer> ofPrefix : byPrefix.values()) {
                for (int entry : ofPrefix) {
                    entries[at++] = entry;
                }
                begin[++prefix] = at;
            }
        }
    }

    public AllowList(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        Map<Prefix, List<Integer>> sources = new LinkedHashMap<>();
        Map<Prefix, List<Integer>> targetsAlone = new LinkedHashMap<>();
        targets = new PrefixIndex[entries.size()];
        for (int number = 0; number < entries.size(); number++) {
            Entry entry = entries.get(number);
            boolean hasSources = !entry.sources().isEmpty();
            for (Prefix prefix : new HashSet<>(hasSources ? entry.sources() : entry.targets())) {
                (hasSources ? sources : targetsAlone)
                        .computeIfAbsent(prefix, any -> new ArrayList<>(1))
                        .add(number);
            }
            targets[number] = new PrefixIndex(
                    hasSources ? entry.targets().stream().distinct().toList() : List.of());
        }
        bySource = new Side(sources);
        byTarget = new Side(targetsAlone);
        rows = new AtomicLongArray(entries.size());
        packets = new AtomicLongArray(entries.size());
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public List<Entry> entries() {
        return entries;
    }

    /** What each entry spared so far. */
    public List<Spared> spared() {
        List<Spared> spared = new ArrayList<>();
        for (int entry = 0; entry < entries.size(); entry++) {
            spared.add(new Spared(entries.get(entry).name(), rows.get(entry), packets.get(entry)));
        }
        return spared;
    }

    /** Goes on counting where another list was, for the entries that are the same. */
    void continueFrom(AllowList before) {
        if (before == this) {
            return;
        }
        Map<Entry, Integer> numbers = new HashMap<>();
        for (int entry = 0; entry < before.entries.size(); entry++) {
            numbers.put(before.entries.get(entry), entry);
        }
        for (int entry = 0; entry < entries.size(); entry++) {
            Integer same = numbers.get(entries.get(entry));
            if (same != null) {
                rows.set(entry, before.rows.get(same));
                packets.set(entry, before.packets.get(same));
            }
        }
    }

    /**
     * Whether the row is expected.
     *
     * @param isSuspicious whether it could be part of an attack, so that it counts as spared
     */
    boolean spares(FlowBatch batch, int row, long nowNanos, boolean isSuspicious) {
        int entry = find(
                batch.sourceHigh[row],
                batch.sourceLow[row],
                batch.sourcePort[row],
                batch.destinationHigh[row],
                batch.destinationLow[row],
                batch.destinationPort[row],
                batch.protocol[row] & 0xff,
                nowNanos);
        if (entry == NO_ENTRY) {
            return false;
        }
        if (isSuspicious) {
            rows.setOpaque(entry, rows.getPlain(entry) + 1);
            packets.setOpaque(entry, packets.getPlain(entry) + batch.packets[row]);
        }
        return true;
    }

    /** Whether the row goes to whom expected traffic comes from, so that it says nothing of other traffic. */
    boolean isBackToAllowed(FlowBatch batch, int row, long nowNanos) {
        return find(
                        batch.destinationHigh[row],
                        batch.destinationLow[row],
                        batch.destinationPort[row],
                        batch.sourceHigh[row],
                        batch.sourceLow[row],
                        batch.sourcePort[row],
                        batch.protocol[row] & 0xff,
                        nowNanos)
                != NO_ENTRY;
    }

    private int find(
            long fromHigh, long fromLow, int fromPort, long toHigh, long toLow, int toPort, int protocol, long now) {
        int prefix = bySource.prefixes.find(fromHigh, fromLow);
        while (prefix != PrefixIndex.NONE) {
            for (int i = bySource.begin[prefix]; i < bySource.begin[prefix + 1]; i++) {
                int entry = bySource.entries[i];
                if (entries.get(entry).concerns(protocol, fromPort, toPort, now)
                        && (targets[entry].isEmpty() || targets[entry].find(toHigh, toLow) != PrefixIndex.NONE)) {
                    return entry;
                }
            }
            prefix = bySource.prefixes.around(prefix);
        }
        prefix = byTarget.prefixes.find(toHigh, toLow);
        while (prefix != PrefixIndex.NONE) {
            for (int i = byTarget.begin[prefix]; i < byTarget.begin[prefix + 1]; i++) {
                int entry = byTarget.entries[i];
                if (entries.get(entry).concerns(protocol, fromPort, toPort, now)) {
                    return entry;
                }
            }
            prefix = byTarget.prefixes.around(prefix);
        }
        return NO_ENTRY;
    }
}
