package levee.alert;

import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;

/** Of which infected hosts people are told. Of attacks they always are, and of other kinds never. */
public enum InfectedHostAlerts {
    /** Of those alone that are so sure that their owner would be written to. */
    NOTIFY,
    /** Of those, too, that are worth a look. */
    SUSPECTED,
    NONE;

    /** Whether it may be told of, now or once more is known. */
    boolean mayInclude(Finding finding) {
        return switch (finding) {
            case Attack attack -> true;
            case InfectedHost infected -> this != NONE;
            case Abuse other -> false;
        };
    }

    boolean includes(Finding finding) {
        return switch (finding) {
            case Attack attack -> true;
            case InfectedHost infected ->
                switch (this) {
                    case NOTIFY -> infected.level() == Level.NOTIFY;
                    case SUSPECTED -> true;
                    case NONE -> false;
                };
            case Abuse other -> false;
        };
    }
}
