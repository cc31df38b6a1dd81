package levee.domain;

/**
 * Counts of the letters of names, from which costs come. While a name of them is measured it can be taken out, so that it is
 * judged by the others only.
 */
final class LetterCounts implements Letters {
    private static final int TWO = SYMBOLS * SYMBOLS;
    private static final int THREE = TWO * SYMBOLS;

    /** How many occurrences the shorter context is worth. */
    private static final double PRIOR2 = 20;

    private static final double PRIOR3 = 12;
    private static final double PRIOR4 = 6;

    /** Fours seen less often are not kept. */
    static final int LEAST = 2;

    private final int[] one = new int[SYMBOLS];
    private final int[] two = new int[TWO];
    private final int[] three = new int[THREE];
    private final int[] four = new int[THREE * SYMBOLS];
    private final int[] startOfTwo = new int[SYMBOLS];
    private final int[] startOfThree = new int[TWO];
    private final int[] startOfFour = new int[THREE];
    private int all;

    /** Adds a label, or takes it out with a sign of -1. */
    void add(byte[] label, int sign) {
        int a = BORDER;
        int b = BORDER;
        int c = BORDER;
        for (int i = 0; i <= label.length; i++) {
            int d = i < label.length ? Letters.symbol(label[i]) : BORDER;
            int bc = b * SYMBOLS + c;
            int abc = a * TWO + bc;
            all += sign;
            one[d] += sign;
            startOfTwo[c] += sign;
            two[c * SYMBOLS + d] += sign;
            startOfThree[bc] += sign;
            three[bc * SYMBOLS + d] += sign;
            startOfFour[abc] += sign;
            four[abc * SYMBOLS + d] += sign;
            a = b;
            b = c;
            c = d;
        }
    }

    private double probability3(int index) {
        int d = index % SYMBOLS;
        int cd = index % TWO;
        double p1 = (one[d] + 1.0) / (all + SYMBOLS);
        double p2 = (two[cd] + PRIOR2 * p1) / (startOfTwo[cd / SYMBOLS] + PRIOR2);
        return (three[index] + PRIOR3 * p2) / (startOfThree[index / SYMBOLS] + PRIOR3);
    }

    private static int cost(double probability) {
        return (int) Math.min(LARGEST_COST, Math.round(-Math.log(probability) * COSTS_PER_NAT));
    }

    @Override
    public int three(int index) {
        return cost(probability3(index));
    }

    @Override
    public int four(int index) {
        if (four[index] < LEAST) {
            return UNKNOWN;
        }
        return cost((four[index] + PRIOR4 * probability3(index % THREE)) / (startOfFour[index / SYMBOLS] + PRIOR4));
    }
}
