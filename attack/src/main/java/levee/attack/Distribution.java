package levee.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/** How often each value occurs in a sample, the most common first. */
record Distribution(List<Entry> entries, int total) {

    /** A value and how often it occurs. */
    record Entry(int value, int count) {}

    /** @param values gives the value of each index from 0 to {@code size - 1} */
    static Distribution of(int size, IntUnaryOperator values) {
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = values.applyAsInt(i);
        }
        Arrays.sort(sorted);
        List<Entry> entries = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || sorted[i] != sorted[start]) {
                entries.add(new Entry(sorted[start], i - start));
                start = i;
            }
        }
        entries.sort(Comparator.comparingInt(Entry::count).reversed());
        return new Distribution(entries, size);
    }

    /**
     * How much of a whole goes to each value.
     *
     * @param values gives the value of each index from 0 to {@code size - 1}
     * @param weights what each index counts for, at least 0
     */
    static Distribution of(int size, IntUnaryOperator values, IntToLongFunction weights) {
        Map<Integer, Long> sums = new HashMap<>();
        long total = 0;
        for (int i = 0; i < size; i++) {
            long weight = weights.applyAsLong(i);
            sums.merge(values.applyAsInt(i), weight, Long::sum);
            total += weight;
        }
        // Counts are small integers: larger sums are scaled.
        long unit = total / Integer.MAX_VALUE + 1;
        List<Entry> entries = new ArrayList<>();
        sums.forEach((value, sum) -> entries.add(new Entry(value, (int) (sum / unit))));
        entries.sort(Comparator.comparingInt(Entry::count).reversed().thenComparingInt(Entry::value));
        return new Distribution(entries, (int) (total / unit));
    }

    int distinct() {
        return entries.size();
    }

    /** The share of the {@code count} most common values together, 0 to 1. */
    double topShare(int count) {
        int sum = 0;
        for (int i = 0; i < Math.min(count, entries.size()); i++) {
            sum += entries.get(i).count();
        }
        return total == 0 ? 0 : (double) sum / total;
    }

    /** The most common values that each make up at least {@code minimumShare}, at most {@code limit} of them. */
    List<Integer> top(int limit, double minimumShare) {
        return entries.stream()
                .filter(e -> e.count() >= minimumShare * total)
                .limit(limit)
                .map(Entry::value)
                .toList();
    }
}
