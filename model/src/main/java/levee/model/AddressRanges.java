package levee.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers by ranges of addresses, looked up without allocating. Of ranges that overlap, the one that begins later and ends
 * earlier counts: the more specific one. Kept are the borders at which the number changes, 8 bytes each for IPv4 and 20
 * for IPv6.
 */
public final class AddressRanges {
    /** Where no range is. */
    public static final int NONE = -1;

    /** Nothing anywhere. */
    public static final AddressRanges EMPTY = new Builder().build();

    /** From so many borders on, more of the first bits of an address say where to look. */
    private static final int FEW_BORDERS = 1 << 10;

    private static final int FEW_JUMP_BITS = 8;
    private static final int JUMP_BITS = 16;

    /** Where the number changes, in unsigned order; the first is 0.0.0.0. */
    private final int[] ipv4Starts;

    private final int[] ipv4Values;

    /** By the first bits of an address, how many borders lie before all addresses that begin so. */
    private final int[] ipv4Jumps;

    private final int jumpBits;

    private final long[] ipv6High;
    private final long[] ipv6Low;
    private final int[] ipv6Values;

    private AddressRanges(Borders ipv4, Borders ipv6) {
        ipv4Starts = new int[ipv4.size];
        for (int i = 0; i < ipv4.size; i++) {
            ipv4Starts[i] = (int) ipv4.low[i];
        }
        ipv4Values = Arrays.copyOf(ipv4.values, ipv4.size);
        ipv6High = Arrays.copyOf(ipv6.high, ipv6.size);
        ipv6Low = Arrays.copyOf(ipv6.low, ipv6.size);
        ipv6Values = Arrays.copyOf(ipv6.values, ipv6.size);
        jumpBits = ipv4.size > FEW_BORDERS ? JUMP_BITS : FEW_JUMP_BITS;
        ipv4Jumps = jumps();
    }

    private int[] jumps() {
        int[] jumps = new int[(1 << jumpBits) + 1];
        int border = 0;
        for (int first = 0; first < jumps.length - 1; first++) {
            int least = first << 32 - jumpBits;
            while (border < ipv4Starts.length && Integer.compareUnsigned(ipv4Starts[border], least) < 0) {
                border++;
            }
            jumps[first] = border;
        }
        jumps[jumps.length - 1] = ipv4Starts.length;
        return jumps;
    }

    /** The number of the most specific range that holds the address, or {@link #NONE}. */
    public int find(long high, long low) {
        return IpAddress.isIpv4(high, low) ? findIpv4((int) low) : findIpv6(high, low);
    }

    private int findIpv4(int address) {
        int first = address >>> 32 - jumpBits;
        int below = Math.max(0, ipv4Jumps[first] - 1);
        int above = ipv4Jumps[first + 1];
        while (above - below > 1) {
            int middle = below + above >>> 1;
            if (Integer.compareUnsigned(ipv4Starts[middle], address) <= 0) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return ipv4Values[below];
    }

    private int findIpv6(long high, long low) {
        int below = 0;
        int above = ipv6Values.length;
        while (above - below > 1) {
            int middle = below + above >>> 1;
            if (compare(ipv6High[middle], ipv6Low[middle], high, low) <= 0) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return ipv6Values[below];
    }

    /** Whether there is no range at all. */
    public boolean isEmpty() {
        return ipv4Values.length == 1 && ipv6Values.length == 1 && ipv4Values[0] == NONE && ipv6Values[0] == NONE;
    }

    /** How many borders there are; what is given to {@link Visitor} one by one. */
    public int borders() {
        return ipv4Values.length + ipv6Values.length;
    }

    /** Takes the borders in order, those of IPv4 first. */
    public interface Visitor<E extends Exception> {
        /**
         * From this address on the number is that, up to the next border of the same family.
         *
         * @param value or {@link #NONE}
         */
        void border(long high, long low, int value) throws E;
    }

    public <E extends Exception> void visit(Visitor<E> visitor) throws E {
        for (int i = 0; i < ipv4Values.length; i++) {
            visitor.border(0, IpAddress.mapIpv4(ipv4Starts[i]), ipv4Values[i]);
        }
        for (int i = 0; i < ipv6Values.length; i++) {
            visitor.border(ipv6High[i], ipv6Low[i], ipv6Values[i]);
        }
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /** Where numbers change, in order. */
    private static final class Borders {
        private long[] high = new long[16];
        private long[] low = new long[16];
        private int[] values = new int[16];
        private int size;

        void add(long startHigh, long startLow, int value) {
            if (size > 0 && high[size - 1] == startHigh && low[size - 1] == startLow) {
                size--;
            }
            if (size > 0 && values[size - 1] == value) {
                return;
            }
            if (size == values.length) {
                high = Arrays.copyOf(high, size * 2);
                low = Arrays.copyOf(low, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            high[size] = startHigh;
            low[size] = startLow;
            values[size++] = value;
        }
    }

    /** Takes ranges in any order; faster where they come in the order of addresses. */
    public static final class Builder {
        private long[] startHigh = new long[16];
        private long[] startLow = new long[16];
        private long[] endHigh = new long[16];
        private long[] endLow = new long[16];
        private int[] values = new int[16];
        private int size;
        private boolean isSorted = true;

        /** @param value at least 0 */
        public Builder add(Prefix prefix, int value) {
            IpAddress first = prefix.address();
            int bits = prefix.length() + 128 - first.bits();
            return add(
                    first,
                    new IpAddress(first.high() | ~Prefix.highMask(bits), first.low() | ~Prefix.lowMask(bits)),
                    value);
        }

        /**
         * @param first of the range
         * @param last of the range, of the same family and not before the first
         * @param value at least 0
         */
        public Builder add(IpAddress first, IpAddress last, int value) {
            if (value < 0 || first.isIpv4() != last.isIpv4() || first.compareTo(last) > 0) {
                throw new IllegalArgumentException(first + " to " + last + " is no range");
            }
            if (size == values.length) {
                startHigh = Arrays.copyOf(startHigh, size * 2);
                startLow = Arrays.copyOf(startLow, size * 2);
                endHigh = Arrays.copyOf(endHigh, size * 2);
                endLow = Arrays.copyOf(endLow, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            startHigh[size] = first.high();
            startLow[size] = first.low();
            endHigh[size] = last.high();
            endLow[size] = last.low();
            values[size++] = value;
            isSorted &= size < 2 || order(size - 2, size - 1) <= 0;
            return this;
        }

        /** How many ranges it has taken. */
        public int size() {
            return size;
        }

        /** Earlier ones first, and of those that begin together the longer ones. */
        private int order(int a, int b) {
            int byStart = compare(startHigh[a], startLow[a], startHigh[b], startLow[b]);
            return byStart != 0 ? byStart : compare(endHigh[b], endLow[b], endHigh[a], endLow[a]);
        }

        public AddressRanges build() {
            int[] order = isSorted
                    ? IntStream.range(0, size).toArray()
                    : IntStream.range(0, size)
                            .boxed()
                            .sorted(this::order)
                            .mapToInt(Integer::intValue)
                            .toArray();
            return new AddressRanges(borders(order, true), borders(order, false));
        }

        /** Walks over the ranges of a family with those that are open on a stack; the innermost one counts. */
        private Borders borders(int[] order, boolean ipv4) {
            Borders borders = new Borders();
            borders.add(0, ipv4 ? IpAddress.mapIpv4(0) : 0, NONE);
            int[] open = new int[16];
            int depth = 0;
            for (int range : order) {
                if (IpAddress.isIpv4(startHigh[range], startLow[range]) != ipv4) {
                    continue;
                }
                while (depth > 0 && endsBefore(open[depth - 1], startHigh[range], startLow[range])) {
                    depth = close(borders, open, depth, ipv4);
                }
                borders.add(startHigh[range], startLow[range], values[range]);
                if (depth == open.length) {
                    open = Arrays.copyOf(open, depth * 2);
                }
                open[depth++] = range;
            }
            while (depth > 0) {
                depth = close(borders, open, depth, ipv4);
            }
            return borders;
        }

        private boolean endsBefore(int range, long high, long low) {
            return compare(endHigh[range], endLow[range], high, low) < 0;
        }

        /** After the innermost range the one around it goes on, if it reaches further. */
        private int close(Borders borders, int[] open, int depth, boolean ipv4) {
            int ended = open[depth - 1];
            int rest = depth - 1;
            while (rest > 0 && !endsAfter(open[rest - 1], ended)) {
                rest--;
            }
            boolean isLast = ipv4 ? (int) endLow[ended] == -1 : (endHigh[ended] & endLow[ended]) == -1L;
            if (!isLast) {
                long low = endLow[ended] + 1;
                borders.add(
                        low == 0 ? endHigh[ended] + 1 : endHigh[ended], low, rest == 0 ? NONE : values[open[rest - 1]]);
            }
            return rest;
        }

        private boolean endsAfter(int range, int other) {
            return compare(endHigh[range], endLow[range], endHigh[other], endLow[other]) > 0;
        }
    }
}
