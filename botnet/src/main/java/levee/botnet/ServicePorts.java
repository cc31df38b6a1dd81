package levee.botnet;

import levee.model.Protocols;

/** What ports tell. A closed table: each with the reason why it is here. */
final class ServicePorts {
    /** Below are ports of system services, which clients hardly use (RFC 6335 section 6). */
    static final int FIRST_USER_PORT = 1_024;

    private ServicePorts() {}

    /**
     * Ports of services that worms spread over: remote shells and their guessable passwords (Antonakakis et al. 2017 for 23,
     * 2323; Mirai's variants and Hajime 22, 81, 5555, 7547, 8291, 37215, 52869, 60001), Windows services (135, 139, 445, 3389), databases (1433,
     * 3306, 5432, 6379, 27017), VNC (5900), container and cluster interfaces (2375, 6443).
     */
    static boolean spreadsWorms(int port) {
        return switch (port) {
            case 21,
                    22,
                    23,
                    81,
                    2222,
                    2223,
                    2323,
                    26,
                    9527,
                    135,
                    139,
                    445,
                    1433,
                    2375,
                    3306,
                    3389,
                    5432,
                    5555,
                    5900,
                    5985,
                    6379,
                    6443,
                    7547,
                    8291,
                    23_231,
                    27_017,
                    37_215,
                    52_869,
                    60_001 -> true;
            default -> false;
        };
    }

    /** Services of the Internet that anybody uses. */
    static boolean isWeb(int port) {
        return port == 80 || port == 443 || port == 8080 || port == 8443;
    }

    /** What programs ask for news every few minutes: mail, and chat of telephones. */
    static boolean isPolled(int port) {
        return switch (port) {
            case 110, 119, 143, 563, 587, 993, 995, 5222, 5223, 5228, 5229, 5230, 8883, 1883 -> true;
            default -> false;
        };
    }

    /** A service that has a name of its own, so that a server there needs no other explanation. */
    static boolean isKnown(int port) {
        return isAtHome(port) || isNamed(port);
    }

    /**
     * What people run at home and visit from elsewhere: files and pictures (5000 and 5001 of Synology, 32400 of Plex), lamps and
     * doors (8123 of Home Assistant), cameras (34567 of XMeye, 37777 of Dahua), games (19132 and 25565 of Minecraft, 27015 of
     * Source, 30120 of FiveM).
     */
    static boolean isAtHome(int port) {
        return switch (port) {
            case 5000, 5001, 8123, 19_132, 25_565, 27_015, 30_120, 32_400, 34_567, 37_777 -> true;
            default -> false;
        };
    }

    private static boolean isNamed(int port) {
        return switch (port) {
            case 20,
                    21,
                    22,
                    23,
                    25,
                    53,
                    80,
                    88,
                    110,
                    111,
                    119,
                    123,
                    135,
                    137,
                    138,
                    139,
                    143,
                    161,
                    162,
                    179,
                    194,
                    389,
                    443,
                    445,
                    464,
                    465,
                    500,
                    502,
                    514,
                    515,
                    520,
                    548,
                    554,
                    563,
                    587,
                    593,
                    623,
                    631,
                    636,
                    873,
                    902,
                    989,
                    990,
                    993,
                    995,
                    1080,
                    1194,
                    1433,
                    1521,
                    1701,
                    1723,
                    1883,
                    1935,
                    2049,
                    2083,
                    2087,
                    2195,
                    2196,
                    3128,
                    3268,
                    3269,
                    3306,
                    3389,
                    3478,
                    3479,
                    3480,
                    4433,
                    4500,
                    5060,
                    5061,
                    5222,
                    5223,
                    5228,
                    5229,
                    5230,
                    5349,
                    5432,
                    5671,
                    5672,
                    5683,
                    5900,
                    5938,
                    6514,
                    7500,
                    8000,
                    8008,
                    8009,
                    8080,
                    8081,
                    8443,
                    8883,
                    8888,
                    9100,
                    9418,
                    9443,
                    10_000,
                    19_302,
                    19_305,
                    27_017,
                    51_820 -> true;
            default -> false;
        };
    }

    /** Chat that bots have been commanded over since the first of them (RFC 7194 and custom). */
    static boolean isChat(int port) {
        return port >= 6660 && port <= 6669 || port == 6697 || port == 7000;
    }

    /** Ports that programs for remote control of others' machines come with: njRAT, AsyncRAT, Quasar, DarkComet, Remcos, NanoCore. */
    static boolean isRemoteControl(int port) {
        return switch (port) {
            case 1177, 5552, 6606, 7707, 8808, 4782, 1604, 2404, 54_984 -> true;
            default -> false;
        };
    }

    /** Ports that file sharing comes with: BitTorrent, eDonkey, Kademlia, Gnutella. */
    static boolean sharesFiles(int port) {
        return port >= 6881 && port <= 6999
                || port == 51_413
                || port == 4662
                || port == 4672
                || port == 6346
                || port == 6347
                || port == 8999
                || port == 16_881;
    }

    /**
     * What each host polls or announces to: names, time, addresses, neighbours. Being regular, or unanswered, means nothing
     * there.
     */
    static boolean isHousekeeping(int port, int protocol) {
        if (protocol != Protocols.UDP) {
            return port == 53 || port == 853;
        }
        return switch (port) {
            case 53,
                    67,
                    68,
                    123,
                    137,
                    138,
                    161,
                    162,
                    427,
                    500,
                    514,
                    546,
                    547,
                    853,
                    1900,
                    1947,
                    3544,
                    3702,
                    4500,
                    5350,
                    5351,
                    5353,
                    5355,
                    5683,
                    17_500 -> true;
            default -> false;
        };
    }

    /** Ports where people and programs sign in. */
    static boolean takesPasswords(int port) {
        return switch (port) {
            case 21, 22, 23, 2222, 2323, 110, 143, 445, 1433, 3306, 3389, 5432, 5900, 5985 -> true;
            default -> false;
        };
    }
}
