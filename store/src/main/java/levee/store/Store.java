package levee.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps findings, what people said about them, the audit trail, traffic series and small states. Safe for use by many
 * threads: one writes at a time, and readers never wait for writers.
 *
 * <p>Every method may throw a {@link StoreException}. What failed has changed nothing, and the store works again when
 * the cause is gone. One case cannot be told: when the way to a server breaks in the moment of its consent, the change
 * may have taken place. Trying again is harmless for all methods but {@link #annotate} and {@link #audit}, which may then
 * have added twice.
 */
public interface Store extends AutoCloseable {

    /**
     * Opens a store, makes it where there is none, and brings one of an older version up to date.
     *
     * @throws StoreException if it cannot be opened, or belongs to a newer Levee or to another program
     */
    static Store open(StoreLocation location) {
        return SqlStore.open(location);
    }

    /**
     * Saves a new finding or its next revision. The finding is always that of the highest revision; a revision that is
     * there already is replaced, so that saving twice does no harm. Of more revisions than
     * {@link Retention#revisions()}, as last given to {@link #expire} (at first as in {@link Retention#DEFAULT}), the
     * oldest are forgotten.
     */
    default void save(StoredFinding finding) {
        saveAll(List.of(finding));
    }

    /** Saves all or, when it fails, none; cheaper than one by one. */
    void saveAll(List<StoredFinding> findings);

    /** The latest revision of a finding; absorbed ones are found as well. */
    Optional<StoredFinding> finding(String id);

    /** What is kept of a finding, the oldest revision first; empty if there is no such finding. */
    List<StoredFinding> revisions(String id);

    /**
     * The latest revisions of those findings that were not absorbed, newest first by when their first saved revision
     * was detected. This order never changes, so that no page repeats or skips what was there when the first page was
     * read.
     *
     * @throws IllegalArgumentException if the cursor is none of this list
     */
    FindingPage findings(FindingQuery query);

    /**
     * Adds what somebody said about a finding. The oldest annotations go when a finding has more than
     * {@link Annotation#MOST}.
     *
     * @throws IllegalArgumentException if there is no such finding
     */
    void annotate(String id, Annotation annotation);

    /** The oldest first; empty if there is no such finding. */
    List<Annotation> annotations(String id);

    /** Adds a line to the audit trail; it cannot be changed afterwards. */
    void audit(AuditLine line);

    /**
     * The audit trail, the last added line first.
     *
     * @throws IllegalArgumentException if the cursor is none of this list
     */
    AuditPage auditLines(AuditQuery query);

    /**
     * Saves points of traffic series, all or, when it fails, none. A point replaces the one of its series and time, so
     * that sending it twice does not count it twice.
     *
     * @return how many points were left out because their series was new and there are already
     *     {@link TrafficPoint#MOST_SERIES}
     */
    int addTraffic(Resolution resolution, List<TrafficPoint> points);

    /**
     * The points from {@code from} (inclusive) to {@code to} (exclusive), the oldest first. Times without a point are
     * left out.
     *
     * @throws IllegalArgumentException if the range may hold more than {@link TrafficPoint#MOST_IN_A_RANGE} points
     */
    List<TrafficPoint> traffic(Resolution resolution, String series, Instant from, Instant to);

    /** The names of all series, in alphabetical order. */
    List<String> trafficSeries();

    /**
     * Keeps a small state, such as a snapshot of a detector.
     *
     * @param key at most 200 characters
     * @param value at most {@link StoreLimits#MOST_STATE_BYTES}
     */
    void put(String key, byte[] value);

    /** The state last put for a key. */
    Optional<byte[]> get(String key);

    /** All accounts, in alphabetical order of their names. */
    List<StoredAccount> accounts();

    Optional<StoredAccount> account(String name);

    /**
     * Saves a new account (of revision 1) or the next revision of one. Of two who change the same account at the same
     * time, the second fails, so that nothing that was taken away comes back unnoticed.
     *
     * @return whether it was saved; otherwise the account that is there is not of the revision before this one
     */
    boolean saveAccount(StoredAccount account);

    /** @return whether there was such an account */
    boolean removeAccount(String name);

    /**
     * Deletes what is older than it is to be kept. One call deletes a limited number of rows, so that it never holds up
     * other writers for long; call it again soon if more is left.
     *
     * @return whether more may be left
     */
    boolean expire(Instant now, Retention retention);

    /** Tries to read and to write. Never throws for what it finds; may wait some seconds. */
    Health health();

    /** Waits for what is being written. All other methods throw an {@link IllegalStateException} afterwards. */
    @Override
    void close();
}
