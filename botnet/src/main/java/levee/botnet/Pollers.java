package levee.botnet;

import java.util.Locale;
import java.util.Set;

/**
 * Domains that programs of very many people ask in a steady beat: whether there is a network, what time it is, whether there is
 * something new. A closed table, of operating systems, browsers, telephones and virus scanners.
 */
final class Pollers {
    private static final Set<String> DOMAINS = Set.of(
            "microsoft.com",
            "windowsupdate.com",
            "windows.com",
            "msftconnecttest.com",
            "msftncsi.com",
            "office.com",
            "office365.com",
            "live.com",
            "skype.com",
            "apple.com",
            "icloud.com",
            "google.com",
            "googleapis.com",
            "gstatic.com",
            "gvt1.com",
            "android.com",
            "ubuntu.com",
            "canonical.com",
            "debian.org",
            "gnome.org",
            "fedoraproject.org",
            "archlinux.org",
            "opensuse.org",
            "mozilla.com",
            "mozilla.org",
            "mozilla.net",
            "firefox.com",
            "ntp.org",
            "eset.com",
            "avast.com",
            "avcdn.net",
            "kaspersky.com",
            "bitdefender.com",
            "mcafee.com",
            "norton.com",
            "symantec.com",
            "sophos.com",
            "trendmicro.com",
            "amazon.com",
            "amazonaws.com",
            "dropbox.com",
            "dropboxapi.com",
            "whatsapp.net",
            "facebook.com",
            "samsung.com",
            "xiaomi.com",
            "spotify.com",
            "netflix.com",
            "adobe.com",
            "steampowered.com",
            "cloudflare.com",
            "digicert.com",
            "lencr.org");

    private Pollers() {}

    static boolean holds(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (DOMAINS.contains(lower)) {
            return true;
        }
        for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
            if (DOMAINS.contains(lower.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }
}
