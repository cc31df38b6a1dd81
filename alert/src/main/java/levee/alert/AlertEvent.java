package levee.alert;

import java.util.Locale;

/** What happened to a finding since it was last told of. */
enum AlertEvent {
    OPENED,
    CHANGED,
    ENDED;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
