package levee.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Innocent traffic that could be taken for an attack. */
public enum LookAlikeKind {
    FLASH_CROWD("hundreds of new visitors a second come to an own web server"),
    SPEED_TEST("an own host downloads over several connections as fast as it can"),
    BACKUP("an own host sends gigabytes to one server outside"),
    VIDEO_CALLS("own hosts send and receive sound and pictures over UDP"),
    CDN_DOWNLOADS("many own hosts download from one server outside"),
    DNS_RESOLVER("an own resolver asks a thousand servers a second; some answers are fragments"),
    NTP_SERVER("an own time server is asked by many clients"),
    MONITORING("an own host pings and polls hundreds of hosts"),
    QUIC_SERVER("many visitors come to an own server over QUIC");

    private final String description;

    LookAlikeKind(String description) {
        this.description = description;
    }

    /** What happens, for people. */
    public String description() {
        return description;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<LookAlikeKind> byLabel(String label) {
        return Arrays.stream(values()).filter(k -> k.label().equals(label)).findFirst();
    }
}
