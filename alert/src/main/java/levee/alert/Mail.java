package levee.alert;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Alerts as mail by SMTP.
 *
 * @param login empty where the server asks for none
 * @param from the sender, such as {@code levee@example.org}
 * @param to one receiver or more
 * @param timeout for connecting, and for each answer of the server
 * @param toContacts whether the contacts of the group that is attacked get a copy, unseen by each other
 */
public record Mail(
        String name,
        String host,
        int port,
        Security security,
        Optional<Login> login,
        String from,
        List<String> to,
        Pace pace,
        Duration timeout,
        boolean toContacts)
        implements Channel {
    public static final Pace DEFAULT_PACE = new Pace(5, Duration.ofSeconds(30));
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

    /** How the connection is protected. */
    public enum Security {
        /** TLS from the first byte on, usually on port 465 (RFC 8314). */
        TLS,
        /** STARTTLS, usually on port 587; never falls back to plain text. */
        STARTTLS,
        /** Not at all, for a server on the same machine. */
        PLAIN
    }

    public record Login(String user, Secret password) {}

    /** Only for the receivers that are listed. */
    public Mail(
            String name,
            String host,
            int port,
            Security security,
            Optional<Login> login,
            String from,
            List<String> to,
            Pace pace,
            Duration timeout) {
        this(name, host, port, security, login, from, to, pace, timeout, false);
    }

    public Mail {
        Limits.check(name, timeout, host, port);
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("the mail channel '" + name + "' has no receiver");
        }
        checkAddress(name, from);
        to.forEach(receiver -> checkAddress(name, receiver));
        if (login.isPresent() && security == Security.PLAIN && !isThisMachine(host)) {
            throw new IllegalArgumentException("the mail channel '" + name
                    + "' would send its password in plain text to another machine; use TLS or STARTTLS");
        }
    }

    private static void checkAddress(String name, String address) {
        if (!isAddress(address)) {
            throw new IllegalArgumentException(
                    "'" + Plain.line(address, 100) + "' of the mail channel '" + name + "' is no mail address");
        }
    }

    /** Whether mail can be sent to it, such as {@code noc@example.org}. */
    public static boolean isAddress(String text) {
        try {
            InternetAddress parsed = new InternetAddress(text, true);
            return parsed.getAddress().indexOf('@') > 0
                    && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
        } catch (AddressException e) {
            return false;
        }
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    @Override
    public String where() {
        return Limits.endpoint(security == Security.TLS ? "smtps" : "smtp", host, port);
    }

    @Override
    public String toString() {
        return "Mail[" + name + ", " + where() + "]";
    }
}
