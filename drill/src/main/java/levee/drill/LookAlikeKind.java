package levee.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Innocent traffic that could be taken for an attack, or for what infected hosts do. */
public enum LookAlikeKind {
    FLASH_CROWD("hundreds of new visitors a second come to an own web server"),
    SPEED_TEST("an own host downloads over several connections as fast as it can"),
    BACKUP("an own host sends gigabytes to one server outside"),
    VIDEO_CALLS("own hosts send and receive sound and pictures over UDP"),
    CDN_DOWNLOADS("many own hosts download from one server outside"),
    DNS_RESOLVER("an own resolver asks a thousand servers a second; some answers are fragments"),
    NTP_SERVER("an own time server is asked by many clients"),
    MONITORING("an own host pings and polls hundreds of hosts"),
    QUIC_SERVER("many visitors come to an own server over QUIC"),

    NTP_POLLER(Resembles.INFECTION, "an own host asks four time servers every 64 s"),
    UPDATE_CHECKER(Resembles.INFECTION, "many own hosts ask one server for news every quarter of an hour"),
    DEVICE_CLOUD(
            Resembles.INFECTION, "devices of one maker keep a connection to its cloud and say something every minute"),
    PUSH_NOTIFICATIONS(
            Resembles.INFECTION, "own hosts keep a connection to one server that hardly ever says something"),
    NETWORK_MONITOR(Resembles.INFECTION, "an own host pings, polls and visits many own hosts every five minutes"),
    VULNERABILITY_SCANNER(Resembles.INFECTION, "an own host looks for services on all own hosts, as it should"),
    FILE_SHARING(Resembles.INFECTION, "an own host downloads from many peers, most of whom do not answer"),
    GAMES_AND_CALLS(Resembles.INFECTION, "an own host plays and talks with others over UDP, minutes at a time"),
    MAIL_SERVER(Resembles.INFECTION, "an own mail server sends mail to the mail servers of many, and gets some"),
    MAIL_CLIENT(Resembles.INFECTION, "own hosts look for mail every five minutes"),
    WEB_CRAWLER(Resembles.INFECTION, "an own host visits thousands of servers, some of which are no more"),
    NETWORK_RESOLVER(Resembles.INFECTION, "the resolver asks thousands of servers; names are misspelt"),
    BROWSER_PROBES(Resembles.INFECTION, "browsers ask for three random names when they start"),
    DEAD_CLOUD(Resembles.INFECTION, "devices of one maker try to reach its cloud, which is no more"),
    ANTIVIRUS_LOOKUPS(Resembles.INFECTION, "an own host asks for names made of hashes below the domain of a vendor"),
    CONTENT_NETWORKS(Resembles.INFECTION, "own hosts load from servers with computed names"),
    BACKUP_UPLOAD(Resembles.INFECTION, "an own host sends a gigabyte to one server outside"),
    VPN_CLIENT(Resembles.INFECTION, "an own host talks with one server outside over UDP, all the time"),
    SSH_AUTOMATION(Resembles.INFECTION, "an own host logs in to many own hosts, one after the other"),
    PRINTER_DISCOVERY(Resembles.INFECTION, "own hosts look for printers that are no more"),
    PORT_TESTER(Resembles.INFECTION, "a server outside tries ports of an own host that asked for it"),
    HOME_SERVER(
            Resembles.INFECTION,
            "an own host visits a server at somebody's home under dynamic DNS, for files, pictures or a game");

    /** What it could be taken for. */
    private enum Resembles {
        ATTACK,
        INFECTION
    }

    private static final List<LookAlikeKind> OF_ATTACKS = of(Resembles.ATTACK);
    private static final List<LookAlikeKind> OF_INFECTIONS = of(Resembles.INFECTION);

    private final Resembles resembles;
    private final String description;

    LookAlikeKind(String description) {
        this(Resembles.ATTACK, description);
    }

    LookAlikeKind(Resembles resembles, String description) {
        this.resembles = resembles;
        this.description = description;
    }

    private static List<LookAlikeKind> of(Resembles what) {
        return Arrays.stream(values()).filter(k -> k.resembles == what).toList();
    }

    /** Those that could be taken for an attack. */
    public static List<LookAlikeKind> ofAttacks() {
        return OF_ATTACKS;
    }

    /** Those that could be taken for what infected hosts do. */
    public static List<LookAlikeKind> ofInfections() {
        return OF_INFECTIONS;
    }

    /** Whether it could be taken for what infected hosts do, else for an attack. */
    public boolean resemblesInfection() {
        return resembles == Resembles.INFECTION;
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
