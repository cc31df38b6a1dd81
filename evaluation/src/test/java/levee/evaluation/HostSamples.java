package levee.evaluation;

import static levee.evaluation.Samples.MIDNIGHT;
import static levee.evaluation.Samples.at;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import levee.evaluation.FoundHost.FoundBehaviour;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Truth;
import levee.model.Truth.Behaviour;
import levee.model.Truth.InfectedHost;
import levee.model.Truth.LookAlike;

/** Small truths and findings about hosts, with times in minutes of one day. */
final class HostSamples {
    private HostSamples() {}

    /** Ten hours of so many hosts. */
    static Truth truth(
            long hosts, List<InfectedHost> infected, List<Endpoint> commandServers, List<LookAlike> lookAlikes) {
        return new Truth(
                "office",
                MIDNIGHT,
                at(36_000),
                List.of(Prefix.parse("192.0.2.0/24")),
                hosts,
                1_000,
                1_000,
                Optional.empty(),
                List.of(),
                infected,
                commandServers,
                lookAlikes);
    }

    static InfectedHost infected(String host, Behaviour... behaviours) {
        return new InfectedHost(IpAddress.parse(host), List.of(behaviours));
    }

    static Behaviour behaviour(String name, double startMinute, double endMinute) {
        return new Behaviour(name, at(startMinute * 60), at(endMinute * 60));
    }

    static Endpoint server(String address, int port) {
        return new Endpoint(IpAddress.parse(address), port, "tcp");
    }

    /** An open finding with the first behaviour the weightiest. */
    static FoundHost suspected(String host, double sinceMinute, String... behaviours) {
        List<FoundBehaviour> said = Arrays.stream(behaviours)
                .map(name -> new FoundBehaviour(name, 20 - name.length(), "Evidence of " + name + "."))
                .toList();
        return new FoundHost(
                "infected-host-" + host,
                IpAddress.parse(host),
                at(sinceMinute * 60),
                at(36_000),
                true,
                at(sinceMinute * 60),
                Optional.empty(),
                5,
                said,
                FoundHost.weights(said),
                List.of());
    }

    static FoundHost notified(FoundHost host, double sinceMinute) {
        return new FoundHost(
                host.id(),
                host.host(),
                host.start(),
                host.end(),
                host.isOpen(),
                host.suspectedSince(),
                Optional.of(at(sinceMinute * 60)),
                15,
                host.behaviours(),
                host.weights(),
                host.commandServers());
    }

    static FoundHost ended(FoundHost host, double endMinute) {
        return new FoundHost(
                host.id(),
                host.host(),
                host.start(),
                at(endMinute * 60),
                false,
                host.suspectedSince(),
                host.notifySince(),
                host.highestScore(),
                host.behaviours(),
                host.weights(),
                host.commandServers());
    }

    static FoundHost commandedBy(FoundHost host, Endpoint... servers) {
        return new FoundHost(
                host.id(),
                host.host(),
                host.start(),
                host.end(),
                host.isOpen(),
                host.suspectedSince(),
                host.notifySince(),
                host.highestScore(),
                host.behaviours(),
                host.weights(),
                List.of(servers));
    }

    static FoundServer named(Endpoint server, long rank, String... hosts) {
        return new FoundServer(
                "command-server-" + server.address(),
                server,
                true,
                rank,
                0.75,
                Arrays.stream(hosts).map(IpAddress::parse).toList());
    }

    static HostEvaluation evaluation(HostTruth truth, FoundHost... hosts) {
        return evaluation(truth, List.of(hosts), List.of());
    }

    static HostEvaluation evaluation(HostTruth truth, List<FoundHost> hosts, List<FoundServer> servers) {
        return HostEvaluation.of(List.of(new HostRun(truth, hosts, servers)));
    }

    /** Adds a flow that is nothing but malicious, normal or neither. */
    static void flow(LabelledHosts hosts, double minute, String host, Condition verdict) {
        hosts.flow(
                at(minute * 60).getEpochSecond() * 1_000_000_000L
                        + at(minute * 60).getNano(),
                IpAddress.parse(host),
                verdict,
                Optional.empty(),
                Optional.empty());
    }
}
