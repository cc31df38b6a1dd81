package levee.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.store.StoreLocation.PostgresDatabase;
import levee.store.StoreLocation.SqliteFile;
import org.jspecify.annotations.Nullable;

/** A store in a database that speaks SQL, with a class for each kind of things in it. */
final class SqlStore implements Store {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a test of writing writes: more than one page, so that it tells whether there is room. */
    private static final int TEST_BYTES = 16 << 10;

    private static final String TEST_STATE = "levee.health";

    private final Connections connections;
    private final FindingTable findings;
    private final AnnotationTable annotations;
    private final AuditTable audit;
    private final TrafficTable traffic;
    private final StateTable states;
    private final AccountTable accounts;
    private volatile int mostRevisions = Retention.DEFAULT.revisions();

    private SqlStore(Connections connections) {
        this.connections = connections;
        findings = new FindingTable(connections);
        annotations = new AnnotationTable(connections);
        audit = new AuditTable(connections);
        traffic = new TrafficTable(connections);
        states = new StateTable(connections);
        accounts = new AccountTable(connections);
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

    @Override
    public void saveAll(List<StoredFinding> changed) {
        findings.saveAll(changed, mostRevisions);
    }

    @Override
    public Optional<StoredFinding> finding(String id) {
        return findings.finding(id);
    }

    @Override
    public List<StoredFinding> revisions(String id) {
        return findings.revisions(id);
    }

    @Override
    public FindingPage findings(FindingQuery query) {
        return findings.findings(query);
    }

    @Override
    public void annotate(String id, Annotation annotation) {
        annotations.add(id, annotation);
    }

    @Override
    public List<Annotation> annotations(String id) {
        return annotations.of(id);
    }

    @Override
    public void audit(AuditLine line) {
        audit.add(line);
    }

    @Override
    public AuditPage auditLines(AuditQuery query) {
        return audit.lines(query);
    }

    @Override
    public int addTraffic(Resolution resolution, List<TrafficPoint> points) {
        return traffic.add(resolution, points);
    }

    @Override
    public List<TrafficPoint> traffic(Resolution resolution, String series, Instant from, Instant to) {
        return traffic.points(resolution, series, from, to);
    }

    @Override
    public List<String> trafficSeries() {
        return traffic.series();
    }

    @Override
    public void put(String key, byte[] value) {
        states.put(key, value);
    }

    @Override
    public Optional<byte[]> get(String key) {
        return states.get(key);
    }

    @Override
    public List<StoredAccount> accounts() {
        return accounts.all();
    }

    @Override
    public Optional<StoredAccount> account(String name) {
        return accounts.account(name);
    }

    @Override
    public boolean saveAccount(StoredAccount account) {
        return accounts.save(account);
    }

    @Override
    public boolean removeAccount(String name) {
        return accounts.remove(name);
    }

    @Override
    public boolean expire(Instant now, Retention retention) {
        mostRevisions = retention.revisions();
        boolean moreFindings = findings.expire(now.minus(retention.findings()));
        boolean moreLines = audit.expire(now.minus(retention.audit()));
        boolean moreSeconds = traffic.expire(Resolution.SECOND, now.minus(retention.seconds()));
        boolean moreMinutes = traffic.expire(Resolution.MINUTE, now.minus(retention.minutes()));
        if (!moreSeconds && !moreMinutes) {
            traffic.expireSeries();
        }
        return moreFindings || moreLines || moreSeconds || moreMinutes;
    }

    @Override
    public Health health() {
        StoreException reading = problem(() -> get(TEST_STATE));
        StoreException writing = problem(() -> states.testWriting(TEST_STATE, TEST_BYTES));
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
}
