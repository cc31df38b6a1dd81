package levee.alert;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import levee.model.InfectedHost.Example;
import levee.model.InfectedHost.Level;

/** Alerts about infected hosts as sentences: what whoever has to clean it needs to know. */
final class HostMailText {
    private HostMailText() {}

    /** Such as {@code Infected host 10.0.0.23: scanning, beaconing}. */
    static String headline(AlertEvent event, HostSituation host) {
        String begin = switch (event) {
            case OPENED, CHANGED -> host.level() == Level.NOTIFY ? "Infected host " : "Suspected host ";
            case ENDED -> "No more seen of infected host ";
        };
        return begin + host.target() + ": " + host.behaviourNames();
    }

    static String body(Alert.Single single, HostSituation host) {
        StringBuilder body = new StringBuilder(headline(single.event(), host)).append("\n\n");
        single.before()
                .filter(before -> single.event() == AlertEvent.CHANGED)
                .map(host::changesSince)
                .filter(changes -> !changes.isEmpty())
                .ifPresent(changes -> MailText.line(body, "What is new", changes));
        MailText.line(body, "Host", host.target());
        host.group().ifPresent(group -> MailText.line(body, "Group", MailText.group(group)));
        MailText.line(
                body,
                "Since",
                Figures.time(host.start()) + ", for " + Figures.duration(Duration.between(host.start(), host.end()))
                        + (host.isEnded() ? "; it is over" : " so far"));
        MailText.line(
                body,
                "How sure",
                "%s since %s, %s decibans"
                        .formatted(
                                host.level().label(),
                                Figures.time(host.levelSince()),
                                Double.isFinite(host.score())
                                        ? String.format(Locale.ROOT, "%.1f", host.score())
                                        : "unknown"));
        MailText.line(body, "Does", host.behaviourNames());
        list(body, "Why Levee says so", host.evidence());
        list(body, "What speaks against it", host.against());
        list(body, "Who may command it", host.servers());
        list(
                body,
                "To look up whose it is (times in UTC)",
                host.examples().stream().map(example -> lookUp(host, example)).toList());
        if (!host.isEnded()) {
            list(
                    body,
                    "What to do next",
                    List.of(
                            "Find out which device has the address, and tell its owner.",
                            "See whether other hosts talk to the same servers."));
        }
        body.append('\n');
        single.page().ifPresent(page -> MailText.line(body, "Page", page));
        MailText.line(body, "Finding", host.id());
        return body.toString();
    }

    /** Behind an address that many share, time and source port tell who it was (RFC 6302). */
    private static String lookUp(HostSituation host, Example example) {
        return "%s: %s%s to %s"
                .formatted(
                        Figures.time(example.time()),
                        host.target(),
                        example.sourcePort() == 0 ? "" : " port " + example.sourcePort(),
                        Plain.line(example.destination().toString(), 100));
    }

    private static void list(StringBuilder body, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            body.append('\n').append(heading).append('\n');
            lines.forEach(line -> body.append("- ").append(line).append('\n'));
        }
    }
}
