package levee.server;

import java.util.List;
import java.util.Optional;
import levee.access.Session;
import levee.model.Prefix;
import levee.server.Operation.Access;

/**
 * Who asks.
 *
 * @param name of the token or account, or {@code anonymous}
 * @param address where the request comes from
 * @param most the most that they may
 * @param networks the only ones that they may see something of; empty where they may see everything
 * @param formToken what forms on pages that they see must carry; empty where they need none
 * @param session of who has signed in
 */
public record Caller(
        String name,
        String address,
        Access most,
        Optional<List<Prefix>> networks,
        String formToken,
        Optional<Session> session) {
    public Caller {
        networks = networks.map(List::copyOf);
    }

    /** Somebody who has not signed in. */
    public Caller(String name, String address, Access most, Optional<List<Prefix>> networks, String formToken) {
        this(name, address, most, networks, formToken, Optional.empty());
    }

    public boolean may(Access access) {
        return most.covers(access);
    }

    /** Whether they may see what is about this host or network. */
    public boolean sees(Prefix target) {
        return networks.isEmpty() || networks.get().stream().anyMatch(network -> network.contains(target));
    }

    /** @throws ProblemException if they may not see what is about this host or network */
    public void mustSee(Prefix target) {
        if (!sees(target)) {
            throw new Problem(
                            403,
                            "not-your-network",
                            "This is no network of yours",
                            "'" + name + "' sees the networks of one customer.",
                            "Ask somebody who sees the whole network.")
                    .exception();
        }
    }

    /** The same of a target as findings say it; what is no network is nobody's. */
    public boolean sees(String target) {
        if (networks.isEmpty()) {
            return true;
        }
        try {
            return sees(Prefix.parse(target));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
