package levee.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** Finds those of many prefixes that hold an address, the most specific one first, without allocating. */
public final class PrefixIndex {
    /** No prefix. */
    public static final int NONE = AddressRanges.NONE;

    private final AddressRanges ranges;

    /** The next wider prefix around each. */
    private final int[] around;

    /** The first addresses. */
    private final long[] high;

    private final long[] low;

    /** The lengths, of 128. */
    private final int[] bits;

    /** @param list of which those that are there again count once; numbers are those of the others in order */
    public PrefixIndex(List<Prefix> list) {
        List<Prefix> prefixes = list.stream().distinct().toList();
        AddressRanges.Builder builder = new AddressRanges.Builder();
        around = new int[prefixes.size()];
        high = new long[prefixes.size()];
        low = new long[prefixes.size()];
        bits = new int[prefixes.size()];
        List<Integer> ordered = IntStream.range(0, prefixes.size())
                .boxed()
                .sorted((a, b) -> prefixes.get(a).compareTo(prefixes.get(b)))
                .toList();
        Deque<Integer> open = new ArrayDeque<>();
        for (int number : ordered) {
            Prefix prefix = prefixes.get(number);
            while (!open.isEmpty() && !prefixes.get(open.peek()).contains(prefix)) {
                open.pop();
            }
            around[number] = open.isEmpty() ? NONE : open.peek();
            high[number] = prefix.address().high();
            low[number] = prefix.address().low();
            bits[number] = prefix.length() + 128 - prefix.address().bits();
            open.push(number);
            builder.add(prefix, number);
        }
        ranges = builder.build();
    }

    public boolean isEmpty() {
        return around.length == 0;
    }

    /** The number of the most specific prefix that holds the address, or {@link #NONE}. */
    public int find(long high, long low) {
        return ranges.find(high, low);
    }

    /**
     * The number of the most specific prefix that holds a whole network, or {@link #NONE}.
     *
     * @param networkBits the length of the network, of 128
     */
    public int find(long high, long low, int networkBits) {
        int number = find(high, low);
        while (number != NONE && bits[number] > networkBits) {
            number = around[number];
        }
        return number;
    }

    /** The number of the next wider prefix around one, or {@link #NONE}. */
    public int around(int number) {
        return around[number];
    }

    /** The first address of a prefix, as in {@link IpAddress}. */
    public long high(int number) {
        return high[number];
    }

    /** The first address of a prefix, as in {@link IpAddress}. */
    public long low(int number) {
        return low[number];
    }

    /** The length of a prefix, of 128 bits. */
    public int bits(int number) {
        return bits[number];
    }
}
