package levee.alert;

import java.time.Duration;

/** What all channels demand of their settings. */
final class Limits {
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    private Limits() {}

    static void check(String name, Duration timeout) {
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.equals(Plain.line(name, LONGEST_NAME))) {
            throw new IllegalArgumentException("a channel needs a name of at most " + LONGEST_NAME
                    + " characters, but is called '" + Plain.line(name, LONGEST_NAME) + "'");
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("the timeout of '" + name + "' is not between 1 ms and 5 minutes");
        }
    }

    static void check(String name, Duration timeout, String host, int port) {
        check(name, timeout);
        if (!host.matches("[A-Za-z0-9._:%-]{1,255}")) {
            throw new IllegalArgumentException("the host of '" + name + "' is neither a name nor an address");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port of '" + name + "' is not between 1 and 65535");
        }
    }

    /** An endpoint as in URLs, with brackets around IPv6. */
    static String endpoint(String scheme, String host, int port) {
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
