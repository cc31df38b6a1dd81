package levee.domain;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How much likelier it is that a generating algorithm made a name than that people did. Judges the label that was
 * registered by its letters; what stands below it (which services fill with hashes and numbers), and what it stands under,
 * do not count. It was learned from lists of names; docs/domain-names.md says how right it is. Generators that put
 * words together look like people here.
 *
 * <p>An instance serves one thread; all of them share what was learned.
 */
public final class NameModel {
    /** What {@link #score} says at the most; what was learned from tells no more. */
    public static final float MOST_DECIBANS = 30;

    /** Shorter labels say nothing: there are names of people's for all of their letters. */
    private static final int SHORTEST = 5;

    /** Below these nothing can be registered with the DNS, and programs of all kinds make names up. */
    private static final long[] UNREGISTERED = hashes(
            "arpa",
            "corp",
            "home",
            "internal",
            "invalid",
            "lan",
            "local",
            "localdomain",
            "localhost",
            "onion",
            "private",
            "test",
            "workgroup");

    private final NameFeatures features = new NameFeatures();
    private final Learned learned = Learned.SHARED;

    /** What was learned. */
    record Learned(LetterTable letters, NameForest forest, float slope, float offset, float onePercent) {
        private static final Learned SHARED = load();

        private static Learned load() {
            try (InputStream in = NameModel.class.getResourceAsStream("names.model")) {
                if (in == null) {
                    throw new IllegalStateException("the model of names is missing");
                }
                return read(new DataInputStream(new BufferedInputStream(in)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Learned read(DataInputStream in) throws IOException {
            float slope = in.readFloat();
            float offset = in.readFloat();
            float onePercent = in.readFloat();
            return new Learned(LetterTable.read(in), NameForest.read(in), slope, offset, onePercent);
        }
    }

    /** What one in a hundred names of people exceeds, in decibans. */
    public static float onePercentDecibans() {
        return Learned.SHARED.onePercent;
    }

    /**
     * Weighs a name.
     *
     * @param name holds the name, without a dot at its end
     * @param start of the name
     * @param end behind the name
     * @return ten times the decimal logarithm of how much likelier a generator makes such a name than people do, from
     *     -{@link #MOST_DECIBANS} to {@link #MOST_DECIBANS}; 0 where nothing can be said
     */
    public float score(byte[] name, int start, int end) {
        int label = RegistrableName.start(name, start, end);
        int labelEnd = RegistrableName.labelEnd(name, label, end);
        if (labelEnd == end
                || labelEnd - label < SHORTEST
                || isEncoded(name, label, labelEnd)
                || isUnregistered(name, end)) {
            return 0;
        }
        features.measure(name, label, labelEnd, learned.letters);
        float decibans = learned.slope * learned.forest.sum(features.values) + learned.offset;
        float bounded = Math.clamp(decibans, -MOST_DECIBANS, MOST_DECIBANS);
        return isNumber(name, label, labelEnd) ? Math.min(0, bounded) : bounded;
    }

    /** Letters of other alphabets, encoded (RFC 5890 section 2.3.2.5): these letters are nobody's choice. */
    private static boolean isEncoded(byte[] name, int start, int end) {
        return end - start > 4
                && (name[start] | 0x20) == 'x'
                && (name[start + 1] | 0x20) == 'n'
                && name[start + 2] == '-'
                && name[start + 3] == '-';
    }

    /** Domains at the top are of letters (RFC 3696 section 2), or encoded. */
    private static boolean isUnregistered(byte[] name, int end) {
        int start = end;
        boolean isLetters = true;
        while (name[start - 1] != '.') {
            start--;
            isLetters &= (name[start] | 0x20) >= 'a' && (name[start] | 0x20) <= 'z';
        }
        return !isLetters && !isEncoded(name, start, end)
                || end - start < 2
                || Arrays.binarySearch(UNREGISTERED, RegistrableName.hash(name, start, end)) >= 0;
    }

    /** In some countries people remember numbers. */
    private static boolean isNumber(byte[] name, int start, int end) {
        for (int i = start; i < end; i++) {
            if (name[i] < '0' || name[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static long[] hashes(String... labels) {
        return Arrays.stream(labels)
                .map(label -> label.getBytes(StandardCharsets.US_ASCII))
                .mapToLong(label -> RegistrableName.hash(label, 0, label.length))
                .sorted()
                .toArray();
    }
}
