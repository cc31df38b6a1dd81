package levee.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.server.Operation.Access;

/** What a token allows. */
public enum Scope {
    /** To see the metrics, and nothing else. */
    METRICS(Access.METRICS),
    /** To see. */
    READ(Access.VIEWERS),
    /** To see and to change. */
    WRITE(Access.OPERATORS);

    private final Access most;

    Scope(Access most) {
        this.most = most;
    }

    Access most() {
        return most;
    }

    /** As settings write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String label) {
        return Arrays.stream(values())
                .filter(scope -> scope.label().equals(label))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Scope::label).toList();
    }
}
