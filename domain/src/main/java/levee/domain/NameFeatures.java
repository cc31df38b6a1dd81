package levee.domain;

import java.util.Arrays;

/** What is measured of a label; filled anew for each. Serves one thread. */
final class NameFeatures {
    static final int COUNT = 26;

    /** Longer labels are measured up to here (RFC 1035 section 2.3.4). */
    private static final int LONGEST = 63;

    private static final int WINDOW = 4;
    private static final int VOWELS = 1 | 1 << 'e' - 'a' | 1 << 'i' - 'a' | 1 << 'o' - 'a' | 1 << 'u' - 'a';
    private static final int Y = 'y' - 'a';
    private static final int RARE = 1 << 'j' - 'a'
            | 1 << 'q' - 'a'
            | 1 << 'x' - 'a'
            | 1 << 'z' - 'a'
            | 1 << 'w' - 'a'
            | 1 << 'k' - 'a'
            | 1 << 'v' - 'a';

    /** The natural logarithm of small counts times the count, for the entropy. */
    private static final float[] COUNT_LOG = new float[LONGEST + 1];

    static {
        for (int i = 1; i <= LONGEST; i++) {
            COUNT_LOG[i] = (float) (i * Math.log(i));
        }
    }

    final float[] values = new float[COUNT];

    private final int[] symbols = new int[LONGEST + 4];
    private final int[] costs = new int[LONGEST + 4];
    private final int[] occurrences = new int[Letters.SYMBOLS];

    /** Measures a label. */
    void measure(byte[] name, int start, int end, Letters letters) {
        int length = Math.min(end - start, LONGEST);
        symbols[0] = Letters.BORDER;
        symbols[1] = Letters.BORDER;
        symbols[2] = Letters.BORDER;
        for (int i = 0; i < length; i++) {
            symbols[i + 3] = Letters.symbol(name[start + i]);
        }
        symbols[length + 3] = Letters.BORDER;
        Arrays.fill(values, 0);
        values[0] = length;
        likelihood(length, letters);
        shape(length);
    }

    private void likelihood(int length, Letters letters) {
        int sum3 = 0;
        int sum4 = 0;
        int unknown = 0;
        int covered = 0;
        int coveredRun = 0;
        int longestCovered = 0;
        int strangest = 0;
        int unknownRun = 0;
        int longestUnknown = 0;
        for (int i = 3; i <= length + 3; i++) {
            int three = (symbols[i - 2] * Letters.SYMBOLS + symbols[i - 1]) * Letters.SYMBOLS + symbols[i];
            int index = symbols[i - 3] * (Letters.SYMBOLS * Letters.SYMBOLS * Letters.SYMBOLS) + three;
            int cost3 = letters.three(three);
            int cost4 = letters.four(index);
            sum3 += cost3;
            if (cost4 == Letters.UNKNOWN) {
                unknown++;
                unknownRun++;
                longestUnknown = Math.max(longestUnknown, unknownRun);
                coveredRun = 0;
                // What follows three letters for the first time is less likely than after two of them.
                cost4 = Math.min(Letters.LARGEST_COST, cost3 + Letters.COSTS_PER_NAT);
            } else {
                unknownRun = 0;
                covered++;
                coveredRun++;
                longestCovered = Math.max(longestCovered, coveredRun);
            }
            costs[i] = cost4;
            sum4 += cost4;
            strangest = Math.max(strangest, cost3);
        }
        int window = 0;
        int worst = 0;
        int best = Integer.MAX_VALUE;
        for (int i = 3; i <= length + 3; i++) {
            window += costs[i];
            if (i >= 3 + WINDOW) {
                window -= costs[i - WINDOW];
            }
            worst = Math.max(worst, window);
            if (i >= 2 + WINDOW) {
                best = Math.min(best, window);
            }
        }
        values[1] = sum4 / (length + 1f);
        values[2] = sum4;
        values[3] = sum3 / (length + 1f);
        values[4] = strangest;
        values[5] = worst;
        values[6] = best == Integer.MAX_VALUE ? worst : best;
        values[7] = unknown;
        values[8] = covered / (length + 1f);
        values[9] = longestCovered;
        values[10] = longestUnknown;
    }

    private void shape(int length) {
        Arrays.fill(occurrences, 0);
        int digits = 0;
        int vowels = 0;
        int hyphens = 0;
        int hexadecimal = 0;
        int rare = 0;
        int changes = 0;
        int alternations = 0;
        int vowelRun = 0;
        int consonantRun = 0;
        int digitRun = 0;
        int mostVowels = 0;
        int mostConsonants = 0;
        int mostDigits = 0;
        int doubles = 0;
        int before = -1;
        for (int i = 3; i < length + 3; i++) {
            int symbol = symbols[i];
            occurrences[symbol]++;
            int kind;
            if (symbol < Letters.FIRST_DIGIT) {
                boolean isVowel = (VOWELS >>> symbol & 1) != 0 || symbol == Y && before == 1;
                kind = isVowel ? 0 : 1;
                vowels += 1 - kind;
                rare += RARE >>> symbol & 1;
                hexadecimal += symbol < 6 ? 1 : 0;
                digitRun = 0;
                vowelRun = isVowel ? vowelRun + 1 : 0;
                consonantRun = isVowel ? 0 : consonantRun + 1;
            } else {
                kind = symbol < Letters.HYPHEN ? 2 : 3;
                digits += kind == 2 ? 1 : 0;
                hexadecimal += kind == 2 ? 1 : 0;
                hyphens += kind == 3 ? 1 : 0;
                digitRun = kind == 2 ? digitRun + 1 : 0;
                vowelRun = 0;
                consonantRun = 0;
            }
            mostVowels = Math.max(mostVowels, vowelRun);
            mostConsonants = Math.max(mostConsonants, consonantRun);
            mostDigits = Math.max(mostDigits, digitRun);
            doubles += symbol == symbols[i - 1] ? 1 : 0;
            changes += before >= 0 && kind / 2 != before / 2 ? 1 : 0;
            alternations += before >= 0 && kind < 2 && before == 1 - kind ? 1 : 0;
            before = kind;
        }
        int letters = length - digits - hyphens;
        int distinct = 0;
        int commonest = 0;
        float logs = 0;
        for (int i = 0; i < Letters.SYMBOLS; i++) {
            distinct += occurrences[i] > 0 ? 1 : 0;
            commonest = Math.max(commonest, occurrences[i]);
            logs += COUNT_LOG[occurrences[i]];
        }
        float size = Math.max(1, length);
        values[11] = digits / size;
        values[12] = digits;
        values[13] = changes;
        values[14] = letters == 0 ? 0 : (float) vowels / letters;
        values[15] = mostConsonants;
        values[16] = mostVowels;
        values[17] = mostDigits;
        values[18] = distinct / size;
        values[19] = length == 0 ? 0 : (COUNT_LOG[length] - logs) / length;
        values[20] = hyphens;
        values[21] = alternations / size;
        values[22] = hexadecimal / size;
        values[23] = rare / size;
        values[24] = doubles / size;
        values[25] = commonest;
    }
}
