package levee.report;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import levee.model.Abuse;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.CommandServer;
import levee.model.ExposedService;
import levee.model.Finding.State;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Identity;
import levee.model.InfectedHost.Level;
import levee.model.InfectedHost.Probability;
import levee.model.InfectedHost.ServerContact;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/** What reports and pages say in the same words of infected hosts and of what goes with them. */
public final class AbuseWords {
    private AbuseWords() {}

    /** What a host does, to be read behind its address. */
    public static String does(BehaviourKind kind) {
        return switch (kind) {
            case SCANNING -> "looks for other hosts";
            case BRUTE_FORCE -> "tries passwords at other hosts";
            case FLOODING -> "floods others";
            case BEACONING -> "calls the same server again and again";
            case DEAD_COMMAND_SERVER -> "calls servers that no longer answer";
            case LONG_CONNECTION -> "keeps a connection open for long";
            case DGA -> "asks for names that nobody would think of";
            case DNS_TUNNEL -> "carries data in names that it asks for";
            case SPAM -> "sends mail as spammers do";
            case PEER_TO_PEER -> "keeps in touch with many strangers as bots do among themselves";
            case KNOWN_INDICATOR -> "contacts what is known to be malicious";
            case SCAN_TOOL_FINGERPRINT -> "sends packets that bear the mark of a scanning tool";
            case IRC -> "takes orders in a chat";
            case LOADING -> "loads programs as bots do";
        };
    }

    /** What is dared to be said. */
    public static String level(Level level) {
        return switch (level) {
            case NOTIFY -> "notify";
            case SUSPECTED -> "suspected";
        };
    }

    /** The same in a sentence. */
    public static String meaning(Level level) {
        return switch (level) {
            case NOTIFY -> "so sure that its owner would be written to";
            case SUSPECTED -> "worth a look, and no more than that";
        };
    }

    public static String score(double decibans) {
        return (decibans >= 0 ? "+" : "") + decibans(decibans);
    }

    private static String decibans(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f decibans", value) : "unknown";
    }

    /** Such as {@code 97 % (95 % interval 90 % to 99 %, measured on 120 hosts)}. */
    public static String probability(Probability probability) {
        return "%s (%s)".formatted(Amounts.percent(probability.value()), interval(probability));
    }

    static String interval(Probability probability) {
        return "95 %% interval %s to %s, measured on %s"
                .formatted(
                        Amounts.percent(probability.low()),
                        Amounts.percent(probability.high()),
                        Amounts.count(probability.sampleSize(), "host"));
    }

    public static String state(State state) {
        return state == State.OPEN ? "still going on" : "ended";
    }

    /** Such as {@code since 2026-05-11 08:00:00 UTC, 2 h so far}. */
    public static String when(Abuse abuse) {
        return (abuse.state() == State.OPEN ? "since %s UTC, %s so far" : "%s UTC, for %s")
                .formatted(
                        UtcTime.toSecond(abuse.start()), Units.duration(Duration.between(abuse.start(), abuse.end())));
    }

    /** Such as {@code 192.0.2.66:6667/tcp (cc.example), 90 % sure}. */
    public static String contact(ServerContact contact) {
        return contact.server() + contact.name().map(name -> " (" + name + ")").orElse("") + ", "
                + Amounts.percent(contact.confidence()) + " sure";
    }

    /** Such as {@code 192.0.2.66:6667/tcp (cc.example)}. */
    public static String named(CommandServer server) {
        return server.server() + server.name().map(name -> " (" + name + ")").orElse("");
    }

    public static String role(CommandServer.Role role) {
        return switch (role) {
            case COMMAND -> "hosts report to it and take orders";
            case LOADER -> "hosts load programs from it";
        };
    }

    /** Such as {@code 00:11:22:33:44:55, "ipcam", from … to … UTC}. */
    public static String identity(Identity identity) {
        return "%s%s, from %s to %s UTC"
                .formatted(
                        identity.hardwareAddress().isEmpty() ? "unknown hardware address" : identity.hardwareAddress(),
                        identity.name().isEmpty() ? "" : ", \"" + identity.name() + "\"",
                        UtcTime.toSecond(identity.from()),
                        UtcTime.toSecond(identity.to()));
    }

    /** What whoever gave out the address must know to find its user (RFC 6302). */
    public static String lookUp(InfectedHost infected, InfectedHost.Example example) {
        return "%s UTC: %s%s to %s"
                .formatted(
                        UtcTime.toSecond(example.time()),
                        infected.host(),
                        example.sourcePort() == 0 ? "" : " port " + example.sourcePort(),
                        example.destination());
    }

    /** Every example of all behaviours, the earliest first. */
    public static List<InfectedHost.Example> examples(InfectedHost infected) {
        return infected.behaviours().stream()
                .flatMap(behaviour -> behaviour.examples().stream())
                .distinct()
                .sorted(Comparator.comparing(InfectedHost.Example::time))
                .toList();
    }

    /** In a line. */
    public static String exposed(ExposedService exposed) {
        return "%s: %s answered %s with %s for each byte asked (%s for %s)"
                .formatted(
                        exposed.endpoint(),
                        exposed.service(),
                        strangers(exposed.clients()),
                        Units.number(exposed.amplification()) + " B",
                        Units.bytes(exposed.answers().bytes()),
                        Units.bytes(exposed.requests().bytes()));
    }

    private static String strangers(Attack.Count clients) {
        return Wording.distinct(clients) + (clients.value() == 1 ? " stranger" : " strangers");
    }

    /** In a line. */
    public static String spoofed(SpoofedTraffic spoofed) {
        return "%s: %s from %s that are not the network's own%s"
                .formatted(
                        spoofed.subject(),
                        Wording.volume(spoofed.volume()),
                        Wording.addresses(spoofed.sources()),
                        spoofed.destinations().isEmpty()
                                ? ""
                                : ", most of it to "
                                        + Wording.some(
                                                spoofed.destinations(), talker -> Wording.shortForm(talker.prefix())));
    }

    /** In a line. */
    public static String scanner(Scanner scanner) {
        return "%s%s: %s at %s, %s answered%s"
                .formatted(
                        Wording.shortForm(scanner.source()),
                        scanner.sources() > 1
                                ? " (" + Amounts.count(scanner.sources(), "address", "addresses") + ")"
                                : "",
                        Amounts.count(scanner.tries(), "try", "tries"),
                        Wording.distinct(scanner.targets()) + (scanner.targets().value() == 1 ? " host" : " hosts"),
                        Amounts.count(scanner.answered()),
                        scanner.services().isEmpty()
                                ? ""
                                : "; looks for " + Wording.some(scanner.services(), service -> service));
    }
}
