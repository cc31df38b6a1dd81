package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;

class ToolWatchTest {
    private static final String HOST = BotPlayer.own(700);

    private static int number(String address) {
        return (int) IpAddress.parse(address).low();
    }

    /** Mirai's scanner.c: the sequence number is the address that it looks at. */
    @Test
    void miraiIsToldByItsSequenceNumbers() {
        BotPlayer player = new BotPlayer(Rows.PACKETS);
        for (int i = 0; i < 20; i++) {
            String to = BotPlayer.outside(i);
            player.syn(i, HOST, to, 23, number(to), 7 * i);
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.SCAN_TOOL_FINGERPRINT);
        assertThat(player.evidence(HOST, BehaviourKind.SCAN_TOOL_FINGERPRINT).value())
                .isEqualTo(20);
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.NOTIFY);
    }

    /** ZMap 2.1: the IP identification is 54321. */
    @Test
    void zmapIsToldByItsIdentification() {
        BotPlayer player = new BotPlayer(Rows.PACKETS);
        for (int i = 0; i < 20; i++) {
            player.syn(i, HOST, BotPlayer.outside(i), 443, 1_000 + i, 54_321);
        }
        assertThat(player.finish().kinds(HOST)).contains(BehaviourKind.SCAN_TOOL_FINGERPRINT);
    }

    /** masscan: the IP identification is made of address, port and sequence number. */
    @Test
    void masscanIsToldByItsIdentification() {
        BotPlayer player = new BotPlayer(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20; i++) {
            String to = BotPlayer.outside(i);
            int sequence = random.nextInt();
            player.syn(i, HOST, to, 8_080, sequence, (number(to) ^ 8_080 ^ sequence) & 0xffff);
        }
        assertThat(player.finish().kinds(HOST)).contains(BehaviourKind.SCAN_TOOL_FINGERPRINT);
    }

    /** Any of the marks comes by chance, once in 65,536 packets or fewer. */
    @Test
    void aMillionOrdinaryPacketsShowNone() {
        BotPlayer player = new BotPlayer(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(2);
        player.mark(0, HOST);
        for (int i = 0; i < 300_000; i++) {
            player.syn(
                    10 + i * 0.01,
                    HOST,
                    BotPlayer.outside(random.nextInt(40)),
                    443,
                    random.nextInt(),
                    random.nextInt());
        }
        assertThat(player.finish().kinds(HOST)).doesNotContain(BehaviourKind.SCAN_TOOL_FINGERPRINT);
    }

    /** What others send is not own hosts' doing. */
    @Test
    void marksFromOutsideAreNone() {
        BotPlayer player = new BotPlayer(Rows.PACKETS);
        for (int i = 0; i < 200; i++) {
            player.syn(i, BotPlayer.outside(1), BotPlayer.own(i), 23, number(BotPlayer.own(i)), 54_321);
        }
        assertThat(player.finish().events).isEmpty();
    }

    @Test
    void flowsHaveNoMarks() {
        BotPlayer player = new BotPlayer(Rows.FLOWS);
        player.mark(0, HOST);
        for (int i = 0; i < 20; i++) {
            player.syn(10 + i, HOST, BotPlayer.outside(i % 2), 80, 0, 54_321);
        }
        assertThat(player.finish().kinds(HOST)).doesNotContain(BehaviourKind.SCAN_TOOL_FINGERPRINT);
    }
}
