package levee.sharing;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import levee.sharing.FingerprintMatch.Destination;

/** What each destination got of a vector. */
final class DestinationTable {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final AddressTable addresses;
    private long[] packets = new long[16];
    private long[] bytes = new long[16];
    private long[] firstNanos = new long[16];
    private long[] lastNanos = new long[16];
    private long[] second = new long[16];
    private long[] inSecond = new long[16];
    private long[] busiest = new long[16];

    DestinationTable(EntryBudget budget) {
        addresses = new AddressTable(budget);
    }

    void add(Observation row) {
        int at = addresses.add(row.destinationHigh(), row.destinationLow());
        if (at == AddressTable.ABSENT) {
            return;
        }
        if (at == packets.length) {
            grow();
        }
        boolean isNew = packets[at] == 0;
        long now = Math.floorDiv(row.firstNanos(), SECOND_NANOS);
        if (isNew || second[at] != now) {
            second[at] = now;
            inSecond[at] = 0;
        }
        firstNanos[at] = isNew ? row.firstNanos() : Math.min(firstNanos[at], row.firstNanos());
        lastNanos[at] = isNew ? row.lastNanos() : Math.max(lastNanos[at], row.lastNanos());
        packets[at] += row.packets();
        bytes[at] += row.bytes();
        // A flow record spreads its packets over its time.
        double seconds = Math.max(1, (row.lastNanos() - row.firstNanos()) / 1e9);
        inSecond[at] += Math.max(1, Math.round(row.packets() / seconds));
        busiest[at] = Math.max(busiest[at], inSecond[at]);
    }

    private void grow() {
        int size = 2 * packets.length;
        packets = Arrays.copyOf(packets, size);
        bytes = Arrays.copyOf(bytes, size);
        firstNanos = Arrays.copyOf(firstNanos, size);
        lastNanos = Arrays.copyOf(lastNanos, size);
        second = Arrays.copyOf(second, size);
        inSecond = Arrays.copyOf(inSecond, size);
        busiest = Arrays.copyOf(busiest, size);
    }

    int size() {
        return addresses.size();
    }

    /** The most packets that one destination got within a second of the clock. */
    long busiestSecond() {
        return Arrays.stream(busiest).max().orElse(0);
    }

    /** The destinations with the busiest seconds. */
    List<Destination> top(int limit) {
        return IntStream.range(0, size())
                .mapToObj(i -> new Destination(
                        addresses.address(i),
                        packets[i],
                        bytes[i],
                        busiest[i],
                        Instant.ofEpochSecond(0, firstNanos[i]),
                        Instant.ofEpochSecond(0, lastNanos[i])))
                .sorted(Comparator.comparingLong(Destination::busiestSecond)
                        .thenComparingLong(Destination::packets)
                        .reversed()
                        .thenComparing(Destination::address))
                .limit(limit)
                .toList();
    }
}
