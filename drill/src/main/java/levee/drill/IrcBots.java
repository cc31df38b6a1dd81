package levee.drill;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import levee.drill.TcpDialogue.Message;
import levee.model.InfectedHost.BehaviourKind;

/** Bots in a channel of a chat server (RFC 2812). */
final class IrcBots implements BotPlayer {
    private static final long SECOND = 1_000_000_000L;

    private final Gang gang;
    private final BotFamily.Irc family;
    private final int server;
    private final long floodNanos;
    private final String channel;

    /** @param floodNanos when they are told to flood, or {@link Actor#NEVER} */
    IrcBots(Gang gang, BotFamily.Irc family, long floodNanos) {
        this.gang = gang;
        this.family = family;
        this.floodNanos = floodNanos;
        server = gang.newcomer();
        channel = "#" + Names.characters(gang.random(), 5);
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        String name = "[X86]" + Names.characters(random, 7);
        String host = "irc." + gang.domain();
        List<Message> greeting = List.of(
                Message.text(true, "NICK " + name + "\r\nUSER x 8 * :x\r\n", 0),
                Message.text(false, ":" + host + " 001 " + name + " :Welcome\r\n", SECOND / 5),
                Message.text(true, "JOIN " + channel + "\r\n", SECOND),
                Message.text(
                        false,
                        ":" + name + "!x@bot JOIN :" + channel + "\r\n:" + host + " 332 " + name + " " + channel
                                + " :.scan on\r\n",
                        0));
        TcpDialogue dialogue = new TcpDialogue(
                        gang.outward(bot, server, family.port(), random), greeting, random.split())
                .goingOn(new Channel(host))
                .seenBy(now -> {
                    gang.commands(server, family.port(), Gang.TCP);
                    bot.note(BehaviourKind.IRC, now);
                    bot.note(BehaviourKind.LONG_CONNECTION, now);
                });
        stage.add(nanos, gang.find(bot, host, server, dialogue, random.split()));
    }

    /** What is said while the bot stays. */
    private final class Channel implements LongFunction<List<Message>> {
        private final String host;
        private boolean told;

        Channel(String host) {
            this.host = host;
        }

        @Override
        public List<Message> apply(long now) {
            long ping = family.ping().toNanos();
            if (!told && floodNanos != Actor.NEVER && floodNanos - 2 * SECOND < now + ping) {
                told = true;
                long pause = Math.max(0, floodNanos - 2 * SECOND - now);
                return List.of(
                        Message.text(false, ":boss!b@" + host + " PRIVMSG " + channel + " :.flood 30\r\n", pause));
            }
            return List.of(
                    Message.text(false, "PING :" + host + "\r\n", ping),
                    Message.text(true, "PONG :" + host + "\r\n", 0));
        }
    }
}
