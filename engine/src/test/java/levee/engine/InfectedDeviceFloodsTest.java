package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import levee.model.Attack;
import levee.model.Attack.Direction;
import levee.model.AttackVector;
import levee.model.Finding;
import levee.testing.RealData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Mirai device (IoT-23, capture 34-1) that floods others on command, as connection records. Four floods are in it:
 *
 * <ul>
 *   <li>66.67.61.168, tcp/63798: 38,060 SYNs in 20 s. The label says horizontal port scan, but it is one port of one host.
 *   <li>71.61.66.148, tcp/80: 40,568 SYNs in 22 s, labelled DDoS.
 *   <li>74.91.117.248, udp/5376: 18,444 packets, labelled DDoS, in a single record. One record is too few samples to call
 *       anything an attack.
 *   <li>123.59.209.185, tcp/80: 14,260 records, labelled DDoS, that all say zero packets in both directions, since
 *       the packets had wrong checksums. Nothing that was seen has a volume.
 * </ul>
 */
final class InfectedDeviceFloodsTest {

    @ParameterizedTest
    @ValueSource(strings = {"CTU-Malware-Capture-34-1-labeled.csv.gz", "CTU-Malware-Capture-34-1.conn.log.labeled.gz"})
    void bothSynFloodsAndNothingElse(String name) {
        List<Attack> attacks = Analyses.attacks(Analyses.of(RealData.file("botnet/iot23/" + name)));

        assertThat(attacks)
                .extracting(attack -> attack.target().toString())
                .containsExactly("66.67.61.168/32", "71.61.66.148/32");
        assertThat(attacks).allSatisfy(attack -> {
            assertThat(attack.direction()).isEqualTo(Direction.OUTBOUND);
            assertThat(attack.state()).isEqualTo(Finding.State.ENDED);
            assertThat(attack.vectors())
                    .singleElement()
                    .satisfies(share -> assertThat(share.vector()).isEqualTo(AttackVector.TCP_SYN_FLOOD));
            assertThat(attack.sources().distinct()).isEqualTo(new Attack.Count(1, true));
            assertThat(attack.sources().top())
                    .extracting(talker -> talker.prefix().toString())
                    .containsExactly("192.168.1.0/24");
        });
        assertThat(attacks.get(0).start())
                .isCloseTo(Instant.parse("2018-12-21T21:04:55.412093Z"), within(1, ChronoUnit.SECONDS));
        assertThat(attacks.get(0).end())
                .isCloseTo(Instant.parse("2018-12-21T21:05:16.001114Z"), within(1, ChronoUnit.SECONDS));
        assertThat(attacks.get(1).start())
                .isCloseTo(Instant.parse("2018-12-22T10:50:06.968060Z"), within(1, ChronoUnit.SECONDS));
        assertThat(attacks.get(1).end())
                .isCloseTo(Instant.parse("2018-12-22T10:50:28.998385Z"), within(1, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CTU-Malware-Capture-34-1-labeled.csv.gz", "CTU-Malware-Capture-34-1.conn.log.labeled.gz"})
    void packetsOfTheRecordsWithinOnePercent(String name) {
        List<Attack> attacks = Analyses.attacks(Analyses.of(RealData.file("botnet/iot23/" + name)));

        assertThat(attacks.get(0).total().packets()).isCloseTo(38_060, withPercentage(1));
        assertThat(attacks.get(1).total().packets()).isCloseTo(40_568, withPercentage(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CTU-Malware-Capture-34-1-labeled.csv.gz", "CTU-Malware-Capture-34-1.conn.log.labeled.gz"})
    void samplesAreThePacketsThatTheRecordsCounted(String name) {
        List<Attack> attacks = Analyses.attacks(Analyses.of(RealData.file("botnet/iot23/" + name)));

        assertThat(attacks.get(0).sampling().rawSamples()).isBetween(37_500L, 38_500L);
        assertThat(attacks.get(1).sampling().rawSamples()).isBetween(40_000L, 41_000L);
    }
}
