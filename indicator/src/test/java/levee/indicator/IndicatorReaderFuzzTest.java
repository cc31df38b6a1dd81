package levee.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Lists of anything. */
class IndicatorReaderFuzzTest {
    private static final int FEWEST_BYTES_OF_AN_INDICATOR = 3;

    @FuzzTest(maxDuration = "60s")
    void readsAnything(byte[] list) {
        Lookups lists = new Lookups();
        IndicatorReader.Result result = lists.read(list);
        assertThat(result.malformed() > 0).isEqualTo(result.firstMalformedLine() > 0);
        IndicatorTable table = lists.builder.build();
        assertThat(result.taken()).isGreaterThanOrEqualTo(table.size());
        boolean isCompressed = list.length > 1 && list[0] == 0x1f;
        assertThat(isCompressed || table.size() <= list.length / FEWEST_BYTES_OF_AN_INDICATOR)
                .isTrue();
        table.name(list, 0, list.length);
        table.fingerprint(IndicatorKind.JA4, list, 0, list.length);
    }
}
