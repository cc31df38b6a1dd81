package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import levee.model.IpAddress;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZeekRecordsTest {
    private static final String FIELDS =
            "#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\torig_bytes\tresp_bytes"
                    + "\tconn_state\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes";

    @Test
    void readsEveryColumn() {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_TSV, SampleLogs.ZEEK_TSV);
        assertThat(log.row(0))
                .isEqualTo(new Row(
                        false,
                        1_700_000_000_000_001_000L,
                        1_700_000_001_500_001_000L,
                        IpAddress.parse("192.0.2.1"),
                        40000,
                        IpAddress.parse("198.51.100.7"),
                        80,
                        6,
                        0x1b,
                        6,
                        420,
                        0x5f));
        assertThat(log.row(1).sourcePort()).isEqualTo(80);
        assertThat(log.row(1).destinationPort()).isEqualTo(40000);
        assertThat(log.row(1).packets()).isEqualTo(5);
        assertThat(log.row(1).bytes()).isEqualTo(1170);
        assertThat(log.statistics().firstNanos).isEqualTo(1_700_000_000_000_001_000L);
        assertThat(log.statistics().lastNanos).isEqualTo(1_700_000_004_000_100_000L);
    }

    @Test
    void honoursTheHeadersOfALog() {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_TSV, """
            #separator \\x7c
            #empty_field|none
            #unset_field|\\x3f
            #fields|proto|id.resp_h|id.orig_h|new|ts|orig_pkts|history
            tcp|198.51.100.7|192.0.2.1|?|1.5|?|S
            tcp|198.51.100.7|192.0.2.1|?|1.5|none|S
            """);
        assertThat(log.rows())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.packets()).isEqualTo(1));
    }

    @Test
    void aLaterHeaderReplacesAnEarlierOne() {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_TSV, """
            #fields\tts\tid.orig_h\tid.resp_h\tproto\torig_pkts
            1\t192.0.2.1\t192.0.2.2\tudp\t3
            #fields\tproto\tid.resp_h\tid.orig_h\tts\torig_pkts
            udp\t192.0.2.2\t192.0.2.1\t1\t3
            #fields\tts\tid.orig_h\tid.resp_h\tproto\tquery
            1\t192.0.2.1\t192.0.2.2\tudp\ta.example
            """);
        assertThat(log.rows()).hasSize(2);
        assertThat(log.row(0)).isEqualTo(log.row(1));
        assertThat(log.rejected(RejectionReason.UNREADABLE_LINE)).isEqualTo(1);
        assertThat(log.statistics().flows).isEqualTo(2);
    }

    @Test
    void labelsMayBeAppendedWithSpaces() {
        ReadLog log = ReadLog.of(
                LogFormat.ZEEK_TSV,
                FIELDS + "   label   detailed-label\n"
                        + "1\t192.0.2.1\t1\t192.0.2.2\t2\tudp\t1\t0\t9\tSF\tDd\t1\t28\t1\t37   Malicious   C&C\n");
        assertThat(log.rows()).hasSize(2);
        assertThat(log.row(1).bytes()).isEqualTo(37);
    }

    @Test
    void estimatesBytesAndPacketsThatAreNotGiven() {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_CSV, """
            ts,id.orig_h,id.resp_h,proto,orig_bytes,resp_bytes,conn_state
            1,192.0.2.1,192.0.2.2,tcp,100,3000,SF
            1,2001:db8::1,2001:db8::2,udp,0,,S0
            """);
        assertThat(log.rows()).extracting(Row::packets).containsExactly(1L, 3L, 1L);
        assertThat(log.rows()).extracting(Row::bytes).containsExactly(140L, 3120L, 48L);
    }

    @Test
    void aRecordOfNothingIsAFlowWithoutRows() {
        ReadLog log = ReadLog.of(
                LogFormat.ZEEK_TSV, FIELDS + "\n1\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t-\t-\t-\tOTH\t-\t0\t0\t0\t0\n");
        assertThat(log.rows()).isEmpty();
        assertThat(log.statistics().flows).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,   8,   0,  1, 2048, 0",
        "192.0.2.1,   0,   8,  1, 0, 2048",
        "192.0.2.1,   3,  13,  1, 781, 781",
        "192.0.2.1,   3,   3,  1, 771, 771",
        "192.0.2.1,  11,   0,  1, 2816, 2816",
        "192.0.2.1,  13,  14,  1, 3328, 3584",
        "2001:db8::1, 135, 136, 58, 34560, 34816",
        "2001:db8::1, 143,   0, 58, 36608, 36608"
    })
    void icmpHasTypeAndCodeForPort(
            String address, int originatorPort, int responderPort, int protocol, int sent, int answered) {
        ReadLog log = ReadLog.of(
                LogFormat.ZEEK_TSV,
                FIELDS
                        + "\n1\t%s\t%d\t%s\t%d\ticmp\t-\t-\t-\tOTH\t-\t1\t64\t1\t64\n"
                                .formatted(address, originatorPort, address, responderPort));
        assertThat(log.rows()).extracting(Row::protocol).containsExactly(protocol, protocol);
        assertThat(log.rows()).extracting(Row::sourcePort).containsExactly(0, 0);
        assertThat(log.rows()).extracting(Row::destinationPort).containsExactly(sent, answered);
    }

    @Test
    void timesAreClamped() {
        ReadLog log = ReadLog.of(
                LogFormat.ZEEK_TSV,
                FIELDS + "\n9223372035\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t9000000000\t-\t-\tS0\tS\t1\t60\t0\t0\n");
        assertThat(log.row(0).lastNanos()).isEqualTo(Long.MAX_VALUE);
        ReadLog negative = ReadLog.of(
                LogFormat.ZEEK_TSV, FIELDS + "\n1\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t-5\t-\t-\tS0\tS\t1\t60\t0\t0\n");
        assertThat(negative.row(0).lastNanos()).isEqualTo(1_000_000_000L);
    }

    @Test
    void aProtocolWithoutNameMayHaveANumber() {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_CSV, """
            ts,id.orig_h,id.resp_h,proto,ip_proto,orig_pkts
            1,192.0.2.1,192.0.2.2,unknown_transport,47,3
            1,192.0.2.1,192.0.2.2,unknown_transport,,3
            """);
        assertThat(log.rows()).extracting(Row::protocol).containsExactly(47);
        assertThat(log.rejected(RejectionReason.UNREADABLE_FIELD)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t-\t-\t-\tS0\tS\t1\t60\t0\t0",
                "1\thost\t1\t192.0.2.2\t2\ttcp\t-\t-\t-\tS0\tS\t1\t60\t0\t0",
                "1\t192.0.2.1\t1\t192.0.2\t2\ttcp\t-\t-\t-\tS0\tS\t1\t60\t0\t0",
                "1\t192.0.2.1\t65536\t192.0.2.2\t2\ttcp\t-\t-\t-\tS0\tS\t1\t60\t0\t0",
                "1\t192.0.2.1\t1\t192.0.2.2\t-2\ttcp\t-\t-\t-\tS0\tS\t1\t60\t0\t0",
                "1\t192.0.2.1\t1\t192.0.2.2\t2\tcarp\t-\t-\t-\tS0\tS\t1\t60\t0\t0",
                "1\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\tlong\t-\t-\tS0\tS\t1\t60\t0\t0",
                "1\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t-\t-\t-\tS0\tS\t18446744073709551615\t60\t0\t0",
                "1\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t-\t-\t-\tS0\tS\t1\t60\t0\t0x3"
            })
    void unreadableFieldsAreCounted(String line) {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_TSV, FIELDS + "\n" + line + "\n");
        assertThat(log.rows()).isEmpty();
        assertThat(log.statistics().flows).isEqualTo(1);
        assertThat(log.statistics().rejections.asMap()).containsOnly(entry("unreadable_field"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "[]",
                "null",
                "{\"ts\":1.0}",
                "{\"ts\":1.0,\"proto\":\"tcp\",\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2\"",
                "{\"ts\":1.0,\"proto\":\"tcp\",\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2\"} x",
                "{\"ts\":1.0,\"proto\":\"tcp\",\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2}",
                "{\"ts\":1.0,\"proto\":\"tcp\",\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":null}",
                "{\"x\":[[[[{\"ts\":1.0,\"proto\":\"tcp\",\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2\"}]]]}"
            })
    void unreadableObjectsAreCounted(String line) {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_JSON, line + "\n" + SampleLogs.ZEEK_JSON);
        assertThat(log.rows()).hasSize(9);
        assertThat(log.statistics().flows).isEqualTo(5);
        assertThat(log.statistics().rejections.asMap()).containsOnly(entry("unreadable_line"));
    }

    private static Map.Entry<String, Long> entry(String reason) {
        return Map.entry(reason, 1L);
    }
}
