package levee.domain;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The part of a domain name that somebody registered: {@code example.co.uk} of {@code www.example.co.uk}. Works on bytes in
 * place, without allocating; capitals count as small letters.
 *
 * <p>What is registered below is told by rules instead of a list that ages: the last label; {@code co}, {@code com} and the
 * like before a country; and the services that give names away to anybody for changing addresses, since whoever takes such
 * a name chooses it as freely as a registered one. Names of clouds and delivery networks are made by programs of theirs,
 * so what stands below those counts as one name each.
 */
public final class RegistrableName {
    /** What countries put before their own label, between spaces. */
    private static final String[] BELOW_COUNTRIES = {
        "ac", "ad", "asn", "biz", "blog", "co", "com", "coop", "ed", "edu", "firm", "gen", "go", "gob", "gouv", "gov",
        "govt", "gr", "gub", "gv", "id", "idv", "ind", "inf", "info", "k12", "lg", "ltd", "me", "med", "mil", "mod",
        "mus", "name", "ne", "net", "nhs", "nic", "nom", "or", "org", "plc", "police", "presse", "priv", "pro", "pub",
        "res", "sch", "school", "sci", "store", "tm", "tur", "tv", "web"
    };

    /** Services of names for changing addresses. */
    private static final String[] DYNAMIC = {
        "3utilities.com",
        "afraid.org",
        "bounceme.net",
        "changeip.com",
        "chickenkiller.com",
        "crabdance.com",
        "ddns.me",
        "ddns.net",
        "ddnsking.com",
        "dnsalias.com",
        "dnsalias.net",
        "dnsalias.org",
        "dnsdojo.com",
        "dnsdojo.net",
        "dnsdojo.org",
        "duckdns.org",
        "dvrdns.org",
        "dynalias.com",
        "dynalias.net",
        "dynalias.org",
        "dyndns.biz",
        "dyndns.info",
        "dyndns.org",
        "dyndns.tv",
        "dynserv.com",
        "dynu.net",
        "dynv6.net",
        "freedynamicdns.net",
        "freedynamicdns.org",
        "freeddns.org",
        "gotdns.ch",
        "gotdns.com",
        "gotdns.org",
        "gleeze.com",
        "homedns.org",
        "homeip.net",
        "homelinux.com",
        "homelinux.net",
        "homelinux.org",
        "homeunix.com",
        "homeunix.net",
        "homeunix.org",
        "hopto.me",
        "hopto.org",
        "ignorelist.com",
        "is-a-geek.com",
        "jumpingcrab.com",
        "kozow.com",
        "loseyourip.com",
        "mooo.com",
        "mypsx.net",
        "myddns.me",
        "myftp.biz",
        "myftp.org",
        "myvnc.com",
        "mywire.org",
        "no-ip.biz",
        "no-ip.info",
        "no-ip.org",
        "noip.me",
        "ooguy.com",
        "onthewifi.com",
        "redirectme.net",
        "serveblog.net",
        "serveftp.com",
        "servebeer.com",
        "servecounterstrike.com",
        "servegame.com",
        "servehalflife.com",
        "servehttp.com",
        "serveirc.com",
        "serveminecraft.net",
        "servemp3.com",
        "servepics.com",
        "servequake.com",
        "strangled.net",
        "sytes.net",
        "theworkpc.com",
        "twilightparadox.com",
        "us.to",
        "viewdns.net",
        "webhop.me",
        "webredirect.org",
        "yi.org",
        "zapto.org",
        "eu.org",
        "eu.com",
        "uk.com",
        "us.com",
        "uk.net",
        "de.com",
        "co.com",
        "cn.com",
        "jp.net",
        "ru.com",
        "za.com",
        "br.com",
        "sa.com"
    };

    private static final Labels COUNTRY_LABELS = Labels.of(List.of(BELOW_COUNTRIES));
    private static final Labels DYNAMIC_SUFFIXES = Labels.of(List.of(DYNAMIC));
    private static final long PRIME = 0x9e37_79b9_7f4a_7c15L;

    private RegistrableName() {}

    /**
     * Where the registrable part begins; it ends where the name does. A name that has no more than a suffix is its own.
     *
     * @param name holds the name without a dot at its end
     * @param start of the name
     * @param end behind the name
     * @return from {@code start} to {@code end}
     */
    public static int start(byte[] name, int start, int end) {
        int last = labelStart(name, start, end);
        if (last == start) {
            return start;
        }
        int second = labelStart(name, start, last - 1);
        boolean isCountry = end - last == 2;
        boolean isSuffix = isCountry && COUNTRY_LABELS.contains(hash(name, second, last - 1))
                || DYNAMIC_SUFFIXES.contains(hash(name, second, end));
        return isSuffix && second > start ? labelStart(name, start, second - 1) : second;
    }

    /** Where the label begins that ends before {@code end}. */
    private static int labelStart(byte[] name, int start, int end) {
        int at = end;
        while (at > start && name[at - 1] != '.') {
            at--;
        }
        return at;
    }

    /** Behind the label that begins at {@code start}. */
    static int labelEnd(byte[] name, int start, int end) {
        int at = start;
        while (at < end && name[at] != '.') {
            at++;
        }
        return at;
    }

    /** A hash of these bytes, of which all 64 bits are good; the same for capitals and small letters. */
    public static long hash(byte[] name, int start, int end) {
        long hash = PRIME;
        for (int i = start; i < end; i++) {
            byte b = name[i];
            int letter = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xff;
            hash = (hash ^ letter) * PRIME;
            hash ^= hash >>> 29;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8_feb8_6659_fd93L;
        return hash ^ hash >>> 32;
    }

    /** A set of hashes of short texts. */
    private record Labels(long[] slots) {
        static Labels of(List<String> labels) {
            long[] slots = new long[Integer.highestOneBit(labels.size()) * 4];
            for (String label : labels) {
                byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
                long hash = hash(bytes, 0, bytes.length);
                int slot = (int) hash & slots.length - 1;
                while (slots[slot] != 0) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = hash;
            }
            return new Labels(slots);
        }

        boolean contains(long hash) {
            int slot = (int) hash & slots.length - 1;
            while (slots[slot] != 0) {
                if (slots[slot] == hash) {
                    return true;
                }
                slot = slot + 1 & slots.length - 1;
            }
            return false;
        }
    }
}
