package levee.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import levee.model.IpAddress;

/**
 * Slows guessing of passwords: per address, per account and over all. Only what fails counts.
 *
 * <p>Whoever guesses at an account uses up what is allowed to others, too. So that nobody is locked out by that, an address
 * from which an account signed in has an allowance of its own for this account: an attacker elsewhere cannot use it up. With
 * it and the one for all others, no more than 100 guesses at an account fail within an hour (OWASP ASVS 4.0.3, 2.2.1) as
 * long as the attacker does not share an address with its owner.
 *
 * <p>Names that no account has are treated the same, so that nobody learns from it which there are; but their tables are
 * others, so that made-up names push out no account. Safe for use by many threads.
 */
final class GuessLimits {
    private static final int MOST_ADDRESSES = 10_000;
    private static final int MOST_UNKNOWN_NAMES = 1_000;
    private static final int MOST_KNOWN_ADDRESSES = 4;

    private static final int AT_ONCE_OF_ADDRESS = 20;
    private static final Duration STEP_OF_ADDRESS = Duration.ofSeconds(30);
    private static final int AT_ONCE_OF_ACCOUNT = 20;
    private static final Duration STEP_OF_ACCOUNT = Duration.ofMinutes(2);
    private static final int AT_ONCE_OF_OWNER = 10;
    private static final Duration STEP_OF_OWNER = Duration.ofMinutes(3);
    private static final int AT_ONCE_OF_ALL = 100;
    private static final Duration STEP_OF_ALL = Duration.ofMillis(500);

    private final Map<String, TokenBucket> addresses = bounded(MOST_ADDRESSES);
    private final Map<String, Name> accounts = bounded(Account.MOST);
    private final Map<String, Name> unknownNames = bounded(MOST_UNKNOWN_NAMES);
    private final TokenBucket all;

    GuessLimits(Instant now) {
        all = new TokenBucket(AT_ONCE_OF_ALL, STEP_OF_ALL, now);
    }

    /** What is allowed for a name, and where its owner was. */
    private static final class Name {
        final TokenBucket others;
        final Map<String, TokenBucket> known = bounded(MOST_KNOWN_ADDRESSES);

        Name(Instant now) {
            others = new TokenBucket(AT_ONCE_OF_ACCOUNT, STEP_OF_ACCOUNT, now);
        }
    }

    /** Takes the least recently used out when there are too many. */
    static <V> Map<String, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** What an attempt took; given back if it did not fail. */
    record Attempt(Set<TokenBucket> taken, String name, boolean isAccount, String network) {}

    /**
     * Asks to try a password.
     *
     * @param isAccount whether there is an account of this name
     * @return the attempt, or how long to wait
     */
    synchronized Answer ask(String name, boolean isAccount, String address, Instant now) {
        String network = network(address);
        Name limits = limits(name, isAccount, now);
        TokenBucket own = limits.known.get(network);
        Set<TokenBucket> needed = new LinkedHashSet<>();
        if (own == null) {
            needed.add(bucket(addresses, network, () -> new TokenBucket(AT_ONCE_OF_ADDRESS, STEP_OF_ADDRESS, now)));
            needed.add(limits.others);
            needed.add(all);
        } else {
            needed.add(own);
        }
        Duration wait = needed.stream()
                .map(bucket -> bucket.untilOne(now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (wait.isPositive()) {
            return new Answer(Optional.empty(), wait);
        }
        needed.forEach(TokenBucket::take);
        return new Answer(Optional.of(new Attempt(needed, name, isAccount, network)), Duration.ZERO);
    }

    /** @param delay how long, where there is no attempt */
    record Answer(Optional<Attempt> attempt, Duration delay) {}

    static <V> V bucket(Map<String, V> table, String key, Supplier<V> maker) {
        V present = table.get(key);
        if (present != null) {
            return present;
        }
        V made = maker.get();
        table.put(key, made);
        return made;
    }

    private Name limits(String name, boolean isAccount, Instant now) {
        return bucket(isAccount ? accounts : unknownNames, name, () -> new Name(now));
    }

    /** The attempt was the owner's. */
    synchronized void succeeded(Attempt attempt, Instant now) {
        giveBack(attempt);
        Name limits = limits(attempt.name, attempt.isAccount, now);
        bucket(limits.known, attempt.network, () -> new TokenBucket(AT_ONCE_OF_OWNER, STEP_OF_OWNER, now));
    }

    /** The attempt did not take place. */
    synchronized void giveBack(Attempt attempt) {
        attempt.taken.forEach(TokenBucket::giveBack);
    }

    /** Somebody with one IPv6 network has more addresses than there could be tables for. */
    static String network(String address) {
        String plain = address.replaceAll("[\\[\\]]|%.*", "");
        try {
            IpAddress parsed = IpAddress.parse(plain);
            return parsed.isIpv4() ? plain : new IpAddress(parsed.high(), 0) + "/" + Long.SIZE;
        } catch (IllegalArgumentException e) {
            return plain;
        }
    }
}
