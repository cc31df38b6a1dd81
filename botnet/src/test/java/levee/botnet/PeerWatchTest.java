package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.PayloadHint;
import org.junit.jupiter.api.Test;

class PeerWatchTest {
    private static final String HOST = BotPlayer.own(700);

    /** @param bytes that each peer gives, of those that answer: three of five */
    private static BotPlayer peers(BotPlayer player, int peers, int hours, int port, long bytes) {
        SplittableRandom random = new SplittableRandom(3);
        int[] ports = random.ints(peers, 10_000, 60_000).toArray();
        for (int i = 0; i < peers * 3; i++) {
            int peer = i % peers;
            boolean isThere = peer % 5 < 3;
            player.connection(
                    10 + i * hours * 1_200.0 / peers,
                    1,
                    HOST,
                    port,
                    BotPlayer.outside(peer),
                    ports[peer],
                    Protocols.UDP,
                    0,
                    2,
                    300,
                    0,
                    isThere ? 2 : 0,
                    isThere ? bytes : 0);
        }
        return player;
    }

    @Test
    void whoKeepsInTouchWithPeersIsSaidTo() {
        BotPlayer player =
                peers(new BotPlayer().mark(0, HOST), 300, 12, 20_000, 400).finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.PEER_TO_PEER);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.PEER_TO_PEER);
        // One in some hundred contacts is taken for one that was met before.
        assertThat(behaviour.evidence().get(0).value()).isBetween(280.0, 301.0);
    }

    @Test
    void moreNeverWeighsLess() {
        double before = 0;
        for (int peers : new int[] {100, 200, 400, 800}) {
            double now = peers(new BotPlayer().mark(0, HOST), peers, 12, 20_000, 400)
                    .finish()
                    .behaviour(HOST, BehaviourKind.PEER_TO_PEER)
                    .weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private static void assertNone(BotPlayer player) {
        assertThat(player.finish().kinds(HOST))
                .contains(BehaviourKind.KNOWN_INDICATOR)
                .doesNotContain(BehaviourKind.PEER_TO_PEER);
    }

    /** At its own well-known port. */
    @Test
    void fileSharingAtItsPortIsNone() {
        assertNone(peers(new BotPlayer().mark(0, HOST), 300, 12, 6_881, 400));
    }

    @Test
    void fileSharingThatMovesMegabytesIsNone() {
        assertNone(peers(new BotPlayer().mark(0, HOST), 300, 12, 20_000, 3_000_000));
    }

    @Test
    void aCallWithManyForAnHourIsNone() {
        assertNone(peers(new BotPlayer().mark(0, HOST), 300, 1, 20_000, 400));
    }

    @Test
    void peersThatAreAllThereAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 600; i++) {
            player.udp(10 + i * 60, HOST, 20_000, BotPlayer.outside(i % 200), 10_000 + i % 200 * 100, true);
        }
        assertNone(player);
    }

    /** The hints of its packets say that it shares files. */
    @Test
    void whatLooksLikeFileSharingIsNone() {
        BotPlayer player = new BotPlayer(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(4);
        player.hint = PayloadHint.BITTORRENT_DHT;
        for (int i = 0; i < 2_000; i++) {
            player.row(
                    10 + i * 20,
                    0,
                    HOST,
                    20_000,
                    BotPlayer.outside(i),
                    random.nextInt(10_000, 60_000),
                    Protocols.UDP,
                    0,
                    1,
                    120);
        }
        player.hint = PayloadHint.NONE;
        player.mark(40_010, HOST);
        assertNone(player);
    }
}
