package levee.report;

import static levee.report.DataTable.number;
import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;

import java.util.List;
import java.util.function.Function;
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.Botnet;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/** Botnets, services that can be abused, forged traffic and scanners: a row each. */
public final class AbuseTables {
    private static final int MOST_ROWS = 100;

    private AbuseTables() {}

    public static Element botnets(List<Botnet> botnets) {
        DataTable table = DataTable.stacking(
                caption("The largest first", botnets),
                words("Servers"),
                words("Hosts"),
                words("What they share"),
                number("Sure"),
                unbroken("Since (UTC)"),
                words("Evidence"));
        return rows(
                table,
                botnets,
                botnet -> List.of(
                        botnet.servers().isEmpty() ? "none known" : Wording.some(botnet.servers(), Object::toString),
                        Amounts.count(botnet.hosts().size()) + ": " + Wording.some(botnet.hosts(), IpAddress::toString),
                        String.join(
                                ", ",
                                botnet.behaviours().stream()
                                        .map(BehaviourKind::label)
                                        .toList()),
                        Amounts.percent(botnet.confidence()),
                        since(botnet),
                        evidence(botnet)));
    }

    public static Element exposed(List<ExposedService> services) {
        DataTable table = DataTable.stacking(
                caption("Those that answered most first", services),
                words("Service"),
                words("Protocol"),
                number("Strangers"),
                number("Asked"),
                number("Answered"),
                number("Times as much"),
                unbroken("Since (UTC)"),
                words("Evidence"));
        return rows(
                table,
                services,
                service -> List.of(
                        service.endpoint().toString(),
                        service.service(),
                        Wording.distinct(service.clients()),
                        Units.bytes(service.requests().bytes()),
                        Units.bytes(service.answers().bytes()),
                        Units.number(service.amplification()),
                        since(service),
                        evidence(service)));
    }

    public static Element spoofed(List<SpoofedTraffic> traffic) {
        DataTable table = DataTable.stacking(
                caption("The most traffic first", traffic),
                words("Seen by"),
                words("Traffic"),
                number("Foreign sources"),
                words("Goes to"),
                unbroken("Since (UTC)"),
                words("Evidence"));
        return rows(
                table,
                traffic,
                one -> List.of(
                        one.subject(),
                        Wording.volume(one.volume()),
                        Wording.distinct(one.sources()),
                        one.destinations().isEmpty()
                                ? "not known"
                                : Wording.some(one.destinations(), talker -> Wording.shortForm(talker.prefix())),
                        since(one),
                        evidence(one)));
    }

    public static Element scanners(List<Scanner> scanners) {
        DataTable table = DataTable.stacking(
                caption("Those that tried most first", scanners),
                words("From"),
                number("Addresses"),
                words("Looks for"),
                number("Hosts tried"),
                number("Tries"),
                number("Answered"),
                unbroken("Since (UTC)"));
        return rows(
                table,
                scanners,
                scanner -> List.of(
                        Wording.shortForm(scanner.source()),
                        Amounts.count(scanner.sources()),
                        scanner.services().isEmpty()
                                ? "not known"
                                : Wording.some(scanner.services(), service -> service),
                        Wording.distinct(scanner.targets()),
                        Amounts.count(scanner.tries()),
                        Amounts.count(scanner.answered()),
                        since(scanner)));
    }

    private static <T> Element rows(DataTable table, List<T> values, Function<T, List<String>> cells) {
        values.stream().limit(MOST_ROWS).forEach(value -> table.row(cells.apply(value)));
        return table.toElement();
    }

    private static String caption(String order, List<?> values) {
        return values.size() <= MOST_ROWS
                ? order + "."
                : "%s; %s more are not listed.".formatted(order, Amounts.count(values.size() - MOST_ROWS));
    }

    private static String since(Abuse abuse) {
        return UtcTime.toSecond(abuse.start());
    }

    private static String evidence(Abuse abuse) {
        return Wording.some(abuse.evidence(), Evidence::statement);
    }
}
