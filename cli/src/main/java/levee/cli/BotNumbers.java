package levee.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import levee.drill.BotFamily;
import levee.drill.NameGenerator;
import levee.model.Suggestion;

/** The keys of scenario files by which each family of bots gets other numbers than are usual. */
final class BotNumbers {
    private static final double MOST_PER_SECOND = 1_000;
    private static final double MOST_PER_MINUTE = 6_000;
    private static final int MOST_PORT = 0xffff;
    private static final double MOST_JITTER = 0.9;

    private BotNumbers() {}

    static List<String> keys(BotFamily family) {
        return switch (family) {
            case BotFamily.Mirai mirai -> List.of("port", "rate", "scan-for", "period", "kept-open", "attack-after");
            case BotFamily.Irc irc -> List.of("port", "period", "attack-after");
            case BotFamily.DeadServer dead -> List.of("port", "period", "jitter", "refuses");
            case BotFamily.Beacon beacon -> List.of("period", "jitter", "encrypted", "by-name");
            case BotFamily.Dga dga -> List.of("generator", "period", "names");
            case BotFamily.DnsTunnel tunnel -> List.of("period", "jitter", "texts");
            case BotFamily.Spam spam -> List.of("rate");
            case BotFamily.PeerToPeer peers -> List.of("peers", "period");
            case BotFamily.BruteForce guessing -> List.of("port", "rate");
            case BotFamily.RemoteControl control -> List.of("port", "period", "session", "encrypted", "by-name");
        };
    }

    /** The usual bots, but for what was said. */
    static BotFamily of(BotFamily usual, ScenarioBuilder.Fields fields) {
        return switch (usual) {
            case BotFamily.Mirai mirai ->
                new BotFamily.Mirai(
                        port(fields, mirai.port()),
                        fields.number("rate", 0.001, MOST_PER_SECOND).orElse(mirai.probesPerSecond()),
                        fields.duration("scan-for").orElse(mirai.scanFor()),
                        period(fields, mirai.beacon()),
                        fields.number("kept-open", 0, 1).orElse(mirai.keptOpen()),
                        fields.duration("attack-after").or(mirai::attackAfter));
            case BotFamily.Irc irc ->
                new BotFamily.Irc(
                        port(fields, irc.port()),
                        period(fields, irc.ping()),
                        fields.duration("attack-after").or(irc::attackAfter));
            case BotFamily.DeadServer dead ->
                new BotFamily.DeadServer(
                        port(fields, dead.port()),
                        period(fields, dead.retry()),
                        jitter(fields, dead.jitter()),
                        fields.choice("refuses").orElse(dead.refuses()));
            case BotFamily.Beacon beacon ->
                new BotFamily.Beacon(
                        period(fields, beacon.period()),
                        jitter(fields, beacon.jitter()),
                        fields.choice("encrypted").orElse(beacon.encrypted()),
                        fields.choice("by-name").orElse(beacon.named()));
            case BotFamily.Dga dga ->
                new BotFamily.Dga(
                        fields.parsed("generator", BotNumbers::generator).orElse(dga.generator()),
                        period(fields, dga.period()),
                        fields.wholeNumber("names", 1, 10_000).orElse(dga.names()));
            case BotFamily.DnsTunnel tunnel ->
                new BotFamily.DnsTunnel(
                        period(fields, tunnel.period()),
                        jitter(fields, tunnel.jitter()),
                        fields.choice("texts").orElse(tunnel.texts()));
            case BotFamily.Spam spam -> new BotFamily.Spam(perMinute(fields, spam.mailsPerMinute()));
            case BotFamily.PeerToPeer peers ->
                new BotFamily.PeerToPeer(
                        fields.wholeNumber("peers", 1, 1_000).orElse(peers.peers()), period(fields, peers.keepAlive()));
            case BotFamily.BruteForce guessing ->
                new BotFamily.BruteForce(port(fields, guessing.port()), perMinute(fields, guessing.triesPerMinute()));
            case BotFamily.RemoteControl control ->
                new BotFamily.RemoteControl(
                        port(fields, control.port()),
                        period(fields, control.keepAlive()),
                        fields.duration("session").orElse(control.session()),
                        fields.choice("encrypted").orElse(control.encrypted()),
                        fields.choice("by-name").orElse(control.named()));
        };
    }

    private static int port(ScenarioBuilder.Fields fields, int usual) {
        return fields.wholeNumber("port", 1, MOST_PORT).orElse(usual);
    }

    private static Duration period(ScenarioBuilder.Fields fields, Duration usual) {
        return fields.duration("period").orElse(usual);
    }

    private static double jitter(ScenarioBuilder.Fields fields, double usual) {
        return fields.number("jitter", 0, MOST_JITTER).orElse(usual);
    }

    private static double perMinute(ScenarioBuilder.Fields fields, double usual) {
        return fields.number("rate", 0.001, MOST_PER_MINUTE).orElse(usual);
    }

    private static NameGenerator generator(String label) {
        return NameGenerator.byLabel(label).orElseThrow(() -> {
            List<String> known = Arrays.stream(NameGenerator.values())
                    .map(NameGenerator::label)
                    .toList();
            return new IllegalArgumentException(
                    "there is no generator '" + label + "'." + Suggestion.among(label, known));
        });
    }
}
