package levee.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes and compares hashes, few at the same time: each takes much memory and time on purpose, which must not be a way to
 * stop the rest of Levee.
 */
public final class PasswordWork {
    private static final int MOST_AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);
    private final SecureRandom random;
    private final PasswordHash.Parameters parameters;
    private final Duration patience;

    /** Compared with where there is no account, so that this takes as long. */
    private final PasswordHash nobody;

    public PasswordWork(SecureRandom random) {
        this(random, PasswordHash.USUAL, PATIENCE);
    }

    PasswordWork(SecureRandom random, PasswordHash.Parameters parameters, Duration patience) {
        this.random = random;
        this.parameters = parameters;
        this.patience = patience;
        byte[] unknown = new byte[32];
        random.nextBytes(unknown);
        this.nobody = PasswordHash.make(HexFormat.of().formatHex(unknown), parameters, random);
    }

    /** The hash of a password, for the store. */
    String hash(String password) throws BusyException {
        return limited(() -> PasswordHash.make(password, parameters, random).text());
    }

    /**
     * Whether a password is that of a hash.
     *
     * @param stored absent where there is no such account, which takes as long
     */
    Answer compare(Optional<String> stored, String password) throws BusyException {
        return limited(() -> {
            PasswordHash hash = stored.map(PasswordHash::parse).orElse(nobody);
            boolean matches = hash.matches(password);
            return new Answer(stored.isPresent() && matches, hash.isWeakerThan(parameters));
        });
    }

    /** @param isWeak whether the hash should be made anew */
    record Answer(boolean matches, boolean isWeak) {}

    <T> T limited(Supplier<T> work) throws BusyException {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
