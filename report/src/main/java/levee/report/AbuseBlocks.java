package levee.report;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import levee.model.Amounts;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.Example;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;

/** What was found besides attacks, as blocks of text: the hosts to notify first, scanners in a few lines. */
final class AbuseBlocks {
    /** There may be thousands of each; JSON has all of them. */
    private static final int MOST_BLOCKS = 50;

    private static final int MOST_LINES = 5;
    private static final int MOST_LOOK_UPS = 5;

    private final Page page;

    AbuseBlocks(Page page) {
        this.page = page;
    }

    void write(AbuseFindings found) {
        blocks(found.infected(Level.NOTIFY), this::infected, "infected hosts to notify");
        blocks(found.infected(Level.SUSPECTED), this::infected, "suspected hosts");
        blocks(found.servers(), this::server, "command servers");
        blocks(found.botnets(), this::botnet, "botnets");
        lines("EXPOSED SERVICES", found.exposed(), AbuseWords::exposed);
        lines("SPOOFED TRAFFIC that leaves the network", found.spoofed(), AbuseWords::spoofed);
        lines("SCANNERS", found.scanners(), AbuseWords::scanner);
    }

    private <T> void blocks(List<T> values, Consumer<T> block, String what) {
        values.stream().limit(MOST_BLOCKS).forEach(value -> {
            page.blank();
            block.accept(value);
        });
        if (values.size() > MOST_BLOCKS) {
            page.blank();
            page.heading(Tone.NORMAL, Amounts.count(values.size() - MOST_BLOCKS) + " more " + what + "; JSON has all");
        }
    }

    private <T> void lines(String heading, List<T> values, Function<T, String> line) {
        if (values.isEmpty()) {
            return;
        }
        page.blank();
        page.heading(Tone.TITLE, heading + ": " + Amounts.count(values.size()));
        values.stream().limit(MOST_LINES).forEach(value -> page.item(Tone.NORMAL, line.apply(value)));
        if (values.size() > MOST_LINES) {
            page.item(Tone.NORMAL, Amounts.count(values.size() - MOST_LINES) + " more; JSON has all");
        }
    }

    private void infected(InfectedHost infected) {
        boolean isSure = infected.level() == Level.NOTIFY;
        page.heading(
                isSure ? Tone.ALARM : Tone.WARNING,
                "%s %s, %s"
                        .formatted(
                                isSure ? "INFECTED HOST" : "SUSPECTED HOST",
                                infected.host(),
                                AbuseWords.state(infected.state())));
        infected.group().ifPresent(group -> page.row("group", Wording.group(group)));
        page.row("when", AbuseWords.when(infected));
        page.row(
                "level",
                AbuseWords.level(infected.level()) + " since " + UtcTime.toSecond(infected.levelSince()) + " UTC, "
                        + AbuseWords.meaning(infected.level()));
        page.row("score", AbuseWords.score(infected.score()));
        infected.probability().ifPresent(known -> page.row("infected", AbuseWords.probability(known)));
        infected.behaviours().forEach(this::behaviour);
        rows("against", infected.against(), AttackBlock::evidence);
        rows("commanded", infected.commandServers(), AbuseWords::contact);
        rows("who", infected.identities(), AbuseWords::identity);
        List<Example> examples = AbuseWords.examples(infected);
        rows(
                "look-up",
                examples.subList(0, Math.min(MOST_LOOK_UPS, examples.size())),
                example -> AbuseWords.lookUp(infected, example));
        page.row("seen", Wording.visibility(infected.visibility()));
        page.row("id", infected.id());
    }

    private void behaviour(Behaviour behaviour) {
        page.row(
                "does",
                Tone.TITLE,
                "%s: it %s, %s to %s UTC (%s)"
                        .formatted(
                                behaviour.kind().label(),
                                AbuseWords.does(behaviour.kind()),
                                UtcTime.toSecond(behaviour.firstSeen()),
                                UtcTime.toSecond(behaviour.lastSeen()),
                                AbuseWords.score(behaviour.weight())));
        rows("", behaviour.evidence(), AttackBlock::evidence);
    }

    private void server(CommandServer server) {
        page.heading(
                server.state() == State.OPEN ? Tone.ALARM : Tone.TITLE,
                "COMMAND SERVER %s, %s".formatted(AbuseWords.named(server), AbuseWords.state(server.state())));
        page.row("role", server.role().label() + ": " + AbuseWords.role(server.role()));
        page.row("rank", Amounts.count(server.rank()) + ", " + Amounts.percent(server.confidence()) + " sure");
        page.row("when", AbuseWords.when(server));
        page.row("hosts", hosts(server.hosts()));
        evidence(server.evidence());
        page.row("id", server.id());
    }

    private void botnet(Botnet botnet) {
        page.heading(
                botnet.state() == State.OPEN ? Tone.ALARM : Tone.TITLE,
                "BOTNET of %s, %s"
                        .formatted(Amounts.count(botnet.hosts().size(), "host"), AbuseWords.state(botnet.state())));
        page.row("hosts", hosts(botnet.hosts()));
        if (!botnet.servers().isEmpty()) {
            page.row("servers", Wording.some(botnet.servers(), Object::toString));
        }
        rows("does", botnet.behaviours(), kind -> kind.label() + ": they share that each " + AbuseWords.does(kind));
        page.row("when", AbuseWords.when(botnet));
        page.row("confidence", Amounts.percent(botnet.confidence()));
        evidence(botnet.evidence());
        page.row("id", botnet.id());
    }

    private static String hosts(List<IpAddress> hosts) {
        return hosts.isEmpty()
                ? "none"
                : Amounts.count(hosts.size(), "host") + ": " + Wording.some(hosts, IpAddress::toString);
    }

    private void evidence(List<Evidence> evidence) {
        rows("evidence", evidence, AttackBlock::evidence);
    }

    private <T> void rows(String label, List<T> values, Function<T, String> words) {
        String next = label;
        for (T value : values) {
            page.row(next, words.apply(value));
            next = "";
        }
    }
}
