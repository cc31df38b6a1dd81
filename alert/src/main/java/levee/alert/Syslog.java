package levee.alert;

import java.time.Duration;

/**
 * Alerts as syslog messages (RFC 5424).
 *
 * @param facility 0 to 23 (RFC 5424 table 1); 16 is local0
 * @param hostname what the messages call this machine
 * @param timeout for connecting and for handing over
 */
public record Syslog(
        String name,
        String host,
        int port,
        Transport transport,
        int facility,
        String hostname,
        Pace pace,
        Duration timeout)
        implements Channel {
    public static final Pace DEFAULT_PACE = new Pace(100, Duration.ofMillis(20));
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** How messages travel, each with its usual port. */
    public enum Transport {
        /** One datagram each (RFC 5426), usually to port 514. What gets lost is not noticed. */
        UDP,
        /** With octet counting (RFC 6587 section 3.4.1), usually to port 601. */
        TCP,
        /** The same in TLS (RFC 5425), usually to port 6514. */
        TLS
    }

    public Syslog {
        Limits.check(name, timeout, host, port);
        if (facility < 0 || facility > 23) {
            throw new IllegalArgumentException("the facility of '" + name + "' is not between 0 and 23");
        }
    }

    @Override
    public String where() {
        return switch (transport) {
            case UDP -> Limits.endpoint("udp", host, port);
            case TCP -> Limits.endpoint("tcp", host, port);
            case TLS -> Limits.endpoint("tls", host, port);
        };
    }

    @Override
    public String toString() {
        return "Syslog[" + name + ", " + where() + "]";
    }
}
