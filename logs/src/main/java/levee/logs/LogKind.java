package levee.logs;

/** What the lines of a log tell of. */
public enum LogKind {
    /** Traffic: connections or flows; in a log of several kinds everything else, too. */
    CONNECTIONS,
    DNS,
    SSL,
    HTTP,
    SMTP,
    IRC,
    SSH,
    DHCP
}
