package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import org.junit.jupiter.api.Test;

class DeadNameWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final int ADDRESS = 1;
    private static final int NO_ERROR = 0;
    private static final int NO_SUCH_NAME = 3;

    private static BotPlayer asks(String name, int times, int everySeconds, int code) {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < times; i++) {
            player.dns(10 + i * everySeconds, HOST, name, ADDRESS, code);
        }
        return player.finish();
    }

    @Test
    void whoAsksForADeadDynamicNameAllTheTimeIsSuspected() {
        BotPlayer player = asks("master.ddns.net", 100, 30, NO_SUCH_NAME);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.DEAD_COMMAND_SERVER);
        assertThat(behaviour.evidence().get(0).statement())
                .isEqualTo("asked 100 times within 49 min for master.ddns.net under dynamic DNS, which does not exist");
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.SUSPECTED);
    }

    @Test
    void aThousandTimesIsEnoughToWrite() {
        assertThat(asks("master.ddns.net", 1_500, 30, NO_SUCH_NAME)
                        .host(HOST)
                        .orElseThrow()
                        .level())
                .isEqualTo(Level.NOTIFY);
    }

    @Test
    void namesThatExistAreNotDead() {
        assertThat(asks("camera.ddns.net", 1_500, 30, NO_ERROR).host(HOST)).isEmpty();
    }

    @Test
    void deadNamesOfOthersMeanNothing() {
        assertThat(asks("updates.maker.com", 1_500, 30, NO_SUCH_NAME).host(HOST))
                .isEmpty();
        assertThat(asks("ddns.net", 1_500, 30, NO_SUCH_NAME).host(HOST)).isEmpty();
    }

    @Test
    void aFewTimesOrWithinMinutesMeansNothing() {
        assertThat(asks("master.ddns.net", 9, 600, NO_SUCH_NAME).host(HOST)).isEmpty();
        assertThat(asks("master.ddns.net", 50, 10, NO_SUCH_NAME).host(HOST)).isEmpty();
    }
}
