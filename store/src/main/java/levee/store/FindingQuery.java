package levee.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.model.Prefix;

/**
 * Which findings to list.
 *
 * @param kind only these, such as {@code attack}
 * @param state only these; never {@link StoredFinding.State#ABSORBED}, which are not listed
 * @param mode only these
 * @param since only what was detected then or later
 * @param until only what was detected before
 * @param targetWithin only those whose target is an address or a prefix inside this one
 * @param networks only those whose target is inside one of these; none where there are none
 * @param limit findings on a page, 1 to {@link #MOST_ON_A_PAGE}
 * @param cursor that of the page before
 */
public record FindingQuery(
        Optional<String> kind,
        Optional<StoredFinding.State> state,
        Optional<StoredFinding.Mode> mode,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Prefix> targetWithin,
        Optional<List<Prefix>> networks,
        int limit,
        Optional<String> cursor) {
    public static final int MOST_ON_A_PAGE = 1_000;

    /** Each takes two values, and SQLite takes 32,766 in all. */
    public static final int MOST_NETWORKS = 16_000;

    public FindingQuery {
        networks = networks.map(List::copyOf);
        if (networks.isPresent() && networks.get().size() > MOST_NETWORKS) {
            throw new IllegalArgumentException(
                    networks.get().size() + " networks; " + MOST_NETWORKS + " can be asked for at once");
        }
        kind.ifPresent(text -> StoreLimits.checkName("the kind of a finding", text));
        since.ifPresent(time -> StoreLimits.checkTime("since", time));
        until.ifPresent(time -> StoreLimits.checkTime("until", time));
        StoreLimits.checkPage(limit);
        if (state.isPresent() && state.get() == StoredFinding.State.ABSORBED) {
            throw new IllegalArgumentException("absorbed findings are not listed; ask for them by id");
        }
    }

    /** The newest findings of all kinds. */
    public static FindingQuery newest(int limit) {
        return new FindingQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                Optional.empty());
    }

    public FindingQuery withKind(String kind) {
        return new FindingQuery(Optional.of(kind), state, mode, since, until, targetWithin, networks, limit, cursor);
    }

    public FindingQuery withState(StoredFinding.State state) {
        return new FindingQuery(kind, Optional.of(state), mode, since, until, targetWithin, networks, limit, cursor);
    }

    public FindingQuery withMode(StoredFinding.Mode mode) {
        return new FindingQuery(kind, state, Optional.of(mode), since, until, targetWithin, networks, limit, cursor);
    }

    public FindingQuery withSince(Instant since) {
        return new FindingQuery(kind, state, mode, Optional.of(since), until, targetWithin, networks, limit, cursor);
    }

    public FindingQuery withUntil(Instant until) {
        return new FindingQuery(kind, state, mode, since, Optional.of(until), targetWithin, networks, limit, cursor);
    }

    public FindingQuery withTargetWithin(Prefix prefix) {
        return new FindingQuery(kind, state, mode, since, until, Optional.of(prefix), networks, limit, cursor);
    }

    public FindingQuery withNetworks(Optional<List<Prefix>> only) {
        return new FindingQuery(kind, state, mode, since, until, targetWithin, only, limit, cursor);
    }

    /** As if there were no {@code networks}. */
    public FindingQuery(
            Optional<String> kind,
            Optional<StoredFinding.State> state,
            Optional<StoredFinding.Mode> mode,
            Optional<Instant> since,
            Optional<Instant> until,
            Optional<Prefix> targetWithin,
            int limit,
            Optional<String> cursor) {
        this(kind, state, mode, since, until, targetWithin, Optional.empty(), limit, cursor);
    }

    public FindingQuery withCursor(String cursor) {
        return new FindingQuery(kind, state, mode, since, until, targetWithin, networks, limit, Optional.of(cursor));
    }
}
