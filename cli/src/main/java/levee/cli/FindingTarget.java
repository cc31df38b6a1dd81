package levee.cli;

import levee.model.Attack;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.ExposedService;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.Prefix;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/**
 * Whom a finding is about, as the store keeps it. A customer is shown what is about networks of its own alone, by this target:
 * what tells of hosts of several customers is about no network, so that nobody but the operator sees it.
 */
final class FindingTarget {
    private FindingTarget() {}

    /** An address or a prefix; or what is none, such as {@code command-server 192.0.2.1:6667/tcp}. */
    static String of(Finding finding) {
        return switch (finding) {
            case Attack attack -> attack.target().toString();
            case InfectedHost infected -> Prefix.host(infected.host()).toString();
            case ExposedService exposed ->
                Prefix.host(exposed.endpoint().address()).toString();
            case CommandServer server -> ofNobody(server);
            case Botnet botnet -> ofNobody(botnet);
            case Scanner scanner -> ofNobody(scanner);
            case SpoofedTraffic spoofed -> ofNobody(spoofed);
        };
    }

    private static String ofNobody(Finding finding) {
        return finding.kind() + " " + finding.subject();
    }
}
