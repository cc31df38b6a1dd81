package levee.alert;

/** Where alerts go. Its {@code toString} shows no secret. */
public sealed interface Channel permits Webhook, Mail, Syslog {

    /** What people call it, unique among the channels. */
    String name();

    Pace pace();

    /** Where alerts go, without secrets, such as {@code https://chat.example}. */
    String where();
}
