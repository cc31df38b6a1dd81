package levee.access;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import levee.store.Store;

/** All that decides who somebody is, on one store. */
public final class People {
    private final InstantSource clock;
    private final SecureRandom random;
    private final Store store;
    private final Accounts accounts;
    private final Sessions sessions;
    private final SignIn signIn;
    private volatile Optional<OpenIdProvider> provider = Optional.empty();

    public People(
            Store store,
            InstantSource clock,
            SecureRandom random,
            SessionLimits limits,
            Optional<OpenIdSettings> provider) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        accounts = new Accounts(store, new PasswordWork(random), clock);
        sessions = new Sessions(limits, random);
        signIn = new SignIn(store, accounts, sessions, clock);
        apply(limits, provider);
    }

    /** Takes over changed settings. Who signed in over another provider, or with roles that mean something else now, is out. */
    public final synchronized void apply(SessionLimits limits, Optional<OpenIdSettings> wanted) {
        sessions.apply(limits);
        if (!provider.map(OpenIdProvider::settings).equals(wanted)) {
            provider = wanted.map(settings -> new OpenIdProvider(settings, clock, random));
            sessions.endAllOfOpenId();
        }
    }

    public Accounts accounts() {
        return accounts;
    }

    public Sessions sessions() {
        return sessions;
    }

    public SignIn signIn() {
        return signIn;
    }

    public Optional<OpenIdProvider> provider() {
        return provider;
    }

    /** Whether there is anybody who could sign in. May throw what the store throws. */
    public boolean isAnybody() {
        return provider.isPresent() || !store.accounts().isEmpty();
    }
}
