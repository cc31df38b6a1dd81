package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgusRecordsTest {
    private static final String HEADER =
            "StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,Label\n";
    private static final String START = "2011/08/18 15:40:53.826372,0.5,";

    @ParameterizedTest
    @CsvSource({
        "rtp, 17",
        "rtcp, 17",
        "udt, 17",
        "gre, 47",
        "esp, 50",
        "igmp, 2",
        "ipv6, 41",
        "pim, 103",
        "89, 89",
        "0, 0"
    })
    void namesOfProtocolsAreKnown(String name, int protocol) {
        ReadLog log = read(name + ",192.0.2.1,,   ->,198.51.100.7,,INT,0,,2,120,120,");
        assertThat(log.row(0).protocol()).isEqualTo(protocol);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arp,192.0.2.1,,  who,192.0.2.2,,CON,,,6,360,180,",
                "llc,00:00:00:00:00:00,0,   ->,00:00:00:00:00:00,0,INT,,,1,60,60,",
                "ipx/spx,00:15:17:2c:e5:2d,,   ->,ff:ff:ff:ff:ff:ff,,INT,,,154,14286,14286,",
                "udp,00:15:17:2c:e5:2d,,   ->,192.0.2.1,,INT,,,154,14286,14286,",
                "man,0,0,,0,0,STA,,,0,0,0,",
                "256,192.0.2.1,,   ->,192.0.2.2,,INT,,,1,60,60,"
            })
    void whatIsNotIpIsCounted(String line) {
        ReadLog log = read(line);
        assertThat(log.rows()).isEmpty();
        assertThat(log.statistics().flows).isEqualTo(1);
        assertThat(log.rejected(RejectionReason.NOT_IP)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp,host,1,   ->,198.51.100.7,80,S_,0,,1,60,60,",
                "tcp,192.0.2.1,http,   ->,198.51.100.7,80,S_,0,,1,60,60,",
                "tcp,192.0.2.1,1,   ->,198.51.100.7,80,S_,0,,many,60,60,",
                "tcp,192.0.2.1,1,   ->,198.51.100.7,80,S_,0,,1,60,61,",
                "tcp,192.0.2.1,1,   ->,198.51.100.7,80,S_,0,,1,-60,-61,"
            })
    void unreadableFieldsAreCounted(String line) {
        ReadLog log = read(line);
        assertThat(log.rows()).isEmpty();
        assertThat(log.rejected(RejectionReason.UNREADABLE_FIELD)).isEqualTo(1);
    }

    @Test
    void linesWithTooFewColumnsAreCounted() {
        ReadLog log = read("tcp,192.0.2.1,1,   ->,198.51.100.7,80,S_,0,,1,60");
        assertThat(log.rejected(RejectionReason.UNREADABLE_LINE)).isEqualTo(1);
        assertThat(log.statistics().flows).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0x0303, 0x4fa8, ->,  URP, 120, 120, 771, -1",
        "0x0103, 0xc0a8, ->,  URH, 120, 120, 769, -1",
        "0x000b, '',     ->,  TXD, 120, 120, 2816, -1",
        "0x0008, 0x21aa, <->, ECO, 120, 60,  2048, 0",
        "'',     0x0002, <-,  ECR, 120, 0,   -1, 0",
        "'',     0x0002, <-,  RED, 120, 0,   -1, 1280",
        "0x03,   0x0000, ->,  URP, 120, 120, 768, -1"
    })
    void icmpHasTypeAndCodeForPort(
            String sourcePort,
            String destinationPort,
            String direction,
            String state,
            int bytes,
            int sourceBytes,
            int sent,
            int answered) {
        ReadLog log = read("icmp,192.0.2.1,%s,  %s,198.51.100.7,%s,%s,0,,2,%d,%d,"
                .formatted(sourcePort, direction, destinationPort, state, bytes, sourceBytes));
        int row = 0;
        if (sent >= 0) {
            assertThat(log.row(row).destinationPort()).isEqualTo(sent);
            assertThat(log.row(row++).source()).hasToString("192.0.2.1");
        }
        if (answered >= 0) {
            assertThat(log.row(row).destinationPort()).isEqualTo(answered);
            assertThat(log.row(row++).source()).hasToString("198.51.100.7");
        }
        assertThat(log.rows())
                .hasSize(row)
                .allSatisfy(it -> assertThat(it.sourcePort()).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "11, 1590, 420, 3, 8",
        "2, 1590, 1, 1, 1",
        "2, 1590, 1589, 1, 1",
        "1, 1590, 420, 1, 1",
        "0, 1590, 420, 1, 1",
        "5, 300, 300, 5, 0",
        "5, 300, 0, 0, 5",
        "5, 0, 0, 5, 0",
        "1125899906842624, 1125899906842624, 562949953421312, 562949953421312, 562949953421312"
    })
    void packetsAreSplitLikeBytes(long packets, long bytes, long sourceBytes, long source, long destination) {
        ReadLog log =
                read("udp,192.0.2.1,1,  <->,198.51.100.7,2,CON,0,,%d,%d,%d,".formatted(packets, bytes, sourceBytes));
        int row = 0;
        if (source > 0) {
            assertThat(log.row(row).packets()).isEqualTo(source);
            assertThat(log.row(row++).bytes()).isEqualTo(sourceBytes);
        }
        if (destination > 0) {
            assertThat(log.row(row).packets()).isEqualTo(destination);
            assertThat(log.row(row++).bytes()).isEqualTo(bytes - sourceBytes);
        }
        assertThat(log.rows()).hasSize(row);
    }

    @Test
    void columnsAreFoundByName() {
        ReadLog log = ReadLog.of(LogFormat.ARGUS_CSV, """
            Label\tDstPkts\tTotBytes\tSrcBytes\tTotPkts\tDstAddr\tDport\tSrcAddr\tSport\tProto\tStartTime\tState
            x\t7\t1000\t400\t9\t198.51.100.7\t53\t192.0.2.1\t4000\tudp\t1313682053.826372\tCON
            """);
        assertThat(log.rows()).extracting(Row::packets).containsExactly(2L, 7L);
        assertThat(log.rows()).extracting(Row::bytes).containsExactly(400L, 600L);
        assertThat(log.row(0).firstNanos()).isEqualTo(1_313_682_053_826_372_000L);
        assertThat(log.row(0).lastNanos()).isEqualTo(log.row(0).firstNanos());
        assertThat(log.row(0).destinationPort()).isEqualTo(53);
    }

    private static ReadLog read(String line) {
        return ReadLog.of(LogFormat.ARGUS_CSV, HEADER + START + line + "\n");
    }
}
