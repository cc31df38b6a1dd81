package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {

    @ParameterizedTest
    @EnumSource
    void knowsItsOwnLogs(LogFormat format) {
        String log = SampleLogs.of(format);
        assertThat(detect(log)).contains(format);
        assertThat(detect("\u00ef\u00bb\u00bf" + log)).contains(format);
        assertThat(detect(log.replace("\n", "\r\n"))).contains(format);
        assertThat(detect("\n" + log)).contains(format);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NFDUMP_CSV")
    void tellsTheSameStoryInEveryFormat(LogFormat format) {
        assertThat(ReadLog.of(format, SampleLogs.of(format)).rows())
                .isEqualTo(ReadLog.of(LogFormat.ZEEK_TSV, SampleLogs.ZEEK_TSV).rows())
                .hasSize(9);
    }

    @ParameterizedTest
    @EnumSource
    void readsTheSameWithByteOrderMarkAndCarriageReturns(LogFormat format) {
        String log = SampleLogs.of(format);
        ReadLog plain = ReadLog.of(format, log);
        assertThat(plain.statistics().flows).isEqualTo(5);
        assertThat(plain.statistics().bytes).isEqualTo(log.length());
        assertThat(plain.statistics().rejections.asMap()).isEmpty();
        ReadLog windows = ReadLog.of(format, "\u00ef\u00bb\u00bf" + log.replace("\n", "\r\n"));
        assertThat(windows.rows()).isEqualTo(plain.rows());
        assertThat(windows.statistics().rejections.asMap()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void logsMayBeJoined(LogFormat format) {
        String log = SampleLogs.of(format);
        ReadLog joined = ReadLog.of(format, log + log);
        assertThat(joined.rows()).hasSize(2 * ReadLog.of(format, log).rows().size());
        assertThat(joined.statistics().flows).isEqualTo(10);
        assertThat(joined.statistics().rejections.asMap()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "hello",
                "{}",
                "[]",
                "{\"event_type\":\"flow\",\"src_ip\":\"192.0.2.1\"}",
                "{\"ts\":1.0,\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2\",\"proto\":\"udp\",\"fuid\":\"F1\"}",
                "#separator \\x09\n"
                        + "#path\tfiles\n"
                        + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tfuid\n",
                "#fields\tts\tconn_state\n",
                "ts,id.orig_h,id.resp_h,proto,fuid\n",
                "StartTime,Proto,SrcAddr,DstAddr\n",
                "1700000000.000001\tC1\t192.0.2.1\t40000\t198.51.100.7\t80\ttcp\n"
            })
    void knowsNoOtherLogs(String log) {
        assertThat(detect(log)).isEmpty();
    }

    @Test
    void anObjectLongerThanTheHeadIsEnough() {
        String log = SampleLogs.ZEEK_JSON.substring(0, 400);
        assertThat(detect(log + "x".repeat(10_000))).contains(LogFormat.ZEEK_JSON);
    }

    @Test
    void anyBytesMayBeAskedAbout() {
        Random random = new Random(4);
        for (int length = 0; length < 6000; length += 37) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            assertThat(LogType.detect(noise, length)).isEmpty();
        }
    }

    @Test
    void onlyTheGivenLengthIsLookedAt() {
        byte[] log = SampleLogs.ZEEK_TSV.getBytes(ISO_8859_1);
        assertThat(LogType.detect(log, 20)).isEmpty();
    }

    private static Optional<LogFormat> detect(String log) {
        byte[] bytes = log.getBytes(ISO_8859_1);
        return LogType.detect(bytes, bytes.length).map(LogType::format);
    }
}
