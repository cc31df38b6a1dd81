package levee.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant who wrote something unknown. */
public final class Suggestion {
    private static final int MOST_EDITS = 3;

    private Suggestion() {}

    /** {@code  Did you mean 'x'?} with a leading blank, or nothing. */
    public static String among(String written, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .filter(k -> edits(written, k) <= Math.min(MOST_EDITS, k.length() / 2))
                .min(Comparator.comparingInt((String k) -> edits(written, k)).thenComparing(k -> k));
        return nearest.map(k -> " Did you mean '" + k + "'?").orElse("");
    }

    /** The number of characters to insert, delete or replace (Levenshtein 1966). */
    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
