package levee.pages;

/** Where pages are. */
final class Paths {
    static final String OVERVIEW = "/";
    static final String ATTACKS = "/attacks";
    static final String ATTACK = "/attacks/{id}";
    static final String ACKNOWLEDGE = "/attacks/{id}/acknowledge";
    static final String MUTE = "/attacks/{id}/mute";
    static final String FALSE_ALARM = "/attacks/{id}/false-alarm";
    static final String CLEAR = "/attacks/{id}/clear";
    static final String HOSTS = "/hosts";
    static final String HOST = "/hosts/{address}";
    static final String EXPORTERS = "/exporters";
    static final String SETTINGS = "/settings";
    static final String SEARCH = "/search";
    static final String LIVE = "/live";
    static final String TRAFFIC = "/live/traffic";
    static final String ASSETS = "/assets/";

    private Paths() {}

    static String attack(String id) {
        return ATTACKS + "/" + id;
    }

    static String host(String address) {
        return HOSTS + "/" + address;
    }
}
