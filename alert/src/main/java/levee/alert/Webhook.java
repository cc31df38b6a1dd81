package levee.alert;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Alerts as JSON by HTTP POST, signed ({@link WebhookSignature}).
 *
 * @param address http or https; its path and query may be secret and are not shown
 * @param previousSecret signs too while receivers change from one secret to the next
 * @param timeout of one attempt, from connecting to the end of the answer
 */
public record Webhook(
        String name, URI address, Secret secret, Optional<Secret> previousSecret, Pace pace, Duration timeout)
        implements Channel {
    public static final Pace DEFAULT_PACE = new Pace(10, Duration.ofSeconds(1));
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** What can be guessed makes forged alerts. */
    private static final int LEAST_SECRET_BYTES = 16;

    public Webhook {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http"))
                || address.getHost() == null
                || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address of the webhook '" + name + "' is not http(s)://HOST[:PORT]/PATH");
        }
        if (secret.bytes().length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret of the webhook '" + name + "' is shorter than "
                    + LEAST_SECRET_BYTES + " bytes; make one with: openssl rand -hex 32");
        }
        Limits.check(name, timeout);
    }

    public Webhook(String name, URI address, Secret secret) {
        this(name, address, secret, Optional.empty(), DEFAULT_PACE, DEFAULT_TIMEOUT);
    }

    @Override
    public String where() {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    @Override
    public String toString() {
        return "Webhook[" + name + ", " + where() + "]";
    }
}
