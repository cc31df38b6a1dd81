package levee.sharing;

import java.util.Set;

/**
 * The values of a field that are common in a vector.
 *
 * @param values numbers, or names
 * @param coverage the share of the packets that have one of them, 0 to 1
 */
record CommonValues<T>(Set<T> values, double coverage) {
    private static final double SUFFICIENT = 0.9;

    CommonValues {
        values = Set.copyOf(values);
    }

    static <T> CommonValues<T> none() {
        return new CommonValues<>(Set.of(), 0);
    }

    /** Whether hardly any packet has another value, so that one that does belongs to something else. */
    boolean isRequired() {
        return !values.isEmpty() && coverage >= SUFFICIENT;
    }
}
