package levee.drill;

import java.util.SplittableRandom;
import levee.model.InfectedHost.BehaviourKind;

/** Bots that know each other. */
final class PeerToPeerBots implements BotPlayer {
    private static final long MILLISECOND = 1_000_000L;
    private static final int GONE_PERCENT = 70;

    /** Those that are gone are tried in every fourth round. */
    private static final int PATIENCE = 4;

    private static final int QUESTION_BYTES = 33;
    private static final int ANSWER_BYTES = 49;

    private final Gang gang;
    private final BotFamily.PeerToPeer family;
    private final int[] peers;
    private final int[] ports;
    private final boolean[] gone;

    PeerToPeerBots(Gang gang, BotFamily.PeerToPeer family) {
        this.gang = gang;
        this.family = family;
        peers = new int[family.peers()];
        ports = new int[family.peers()];
        gone = new boolean[family.peers()];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = gang.newcomer();
            ports[i] = Ports.udp(gang.random());
            gone[i] = gang.random().nextInt(100) < GONE_PERCENT;
        }
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        int port = Ports.udp(random);
        Periodic.Turn turn = on -> {
            long at = on.now;
            for (int i = 0; i < peers.length; i++) {
                if (!gone[i] || random.nextInt(PATIENCE) == 0) {
                    on.add(at, contact(bot, port, i, random));
                    at += random.nextLong(50, 500) * MILLISECOND;
                }
            }
        };
        stage.add(nanos, new Periodic(family.keepAlive(), 0.1, gang.endNanos(), random.split(), turn));
    }

    private Actor contact(Infected bot, int port, int peer, SplittableRandom random) {
        Ends ends = gang.conversations().outward(bot.host(), port, peers[peer], ports[peer], false);
        UdpFlow flow =
                new UdpFlow(ends, random.split()).asking(Payload.NOISY, QUESTION_BYTES, Payload.NOISY, ANSWER_BYTES);
        UdpFlow played = gone[peer] ? flow.unanswered() : flow;
        return now -> {
            bot.note(BehaviourKind.PEER_TO_PEER, now.now);
            return played.act(now);
        };
    }
}
