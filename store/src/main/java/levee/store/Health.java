package levee.store;

import java.util.Optional;

/**
 * Whether a store works.
 *
 * @param problem what kind of thing is wrong, if anything is
 * @param reason what is wrong, where, and what to do; empty if nothing is
 */
public record Health(boolean isReadable, boolean isWritable, Optional<StoreException.Category> problem, String reason) {
    public static final Health GOOD = new Health(true, true, Optional.empty(), "");

    public boolean isGood() {
        return isReadable && isWritable;
    }
}
