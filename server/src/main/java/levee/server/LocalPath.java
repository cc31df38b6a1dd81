package levee.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where on this server somebody wants to go; nobody can lead them elsewhere by it. */
public final class LocalPath {
    /** The page to sign in at; its parameter {@code to} is where to go afterwards. */
    public static final String SIGN_IN = "/sign-in";

    private static final int LONGEST = 512;

    /** Browsers take two slashes, or one of them a backslash, for the name of another server. */
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[A-Za-z0-9._~!$'()*+,;=:@%/?&-]*");

    private LocalPath() {}

    /** The path, or {@code /} if it is none of this server. */
    public static String orRoot(String wanted) {
        boolean isPath = wanted.length() <= LONGEST && PATH.matcher(wanted).matches();
        return isPath && !wanted.startsWith(SIGN_IN) ? wanted : "/";
    }

    static String signIn(String wanted) {
        return wanted.equals("/") ? SIGN_IN : SIGN_IN + "?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    /** A page that leads on at once, as a step within this server. */
    public static byte[] step(String wanted) {
        String path = orRoot(wanted).replace("&", "&amp;").replace("'", "&#39;");
        return ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                        + "<meta http-equiv=\"refresh\" content=\"0;url=" + path + "\"/><title>Levee</title></head>"
                        + "<body><p><a href=\"" + path + "\">Go on</a></p></body></html>\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
