package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import org.junit.jupiter.api.Test;

class SpamWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final int MAIL_EXCHANGE = 15;

    private static BotPlayer send(BotPlayer player, int servers) {
        for (int i = 0; i < servers; i++) {
            player.tcp(10 + i * 20, 3, HOST, BotPlayer.outside(i), 25, 20, 5_000 + i % 7 * 100, 18, 2_000);
        }
        return player;
    }

    @Test
    void whoBringsMailToManyServersIsToldOf() {
        BotPlayer player = send(new BotPlayer(), 200).finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.SPAM);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.SPAM);
        assertThat(behaviour.evidence().get(0).value()).isEqualTo(200);
        assertThat(behaviour.examples())
                .allMatch(example -> example.destination().port() == 25);
    }

    @Test
    void questionsForMailServersAndRefusalsAddToIt() {
        BotPlayer less = send(new BotPlayer().mark(0, HOST), 50).finish();
        BotPlayer more = send(new BotPlayer().mark(0, HOST), 50);
        for (int i = 0; i < 50; i++) {
            more.dns(11 + i * 20, HOST, "example" + i + ".com", MAIL_EXCHANGE, 0);
            more.smtp(12 + i * 20, HOST, BotPlayer.outside(i), 25, 550);
        }
        assertThat(more.finish().behaviour(HOST, BehaviourKind.SPAM).weight())
                .isGreaterThan(less.behaviour(HOST, BehaviourKind.SPAM).weight());
        assertThat(more.evidence(HOST, BehaviourKind.SPAM).statement()).contains("refused 50 times");
    }

    @Test
    void moreNeverWeighsLess() {
        double before = 0;
        for (int servers : new int[] {15, 30, 60, 120, 240, 480}) {
            double now = send(new BotPlayer().mark(0, HOST), servers)
                    .finish()
                    .behaviour(HOST, BehaviourKind.SPAM)
                    .weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private static void assertNoSpam(BotPlayer player) {
        assertThat(player.finish().kinds(HOST))
                .contains(BehaviourKind.KNOWN_INDICATOR)
                .doesNotContain(BehaviourKind.SPAM);
    }

    /** Others bring it mail, too. */
    @Test
    void aMailServerIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 50; i++) {
            player.tcp(10 + i * 10, 3, BotPlayer.outside(5_000 + i), HOST, 25, 20, 5_000, 18, 2_000);
        }
        assertNoSpam(send(player, 300));
    }

    @Test
    void aMailProgramIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 300; i++) {
            player.tcp(10 + i * 60, 3, HOST, BotPlayer.outside(1), 587, 20, 5_000 + i, 18, 2_000);
            player.tcp(10 + i * 60, 3, HOST, BotPlayer.outside(2), 25, 20, 5_000 + i, 18, 2_000);
            player.tcp(10 + i * 60, 3, HOST, BotPlayer.own(i), 25, 20, 5_000 + i, 18, 2_000);
        }
        assertNoSpam(player);
    }

    /** An answer over UDP at that port is no mail. */
    @Test
    void datagramsAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 100; i++) {
            player.connection(10 + i, 0, HOST, 4_000, BotPlayer.outside(i), 25, Protocols.UDP, 0, 1, 50, 0, 1, 50);
        }
        assertNoSpam(player);
    }
}
