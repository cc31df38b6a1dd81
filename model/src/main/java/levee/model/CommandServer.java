package levee.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A server outside that infected hosts have in common.
 *
 * @param role what it is to them
 * @param name that hosts asked for or named, where one is known
 * @param rank 1 for the likeliest of all that are named
 * @param confidence that it is what {@code role} says, 0 to 1
 * @param hosts the own hosts that talk to it and are thought infected, the surest first
 */
public record CommandServer(
        String id,
        State state,
        Endpoint server,
        Role role,
        Optional<String> name,
        int rank,
        double confidence,
        List<IpAddress> hosts,
        Instant start,
        Instant end,
        List<Evidence> evidence)
        implements Abuse {

    public static final String KIND = "command-server";

    public CommandServer {
        hosts = List.copyOf(hosts);
        evidence = List.copyOf(evidence);
    }

    /** What a server is to infected hosts. */
    public enum Role {
        /** They report to it and take orders. */
        COMMAND,
        /** They load programs from it. */
        LOADER;

        /** The name in reports. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String subject() {
        return server.toString();
    }

    @Override
    public CommandServer continuing(String earlierId, Instant earlierStart, Evidence gap) {
        return new CommandServer(
                earlierId,
                state,
                server,
                role,
                name,
                rank,
                confidence,
                hosts,
                Continuation.earlier(earlierStart, start),
                end,
                Continuation.with(evidence, gap));
    }
}
