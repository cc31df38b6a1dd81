package levee.drill;

import java.util.SplittableRandom;

/** Plays the bots of a family. */
interface BotPlayer {
    /** Lets a bot live from a time on. */
    void infect(Stage stage, Infected bot, long nanos, SplittableRandom random);

    /** @param floodNanos when bots are told to flood, or {@link Actor#NEVER} */
    static BotPlayer of(BotFamily family, Gang gang, long floodNanos) {
        return switch (family) {
            case BotFamily.Mirai mirai -> new MiraiBots(gang, mirai);
            case BotFamily.Irc irc -> new IrcBots(gang, irc, floodNanos);
            case BotFamily.DeadServer dead -> new DeadServerBots(gang, dead);
            case BotFamily.Beacon beacon -> new BeaconBots(gang, beacon);
            case BotFamily.Dga dga -> new DgaBots(gang, dga);
            case BotFamily.DnsTunnel tunnel -> new DnsTunnelBots(gang, tunnel);
            case BotFamily.Spam spam -> new SpamBots(gang, spam);
            case BotFamily.PeerToPeer peers -> new PeerToPeerBots(gang, peers);
            case BotFamily.BruteForce guessing -> new BruteForceBots(gang, guessing);
            case BotFamily.RemoteControl control -> new RemoteControlBots(gang, control);
        };
    }
}
