package levee.cli;

/**
 * Where random days and drills begin: at the same seed in each run, so that a change is refused for what it does and not for what was
 * drawn. {@code -Dlevee.seed=NUMBER} draws others.
 */
final class RandomSeeds {
    private RandomSeeds() {}

    static long first(long usual) {
        return Long.getLong("levee.seed", usual);
    }
}
