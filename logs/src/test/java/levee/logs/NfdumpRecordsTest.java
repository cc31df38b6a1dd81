package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NfdumpRecordsTest {
    private static final LogType TYPE = new LogType(LogFormat.NFDUMP_CSV, LogKind.CONNECTIONS);

    @Test
    void everyDirectionIsARowOfItsOwn() {
        ReadLog log = ReadLog.of(TYPE, SampleLogs.NFDUMP_CSV);
        assertThat(log.statistics().flows).isEqualTo(5);
        assertThat(log.statistics().rejections.asMap()).isEmpty();
        assertThat(log.rows()).hasSize(6).allMatch(row -> row.relation() == 0);
        Row web = log.row(1);
        assertThat(web.source()).hasToString("198.51.100.7");
        assertThat(web.sourcePort()).isEqualTo(80);
        assertThat(web.packets()).isEqualTo(5);
        assertThat(web.bytes()).isEqualTo(1170);
        assertThat(web.flagText()).isEqualTo("FSPA");
        assertThat(web.lastNanos() - web.firstNanos()).isEqualTo(1_500_000_000L);
        assertThat(log.row(2).flagText()).isEqualTo("S");
        assertThat(log.row(4).source()).hasToString("198.51.100.53");
        assertThat(log.row(4).bytes()).isEqualTo(148);
        assertThat(log.row(5).destinationPort()).isEqualTo(128 * 256);
        assertThat(TYPE.carries()).isEqualTo("flows");
    }

    @Test
    void columnsAreNamedAnewSince175() {
        ReadLog log = ReadLog.of(TYPE, """
            firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows
            2025-06-27 19:30:00.250,2.500,TCP,192.0.2.1,40000,198.51.100.7,80,6,420,1
            """);
        assertThat(log.rows()).hasSize(1);
        assertThat(log.row(0).lastNanos() - log.row(0).firstNanos()).isEqualTo(2_500_000_000L);
        assertThat(log.row(0).destinationPort()).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-11-14 22:13:20,2023-11-14 22:13:20,0,192.0.2.1,192.0.2.2,99999,53,UDP,........,0,0,1,60,0,0,1,2",
                "2023-11-14 22:13:20,2023-11-14 22:13:20,0,192.0.2.1,192.0.2.2,1,8.256,ICMP,........,0,0,1,60,0,0,1,2",
                "2023-11-14 22:13:20,2023-11-14 22:13:20,0,192.0.2.1,192.0.2.2,1,53,UDP,........,0,0,1,-60,0,0,1,2",
                "2023-99-14 22:13:20,2023-11-14 22:13:20,0,192.0.2.1,192.0.2.2,1,53,UDP,........,0,0,1,60,0,0,1,2"
            })
    void unreadableFieldsAreCounted(String line) {
        ReadLog log = ReadLog.of(TYPE, SampleLogs.NFDUMP_CSV.lines().findFirst().orElseThrow() + "\n" + line + "\n");
        assertThat(log.rows()).isEmpty();
        assertThat(log.rejected(RejectionReason.UNREADABLE_FIELD)).isEqualTo(1);
    }

    @Test
    void timeMayGoBackwards() {
        ReadLog log = ReadLog.of(TYPE, """
            ts,te,sa,da,sp,dp,pr,ipkt,ibyt
            2023-11-14 22:13:20.500,2023-11-14 22:13:20.000,192.0.2.1,192.0.2.2,1,53,UDP,1,60
            """);
        assertThat(log.row(0).lastNanos()).isEqualTo(log.row(0).firstNanos());
    }
}
