package levee.evaluation;

import java.util.List;
import levee.model.CommandServer;
import levee.model.Endpoint;
import levee.model.IpAddress;

/**
 * What a finding says of a command server, as far as it is scored.
 *
 * @param commands whether it is said to give commands, and not only programs
 * @param rank 1 for the likeliest
 * @param confidence 0 to 1
 * @param hosts who is said to talk to it
 */
public record FoundServer(
        String id, Endpoint server, boolean commands, long rank, double confidence, List<IpAddress> hosts) {
    public FoundServer {
        hosts = List.copyOf(hosts);
    }

    /** What is said now. */
    public static FoundServer of(CommandServer finding) {
        return new FoundServer(
                finding.id(),
                finding.server(),
                finding.role() == CommandServer.Role.COMMAND,
                finding.rank(),
                finding.confidence(),
                finding.hosts());
    }
}
