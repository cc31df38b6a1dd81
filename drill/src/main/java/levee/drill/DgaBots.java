package levee.drill;

import java.util.Optional;
import java.util.SplittableRandom;
import levee.model.InfectedHost.BehaviourKind;

/** Bots that compute the names of their command server. */
final class DgaBots implements BotPlayer {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;

    private final Gang gang;
    private final BotFamily.Dga family;
    private final int server;
    private final long key;

    DgaBots(Gang gang, BotFamily.Dga family) {
        this.gang = gang;
        this.family = family;
        server = gang.newcomer();
        key = gang.random().nextLong();
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        stage.add(nanos, new Search(bot, random));
    }

    /** Tries the names of the day in turn. The last of them is registered; then it rests for a period. */
    private final class Search implements Actor {
        private final Infected bot;
        private final SplittableRandom random;
        private int number;

        Search(Infected bot, SplittableRandom random) {
            this.bot = bot;
            this.random = random;
        }

        @Override
        public long act(Stage stage) {
            String name = family.generator().name(key, stage.now / NANOS_PER_DAY, number);
            bot.note(BehaviourKind.DGA, stage.now);
            if (++number < family.names()) {
                stage.add(
                        stage.now,
                        gang.names().miss(bot.host(), name, gang.authority(), Optional.empty(), random.split()));
                return end(stage.now + random.nextLong(100, 2_000) * MILLISECOND);
            }
            number = 0;
            Actor call = BeaconBots.call(gang, bot, server, Optional.of(name), true, random, 200, 120);
            stage.add(stage.now, gang.find(bot, name, server, call, random.split()));
            return end(stage.now + family.period().toNanos());
        }

        private long end(long nanos) {
            return nanos < gang.endNanos() ? nanos : NEVER;
        }
    }
}
