package levee.domain;

/**
 * How likely a letter is after those before it, in names that people made. Symbols are the letters, digits and the hyphen
 * of names, and one for everything else and for the border of a label.
 */
interface Letters {
    /** How many symbols there are. */
    int SYMBOLS = 38;

    int BORDER = 37;
    int HYPHEN = 36;
    int FIRST_DIGIT = 26;

    /** What costs are given in: so many make one unit of the natural logarithm. */
    int COSTS_PER_NAT = 16;

    int LARGEST_COST = 255;

    /** A four that was never seen. */
    int UNKNOWN = -1;

    /** What the third letter of these costs after the first two. */
    int three(int index);

    /** What the fourth letter of these costs after the first three, or {@link #UNKNOWN}. */
    int four(int index);

    /** The symbol of a byte of a name. */
    static int symbol(byte letter) {
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a';
        }
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A';
        }
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + FIRST_DIGIT;
        }
        return letter == '-' ? HYPHEN : BORDER;
    }
}
