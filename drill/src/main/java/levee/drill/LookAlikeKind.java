package levee.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Innocent traffic that could be taken for an attack. */
public enum LookAlikeKind {
    /** Hundreds of new visitors a second come to an own web server. */
    FLASH_CROWD,
    /** An own host downloads over several connections as fast as it can. */
    SPEED_TEST,
    /** An own host sends gigabytes to one server outside. */
    BACKUP,
    /** Own hosts send and receive sound and pictures over UDP. */
    VIDEO_CALLS,
    /** Many own hosts download from one server outside. */
    CDN_DOWNLOADS,
    /** An own resolver asks a thousand servers a second; some answers are fragments. */
    DNS_RESOLVER,
    /** An own time server is asked by many clients. */
    NTP_SERVER,
    /** An own host pings and polls hundreds of hosts. */
    MONITORING,
    /** Many visitors come to an own server over QUIC. */
    QUIC_SERVER;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<LookAlikeKind> byLabel(String label) {
        return Arrays.stream(values()).filter(k -> k.label().equals(label)).findFirst();
    }
}
