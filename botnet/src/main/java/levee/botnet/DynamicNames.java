package levee.botnet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Domains under which anybody gets a name for an address that changes, without giving his own. Most who do run a camera at home;
 * so do most who command others' machines.
 */
final class DynamicNames {
    private static final Set<String> DOMAINS = Set.of(
            "duckdns.org",
            "no-ip.org",
            "no-ip.biz",
            "no-ip.info",
            "noip.me",
            "ddns.net",
            "ddns.me",
            "hopto.org",
            "hopto.me",
            "zapto.org",
            "sytes.net",
            "servebeer.com",
            "servegame.com",
            "serveftp.com",
            "serveblog.net",
            "myftp.org",
            "myftp.biz",
            "myvnc.com",
            "redirectme.net",
            "bounceme.net",
            "gotdns.ch",
            "webhop.me",
            "3utilities.com",
            "onthewifi.com",
            "viewdns.net",
            "access.ly",
            "dynu.net",
            "dynu.com",
            "kozow.com",
            "ooguy.com",
            "theworkpc.com",
            "casacam.net",
            "freeddns.org",
            "mywire.org",
            "gleeze.com",
            "loseyourip.com",
            "accesscam.org",
            "camdvr.org",
            "giize.com",
            "webredirect.org",
            "con-ip.com",
            "ydns.eu",
            "dyndns.org",
            "dyndns.biz",
            "homeip.net",
            "mooo.com",
            "chickenkiller.com",
            "crabdance.com",
            "ignorelist.com",
            "jumpingcrab.com",
            "strangled.net",
            "twilightparadox.com",
            "us.to",
            "3322.org",
            "f3322.net",
            "f3322.org",
            "8866.org",
            "9966.org",
            "changeip.net",
            "dynamic-dns.net",
            "dns04.com",
            "dynv6.net",
            "myddns.rocks",
            "publicvm.com",
            "linkpc.net",
            "ddnsking.com",
            "nsupdate.info",
            "spdns.de",
            "selfip.com",
            "is-a-geek.com",
            "ngrok.io",
            "ngrok-free.app",
            "portmap.io",
            "portmap.host",
            "playit.gg",
            "ply.gg",
            "loclx.io",
            "serveo.net");

    private static final byte[][] ENDS =
            DOMAINS.stream().map(domain -> ("." + domain).getBytes(US_ASCII)).toArray(byte[][]::new);

    private DynamicNames() {}

    /** Whether a name in lower case is one, without allocating. */
    static boolean holds(byte[] name, int length) {
        for (byte[] end : ENDS) {
            int start = length - end.length;
            if (start > 0 && Arrays.equals(name, start, length, end, 0, end.length)) {
                return true;
            }
        }
        return false;
    }

    static boolean holds(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
            if (DOMAINS.contains(lower.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }
}
