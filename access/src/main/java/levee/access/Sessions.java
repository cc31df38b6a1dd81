package levee.access;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who is signed in, in memory: a restart ends all sessions. Of the secret by which a browser shows that a session is its
 * own, only a hash is kept. Safe for use by many threads.
 */
public final class Sessions {
    private static final int NUMBER_BYTES = 8;

    /** The one that was not used for longest comes first. */
    private final Map<String, Session> byFingerprint = new LinkedHashMap<>(16, 0.75f, true);

    private final SecureRandom random;
    private volatile SessionLimits limits;

    public Sessions(SessionLimits limits, SecureRandom random) {
        this.limits = limits;
        this.random = random;
    }

    /** These hold for sessions that are there as well. */
    public void apply(SessionLimits changed) {
        limits = changed;
    }

    /**
     * A session that has just begun.
     *
     * @param secret by which the browser shows that the session is its own
     */
    public record Started(String secret, Session session) {
        /** Without the secret. */
        @Override
        public String toString() {
            return session.toString();
        }
    }

    Started start(Account account, String address, Instant now) {
        return start(
                account.name(),
                account.role(),
                account.customer(),
                Session.Method.PASSWORD,
                account.revision(),
                account.madeAt(),
                address,
                now);
    }

    Started start(OpenIdProvider.Identity identity, String address, Instant now) {
        return start(
                identity.name(), identity.role(), identity.customer(), Session.Method.OPENID, 0, now, address, now);
    }

    private synchronized Started start(
            String name,
            Role role,
            Optional<String> customer,
            Session.Method method,
            int revision,
            Instant madeAt,
            String address,
            Instant now) {
        byFingerprint.values().removeIf(session -> isOver(session, now));
        List<Map.Entry<String, Session>> own = byFingerprint.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(name))
                .sorted(Comparator.comparing(entry -> entry.getValue().startedAt()))
                .toList();
        for (int i = 0; i <= own.size() - limits.mostOfOne(); i++) {
            byFingerprint.remove(own.get(i).getKey());
        }
        while (byFingerprint.size() >= limits.most()) {
            byFingerprint.remove(byFingerprint.keySet().iterator().next());
        }
        byte[] number = new byte[NUMBER_BYTES];
        random.nextBytes(number);
        String secret = Secrets.make(random);
        Session session = new Session(
                HexFormat.of().formatHex(number),
                name,
                role,
                customer,
                method,
                revision,
                madeAt,
                address,
                Secrets.make(random),
                now,
                now);
        byFingerprint.put(Secrets.fingerprint(secret), session);
        return new Started(secret, session);
    }

    /** The session of a secret, which counts as used now. */
    synchronized Optional<Session> use(String secret, Instant now) {
        Optional<Session> used = look(secret, now).map(session -> session.usedAt(now));
        used.ifPresent(session -> byFingerprint.put(Secrets.fingerprint(secret), session));
        return used;
    }

    /** The session of a secret, which is none the younger for it. */
    synchronized Optional<Session> look(String secret, Instant now) {
        String fingerprint = Secrets.fingerprint(secret);
        Session session = byFingerprint.get(fingerprint);
        if (session != null && isOver(session, now)) {
            byFingerprint.remove(fingerprint);
            return Optional.empty();
        }
        return Optional.ofNullable(session);
    }

    private boolean isOver(Session session, Instant now) {
        return !now.isBefore(session.lastUsedAt().plus(limits.idle()))
                || !now.isBefore(session.startedAt().plus(limits.longest()));
    }

    /** Those that are not over, the oldest first. */
    public synchronized List<Session> of(String name, Instant now) {
        byFingerprint.values().removeIf(session -> isOver(session, now));
        return byFingerprint.values().stream()
                .filter(session -> session.name().equals(name))
                .sorted(Comparator.comparing(Session::startedAt))
                .toList();
    }

    /** Those of all that are not over, the oldest first. */
    public synchronized List<Session> all(Instant now) {
        byFingerprint.values().removeIf(session -> isOver(session, now));
        return byFingerprint.values().stream()
                .sorted(Comparator.comparing(Session::startedAt))
                .toList();
    }

    synchronized int count(Instant now) {
        byFingerprint.values().removeIf(session -> isOver(session, now));
        return byFingerprint.size();
    }

    /** @return whether there was one to end */
    public boolean end(String name, String number) {
        return endIf(session -> session.name().equals(name) && session.number().equals(number));
    }

    public boolean endAllOf(String name) {
        return endIf(session -> session.name().equals(name));
    }

    /** All that began at an OpenID provider: it, or what its roles mean, is another now. */
    public boolean endAllOfOpenId() {
        return endIf(session -> session.method() == Session.Method.OPENID);
    }

    private synchronized boolean endIf(Predicate<Session> condition) {
        return byFingerprint.values().removeIf(condition);
    }
}
