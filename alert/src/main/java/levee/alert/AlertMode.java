package levee.alert;

import java.util.Locale;

/** Whether people are told of a finding. */
public enum AlertMode {
    /** Nothing is sent; what would have been is counted. */
    MONITOR,
    ALERT;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
