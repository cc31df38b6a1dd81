package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import levee.engine.LiveRun.Opened;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How soon a live network's attacks are noticed, in the time of the records: exports of real attacks, 200 datagrams a
 * second, over and over, at any phase of the clock.
 */
@Tag("slow")
final class LiveLatencyTest {
    private static final int DATAGRAMS_PER_SECOND = 200;
    private static final int RUNS = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final long LASTS = 3 * SECOND;
    private static final long NOW = 1_770_000_000L * SECOND;

    private static final double SOON = 0.5;

    /** In the first second of that export there is one reflector. */
    private static final double LESS_SOON = 0.8;

    static Stream<ExportTruthTest.Export> exports() {
        return ExportTruthTest.exports();
    }

    @ParameterizedTest
    @MethodSource("exports")
    void anAttackIsNoticedWithinHalfASecond(ExportTruthTest.Export export) {
        List<byte[]> datagrams = LiveRun.datagrams(RealData.file(export.name()));
        double within = export.name().endsWith("booter.sflow.pcap") ? LESS_SOON : SOON;
        Random phases = new Random(1);
        for (int run = 0; run < RUNS; run++) {
            long start = NOW + phases.nextLong(SECOND);
            List<Opened> opened = new LiveRun().loop(datagrams, DATAGRAMS_PER_SECOND, start, LASTS);

            assertThat(opened).singleElement().satisfies(one -> {
                assertThat(one.nanos() / (double) SECOND).isLessThan(within);
                assertThat(one.attack().target()).hasToString(export.target());
                assertThat(one.attack().vectors())
                        .extracting(share -> share.vector().label())
                        .containsExactly(export.vector());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benign-mix-ndpi.nf5.pcap",
                "benign-mix-ndpi.nf9.pcap",
                "benign-mix-ndpi.ipfix.pcap",
                "ndpi-synscan.nf5.pcap",
                "ndpi-synscan.nf9.pcap",
                "ndpi-synscan.ipfix.pcap",
                "ndpi-synscan.sflow.pcap"
            })
    void nothingElseIs(String name) {
        List<byte[]> datagrams = LiveRun.datagrams(RealData.file("attacks/exports/" + name));

        assertThat(new LiveRun().loop(datagrams, DATAGRAMS_PER_SECOND, NOW, 20 * SECOND))
                .isEmpty();
    }
}
