package levee.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.ExposedService;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Level;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/**
 * What was found besides attacks, each kind by itself and what matters most first.
 *
 * @param infected those to notify before those that are suspected, the surest first
 * @param servers by rank
 * @param botnets the largest first
 * @param exposed those that answered most first
 * @param spoofed the most traffic first
 * @param scanners those that tried most first
 */
public record AbuseFindings(
        List<InfectedHost> infected,
        List<CommandServer> servers,
        List<Botnet> botnets,
        List<ExposedService> exposed,
        List<SpoofedTraffic> spoofed,
        List<Scanner> scanners) {

    public AbuseFindings {
        infected = sorted(
                infected,
                Comparator.comparing(InfectedHost::level)
                        .thenComparingDouble(InfectedHost::score)
                        .reversed()
                        .thenComparing(InfectedHost::host));
        servers = sorted(servers, Comparator.comparingInt(CommandServer::rank).thenComparing(CommandServer::server));
        botnets = sorted(
                botnets,
                Comparator.comparing((Botnet botnet) -> botnet.hosts().size())
                        .reversed()
                        .thenComparing(Botnet::id));
        exposed = sorted(
                exposed,
                Comparator.comparing(
                                (ExposedService service) -> service.answers().bytes())
                        .reversed()
                        .thenComparing(ExposedService::endpoint));
        spoofed = sorted(
                spoofed,
                Comparator.comparing(
                                (SpoofedTraffic traffic) -> traffic.volume().packets())
                        .reversed()
                        .thenComparing(SpoofedTraffic::id));
        scanners =
                sorted(scanners, Comparator.comparing(Scanner::tries).reversed().thenComparing(Scanner::source));
    }

    private static <T> List<T> sorted(List<T> values, Comparator<T> order) {
        return values.stream().sorted(order).toList();
    }

    public static AbuseFindings of(Iterable<? extends Finding> findings) {
        List<InfectedHost> infected = new ArrayList<>();
        List<CommandServer> servers = new ArrayList<>();
        List<Botnet> botnets = new ArrayList<>();
        List<ExposedService> exposed = new ArrayList<>();
        List<SpoofedTraffic> spoofed = new ArrayList<>();
        List<Scanner> scanners = new ArrayList<>();
        for (Finding finding : findings) {
            switch (finding) {
                case Attack attack -> {
                    // Attacks are told of elsewhere.
                }
                case InfectedHost host -> infected.add(host);
                case CommandServer server -> servers.add(server);
                case Botnet botnet -> botnets.add(botnet);
                case ExposedService service -> exposed.add(service);
                case SpoofedTraffic traffic -> spoofed.add(traffic);
                case Scanner scanner -> scanners.add(scanner);
            }
        }
        return new AbuseFindings(infected, servers, botnets, exposed, spoofed, scanners);
    }

    public List<InfectedHost> infected(Level level) {
        return infected.stream().filter(host -> host.level() == level).toList();
    }

    public boolean isEmpty() {
        return counts().isEmpty();
    }

    /** Such as {@code 2 infected hosts to notify}; nothing of what was not found. */
    public List<String> counts() {
        List<String> counts = new ArrayList<>();
        counts.add(Amounts.count(infected(Level.NOTIFY).size(), "infected host") + " to notify");
        counts.add(Amounts.count(infected(Level.SUSPECTED).size(), "host") + " suspected of infection");
        counts.add(Amounts.count(servers.size(), "command server"));
        counts.add(Amounts.count(botnets.size(), "botnet"));
        counts.add(Amounts.count(exposed.size(), "exposed service"));
        counts.add(Amounts.count(spoofed.size(), "place", "places") + " that forged traffic leaves by");
        counts.add(Amounts.count(scanners.size(), "scanner"));
        Predicate<String> isNone = text -> text.startsWith("0 ");
        return counts.stream().filter(isNone.negate()).toList();
    }
}
