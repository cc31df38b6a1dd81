package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Example;
import levee.model.InfectedHost.Level;
import levee.model.Protocols;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepWatchTest {
    private static final String HOST = BotPlayer.own(700);

    private static BotPlayer sweep(int hosts, int port) {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < hosts; i++) {
            player.unanswered(10 + i, HOST, BotPlayer.outside(i), port);
        }
        return player.finish();
    }

    @Test
    void whoLooksForOpenShellsIsToldOf() {
        BotPlayer player = sweep(200, 23);
        InfectedHost host = player.host(HOST).orElseThrow();
        assertThat(host.level()).isEqualTo(Level.NOTIFY);
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.SCANNING);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.SCANNING);
        assertThat(behaviour.firstSeen()).isEqualTo(Telling.instant(BotPlayer.nanos(10)));
        assertThat(behaviour.lastSeen()).isEqualTo(Telling.instant(BotPlayer.nanos(209)));
        assertThat(behaviour.evidence().get(0).value()).isEqualTo(200);
        assertThat(behaviour.evidence().get(0).statement()).contains("200 addresses");
        assertThat(behaviour.examples()).hasSize(4);
        Example first = behaviour.examples().get(0);
        assertThat(first.time()).isEqualTo(Telling.instant(BotPlayer.nanos(10)));
        assertThat(first.destination().toString()).isEqualTo(BotPlayer.outside(0) + ":23/tcp");
        assertThat(first.sourcePort()).isGreaterThan(1_024);
    }

    @Test
    void refusalsCountAsMuch() {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 100; i++) {
            player.refused(i, HOST, BotPlayer.outside(i), 445);
        }
        player.finish();
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.SCANNING);
        assertThat(player.evidence(HOST, BehaviourKind.SCANNING).statement()).contains("100 refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 445, 80, 9_876})
    void moreNeverWeighsLess(int port) {
        double before = 0;
        for (int hosts : new int[] {40, 80, 160, 320, 640, 1_280, 2_560}) {
            BotPlayer player = new BotPlayer();
            player.mark(0, HOST);
            for (int i = 0; i < hosts; i++) {
                player.unanswered(10 + i * 0.1, HOST, BotPlayer.outside(i), port);
            }
            double now = player.finish().behaviour(HOST, BehaviourKind.SCANNING).weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void whoLooksForAnybodyIsSaidToScan() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 100; i++) {
            player.ping(10 + i, HOST, BotPlayer.outside(i), false);
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.SCANNING);
        assertThat(player.behaviour(HOST, BehaviourKind.SCANNING)
                        .examples()
                        .get(0)
                        .destination()
                        .port())
                .isZero();
    }

    @Test
    void insideItWeighsLess() {
        BotPlayer inside = new BotPlayer().mark(0, HOST);
        BotPlayer outside = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 100; i++) {
            inside.unanswered(10 + i, HOST, BotPlayer.own(i), 22);
            outside.unanswered(10 + i, HOST, BotPlayer.outside(i), 22);
        }
        double weight = inside.finish().behaviour(HOST, BehaviourKind.SCANNING).weight();
        assertThat(weight)
                .isLessThan(
                        outside.finish().behaviour(HOST, BehaviourKind.SCANNING).weight());
        assertThat(inside.evidence(HOST, BehaviourKind.SCANNING).statement()).contains("all inside");
    }

    /** Whoever has to look inside may still miss a server outside now and then. */
    @Test
    void nearlyAllInsideIsInside() {
        double[] weights = new double[2];
        for (int outside = 0; outside < 2; outside++) {
            BotPlayer player = new BotPlayer().mark(0, HOST);
            for (int i = 0; i < 400; i++) {
                boolean isOutside = i % 100 < (outside == 0 ? 4 : 6);
                player.unanswered(10 + i, HOST, isOutside ? BotPlayer.outside(i) : BotPlayer.own(i), 80);
            }
            weights[outside] =
                    player.finish().behaviour(HOST, BehaviourKind.SCANNING).weight();
        }
        assertThat(weights[0]).isEqualTo(25);
        assertThat(weights[1]).isGreaterThan(30);
    }

    /** Of samples a SYN that stands alone is all there is. */
    @Test
    void lonelySynsOfSamplesSuffice() {
        BotPlayer player = new BotPlayer(Rows.SAMPLES);
        player.samplingRate = 100;
        for (int i = 0; i < 400; i++) {
            player.row(i, 0, HOST, 40_000 + i, BotPlayer.outside(i), 23, Protocols.TCP, TcpFlags.SYN, 1, 60);
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.SCANNING);
    }

    private static BotPlayer marked() {
        return new BotPlayer().mark(0, HOST);
    }

    private static void assertNoScan(BotPlayer player) {
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.KNOWN_INDICATOR).doesNotContain(BehaviourKind.SCANNING);
    }

    @Test
    void monitoringOfHostsThatAnswerIsNone() {
        BotPlayer player = marked();
        for (int i = 0; i < 500; i++) {
            player.answered(10 + i, HOST, BotPlayer.own(i), 22);
        }
        assertNoScan(player);
    }

    @Test
    void aServiceThatIsDeadIsNone() {
        BotPlayer player = marked();
        for (int i = 0; i < 500; i++) {
            player.unanswered(10 + i * 10, HOST, BotPlayer.outside(i % 3), 23);
        }
        assertNoScan(player);
    }

    @Test
    void peersOfFileSharingAreNone() {
        BotPlayer player = marked();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            int port = random.nextInt(5) == 0 ? 6_881 : random.nextInt(1_024, 65_536);
            if (random.nextInt(3) == 0) {
                player.udp(10 + i, HOST, 6_881, BotPlayer.outside(i), port, true);
            } else if (random.nextBoolean()) {
                player.udp(10 + i, HOST, 6_881, BotPlayer.outside(i), port, false);
            } else {
                player.unanswered(10 + i, HOST, BotPlayer.outside(i), port);
            }
        }
        assertNoScan(player);
    }

    @ParameterizedTest
    @ValueSource(ints = {53, 123, 1_900, 5_353, 137})
    void clocksAndNamesAreNone(int port) {
        BotPlayer player = marked();
        for (int i = 0; i < 500; i++) {
            player.udp(10 + i, HOST, 40_000 + i, BotPlayer.outside(i), port, false);
        }
        assertNoScan(player);
    }

    @Test
    void aBrowserThatMeetsSomeDeadServersIsNone() {
        BotPlayer player = marked();
        for (int i = 0; i < 1_000; i++) {
            if (i % 5 == 0) {
                player.unanswered(10 + i, HOST, BotPlayer.outside(i), 443);
            } else {
                player.answered(10 + i, HOST, BotPlayer.outside(i), 443);
            }
        }
        assertNoScan(player);
    }

    /** Somebody is online no more, and his programs call whom they know. */
    @Test
    void whoIsOfflineIsNotToldOf() {
        BotPlayer player = new BotPlayer();
        int[] ports = {443, 80, 5_228, 993, 8_883};
        for (int i = 0; i < 600; i++) {
            player.unanswered(10 + i * 5, HOST, BotPlayer.outside(i % 40), ports[i % 40 % ports.length]);
        }
        player.finish();
        assertThat(player.host(HOST)).isEmpty();
    }

    @Test
    void broadcastsAreNone() {
        BotPlayer player = marked();
        for (int i = 0; i < 200; i++) {
            player.udp(10 + i, HOST, 5_000, "10.1." + i + ".255", 9_999, false);
            player.udp(10 + i, HOST, 5_000, "239.1.2." + i, 9_999, false);
            player.udp(10 + i, HOST, 5_000, "255.255.255.255", 9_999, false);
        }
        assertNoScan(player);
    }

    /** Only what goes out is seen, as flows of whole connections. */
    @Test
    void whereAnswersAreNotSeenNothingFails() {
        BotPlayer player = new BotPlayer(Rows.FLOWS);
        int flags = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.PSH | TcpFlags.FIN;
        for (int i = 0; i < 60 * 50; i++) {
            player.row(
                    i * 0.1,
                    1,
                    BotPlayer.own(i % 60),
                    30_000 + i,
                    BotPlayer.outside(i),
                    443,
                    Protocols.TCP,
                    flags,
                    9,
                    900);
            player.row(
                    i * 0.1,
                    1,
                    BotPlayer.own(i % 60),
                    30_000 + i,
                    BotPlayer.outside(i),
                    22,
                    Protocols.TCP,
                    flags,
                    9,
                    900);
        }
        player.finish();
        assertThat(player.events).isEmpty();
    }
}
