package levee.flowexport;

import static levee.flowexport.Wire.ipfix;
import static levee.flowexport.Wire.netFlow9;
import static levee.flowexport.Wire.set;
import static levee.flowexport.Wire.shorts;
import static levee.flowexport.Wire.template;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One in how many packets was counted, and who said so. */
class SamplingTest {
    private static final Wire FLOW = template(256, 8, 4, 12, 4, 10, 4, 2, 4, 1, 4);
    private static final Wire FLOW_OF_SAMPLER = template(257, 8, 4, 12, 4, 48, 1, 2, 4, 1, 4);

    private final Decoding decoding = new Decoding();
    private int sequence;

    private static Wire flow(int ingressInterface) {
        return new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u32(ingressInterface)
                .u32(2)
                .u32(100);
    }

    private static Wire flowOfSampler(int sampler) {
        return new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u8(sampler).u32(2).u32(100);
    }

    private List<Row> netFlow9Flow(Wire... sets) {
        decoding.add(netFlow9(sequence++, 0, set(0, new Wire().add(FLOW).add(FLOW_OF_SAMPLER))));
        return decoding.add(netFlow9(sequence++, 0, sets));
    }

    private void assertRate(Row row, int rate, SamplingSource source) {
        assertThat(row.samplingRate()).isEqualTo(rate);
        assertThat(row.packets()).isEqualTo(2L * rate);
        assertThat(row.bytes()).isEqualTo(100L * rate);
        assertThat(decoding.statistics().samplingSource()).isEqualTo(source);
        assertThat(decoding.statistics().samplingRate()).isEqualTo(rate);
    }

    @Test
    void nothingToldMeansEveryPacket() {
        assertRate(netFlow9Flow(set(256, flow(1))).getFirst(), 1, SamplingSource.ASSUMED);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1000, 1000", "16383, 16383", "17384, 1000", "65535, 16383"})
    void theHeaderOfNetFlow5TellsInFourteenBits(int field, int rate) {
        Wire header = shorts(5, 1)
                .u32(1_000)
                .u32(Wire.seconds(ExportFile.NANOS))
                .u32(0)
                .u32(0)
                .u16(0)
                .u16(field);
        Wire record = new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .zeros(8)
                .u32(2)
                .u32(100)
                .zeros(24);
        assertRate(decoding.add(header.add(record).array()).getFirst(), rate, SamplingSource.HEADER);
    }

    @Test
    void optionsTellOfTheSystem() {
        // Scope system (1) of four bytes; interval (34) and algorithm (35).
        Wire options = shorts(300, 4, 8, 1, 4, 34, 4, 35, 1);
        List<Row> rows = netFlow9Flow(
                set(1, options), set(300, new Wire().u32(1).u32(512).u8(2)), set(256, flow(1)));
        assertRate(rows.getFirst(), 512, SamplingSource.OPTIONS);
    }

    @Test
    void aRateOfZeroMeansEveryPacket() {
        Wire options = shorts(300, 4, 4, 1, 4, 34, 4);
        List<Row> rows =
                netFlow9Flow(set(1, options), set(300, new Wire().u32(1).u32(0)), set(256, flow(1)));
        assertRate(rows.getFirst(), 1, SamplingSource.OPTIONS);
    }

    @Test
    void optionsTellOfInterfaces() {
        // Scope interface (2).
        Wire options = shorts(300, 4, 4, 2, 4, 34, 4);
        List<Row> rows = netFlow9Flow(
                set(1, options),
                set(300, new Wire().u32(7).u32(100).u32(8).u32(200)),
                set(256, new Wire().add(flow(7)).add(flow(8)).add(flow(9))));
        assertThat(rows).extracting(Row::samplingRate).containsExactly(100, 200, 1);
    }

    @Test
    void recordsChooseAmongSamplers() {
        // Scope system; sampler (48), mode (49), interval (50).
        Wire options = shorts(300, 4, 12, 1, 4, 48, 1, 49, 1, 50, 4);
        List<Row> rows = netFlow9Flow(
                set(1, options),
                set(
                        300,
                        new Wire()
                                .u32(0)
                                .u8(1)
                                .u8(2)
                                .u32(1_000)
                                .u32(0)
                                .u8(2)
                                .u8(2)
                                .u32(2_000)),
                set(
                        257,
                        new Wire()
                                .add(flowOfSampler(1))
                                .add(flowOfSampler(2))
                                .add(flowOfSampler(0))
                                .add(flowOfSampler(3))));
        // Number 0 is a flow that passed none, and of 3 nothing was told.
        assertThat(rows).extracting(Row::samplingRate).containsExactly(1_000, 2_000, 1, 1);
    }

    @Test
    void theOnlySamplerHoldsForRecordsThatNameNone() {
        Wire options = shorts(300, 4, 12, 1, 4, 48, 1, 49, 1, 50, 4);
        List<Row> rows = netFlow9Flow(
                set(1, options), set(300, new Wire().u32(0).u8(1).u8(2).u32(1_000)), set(256, flow(1)));
        assertRate(rows.getFirst(), 1_000, SamplingSource.OPTIONS);
    }

    @Test
    void amongSeveralTheLowestIsAssumed() {
        Wire options = shorts(300, 4, 12, 1, 4, 48, 1, 49, 1, 50, 4);
        List<Row> rows = netFlow9Flow(
                set(1, options),
                set(
                        300,
                        new Wire()
                                .u32(0)
                                .u8(1)
                                .u8(2)
                                .u32(1_000)
                                .u32(0)
                                .u8(2)
                                .u8(2)
                                .u32(2_000)),
                set(256, flow(1)));
        assertRate(rows.getFirst(), 1_000, SamplingSource.ASSUMED);
    }

    /** Elements and their values, and the rate that follows. */
    @ParameterizedTest
    @CsvSource({
        "305, 1, 306, 999, 1000",
        "305, 10, 306, 90, 10",
        "305, 100, 0, 0, 100",
        "309, 1, 310, 64, 64",
        "34, 4096, 0, 0, 4096",
        "50, 128, 0, 0, 128",
        "307, 1, 308, 9, 10",
    })
    void ipfixSelectorsTellInManyWays(int first, long firstValue, int second, long secondValue, int rate) {
        boolean hasSecond = second != 0;
        Wire options = shorts(300, hasSecond ? 3 : 2, 1, 302, 8, first, 4);
        Wire record = new Wire().u64(5).u32(firstValue);
        if (hasSecond) {
            options.add(shorts(second, 4));
            record.u32(secondValue);
        }
        List<Row> rows = decoding.add(ipfix(0, 9, set(2, FLOW), set(3, options), set(300, record), set(256, flow(1))));
        assertRate(rows.getFirst(), rate, SamplingSource.OPTIONS);
    }

    @Test
    void aProbabilityIsARate() {
        for (boolean isLong : List.of(true, false)) {
            Decoding fresh = new Decoding();
            Wire options = shorts(300, 2, 1, 302, 8, 311, isLong ? 8 : 4);
            Wire record = new Wire().u64(5);
            Wire told = isLong
                    ? record.u64(Double.doubleToLongBits(0.001))
                    : record.u32(Integer.toUnsignedLong(Float.floatToIntBits(0.001f)));
            assertThat(fresh.add(ipfix(0, 9, set(2, FLOW), set(3, options), set(300, told), set(256, flow(1)))))
                    .extracting(Row::samplingRate)
                    .containsExactly(1_000);
        }
    }

    @Test
    void domainZeroOfIpfixSpeaksForAll() {
        Wire options = shorts(300, 2, 1, 144, 4, 34, 4);
        decoding.add(ipfix(0, 0, set(3, options), set(300, new Wire().u32(1).u32(256))));
        assertRate(decoding.add(ipfix(0, 5, set(2, FLOW), set(256, flow(1)))).getFirst(), 256, SamplingSource.OPTIONS);
    }

    @Test
    void theRecordItselfIsBelievedBeforeOptions() {
        Wire options = shorts(300, 4, 4, 1, 4, 34, 4);
        Wire template = template(258, 8, 4, 12, 4, 2, 4, 1, 4, 34, 4);
        Wire record =
                new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u32(2).u32(100).u32(64);
        List<Row> rows =
                netFlow9Flow(set(1, options), set(300, new Wire().u32(1).u32(512)), set(0, template), set(258, record));
        assertRate(rows.getFirst(), 64, SamplingSource.RECORD);
    }

    @Test
    void theOperatorIsBelievedBeforeAll() {
        KnownExporter known = new KnownExporter(ExportFile.EXPORTER, 10, Map.of(7, 20));
        Decoding configured = new Decoding(new ExporterTable(List.of(known), ExporterLimits.defaults(), 1), 64);
        Wire options = shorts(300, 4, 4, 1, 4, 34, 4);
        List<Row> rows = configured.add(netFlow9(
                0,
                0,
                set(0, FLOW),
                set(1, options),
                set(300, new Wire().u32(1).u32(512)),
                set(256, new Wire().add(flow(6)).add(flow(7)))));
        assertThat(rows).extracting(Row::samplingRate).containsExactly(10, 20);
        assertThat(configured.statistics().samplingSource()).isEqualTo(SamplingSource.MANUAL);
        assertThat(configured.statistics().known()).isTrue();
    }

    @Test
    void aRateThatChangesHoldsFromThenOn() {
        Wire options = shorts(300, 4, 4, 1, 4, 34, 4);
        netFlow9Flow(set(1, options), set(300, new Wire().u32(1).u32(512)));
        assertThat(netFlow9Flow(set(256, flow(1))))
                .extracting(Row::samplingRate)
                .containsExactly(512);
        assertThat(netFlow9Flow(set(300, new Wire().u32(1).u32(64)), set(256, flow(1))))
                .extracting(Row::samplingRate)
                .containsExactly(64);
    }
}
