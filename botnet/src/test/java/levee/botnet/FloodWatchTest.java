package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import levee.model.Protocols;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloodWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final String VICTIM = BotPlayer.outside(1);

    /** @param packets a second, for so many seconds */
    private static BotPlayer flood(long packets, double seconds) {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        long sent = Math.round(packets * seconds);
        player.connection(10, seconds, HOST, 4_000, VICTIM, 80, Protocols.UDP, 0, sent, sent * 512, 0, 0, 0);
        return player.finish();
    }

    @Test
    void oneLongFlowThatNobodyAnswersIsAFlood() {
        BotPlayer player = flood(5_000, 60);
        assertThat(player.kinds(HOST)).contains(BehaviourKind.FLOODING);
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.NOTIFY);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.FLOODING);
        assertThat(behaviour.evidence().get(0).value()).isEqualTo(5_000);
        assertThat(behaviour.evidence().get(0).statement())
                .contains("300,000 packets")
                .contains(VICTIM);
        assertThat(player.servers())
                .noneMatch(server -> server.server().address().toString().equals(VICTIM));
    }

    @Test
    void veryManyShortOnesAreAFlood() {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 20_000; i++) {
            player.connection(
                    i * 0.005, 0, HOST, 1_024 + i % 60_000, VICTIM, 80, Protocols.TCP, TcpFlags.SYN, 1, 60, 0, 0, 0);
        }
        assertThat(player.finish().kinds(HOST)).contains(BehaviourKind.FLOODING);
        assertThat(player.kinds(HOST)).doesNotContain(BehaviourKind.SCANNING);
    }

    @Test
    void moreNeverWeighsLess() {
        double before = 0;
        for (int seconds : new int[] {10, 20, 40, 80, 160, 320}) {
            double now = flood(2_000, seconds)
                    .behaviour(HOST, BehaviourKind.FLOODING)
                    .weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private static void assertNoFlood(BotPlayer player) {
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.KNOWN_INDICATOR).doesNotContain(BehaviourKind.FLOODING);
    }

    @Test
    void anUploadThatIsAnsweredIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.tcp(10, 60, HOST, VICTIM, 443, 300_000, 400_000_000, 150_000, 8_000_000);
        assertNoFlood(player);
    }

    @Test
    void aCallIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.connection(
                10, 600, HOST, 5_000, VICTIM, 3_479, Protocols.UDP, 0, 60_000, 9_000_000, 0, 60_000, 9_000_000);
        player.connection(10, 600, HOST, 5_001, VICTIM, 20_000, Protocols.UDP, 0, 30_000, 6_000_000, 0, 0, 0);
        assertNoFlood(player);
    }

    @Test
    void aPictureThatIsSentInAMomentIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 20; i++) {
            player.tcp(10 + i * 60, 0.5, HOST, VICTIM, 443, 900, 1_200_000, 400, 20_000);
        }
        assertNoFlood(player);
    }

    @Test
    void aDeadServiceThatIsCalledEverySecondIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 5_000; i++) {
            player.unanswered(10 + i, HOST, VICTIM, 443);
        }
        assertNoFlood(player);
    }

    /** Only what goes out is seen: its flags say that the other side answered. */
    @Test
    void anUploadWhoseAnswersAreNotSeenIsNone() {
        BotPlayer player = new BotPlayer(Rows.FLOWS).mark(0, HOST);
        int flags = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.PSH;
        for (int minute = 0; minute < 10; minute++) {
            player.row(
                    20 + minute * 60,
                    59,
                    HOST,
                    40_000,
                    VICTIM,
                    443,
                    Protocols.TCP,
                    minute == 0 ? flags : TcpFlags.ACK | TcpFlags.PSH,
                    120_000,
                    160_000_000);
        }
        assertNoFlood(player);
    }

    /** One sample stands for a thousand packets, but says nothing of how soon they came. */
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void aFewSamplesAreNone(int rate) {
        BotPlayer player = new BotPlayer(Rows.SAMPLES).mark(0, HOST);
        player.samplingRate = rate;
        for (int i = 0; i < 100; i++) {
            player.row(10 + i * 300, 0, HOST, 40_000 + i, VICTIM, 443, Protocols.TCP, TcpFlags.ACK, 1, 1_400);
            player.row(11 + i * 300, 0, HOST, 4_500, BotPlayer.outside(2), 4_500, Protocols.UDP, 0, 1, 1_400);
        }
        assertNoFlood(player);
    }

    @Test
    void anUploadOfWhichSamplesAreSeenIsNone() {
        BotPlayer player = new BotPlayer(Rows.SAMPLES).mark(0, HOST);
        player.samplingRate = 1_000;
        for (int i = 0; i < 600; i++) {
            player.row(10 + i * 0.5, 0, HOST, 40_000, VICTIM, 443, Protocols.TCP, TcpFlags.ACK, 1, 1_400);
            if (i % 2 == 0) {
                player.row(10.2 + i * 0.5, 0, VICTIM, 443, HOST, 40_000, Protocols.TCP, TcpFlags.ACK, 1, 52);
            }
        }
        assertNoFlood(player);
    }

    /** Such as QUIC; only a sample in ten is of an answer. */
    @Test
    void aSampledUploadInDatagramsIsNone() {
        BotPlayer player = new BotPlayer(Rows.SAMPLES).mark(0, HOST);
        player.samplingRate = 1_000;
        for (int i = 0; i < 1_200; i++) {
            player.row(10 + i * 0.2, 0, HOST, 50_000, VICTIM, 443, Protocols.UDP, 0, 1, 1_400);
            if (i % 10 == 9) {
                player.row(10.1 + i * 0.2, 0, VICTIM, 443, HOST, 50_000, Protocols.UDP, 0, 1, 60);
            }
        }
        assertNoFlood(player);
    }

    @Test
    void manySamplesOfAFloodAreOne() {
        BotPlayer player = new BotPlayer(Rows.SAMPLES);
        player.samplingRate = 1_000;
        for (int i = 0; i < 2_000; i++) {
            player.row(10 + i * 0.05, 0, HOST, 20_000 + i, VICTIM, 9_999, Protocols.UDP, 0, 1, 512);
        }
        assertThat(player.finish().kinds(HOST)).contains(BehaviourKind.FLOODING);
    }
}
