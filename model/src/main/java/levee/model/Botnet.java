package levee.model;

import java.time.Instant;
import java.util.List;

/**
 * Own hosts that act alike.
 *
 * @param hosts that belong to it, the surest first
 * @param servers that command them, as far as known
 * @param behaviours that most of them share
 * @param confidence that they belong together, 0 to 1
 */
public record Botnet(
        String id,
        State state,
        List<IpAddress> hosts,
        List<Endpoint> servers,
        List<InfectedHost.BehaviourKind> behaviours,
        double confidence,
        Instant start,
        Instant end,
        List<Evidence> evidence)
        implements Abuse {

    public static final String KIND = "botnet";

    public Botnet {
        hosts = List.copyOf(hosts);
        servers = List.copyOf(servers);
        behaviours = List.copyOf(behaviours);
        evidence = List.copyOf(evidence);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a botnet without hosts");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The server that leads it, else its first host. */
    @Override
    public String subject() {
        return servers.isEmpty()
                ? hosts.getFirst().toString()
                : servers.getFirst().toString();
    }

    @Override
    public Botnet continuing(String earlierId, Instant earlierStart, Evidence gap) {
        return new Botnet(
                earlierId,
                state,
                hosts,
                servers,
                behaviours,
                confidence,
                Continuation.earlier(earlierStart, start),
                end,
                Continuation.with(evidence, gap));
    }
}
