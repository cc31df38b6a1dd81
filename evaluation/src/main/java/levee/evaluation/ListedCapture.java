package levee.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.Prefix;

/**
 * A capture of a list that says which hosts of each are infected and which benign; {@code docs/evaluation.md} describes it.
 *
 * @param capture what entries have in common that are forms or parts of one capture; otherwise the name
 * @param path of a file or a folder, below that of the data
 * @param networks the own ones; empty where they are not told
 * @param infected hosts, with what they do
 */
public record ListedCapture(
        String name,
        String capture,
        String path,
        List<Prefix> networks,
        Map<IpAddress, Set<String>> infected,
        Set<IpAddress> benign,
        Set<Endpoint> commandServers) {

    public ListedCapture {
        networks = List.copyOf(networks);
        infected = Map.copyOf(infected);
        benign = Set.copyOf(benign);
        commandServers = Set.copyOf(commandServers);
    }

    /** Reads a list and leaves {@code in} open. */
    public static List<ListedCapture> read(InputStream in) throws IOException {
        return JsonValue.document(in).field("captures").listOf(ListedCapture::of);
    }

    private static ListedCapture of(JsonValue json) throws InvalidDocumentException {
        String name = json.field("name").text();
        Map<IpAddress, Set<String>> infected = new HashMap<>();
        for (JsonValue host : json.field("infected").elements()) {
            infected.put(
                    host.field("host").address(),
                    new HashSet<>(host.has("shows") ? host.field("shows").listOf(JsonValue::text) : List.of()));
        }
        Set<IpAddress> benign = new HashSet<>(json.field("benign_hosts").listOf(JsonValue::address));
        if (benign.stream().anyMatch(infected::containsKey)) {
            throw json.field("benign_hosts").expected("hosts that are not infected");
        }
        return new ListedCapture(
                name,
                json.has("capture") ? json.field("capture").text() : name,
                json.field("path").text(),
                json.field("networks").listOf(JsonValue::prefix),
                infected,
                benign,
                new HashSet<>(json.field("command_servers").listOf(JsonValue::endpoint)));
    }

    /** What was found in it. Of hosts that the list does not name nobody knows. */
    public HostRun run(List<FoundHost> hosts, List<FoundServer> servers, List<JudgedHost> judged) {
        List<KnownHost> known = new ArrayList<>();
        infected.forEach((host, behaviours) -> known.add(host(host, Condition.INFECTED, behaviours)));
        benign.forEach(host -> known.add(host(host, Condition.BENIGN, Set.of())));
        HostTruth truth =
                new HostTruth(name, Instant.EPOCH, Instant.EPOCH, known, 0, false, 0, commandServers, List.of());
        return new HostRun(capture, truth, hosts, servers, Optional.of(judged));
    }

    private static KnownHost host(IpAddress address, Condition condition, Set<String> behaviours) {
        return new KnownHost(
                address, condition, Optional.empty(), OptionalLong.empty(), 0, Set.of(), behaviours, Optional.empty());
    }
}
