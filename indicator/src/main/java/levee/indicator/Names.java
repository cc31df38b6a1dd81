package levee.indicator;

/** Keys of names in a {@link KeyTable}: for a name itself, and for a name with all below it. */
final class Names {
    static final int ITSELF = 0;
    static final int AND_BELOW = 1;

    /** RFC 1035 section 2.3.4. */
    static final int LONGEST_NAME = 253;

    private static final int LONGEST_LABEL = 63;

    private Names() {}

    /**
     * The number of a name: of itself, or of the longest one that it is below, or {@link KeyTable#NONE}. Tests all of them in
     * one pass from its end.
     */
    static int find(KeyTable names, byte[] name, int start, int end) {
        if (names.size() == 0 || start >= end) {
            return KeyTable.NONE;
        }
        long state = Hashes.begin(0);
        int found = KeyTable.NONE;
        int last = name[end - 1] == '.' ? end - 1 : end;
        for (int i = last - 1; i >= start; i--) {
            if (name[i] == '.') {
                int here = find(names, Hashes.end(state, AND_BELOW));
                found = here == KeyTable.NONE ? found : here;
            }
            state = Hashes.add(state, Hashes.lowerCase(name[i]));
        }
        int whole = find(names, Hashes.end(state, ITSELF));
        if (whole == KeyTable.NONE) {
            whole = find(names, Hashes.end(state, AND_BELOW));
        }
        return whole == KeyTable.NONE ? found : whole;
    }

    private static int find(KeyTable names, long key) {
        return KeyTable.mayHold(names.word(key), key) ? names.find(key) : KeyTable.NONE;
    }

    /** Whether this is a name of the DNS of two labels and more, of which the last is no number. */
    static boolean isName(byte[] text, int start, int end) {
        if (end - start > LONGEST_NAME || start >= end) {
            return false;
        }
        int labels = 1;
        int label = 0;
        boolean isNumber = true;
        for (int i = start; i < end; i++) {
            byte b = text[i];
            if (b == '.') {
                if (label == 0 || label > LONGEST_LABEL) {
                    return false;
                }
                labels++;
                label = 0;
                isNumber = true;
                continue;
            }
            boolean isDigit = b >= '0' && b <= '9';
            int lower = Hashes.lowerCase(b);
            if (!isDigit && !(lower >= 'a' && lower <= 'z') && b != '-' && b != '_') {
                return false;
            }
            isNumber &= isDigit;
            label++;
        }
        return labels > 1 && label > 0 && label <= LONGEST_LABEL && !isNumber;
    }
}
