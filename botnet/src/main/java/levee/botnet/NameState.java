package levee.botnet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which names a host asked for: those that do not exist, and those under which it asks very much. */
final class NameState {
    /** Failing names kept: enough to be sure with. */
    static final int KEPT = 256;

    static final int DOMAINS = 4;
    static final int WINDOW_SECONDS = 6 * 3_600;

    /** By registrable name, in a ring. */
    final long[] failing = new long[KEPT];

    final float[] scores = new float[KEPT];
    final int[] seconds = new int[KEPT];
    int next;
    final String[] samples = new String[6];
    int sampled;
    long firstNanos;
    long lastNanos;

    final @Nullable Domain[] domains = new Domain[DOMAINS];

    NameState() {
        Arrays.fill(seconds, Integer.MIN_VALUE);
        Arrays.fill(samples, "");
    }

    /** Notes a name that does not exist; false if it was noted before. */
    boolean fails(long hash, float score, int second) {
        for (int i = 0; i < KEPT; i++) {
            if (failing[i] == hash && seconds[i] > second - WINDOW_SECONDS) {
                seconds[i] = second;
                return false;
            }
        }
        failing[next] = hash;
        scores[next] = score;
        seconds[next] = second;
        next = next + 1 & KEPT - 1;
        return true;
    }

    /** What a host asks below one registrable name. */
    static final class Domain {
        static final int WORDS = 16;

        long hash;
        String name = "";
        final long[] below = new long[WORDS];
        int questions;
        int distinct;
        long letters;
        int wordy;
        long firstNanos;
        long lastNanos;
        final Examples examples = new Examples();

        void clear(long newHash, String newName, long nanos) {
            hash = newHash;
            name = newName;
            Arrays.fill(below, 0);
            questions = 0;
            distinct = 0;
            letters = 0;
            wordy = 0;
            firstNanos = nanos;
            lastNanos = nanos;
            examples.clear();
        }
    }
}
