package levee.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.Prefix;

/** Findings with their revisions, in a database. */
final class FindingTable {
    /** Findings that one call deletes, each with up to as many revisions as are kept. */
    private static final int MOST_EXPIRED = 200;

    /** A page ends where its findings get longer than this together. */
    private static final int PAGE_CHARACTERS = 16 << 20;

    /** PostgreSQL sends so many rows at a time. */
    private static final int FETCHED = 20;

    private static final String REVISION_COLUMNS = "finding.id, finding.kind, revision.state, revision.target, "
            + "revision.start_at, revision.end_at, revision.detected_at, revision.mode, revision.revision, "
            + "revision.updated_at, revision.json";

    private final Connections connections;

    FindingTable(Connections connections) {
        this.connections = connections;
    }

    /** @param mostRevisions of more of a finding the oldest are forgotten */
    void saveAll(List<StoredFinding> findings, int mostRevisions) {
        if (findings.isEmpty()) {
            return;
        }
        connections.write("save findings", connection -> {
            saveLatest(connection, findings);
            saveRevisions(connection, findings);
            forgetRevisions(connection, findings, mostRevisions);
            return findings.size();
        });
    }

    private static void saveLatest(Connection connection, List<StoredFinding> findings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            INSERT INTO finding
                (id, kind, listed_at, revision, state, mode, target_first, target_last, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                kind = excluded.kind,
                revision = excluded.revision,
                state = excluded.state,
                mode = excluded.mode,
                target_first = excluded.target_first,
                target_last = excluded.target_last,
                updated_at = excluded.updated_at
            WHERE excluded.revision >= finding.revision
            """)) {
            for (StoredFinding finding : findings) {
                Optional<Prefix> target = prefix(finding.target());
                statement.setString(1, finding.id());
                statement.setString(2, finding.kind());
                statement.setLong(3, EpochNanos.of(finding.detectedAt()));
                statement.setInt(4, finding.revision());
                statement.setString(5, finding.state().code());
                statement.setString(6, finding.mode().code());
                statement.setBytes(7, target.map(FindingTable::firstOf).orElse(null));
                statement.setBytes(8, target.map(FindingTable::lastOf).orElse(null));
                statement.setLong(9, EpochNanos.of(finding.updatedAt()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void saveRevisions(Connection connection, List<StoredFinding> findings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            INSERT INTO revision
                (finding, revision, state, target, start_at, end_at, detected_at, mode, updated_at, json)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (finding, revision) DO UPDATE SET
                state = excluded.state,
                target = excluded.target,
                start_at = excluded.start_at,
                end_at = excluded.end_at,
                detected_at = excluded.detected_at,
                mode = excluded.mode,
                updated_at = excluded.updated_at,
                json = excluded.json
            """)) {
            for (StoredFinding finding : findings) {
                statement.setString(1, finding.id());
                statement.setInt(2, finding.revision());
                statement.setString(3, finding.state().code());
                statement.setString(4, finding.target());
                statement.setLong(5, EpochNanos.of(finding.start()));
                statement.setLong(6, EpochNanos.of(finding.end()));
                statement.setLong(7, EpochNanos.of(finding.detectedAt()));
                statement.setString(8, finding.mode().code());
                statement.setLong(9, EpochNanos.of(finding.updatedAt()));
                statement.setString(10, finding.json());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void forgetRevisions(Connection connection, List<StoredFinding> findings, int mostRevisions)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            DELETE FROM revision WHERE finding = ? AND revision <
                (SELECT revision FROM revision WHERE finding = ? ORDER BY revision DESC LIMIT 1 OFFSET ?)
            """)) {
            for (StoredFinding finding : findings) {
                statement.setString(1, finding.id());
                statement.setString(2, finding.id());
                statement.setInt(3, mostRevisions - 1);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** What a target says if it is an address or a prefix. */
    private static Optional<Prefix> prefix(String target) {
        try {
            return Optional.of(Prefix.parse(target));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first address of a prefix as bytes that sort like addresses; those of IPv4 before those of IPv6. */
    private static byte[] firstOf(Prefix prefix) {
        return bytes(prefix.address(), 0, 0);
    }

    private static byte[] lastOf(Prefix prefix) {
        int bits = prefix.length() + 128 - prefix.address().bits();
        return bytes(prefix.address(), ~Prefix.highMask(bits), ~Prefix.lowMask(bits));
    }

    private static byte[] bytes(IpAddress address, long highHostBits, long lowHostBits) {
        return ByteBuffer.allocate(1 + 2 * Long.BYTES)
                .put((byte) (address.isIpv4() ? 4 : 6))
                .putLong(address.high() | highHostBits)
                .putLong(address.low() | lowHostBits)
                .array();
    }

    Optional<StoredFinding> finding(String id) {
        return connections.read("read a finding", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + REVISION_COLUMNS
                    + " FROM finding JOIN revision ON revision.finding = finding.id"
                    + " AND revision.revision = finding.revision WHERE finding.id = ?")) {
                statement.setString(1, Sql.printable(id));
                try (ResultSet result = statement.executeQuery()) {
                    return result.next() ? Optional.of(finding(result)) : Optional.empty();
                }
            }
        });
    }

    List<StoredFinding> revisions(String id) {
        return connections.read("read revisions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + REVISION_COLUMNS
                    + " FROM finding JOIN revision ON revision.finding = finding.id"
                    + " WHERE finding.id = ? ORDER BY revision.revision")) {
                statement.setString(1, Sql.printable(id));
                List<StoredFinding> revisions = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        revisions.add(finding(result));
                    }
                }
                return List.copyOf(revisions);
            }
        });
    }

    private static StoredFinding finding(ResultSet result) throws SQLException {
        return new StoredFinding(
                result.getString(1),
                result.getString(2),
                StoredFinding.State.valueOf(result.getString(3).toUpperCase(Locale.ROOT)),
                result.getString(4),
                Sql.instant(result.getLong(5)),
                Sql.instant(result.getLong(6)),
                Sql.instant(result.getLong(7)),
                StoredFinding.Mode.valueOf(result.getString(8).toUpperCase(Locale.ROOT)),
                result.getInt(9),
                Sql.instant(result.getLong(10)),
                result.getString(11));
    }

    FindingPage findings(FindingQuery query) {
        Conditions conditions = new Conditions();
        query.state()
                .ifPresentOrElse(
                        state -> conditions.add("finding.state = ?", state.code()),
                        () -> conditions.add("finding.state <> ?", StoredFinding.State.ABSORBED.code()));
        query.kind().ifPresent(kind -> conditions.add("finding.kind = ?", kind));
        query.mode().ifPresent(mode -> conditions.add("finding.mode = ?", mode.code()));
        query.since().ifPresent(time -> conditions.add("finding.listed_at >= ?", EpochNanos.of(time)));
        query.until().ifPresent(time -> conditions.add("finding.listed_at < ?", EpochNanos.of(time)));
        query.targetWithin().ifPresent(prefix -> {
            // The first condition bounds the search from both sides in the index.
            conditions.add("finding.target_first BETWEEN ? AND ?", firstOf(prefix), lastOf(prefix));
            conditions.add("finding.target_last <= ?", lastOf(prefix));
        });
        query.networks()
                .ifPresent(networks -> conditions.addSome(
                        "finding.target_first >= some_network.column1 AND finding.target_last <= some_network.column2",
                        networks.stream()
                                .map(network -> List.<Object>of(firstOf(network), lastOf(network)))
                                .toList()));
        query.cursor()
                .map(text -> Cursor.parse(Cursor.FINDINGS, text))
                .ifPresent(cursor ->
                        conditions.add("(finding.listed_at, finding.id) < (?, ?)", cursor.number(), cursor.name()));
        String sql = "SELECT " + REVISION_COLUMNS + ", finding.listed_at"
                + " FROM finding JOIN revision ON revision.finding = finding.id"
                + " AND revision.revision = finding.revision WHERE " + conditions.text()
                + " ORDER BY finding.listed_at DESC, finding.id DESC LIMIT ?";
        return connections.read("list findings", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCHED);
                // One more tells whether there is another page.
                statement.setInt(conditions.fill(statement), query.limit() + 1);
                try (ResultSet result = statement.executeQuery()) {
                    return page(result, query.limit());
                }
            }
        });
    }

    private static FindingPage page(ResultSet result, int limit) throws SQLException {
        List<StoredFinding> findings = new ArrayList<>();
        String next = "";
        long characters = 0;
        while (result.next()) {
            if (findings.size() == limit || characters > PAGE_CHARACTERS) {
                return new FindingPage(findings, Optional.of(next));
            }
            StoredFinding finding = finding(result);
            findings.add(finding);
            characters += finding.json().length();
            next = new Cursor(Cursor.FINDINGS, result.getLong(12), finding.id()).text();
        }
        return new FindingPage(findings, Optional.empty());
    }

    /** @return whether more may be left */
    boolean expire(Instant oldest) {
        return connections.write(
                        "delete old findings",
                        connection -> Sql.delete(
                                connection,
                                "DELETE FROM finding WHERE id IN (SELECT id FROM finding WHERE updated_at < ?"
                                        + " ORDER BY updated_at LIMIT ?)",
                                EpochNanos.of(oldest),
                                MOST_EXPIRED))
                == MOST_EXPIRED;
    }
}
