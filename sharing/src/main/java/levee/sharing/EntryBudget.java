package levee.sharing;

/** A number of table entries that several tables share, so that no traffic fills the memory. */
final class EntryBudget {
    private int left;

    EntryBudget(int entries) {
        left = entries;
    }

    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
