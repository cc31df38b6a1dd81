package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import levee.model.Protocols;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuessingWatchTest {
    private static final String HOST = BotPlayer.own(700);

    private static BotPlayer guess(int sessions, int servers) {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < sessions; i++) {
            player.tcp(10 + i * 3, 2, HOST, BotPlayer.outside(i % servers), 22, 14, 1_900 + i % 3 * 16, 15, 2_900);
        }
        return player.finish();
    }

    @Test
    void manySessionsThatAreAllAlikeAreGuesses() {
        BotPlayer player = guess(300, 10);
        assertThat(player.kinds(HOST)).contains(BehaviourKind.BRUTE_FORCE);
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.NOTIFY);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.BRUTE_FORCE);
        assertThat(behaviour.evidence().get(0).value()).isEqualTo(300);
        assertThat(behaviour.evidence().get(0).statement())
                .contains("300 short sessions")
                .contains("22");
    }

    @Test
    void refusedSignInsAreGuesses() {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 60; i++) {
            player.ssh(i * 5, HOST, BotPlayer.outside(1), 22, 2);
        }
        player.finish();
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.BRUTE_FORCE);
        assertThat(player.evidence(HOST, BehaviourKind.BRUTE_FORCE).value()).isEqualTo(60);
    }

    @Test
    void refusedMailIsGuessing() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 60; i++) {
            player.smtp(10 + i * 5, HOST, BotPlayer.outside(1), 587, 535);
        }
        assertThat(player.finish().kinds(HOST)).contains(BehaviourKind.BRUTE_FORCE);
    }

    @Test
    void moreNeverWeighsLess() {
        double before = 0;
        for (int sessions : new int[] {30, 60, 120, 240, 480}) {
            double now = guess(sessions, 5)
                    .behaviour(HOST, BehaviourKind.BRUTE_FORCE)
                    .weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private static void assertNoGuessing(BotPlayer player) {
        player.finish();
        assertThat(player.kinds(HOST))
                .contains(BehaviourKind.KNOWN_INDICATOR)
                .doesNotContain(BehaviourKind.BRUTE_FORCE);
    }

    @Test
    void someSessionsOfAnAdministratorAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 15; i++) {
            player.tcp(10 + i * 60, 40, HOST, BotPlayer.outside(i % 3), 22, 30, 2_000L + i * 700L, 30, 4_000);
        }
        assertNoGuessing(player);
    }

    /** A program signs in everywhere in turn, six times an hour; nobody is seen to be refused. */
    @ParameterizedTest
    @ValueSource(ints = {5, 30, 100})
    void whoSignsInEverywhereInTurnIsNotWrittenTo(int servers) {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 6 * servers; i++) {
            player.tcp(
                    10 + i * 3_000.0 / (6 * servers),
                    2,
                    HOST,
                    BotPlayer.outside(i % servers),
                    22,
                    14,
                    1_900,
                    15,
                    2_900);
        }
        assertThat(player.finish().behaviour(HOST, BehaviourKind.BRUTE_FORCE).weight())
                .isEqualTo(25);
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.SUSPECTED);
    }

    /** So many have nobody who looks after them. */
    @Test
    void whoTriesAThousandHostsAFewTimesIsWrittenTo() {
        BotPlayer player = guess(3_000, 1_000);
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.NOTIFY);
    }

    /** Twenty times an hour at each server inside, and now and then outside: so do programs that look after machines. */
    @Test
    void administrationInsideIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 600; i++) {
            String server = i % 40 == 0 ? BotPlayer.outside(1) : BotPlayer.own(i % 30);
            player.tcp(10 + i * 5, 2, HOST, server, 22, 14, 1_900, 15, 2_900);
        }
        assertNoGuessing(player);
    }

    @Test
    void longSessionsAndCopiesAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 200; i++) {
            player.tcp(10 + i * 10, 300, HOST, BotPlayer.outside(i % 3), 22, 400, 60_000, 500, 90_000);
        }
        assertNoGuessing(player);
    }

    /** A program signs in every minute with a key. */
    @Test
    void signInsThatSucceedAreNone() {
        BotPlayer player = new BotPlayer();
        player.mark(0, HOST);
        for (int i = 0; i < 500; i++) {
            player.ssh(10 + i * 60, HOST, BotPlayer.outside(i % 4), 22, 1);
            player.tcp(10 + i * 60, 2, HOST, BotPlayer.outside(i % 4), 22, 14, 1_900, 15, 2_900);
        }
        assertNoGuessing(player);
    }

    @Test
    void webSessionsAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 500; i++) {
            player.answered(10 + i, HOST, BotPlayer.outside(1), 443);
        }
        assertNoGuessing(player);
    }

    @Test
    void samplesOfLongSessionsAreNone() {
        BotPlayer player = new BotPlayer(Rows.SAMPLES).mark(0, HOST);
        player.samplingRate = 10;
        for (int i = 0; i < 200; i++) {
            player.row(10 + i * 10, 0, HOST, 40_000, BotPlayer.outside(1), 22, Protocols.TCP, 0x18, 1, 90);
            player.row(11 + i * 10, 0, BotPlayer.outside(1), 22, HOST, 40_000, Protocols.TCP, 0x18, 1, 90);
        }
        assertNoGuessing(player);
    }

    /** A mistyped password, and again. */
    @Test
    void aFewRefusalsAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 5; i++) {
            player.ssh(10 + i * 5, HOST, BotPlayer.outside(1), 22, 2);
        }
        player.ssh(40, HOST, BotPlayer.outside(1), 22, 1);
        assertNoGuessing(player);
    }
}
