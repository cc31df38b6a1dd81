package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import org.junit.jupiter.api.Test;

class PortSweepWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final String VICTIM = BotPlayer.outside(1);

    private static BotPlayer sweep(int ports) {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int port = 1; port <= ports; port++) {
            player.refused(10 + port * 0.1, HOST, VICTIM, port);
        }
        return player.finish();
    }

    @Test
    void whoTriesManyPortsOfOneHostIsToldOf() {
        BotPlayer player = sweep(500);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.SCANNING);
        assertThat(behaviour.evidence().get(0).value()).isBetween(470.0, 500.0);
        assertThat(behaviour.evidence().get(0).statement()).contains(VICTIM);
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.NOTIFY);
    }

    @Test
    void itsVictimIsNoCommandServer() {
        BotPlayer player = sweep(500);
        assertThat(player.servers())
                .noneMatch(server -> server.server().address().toString().equals(VICTIM));
    }

    @Test
    void moreNeverWeighsLess() {
        double before = 0;
        for (int ports : new int[] {50, 100, 200, 400, 800, 1_600}) {
            double now = sweep(ports).behaviour(HOST, BehaviourKind.SCANNING).weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void aFewPortsAreNone() {
        assertThat(sweep(20).kinds(HOST)).doesNotContain(BehaviourKind.SCANNING);
    }

    @Test
    void theSamePortsAgainAndAgainAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 1_000; i++) {
            player.refused(10 + i, HOST, VICTIM, 8_000 + i % 5);
        }
        assertThat(player.finish().kinds(HOST)).doesNotContain(BehaviourKind.SCANNING);
    }

    /** Passive FTP, remote procedure calls: a server opens many ports, all of which answer. */
    @Test
    void portsThatAnswerAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 500; i++) {
            player.answered(10 + i, HOST, VICTIM, 50_000 + i);
        }
        assertThat(player.finish().kinds(HOST)).doesNotContain(BehaviourKind.SCANNING);
    }
}
