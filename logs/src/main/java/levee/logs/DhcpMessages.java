package levee.logs;

import static levee.logs.NameTable.entry;

import levee.telemetry.EventBatch;

/** Kinds of DHCP messages (RFC 2132 section 9.6) by the names that logs give them. */
final class DhcpMessages {
    static final int SERVER_PORT = 67;
    static final int CLIENT_PORT = 68;
    static final int ACK = 5;

    private static final int OFFER = 2;
    private static final int NAK = 6;

    static final NameTable NUMBERS = new NameTable(
            entry("DISCOVER", 1),
            entry("OFFER", OFFER),
            entry("REQUEST", 3),
            entry("DECLINE", 4),
            entry("ACK", ACK),
            entry("NAK", NAK),
            entry("RELEASE", 7),
            entry("INFORM", 8),
            entry("discover", 1),
            entry("offer", OFFER),
            entry("request", 3),
            entry("decline", 4),
            entry("ack", ACK),
            entry("nak", NAK),
            entry("release", 7),
            entry("inform", 8));

    private DhcpMessages() {}

    /** Whose part it is, as in {@link EventBatch#flags}. */
    static int flag(int message) {
        return switch (message) {
            case 0 -> 0;
            case OFFER, ACK, NAK -> EventBatch.RESPONSE;
            default -> EventBatch.REQUEST;
        };
    }
}
