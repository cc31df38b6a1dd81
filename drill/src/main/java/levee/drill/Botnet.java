package levee.drill;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.Endpoint;
import levee.model.InfectedHost.BehaviourKind;

/**
 * Infected own hosts in fast motion, for drills of minutes: each loads a program, scans for telnet, and reports to a command
 * server about once a minute. The flood that they are told to send is an attack like others. {@link MiraiBots} live longer.
 */
final class Botnet {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration BEACON = Duration.ofMinutes(1);
    private static final double JITTER = 0.05;
    private static final double PROBES_PER_SECOND = 40;
    private static final int COMMAND_PORT = 48_101;
    private static final int PROGRAM_BYTES = 60_000;

    private final Conversations conversations;
    private final List<Infected> bots;
    private final int commandServer;
    private boolean beaconed;

    Botnet(Conversations conversations, int[] infected, int commandServer) {
        this.conversations = conversations;
        this.commandServer = commandServer;
        bots = Arrays.stream(infected)
                .mapToObj(host -> new Infected(host, "mirai"))
                .toList();
    }

    void enter(Stage stage, long startNanos, SplittableRandom random) {
        int loader = commandServer + 1;
        for (Infected bot : bots) {
            long begin = startNanos + (long) (random.nextDouble() * 5 * SECOND);
            Ends loading = conversations.outward(bot.host(), Ports.tcp(random), loader, 80, false);
            stage.add(
                    begin,
                    new TcpFlow(loading, TcpScript.HTTP, TcpFlow.Outcome.ESTABLISHED, random.split())
                            .sending(1, Payloads.HTTP_REQUEST.length(), PROGRAM_BYTES));
            stage.add(begin + 2 * SECOND, scan(bot, random.split()));
            SplittableRandom own = random.split();
            Periodic beacons = new Periodic(BEACON, JITTER, Actor.NEVER, own, on -> beacon(on, bot, own));
            stage.add(begin + 3 * SECOND, beacons);
        }
    }

    private MiraiScan scan(Infected bot, SplittableRandom random) {
        return new MiraiScan(
                conversations,
                bot,
                MiraiScan.TELNET,
                PROBES_PER_SECOND,
                Actor.NEVER,
                random,
                (ends, own) -> new TcpFlow(ends, TcpScript.OTHER, TcpFlow.Outcome.ESTABLISHED, own)
                        .sending(1, 0, 0)
                        .startingAt((int) ends.serverLow()));
    }

    private void beacon(Stage stage, Infected bot, SplittableRandom random) {
        Ends ends = conversations.outward(bot.host(), Ports.tcp(random), commandServer, COMMAND_PORT, false);
        stage.add(
                stage.now,
                new TcpFlow(ends, TcpScript.OTHER, TcpFlow.Outcome.ESTABLISHED, random.split()).sending(1, 40, 60));
        bot.note(BehaviourKind.BEACONING, stage.now);
        beaconed = true;
    }

    List<Infected> bots() {
        return bots;
    }

    List<Endpoint> commandServers() {
        return beaconed ? List.of(new Endpoint(conversations.address(commandServer), COMMAND_PORT, "tcp")) : List.of();
    }
}
