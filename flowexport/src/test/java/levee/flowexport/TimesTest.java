package levee.flowexport;

import static levee.flowexport.Wire.ipfix;
import static levee.flowexport.Wire.netFlow9;
import static levee.flowexport.Wire.set;
import static levee.flowexport.Wire.shorts;
import static levee.flowexport.Wire.template;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a flow was. */
class TimesTest {
    private static final long NOW = ExportFile.NANOS;
    private static final long NOW_SECONDS = Wire.seconds(NOW);
    private static final long MINUTES_35 = TimeUnit.MINUTES.toNanos(35);

    private final Decoding decoding = new Decoding();
    private int sequence;

    private static Wire flow() {
        return new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u32(100);
    }

    private Row netFlow9Flow(long uptime, long exportSeconds, long first, long last, long received) {
        byte[] datagram = netFlow9(
                uptime,
                exportSeconds,
                sequence++,
                0,
                set(0, template(256, 8, 4, 12, 4, 1, 4, 22, 4, 21, 4)),
                set(256, flow().u32(first).u32(last)));
        return decoding.add(ExportFile.EXPORTER, received, datagram).getFirst();
    }

    /** Milliseconds before the export that first and last are, and that is read of them. */
    @ParameterizedTest
    @CsvSource({
        // uptime at export, first, last; first and last before now
        "600000, 590000, 599000, 10000, 1000",
        // the uptime wrapped in between
        "1000, 4294966296, 500, 2000, 500",
        // last is before first
        "600000, 599000, 590000, 10000, 10000",
        // newer than the header
        "600000, 600000, 605000, 0, 0",
        // a beginning of weeks ago: half an hour and some is believed
        "3000000000, 5, 2999999000, 2100000, 1000",
        // both of weeks ago: how long it took is all that can be true
        "3000000000, 5000, 9000, 4000, 0",
    })
    void uptimes(long uptime, long first, long last, long firstBefore, long lastBefore) {
        Row row = netFlow9Flow(uptime, NOW_SECONDS, first, last, NOW);
        assertThat(TimeUnit.NANOSECONDS.toMillis(NOW - row.firstNanos())).isEqualTo(firstBefore);
        assertThat(TimeUnit.NANOSECONDS.toMillis(NOW - row.lastNanos())).isEqualTo(lastBefore);
    }

    @Test
    void theFractionOfTheHeadersSecondIsFound() {
        // The exporter started at 0.7 s of a second; its headers have whole seconds.
        long boot = NOW - TimeUnit.SECONDS.toNanos(600) + 700_000_000L;
        for (int millis = 0; millis < 5_000; millis += 100) {
            long received = NOW + TimeUnit.MILLISECONDS.toNanos(millis);
            long uptime = TimeUnit.NANOSECONDS.toMillis(received - boot);
            Row row = netFlow9Flow(uptime, Wire.seconds(received), uptime - 50, uptime - 50, received);
            if (millis >= 1_000) {
                assertThat(received - row.lastNanos()).isBetween(50_000_000L, 150_000_000L);
            }
        }
    }

    @Test
    void aClockThatIsWrongByYearsIsCorrected() {
        Row row = netFlow9Flow(600_000, NOW_SECONDS - 86_400L * 2_000, 590_000, 599_000, NOW);
        assertThat(NOW - row.lastNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(decoding.statistics().clockOffsetSeconds()).isEqualTo(86_400.0 * 2_000);
        assertThat(decoding.statistics().clampedTimes()).isZero();
    }

    /** Element and value of the last packet's time two seconds before now, by the vendors' clocks. */
    @ParameterizedTest
    @CsvSource({
        "151, 4, 1767225598",
        "153, 8, 1767225598000",
        // NTP: seconds since 1900 and a fraction
        "155, 8, -1369033272415223808",
        "157, 8, -1369033272415223808",
        "159, 4, 2000000",
        "323, 8, 1767225598000",
    })
    void ipfixTellsTimeInManyWays(int element, int width, long value) {
        Wire record = flow();
        Wire told = width == 8 ? record.u64(value) : record.u32(value);
        Row row = decoding.add(ipfix(0, 0, set(2, template(256, 8, 4, 12, 4, 1, 4, element, width)), set(256, told)))
                .getFirst();
        assertThat(row.lastNanos()).isEqualTo(NOW - TimeUnit.SECONDS.toNanos(2));
        assertThat(row.firstNanos()).isEqualTo(row.lastNanos());
    }

    @Test
    void aDurationTellsTheOtherEnd() {
        Wire template = template(256, 8, 4, 12, 4, 1, 4, 153, 8, 161, 4);
        Row row = decoding.add(ipfix(
                        0,
                        0,
                        set(2, template),
                        set(256, flow().u64((NOW_SECONDS - 1) * 1_000).u32(5_000))))
                .getFirst();
        assertThat(NOW - row.lastNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(NOW - row.firstNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(6));
    }

    @Test
    void withoutATimeItIsTheTimeOfExport() {
        Row row = decoding.add(ipfix(0, 0, set(2, template(256, 8, 4, 12, 4, 1, 4)), set(256, flow())))
                .getFirst();
        assertThat(row.firstNanos()).isEqualTo(NOW);
        assertThat(row.lastNanos()).isEqualTo(NOW);
    }

    @Test
    void uptimesOfIpfixBeginWhereTheRecordSays() {
        Wire template = template(256, 8, 4, 12, 4, 1, 4, 160, 8, 22, 4, 21, 4);
        Wire record = flow().u64((NOW_SECONDS - 600) * 1_000).u32(590_000).u32(599_000);
        Row row = decoding.add(ipfix(0, 0, set(2, template), set(256, record))).getFirst();
        assertThat(NOW - row.firstNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(10));
        assertThat(NOW - row.lastNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void uptimesOfIpfixBeginWhereOptionsSay() {
        Wire options = shorts(300, 2, 1, 143, 4, 160, 8);
        Wire template = template(256, 8, 4, 12, 4, 1, 4, 22, 4, 21, 4);
        Wire told = new Wire().u32(1).u64((NOW_SECONDS - 600) * 1_000);
        Row row = decoding.add(ipfix(
                        0,
                        0,
                        set(3, options),
                        set(300, told),
                        set(2, template),
                        set(256, flow().u32(590_000).u32(599_000))))
                .getFirst();
        assertThat(NOW - row.lastNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void elseTheLatestUptimeIsTheTimeOfExport() {
        Wire template = template(256, 8, 4, 12, 4, 1, 4, 22, 4, 21, 4);
        Wire records = flow().u32(590_000).u32(599_000).add(flow().u32(580_000).u32(594_000));
        decoding.add(ipfix(0, 0, set(2, template), set(256, records)));
        assertThat(decoding.rows())
                .extracting(row -> TimeUnit.NANOSECONDS.toSeconds(NOW - row.lastNanos()))
                .containsExactly(0L, 5L);
    }

    @Test
    void noTimeIsOutsideOfWhatIsPossible() {
        long[] values = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, NOW, NOW / 1_000_000, 1L << 62};
        for (long first : values) {
            for (long last : values) {
                Wire template = template(256, 8, 4, 12, 4, 1, 4, 152, 8, 153, 8);
                Row row = decoding.add(ipfix(
                                sequence++,
                                0,
                                set(2, template),
                                set(256, flow().u64(first).u64(last))))
                        .getFirst();
                assertThat(row.firstNanos()).isBetween(NOW - MINUTES_35, NOW);
                assertThat(row.lastNanos()).isBetween(row.firstNanos(), NOW);
            }
        }
    }
}
