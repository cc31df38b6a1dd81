package levee.drill;

import java.util.SplittableRandom;
import levee.model.InfectedHost.BehaviourKind;

/** Bots whose command server is no more. */
final class DeadServerBots implements BotPlayer {
    private static final int TRIES_PER_LOOKUP = 10;

    private final Gang gang;
    private final BotFamily.DeadServer family;
    private final int server;

    /** Whether they know it by name. */
    private final boolean named;

    DeadServerBots(Gang gang, BotFamily.DeadServer family) {
        this.gang = gang;
        this.family = family;
        server = gang.newcomer();
        named = gang.random().nextBoolean();
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        TcpFlow.Outcome outcome = family.refuses() ? TcpFlow.Outcome.REFUSED : TcpFlow.Outcome.UNANSWERED;
        int[] tries = {0};
        Periodic.Turn turn = on -> {
            Ends ends = gang.outward(bot, server, family.port(), random);
            TcpFlow flow = new TcpFlow(ends, TcpScript.OTHER, outcome, random.split());
            Actor attempt = now -> {
                bot.note(BehaviourKind.DEAD_COMMAND_SERVER, now.now);
                gang.commands(server, family.port(), Gang.TCP);
                return flow.act(now);
            };
            boolean asks = named && tries[0]++ % TRIES_PER_LOOKUP == 0;
            on.add(on.now, asks ? gang.find(bot, gang.domain(), server, attempt, random.split()) : attempt);
        };
        stage.add(nanos, new Periodic(family.retry(), family.jitter(), gang.endNanos(), random.split(), turn));
    }
}
