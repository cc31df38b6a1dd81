package levee.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import levee.access.OpenIdSettings;
import levee.server.LocalPath;

/** Where pages are. */
final class Paths {
    static final String OVERVIEW = "/";
    static final String ATTACKS = "/attacks";
    static final String ATTACK = "/attacks/{id}";
    static final String INFECTED = "/infected";
    static final String INFECTED_HOST = "/infected/{id}";
    static final String SERVERS = "/servers";
    static final String SERVER = "/servers/{id}";
    static final String ABUSE = "/abuse";

    /** Behind the page of a finding. */
    static final String ACKNOWLEDGE = "/acknowledge";

    static final String MUTE = "/mute";
    static final String FALSE_ALARM = "/false-alarm";
    static final String CLEAR = "/clear";
    static final String HOSTS = "/hosts";
    static final String HOST = "/hosts/{address}";
    static final String EXPORTERS = "/exporters";
    static final String SETTINGS = "/settings";
    static final String SEARCH = "/search";
    static final String LIVE = "/live";
    static final String TRAFFIC = "/live/traffic";
    static final String SIGN_IN = LocalPath.SIGN_IN;
    static final String SIGN_OUT = "/sign-out";
    static final String OPENID = "/sign-in/openid";
    static final String OPENID_CALLBACK = OpenIdSettings.CALLBACK;
    static final String ACCOUNT = "/account";
    static final String ACCOUNT_PASSWORD = "/account/password";
    static final String ACCOUNT_SESSION_END = "/account/sessions/{number}/end";
    static final String USERS = "/users";
    static final String USER_ROLE = "/users/{name}/role";
    static final String USER_PASSWORD = "/users/{name}/password";
    static final String USER_DISABLE = "/users/{name}/disable";
    static final String USER_ENABLE = "/users/{name}/enable";
    static final String USER_REMOVE = "/users/{name}/remove";
    static final String SESSION_END = "/sessions/{number}/end";
    static final String AUDIT = "/audit";
    static final String ASSETS = "/assets/";

    private Paths() {}

    static String attack(String id) {
        return ATTACKS + "/" + id;
    }

    static String infected(String id) {
        return INFECTED + "/" + id;
    }

    static String server(String id) {
        return SERVERS + "/" + id;
    }

    /** The names of accounts need no quoting in a path. */
    static String ofUser(String template, String name) {
        return template.replace("{name}", name);
    }

    static String endOfOwnSession(String number) {
        return ACCOUNT_SESSION_END.replace("{number}", number);
    }

    static String endOfSession(String number) {
        return SESSION_END.replace("{number}", number);
    }

    static String host(String address) {
        return HOSTS + "/" + address;
    }

    /** A text as the value of a parameter. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
