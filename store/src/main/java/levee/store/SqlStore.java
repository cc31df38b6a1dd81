package levee.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.store.StoreLocation.PostgresDatabase;
import levee.store.StoreLocation.SqliteFile;
import org.jspecify.annotations.Nullable;

/** A store in a database that speaks SQL. */
final class SqlStore implements Store {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Rows of traffic, and lines of the audit trail, that one call deletes. */
    private static final int EXPIRED_ROWS = 20_000;

    /** Findings that one call deletes, each with up to as many revisions as are kept. */
    private static final int EXPIRED_FINDINGS = 200;

    /** A page ends where its findings get longer than this together. */
    private static final int PAGE_CHARACTERS = 16 << 20;

    /** PostgreSQL sends so many rows at a time. */
    private static final int FETCHED_FINDINGS = 20;

    private static final int FETCHED_POINTS = 10_000;

    /** Names asked for in one statement. */
    private static final int ASKED_NAMES = 500;

    /** What a test of writing writes: more than one page, so that it tells whether there is room. */
    private static final int TEST_BYTES = 16 << 10;

    private static final String TEST_STATE = "levee.health";

    private static final String REVISION_COLUMNS = "finding.id, finding.kind, revision.state, revision.target, "
            + "revision.start_at, revision.end_at, revision.detected_at, revision.mode, revision.revision, "
            + "revision.updated_at, revision.json";

    private final Connections connections;
    private volatile int revisionLimit = Retention.DEFAULT.revisions();

    private SqlStore(Connections connections) {
        this.connections = connections;
    }

    static Store open(StoreLocation location) {
        return open(location, PATIENCE);
    }

    /** @param patience how long to wait for others */
    static Store open(StoreLocation location, Duration patience) {
        Database database = switch (location) {
            case SqliteFile sqlite -> new SqliteDatabase(sqlite.file(), patience);
            case PostgresDatabase postgres -> new PostgresServer(postgres, patience);
        };
        return open(database, location.toString());
    }

    static Store open(Database database, String where) {
        database.prepare();
        Connections connections = new Connections(database, new Migrator(database, where, Schema.MIGRATIONS));
        boolean done = false;
        try {
            connections.write("open tables", connection -> connection);
            done = true;
            return new SqlStore(connections);
        } finally {
            if (!done) {
                connections.close();
            }
        }
    }

    // --- Findings ---

    @Override
    public void saveAll(List<StoredFinding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        connections.write("save findings", connection -> {
            saveLatest(connection, findings);
            saveRevisions(connection, findings);
            forgetRevisions(connection, findings);
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
                statement.setBytes(7, target.map(SqlStore::firstOf).orElse(null));
                statement.setBytes(8, target.map(SqlStore::lastOf).orElse(null));
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

    private void forgetRevisions(Connection connection, List<StoredFinding> findings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            DELETE FROM revision WHERE finding = ? AND revision <
                (SELECT revision FROM revision WHERE finding = ? ORDER BY revision DESC LIMIT 1 OFFSET ?)
            """)) {
            for (StoredFinding finding : findings) {
                statement.setString(1, finding.id());
                statement.setString(2, finding.id());
                statement.setInt(3, revisionLimit - 1);
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

    @Override
    public Optional<StoredFinding> finding(String id) {
        return connections.read("read a finding", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + REVISION_COLUMNS
                    + " FROM finding JOIN revision ON revision.finding = finding.id"
                    + " AND revision.revision = finding.revision WHERE finding.id = ?")) {
                statement.setString(1, printable(id));
                try (ResultSet result = statement.executeQuery()) {
                    return result.next() ? Optional.of(finding(result)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<StoredFinding> revisions(String id) {
        return connections.read("read revisions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT " + REVISION_COLUMNS
                    + " FROM finding JOIN revision ON revision.finding = finding.id"
                    + " WHERE finding.id = ? ORDER BY revision.revision")) {
                statement.setString(1, printable(id));
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
                instant(result.getLong(5)),
                instant(result.getLong(6)),
                instant(result.getLong(7)),
                StoredFinding.Mode.valueOf(result.getString(8).toUpperCase(Locale.ROOT)),
                result.getInt(9),
                instant(result.getLong(10)),
                result.getString(11));
    }

    @Override
    public FindingPage findings(FindingQuery query) {
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
                statement.setFetchSize(FETCHED_FINDINGS);
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

    // --- Annotations ---

    @Override
    public void annotate(String id, Annotation annotation) {
        connections.write("annotate a finding", connection -> {
            if (!exists(connection, id)) {
                throw new IllegalArgumentException("there is no finding " + id);
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO annotation (finding, mark, author, made_at, until_at, note) VALUES (?, ?, ?, ?,"
                            + " ?, ?)")) {
                statement.setString(1, id);
                statement.setString(2, annotation.mark().code());
                statement.setString(3, annotation.by());
                statement.setLong(4, EpochNanos.of(annotation.at()));
                if (annotation.until().isPresent()) {
                    statement.setLong(5, EpochNanos.of(annotation.until().get()));
                } else {
                    statement.setNull(5, Types.BIGINT);
                }
                statement.setString(6, annotation.note());
                statement.executeUpdate();
            }
            return delete(connection, """
                DELETE FROM annotation WHERE finding = ? AND number <
                    (SELECT number FROM annotation WHERE finding = ? ORDER BY number DESC LIMIT 1 OFFSET ?)
                """, id, id, Annotation.MOST - 1);
        });
    }

    private static boolean exists(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM finding WHERE id = ?")) {
            statement.setString(1, printable(id));
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    @Override
    public List<Annotation> annotations(String id) {
        return connections.read("read annotations", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT mark, author, made_at, until_at, note FROM annotation WHERE finding = ? ORDER BY number")) {
                statement.setString(1, printable(id));
                List<Annotation> annotations = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        annotations.add(new Annotation(
                                Annotation.Mark.valueOf(result.getString(1).toUpperCase(Locale.ROOT)),
                                result.getString(2),
                                instant(result.getLong(3)),
                                optionalInstant(result, 4),
                                result.getString(5)));
                    }
                }
                return List.copyOf(annotations);
            }
        });
    }

    // --- Audit trail ---

    @Override
    public void audit(AuditLine line) {
        connections.write("add to the audit trail", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO audit (made_at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)")) {
                statement.setLong(1, EpochNanos.of(line.at()));
                statement.setString(2, line.actor());
                statement.setString(3, line.action());
                statement.setString(4, line.subject());
                statement.setString(5, line.detail());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public AuditPage auditLines(AuditQuery query) {
        Conditions conditions = new Conditions();
        query.actor().ifPresent(actor -> conditions.add("actor = ?", actor));
        query.action().ifPresent(action -> conditions.add("action = ?", action));
        query.subject().ifPresent(subject -> conditions.add("subject = ?", subject));
        query.since().ifPresent(time -> conditions.add("made_at >= ?", EpochNanos.of(time)));
        query.cursor()
                .map(text -> Cursor.parse(Cursor.AUDIT, text))
                .ifPresent(cursor -> conditions.add("number < ?", cursor.number()));
        String sql = "SELECT made_at, actor, action, subject, detail, number FROM audit WHERE " + conditions.text()
                + " ORDER BY number DESC LIMIT ?";
        return connections.read("read the audit trail", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(conditions.fill(statement), query.limit() + 1);
                List<AuditLine> lines = new ArrayList<>();
                String next = "";
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        if (lines.size() == query.limit()) {
                            return new AuditPage(lines, Optional.of(next));
                        }
                        lines.add(new AuditLine(
                                instant(result.getLong(1)),
                                result.getString(2),
                                result.getString(3),
                                result.getString(4),
                                result.getString(5)));
                        next = new Cursor(Cursor.AUDIT, result.getLong(6), "").text();
                    }
                }
                return new AuditPage(lines, Optional.empty());
            }
        });
    }

    // --- Traffic ---

    @Override
    public int addTraffic(Resolution resolution, List<TrafficPoint> points) {
        if (points.isEmpty()) {
            return 0;
        }
        // Of two points of the same series and time the later one counts. The order is the same for everybody who
        // writes, so that two who write the same do not wait for each other in a circle.
        Map<String, Map<Long, TrafficPoint>> bySeries = new TreeMap<>();
        for (TrafficPoint point : points) {
            bySeries.computeIfAbsent(point.series(), name -> new TreeMap<>())
                    .put(step(resolution, point.time()), point);
        }
        return connections.write("save traffic", connection -> {
            Map<String, Long> numbers = seriesNumbers(connection, bySeries.keySet());
            int leftOut = 0;
            try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table(resolution)
                    + " (series, step, packets, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (series, step)"
                    + " DO UPDATE SET packets = excluded.packets, bytes = excluded.bytes")) {
                for (Map.Entry<String, Map<Long, TrafficPoint>> series : bySeries.entrySet()) {
                    Long number = numbers.get(series.getKey());
                    if (number == null) {
                        leftOut += series.getValue().size();
                        continue;
                    }
                    for (Map.Entry<Long, TrafficPoint> point : series.getValue().entrySet()) {
                        statement.setLong(1, number);
                        statement.setLong(2, point.getKey());
                        statement.setLong(3, point.getValue().packets());
                        statement.setLong(4, point.getValue().bytes());
                        statement.addBatch();
                    }
                }
                statement.executeBatch();
            }
            return leftOut;
        });
    }

    /** The numbers of these series, of which new ones are made as long as there is room. */
    private static Map<String, Long> seriesNumbers(Connection connection, Collection<String> names)
            throws SQLException {
        Map<String, Long> numbers = knownSeries(connection, names);
        List<String> fresh =
                names.stream().filter(name -> !numbers.containsKey(name)).toList();
        if (fresh.isEmpty()) {
            return numbers;
        }
        int room = TrafficPoint.MOST_SERIES - countSeries(connection);
        List<String> admitted = fresh.subList(0, Math.clamp(room, 0, fresh.size()));
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO series (name) VALUES (?) ON CONFLICT (name) DO NOTHING")) {
            for (String name : admitted) {
                statement.setString(1, name);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        numbers.putAll(knownSeries(connection, admitted));
        return numbers;
    }

    private static Map<String, Long> knownSeries(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Long> numbers = new HashMap<>();
        List<String> all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += ASKED_NAMES) {
            List<String> some = all.subList(from, Math.min(all.size(), from + ASKED_NAMES));
            String marks = String.join(", ", Collections.nCopies(some.size(), "?"));
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT name, number FROM series WHERE name IN (" + marks + ")")) {
                for (int i = 0; i < some.size(); i++) {
                    statement.setString(i + 1, some.get(i));
                }
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        numbers.put(result.getString(1), result.getLong(2));
                    }
                }
            }
        }
        return numbers;
    }

    private static int countSeries(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM series");
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    @Override
    public List<TrafficPoint> traffic(Resolution resolution, String series, Instant from, Instant to) {
        StoreLimits.checkTime("from", from);
        StoreLimits.checkTime("to", to);
        long first = stepFrom(resolution, from);
        long end = stepFrom(resolution, to);
        if (end - first > TrafficPoint.MOST_IN_A_RANGE) {
            throw new IllegalArgumentException("a range of " + (end - first) + " points; "
                    + TrafficPoint.MOST_IN_A_RANGE + " are allowed, so ask for a shorter time or for minutes");
        }
        return connections.read("read traffic", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT step, packets, bytes FROM "
                    + table(resolution) + " WHERE series = (SELECT number FROM series WHERE name = ?)"
                    + " AND step >= ? AND step < ? ORDER BY step")) {
                statement.setFetchSize(FETCHED_POINTS);
                statement.setString(1, printable(series));
                statement.setLong(2, first);
                statement.setLong(3, end);
                List<TrafficPoint> points = new ArrayList<>();
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        points.add(new TrafficPoint(
                                series,
                                Instant.ofEpochSecond(
                                        result.getLong(1) * resolution.step().toSeconds()),
                                result.getLong(2),
                                result.getLong(3)));
                    }
                }
                return Collections.unmodifiableList(points);
            }
        });
    }

    @Override
    public List<String> trafficSeries() {
        return connections.read("list series", connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM series ORDER BY name");
                    ResultSet result = statement.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (result.next()) {
                    names.add(result.getString(1));
                }
                return List.copyOf(names);
            }
        });
    }

    private static String table(Resolution resolution) {
        return switch (resolution) {
            case SECOND -> "traffic_second";
            case MINUTE -> "traffic_minute";
        };
    }

    /** The number of the second or minute that holds a time. */
    private static long step(Resolution resolution, Instant time) {
        return Math.floorDiv(time.getEpochSecond(), resolution.step().toSeconds());
    }

    /** The number of the first second or minute that begins at a time or later. */
    private static long stepFrom(Resolution resolution, Instant time) {
        long seconds = time.getEpochSecond() + (time.getNano() > 0 ? 1 : 0);
        return Math.ceilDiv(seconds, resolution.step().toSeconds());
    }

    // --- States ---

    @Override
    public void put(String key, byte[] value) {
        StoreLimits.checkName("the key of a state", key);
        if (value.length > StoreLimits.MOST_STATE_BYTES) {
            throw new IllegalArgumentException(
                    "a state of " + value.length + " bytes; " + StoreLimits.MOST_STATE_BYTES + " are allowed");
        }
        connections.write("keep a state", connection -> put(connection, key, value));
    }

    private static int put(Connection connection, String key, byte[] value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO state (name, content) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET content = excluded.content")) {
            statement.setString(1, key);
            statement.setBytes(2, value);
            return statement.executeUpdate();
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        return connections.read("read a state", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT content FROM state WHERE name = ?")) {
                statement.setString(1, printable(key));
                try (ResultSet result = statement.executeQuery()) {
                    return result.next() ? Optional.of(result.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    // --- Upkeep ---

    @Override
    public boolean expire(Instant now, Retention retention) {
        revisionLimit = retention.revisions();
        int findings = connections.write(
                "delete old findings",
                connection -> delete(
                        connection,
                        "DELETE FROM finding WHERE id IN (SELECT id FROM finding WHERE updated_at < ?"
                                + " ORDER BY updated_at LIMIT ?)",
                        EpochNanos.of(now.minus(retention.findings())),
                        EXPIRED_FINDINGS));
        int lines = connections.write(
                "delete old audit lines",
                connection -> delete(
                        connection,
                        "DELETE FROM audit WHERE number IN (SELECT number FROM audit WHERE made_at < ?"
                                + " ORDER BY made_at LIMIT ?)",
                        EpochNanos.of(now.minus(retention.audit())),
                        EXPIRED_ROWS));
        boolean seconds = expireTraffic(Resolution.SECOND, now.minus(retention.seconds()));
        boolean minutes = expireTraffic(Resolution.MINUTE, now.minus(retention.minutes()));
        if (!seconds && !minutes) {
            connections.write("delete old series", connection -> delete(connection, """
                DELETE FROM series
                WHERE NOT EXISTS (SELECT 1 FROM traffic_second WHERE traffic_second.series = series.number)
                AND NOT EXISTS (SELECT 1 FROM traffic_minute WHERE traffic_minute.series = series.number)
                """));
        }
        return findings == EXPIRED_FINDINGS || lines == EXPIRED_ROWS || seconds || minutes;
    }

    private boolean expireTraffic(Resolution resolution, Instant oldest) {
        return connections.write("delete old traffic", connection -> {
            String table = table(resolution);
            int left = EXPIRED_ROWS;
            for (long series : allSeries(connection)) {
                left -= delete(
                        connection,
                        "DELETE FROM " + table + " WHERE series = ? AND step IN (SELECT step FROM " + table
                                + " WHERE series = ? AND step < ? ORDER BY step LIMIT ?)",
                        series,
                        series,
                        step(resolution, oldest),
                        left);
                if (left == 0) {
                    return true;
                }
            }
            return false;
        });
    }

    private static List<Long> allSeries(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT number FROM series ORDER BY number");
                ResultSet result = statement.executeQuery()) {
            List<Long> numbers = new ArrayList<>();
            while (result.next()) {
                numbers.add(result.getLong(1));
            }
            return numbers;
        }
    }

    private static int delete(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    @Override
    public Health health() {
        StoreException reading = problem(() -> get(TEST_STATE));
        StoreException writing = problem(() -> connections.write("test writing", connection -> {
            put(connection, TEST_STATE, new byte[TEST_BYTES]);
            return delete(connection, "DELETE FROM state WHERE name = ?", TEST_STATE);
        }));
        StoreException worst = reading != null ? reading : writing;
        return worst == null
                ? Health.GOOD
                : new Health(
                        reading == null,
                        writing == null,
                        Optional.of(worst.category()),
                        String.valueOf(worst.getMessage()));
    }

    private static @Nullable StoreException problem(Runnable attempt) {
        try {
            attempt.run();
            return null;
        } catch (StoreException e) {
            return e;
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private static Optional<Instant> optionalInstant(ResultSet result, int column) throws SQLException {
        long epochNanos = result.getLong(column);
        return result.wasNull() ? Optional.empty() : Optional.of(instant(epochNanos));
    }

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
    }

    /** Nothing is kept under a name with U+0000, which PostgreSQL would not even look for. */
    private static String printable(String name) {
        return name.replace('\0', '\uFFFD');
    }

    /** Conditions of a query, all of which must hold, with their values. */
    private static final class Conditions {
        private final List<String> texts = new ArrayList<>(List.of("1 = 1"));
        private final List<Object> values = new ArrayList<>();

        void add(String text, Object... more) {
            texts.add(text);
            values.addAll(List.of(more));
        }

        String text() {
            return String.join(" AND ", texts);
        }

        /** Sets the values, and tells the index of the next. */
        int fill(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return values.size() + 1;
        }
    }
}
