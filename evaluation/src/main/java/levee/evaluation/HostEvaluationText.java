package levee.evaluation;

import static levee.evaluation.EvaluationText.decimals;
import static levee.evaluation.EvaluationText.percent;
import static levee.evaluation.EvaluationText.printable;
import static levee.model.Amounts.count;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import levee.evaluation.Evaluation.LookAlikeScore;
import levee.evaluation.HostEvaluation.BehaviourScore;
import levee.evaluation.HostEvaluation.FalseHost;
import levee.evaluation.HostEvaluation.FalseServer;
import levee.evaluation.HostEvaluation.FamilyScore;
import levee.evaluation.HostEvaluation.LevelScore;
import levee.evaluation.HostEvaluation.MissedHost;
import levee.evaluation.HostEvaluation.TrueServer;
import levee.model.InfectedHost.Level;

/** How right findings of infected hosts are, as tables for people. */
final class HostEvaluationText {
    private final StringBuilder text = new StringBuilder();

    private HostEvaluationText() {}

    static String verdict(HostEvaluation hosts) {
        LevelScore suspected = hosts.level(Level.SUSPECTED);
        LevelScore notify = hosts.level(Level.NOTIFY);
        return "%s of %s found, %s of them to be notified of, %s in %s\n"
                .formatted(
                        count(suspected.found()),
                        count(hosts.infected(), "infected host"),
                        count(notify.found()),
                        count(hosts.falseHosts().size(), "false host"),
                        count(hosts.runs(), "run"));
    }

    static String sections(HostEvaluation hosts) {
        HostEvaluationText page = new HostEvaluationText();
        page.hosts(hosts);
        page.measures(hosts);
        page.servers(hosts);
        page.behaviours(hosts.behaviours());
        page.families(hosts.families());
        page.lookAlikes(hosts.lookAlikes());
        page.missed(hosts.missed());
        page.accused("FALSE HOSTS", hosts.falseHosts());
        page.accused("CALLED INFECTED, BUT NOBODY KNOWS", hosts.unknownHosts());
        if (!hosts.validation().isEmpty()) {
            page.text.append(WeightValidationText.sections(hosts.validation()));
        }
        return page.text.toString();
    }

    private void hosts(HostEvaluation hosts) {
        Table table = new Table().line("", "suspected", "notify");
        line(table, "infected", hosts, level -> count(hosts.infected()));
        line(table, "  hardly seen", hosts, level -> count(hosts.hardlySeen()));
        line(table, "found", hosts, level -> count(level.found()));
        line(table, "  of all", hosts, level -> percent(level.found(), hosts.infected()));
        line(table, "missed", hosts, level -> count(hosts.infected() - level.found()));
        line(table, "  hardly seen", hosts, level -> count(hosts.hardlySeen() - level.foundHardlySeen()));
        line(
                table,
                "minutes until found, median",
                hosts,
                level -> level.minutes()
                        .map(minutes -> decimals(minutes.median(), 1))
                        .orElse("-"));
        line(
                table,
                "  longest",
                hosts,
                level -> level.minutes()
                        .map(minutes -> decimals(minutes.longest(), 1))
                        .orElse("-"));
        line(table, "benign", hosts, level -> count(hosts.benign()));
        line(
                table,
                "  host-hours",
                hosts,
                level -> hosts.benignHostHours() == 0 ? "-" : decimals(hosts.benignHostHours(), 1));
        line(table, "false", hosts, level -> count(level.falsely()));
        line(table, "  per 1,000 host-days", hosts, level -> rate(level.falsely() * 24_000.0, hosts, 3));
        line(table, "  per host-hour", hosts, level -> rate(level.falsely(), hosts, 6));
        section("INFECTED HOSTS", table);
    }

    private static String rate(double count, HostEvaluation hosts, int decimals) {
        return hosts.benignHostHours() == 0 ? "-" : decimals(count / hosts.benignHostHours(), decimals);
    }

    private static void line(Table table, String name, HostEvaluation hosts, Function<LevelScore, String> value) {
        table.line(name, value.apply(hosts.level(Level.SUSPECTED)), value.apply(hosts.level(Level.NOTIFY)));
    }

    private void measures(HostEvaluation hosts) {
        if (Double.isNaN(hosts.allPositive().accuracy())) {
            return;
        }
        Table table = new Table().line("", "suspected", "notify", "all hosts");
        measure(table, "true positive rate", hosts, WeightedMeasures::truePositiveRate);
        measure(table, "false positive rate", hosts, WeightedMeasures::falsePositiveRate);
        measure(table, "precision", hosts, WeightedMeasures::precision);
        measure(table, "accuracy", hosts, WeightedMeasures::accuracy);
        measure(table, "F1", hosts, WeightedMeasures::fMeasure);
        section("TIME-WEIGHTED, BY FRAMES OF 5 MINUTES", table);
    }

    private static void measure(
            Table table, String name, HostEvaluation hosts, ToDoubleFunction<WeightedMeasures> measure) {
        table.line(
                name,
                ratio(measure.applyAsDouble(hosts.level(Level.SUSPECTED).measures())),
                ratio(measure.applyAsDouble(hosts.level(Level.NOTIFY).measures())),
                ratio(measure.applyAsDouble(hosts.allPositive())));
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "-" : decimals(value, 3);
    }

    private void servers(HostEvaluation hosts) {
        if (hosts.servers().isEmpty() && hosts.falseServers().isEmpty()) {
            return;
        }
        section(
                "COMMAND SERVERS",
                new Table()
                        .line("there are", count(hosts.servers().size()))
                        .line("named", count(hosts.servers(TrueServer::isNamed)))
                        .line("  among the first three", count(hosts.servers(TrueServer::isAmongFirst)))
                        .line("false", count(hosts.falseServers().size())));
        text.append('\n');
        for (TrueServer server : hosts.servers()) {
            text.append("  %s: %s, rank %s, of its hosts' servers %s\n"
                    .formatted(
                            printable(server.run()),
                            server.server(),
                            place(server.rank()),
                            place(server.placeAtHost())));
        }
        for (FalseServer server : hosts.falseServers()) {
            text.append("  %s: %s, rank %d, is none; said with %s\n"
                    .formatted(
                            printable(server.run()), server.server(), server.rank(), decimals(server.confidence(), 2)));
        }
    }

    private static String place(OptionalLong place) {
        return place.isEmpty() ? "-" : count(place.getAsLong());
    }

    private void behaviours(List<BehaviourScore> scores) {
        if (scores.isEmpty()) {
            return;
        }
        Table table = new Table().line("", "happened", "right", "missed", "extra");
        for (BehaviourScore score : scores) {
            table.line(
                    printable(score.name()),
                    count(score.happened()),
                    count(score.right()),
                    count(score.happened() - score.right()),
                    count(score.extra()));
        }
        section("BEHAVIOURS", table);
    }

    private void families(List<FamilyScore> scores) {
        if (scores.isEmpty()) {
            return;
        }
        Table table = new Table().line("", "happened", "suspected", "notify", "missed");
        for (FamilyScore score : scores) {
            table.line(
                    printable(score.name()),
                    count(score.happened()),
                    count(score.suspected()),
                    count(score.toNotify()),
                    count(score.happened() - score.suspected()));
        }
        section("FAMILIES", table);
    }

    private void lookAlikes(List<LookAlikeScore> scores) {
        if (scores.isEmpty()) {
            return;
        }
        Table table = new Table().line("", "happened", "called infected");
        scores.forEach(
                score -> table.line(printable(score.name()), count(score.happened()), count(score.calledAttack())));
        section("LOOK-ALIKES OF INFECTED HOSTS", table);
    }

    private void missed(List<MissedHost> missed) {
        missed(
                "MISSED, OR ONLY SUSPECTED",
                missed.stream().filter(host -> !host.isHardlySeen()).toList());
        missed(
                "MISSED, OR ONLY SUSPECTED, AND HARDLY SEEN",
                missed.stream().filter(MissedHost::isHardlySeen).toList());
    }

    private void missed(String title, List<MissedHost> missed) {
        if (missed.isEmpty()) {
            return;
        }
        heading(title);
        for (MissedHost host : missed) {
            text.append("  %s: %s, %s%s%s%s\n"
                    .formatted(
                            printable(host.run()),
                            host.host(),
                            host.family()
                                    .map(family -> printable(family) + ", ")
                                    .orElse(""),
                            host.isSuspected() ? "only suspected" : "not found",
                            host.maliciousFlows().isPresent()
                                    ? ", " + count(host.maliciousFlows().getAsLong(), "malicious flow")
                                    : "",
                            host.behaviours().isEmpty() ? "" : ": " + printable(String.join(", ", host.behaviours()))));
        }
    }

    private void accused(String title, List<FalseHost> hosts) {
        if (hosts.isEmpty()) {
            return;
        }
        heading(title);
        for (FalseHost host : hosts) {
            String level = switch (host.level()) {
                case SUSPECTED -> "suspected";
                case NOTIFY -> "notify";
            };
            text.append("  %s: %s, %s%s\n"
                    .formatted(
                            printable(host.run()),
                            host.host(),
                            level,
                            host.lookAlikes().isEmpty()
                                    ? ""
                                    : ", really " + printable(String.join(", ", host.lookAlikes()))));
            if (!host.behaviour().isEmpty()) {
                text.append("    %s: %s\n".formatted(printable(host.behaviour()), printable(host.statement())));
            }
        }
    }

    private void section(String title, Table table) {
        heading(title);
        text.append(table);
    }

    private void heading(String title) {
        text.append('\n').append(title).append('\n');
    }
}
