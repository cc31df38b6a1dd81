package levee.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import levee.model.Prefix;
import levee.store.Annotation;
import levee.store.AuditLine;
import levee.store.AuditPage;
import levee.store.AuditQuery;
import levee.store.FindingPage;
import levee.store.FindingQuery;
import levee.store.Health;
import levee.store.Resolution;
import levee.store.Retention;
import levee.store.Store;
import levee.store.StoreException;
import levee.store.StoreLocation;
import levee.store.StoredAccount;
import levee.store.StoredFinding;
import levee.store.TrafficPoint;

/** A store in memory, of which a test sees everything and which it can break. */
final class FakeStore implements Store {
    final List<AuditLine> audit = new ArrayList<>();
    volatile Health health = Health.GOOD;
    /** Thrown by every method, if set. */
    volatile Optional<RuntimeException> failure = Optional.empty();

    int healthAsked;

    private final Map<String, List<StoredFinding>> findings = new TreeMap<>();
    private final Map<String, List<Annotation>> annotations = new TreeMap<>();
    private final Map<String, StoredAccount> accounts = new TreeMap<>();
    private final Map<Resolution, List<TrafficPoint>> points = new TreeMap<>();

    /** What a store throws that does not work; only a store can make it. */
    static RuntimeException broken() {
        try (Store store = Store.open(StoreLocation.parse("no/such/folder/levee.db"))) {
            throw new AssertionError("there is such a folder, and in it " + store);
        } catch (StoreException e) {
            return e;
        }
    }

    private synchronized void works() {
        failure.ifPresent(exception -> {
            throw exception;
        });
    }

    @Override
    public synchronized void saveAll(List<StoredFinding> saved) {
        works();
        saved.forEach(finding ->
                findings.computeIfAbsent(finding.id(), id -> new ArrayList<>()).add(finding));
    }

    @Override
    public synchronized Optional<StoredFinding> finding(String id) {
        works();
        return Optional.ofNullable(findings.get(id)).map(List::getLast);
    }

    @Override
    public synchronized List<StoredFinding> revisions(String id) {
        works();
        return List.copyOf(findings.getOrDefault(id, List.of()));
    }

    @Override
    public synchronized FindingPage findings(FindingQuery query) {
        works();
        int from = query.cursor().map(FakeStore::place).orElse(0);
        List<StoredFinding> all = findings.values().stream()
                .map(List::getLast)
                .filter(finding -> query.kind().map(finding.kind()::equals).orElse(true))
                .filter(finding -> query.state().map(finding.state()::equals).orElse(true))
                .filter(finding -> query.networks().isEmpty()
                        || query.networks().get().stream()
                                .anyMatch(network -> network.contains(Prefix.parse(finding.target()))))
                .filter(finding -> query.mode().map(finding.mode()::equals).orElse(true))
                .filter(finding -> query.since()
                        .map(since -> !finding.detectedAt().isBefore(since))
                        .orElse(true))
                .sorted(Comparator.comparing(StoredFinding::detectedAt)
                        .thenComparing(StoredFinding::id)
                        .reversed())
                .toList();
        int to = Math.min(all.size(), from + query.limit());
        Optional<String> next = to < all.size() ? Optional.of("page-" + to) : Optional.empty();
        return new FindingPage(all.subList(Math.min(from, to), to), next);
    }

    private static int place(String cursor) {
        if (!cursor.matches("page-[0-9]{1,6}")) {
            throw new IllegalArgumentException("no cursor of this list");
        }
        return Integer.parseInt(cursor.substring("page-".length()));
    }

    @Override
    public synchronized void annotate(String id, Annotation annotation) {
        works();
        if (!findings.containsKey(id)) {
            throw new IllegalArgumentException("no such finding");
        }
        annotations.computeIfAbsent(id, i -> new ArrayList<>()).add(annotation);
    }

    @Override
    public synchronized List<Annotation> annotations(String id) {
        works();
        return List.copyOf(annotations.getOrDefault(id, List.of()));
    }

    @Override
    public synchronized void audit(AuditLine line) {
        works();
        audit.add(line);
    }

    @Override
    public AuditPage auditLines(AuditQuery query) {
        return new AuditPage(audit, Optional.empty());
    }

    @Override
    public synchronized int addTraffic(Resolution resolution, List<TrafficPoint> added) {
        points.computeIfAbsent(resolution, r -> new ArrayList<>()).addAll(added);
        return 0;
    }

    @Override
    public synchronized List<TrafficPoint> traffic(Resolution resolution, String series, Instant from, Instant to) {
        works();
        return points.getOrDefault(resolution, List.of()).stream()
                .filter(point -> point.series().equals(series))
                .filter(point -> !point.time().isBefore(from) && point.time().isBefore(to))
                .toList();
    }

    @Override
    public synchronized List<String> trafficSeries() {
        works();
        TreeSet<String> names = new TreeSet<>();
        points.values().forEach(all -> all.forEach(point -> names.add(point.series())));
        return List.copyOf(names);
    }

    @Override
    public void put(String key, byte[] value) {}

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.empty();
    }

    @Override
    public synchronized List<StoredAccount> accounts() {
        works();
        return List.copyOf(accounts.values());
    }

    @Override
    public synchronized Optional<StoredAccount> account(String name) {
        works();
        return Optional.ofNullable(accounts.get(name));
    }

    @Override
    public synchronized boolean saveAccount(StoredAccount account) {
        works();
        int before = Optional.ofNullable(accounts.get(account.name()))
                .map(StoredAccount::revision)
                .orElse(0);
        if (before != account.revision() - 1) {
            return false;
        }
        accounts.put(account.name(), account);
        return true;
    }

    @Override
    public synchronized boolean removeAccount(String name) {
        works();
        return accounts.remove(name) != null;
    }

    @Override
    public boolean expire(Instant now, Retention retention) {
        return false;
    }

    @Override
    public synchronized Health health() {
        healthAsked++;
        return health;
    }

    @Override
    public void close() {}
}
