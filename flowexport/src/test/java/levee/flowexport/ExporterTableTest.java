package levee.flowexport;

import static levee.flowexport.Wire.netFlow9;
import static levee.flowexport.Wire.set;
import static levee.flowexport.Wire.template;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import levee.model.IpAddress;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;

/** Whoever can send a datagram can claim to be any exporter: everything has a bound. */
class ExporterTableTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Wire FLOW = template(256, 8, 4, 12, 4, 1, 4);
    private static final Wire RECORD =
            new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u32(100);

    private static final ExporterLimits SMALL = new ExporterLimits(
            4, 3, 8, 16, 1 << 16, 4, 2_000, 10_000, 10 * SECOND, TimeUnit.MINUTES.toNanos(35), 3_600 * SECOND);

    private final Decoding decoding = new Decoding(new ExporterTable(List.of(), SMALL, 1), 64);

    @Test
    void unknownExportersAreBounded() {
        for (int i = 0; i < 100; i++) {
            decoding.add(IpAddress.ofIpv4(i), ExportFile.NANOS, netFlow9(1, 0, set(0, FLOW)));
        }
        assertThat(decoding.table.statistics()).hasSize(4);
        assertThat(decoding.table.refusedDatagrams()).isEqualTo(96);
    }

    @Test
    void knownExportersAlwaysHaveAPlace() {
        KnownExporter known = KnownExporter.of(ExportFile.EXPORTER);
        Decoding configured = new Decoding(new ExporterTable(List.of(known), SMALL, 1), 64);
        for (int i = 0; i < 100; i++) {
            configured.add(IpAddress.ofIpv4(i), ExportFile.NANOS, netFlow9(1, 0, set(0, FLOW)));
        }
        assertThat(configured.add(netFlow9(1, 0, set(0, FLOW), set(256, RECORD))))
                .hasSize(1);
    }

    @Test
    void whoIsExpectedMayChangeWithoutForgettingWhatWasLearned() {
        IpAddress other = IpAddress.parse("192.0.2.99");
        ExporterTable table =
                new ExporterTable(List.of(KnownExporter.of(ExportFile.EXPORTER)), SMALL.withUnknownExporters(0), 1);
        Decoding strict = new Decoding(table, 64);
        strict.add(netFlow9(1, 0, set(0, FLOW)));
        assertThat(strict.add(other, ExportFile.NANOS, netFlow9(1, 0, set(0, FLOW))))
                .isEmpty();
        assertThat(table.refusedDatagrams()).isEqualTo(1);

        table.apply(List.of(new KnownExporter(ExportFile.EXPORTER, 7, Map.of()), KnownExporter.of(other)));
        List<Row> rows = strict.add(netFlow9(2, 0, set(256, RECORD)));
        assertThat(rows).extracting(Row::exporter).containsExactly(1);
        assertThat(table.exporters().getFirst().manualRate(0)).isEqualTo(7);
        rows = strict.add(other, ExportFile.NANOS, netFlow9(1, 0, set(0, FLOW), set(256, RECORD)));
        assertThat(rows).extracting(Row::exporter).containsExactly(2);

        table.apply(List.of(KnownExporter.of(other)));
        assertThat(strict.add(netFlow9(3, 0, set(256, RECORD)))).isEmpty();
        assertThat(table.refusedDatagrams()).isEqualTo(2);
        assertThat(table.statistics()).hasSize(1);
        assertThat(table.address(1)).isEqualTo(ExportFile.EXPORTER);
    }

    @Test
    void strangersKeepTheirPlacesWhenOneMoreIsExpected() {
        IpAddress other = IpAddress.parse("192.0.2.99");
        for (int i = 0; i < 3; i++) {
            decoding.add(IpAddress.ofIpv4(i), ExportFile.NANOS, netFlow9(1, 0, set(0, FLOW)));
        }
        decoding.table.apply(List.of(KnownExporter.of(IpAddress.ofIpv4(1)), KnownExporter.of(other)));
        for (int i = 3; i < 100; i++) {
            decoding.add(IpAddress.ofIpv4(i), ExportFile.NANOS, netFlow9(1, 0, set(0, FLOW)));
        }
        assertThat(decoding.table.statistics()).hasSize(5);
        assertThat(decoding.table.exporters().stream().filter(exporter -> exporter.isKnown))
                .hasSize(2);
    }

    @Test
    void aSilentExporterMakesWay() {
        for (int i = 0; i < 4; i++) {
            decoding.add(IpAddress.ofIpv4(i), ExportFile.NANOS + i, netFlow9(1, 0, set(0, FLOW)));
        }
        long later = ExportFile.NANOS + 2 * 3_600 * SECOND;
        List<Row> rows = decoding.add(ExportFile.EXPORTER, later, netFlow9(1, 0, set(0, FLOW), set(256, RECORD)));
        assertThat(rows).extracting(Row::exporter).containsExactly(1);
        assertThat(decoding.table.address(1)).isEqualTo(ExportFile.EXPORTER);
        assertThat(decoding.table.statistics()).hasSize(4);
    }

    @Test
    void domainsAreBounded() {
        for (int source = 0; source < 10; source++) {
            decoding.add(netFlow9(1, source, set(0, FLOW)));
        }
        assertThat(decoding.table.exporters().getFirst().domains()).hasSize(3);
        assertThat(decoding.rejected(RejectionReason.NO_ROOM)).isEqualTo(7);
    }

    @Test
    void templatesInUseStayWhileOthersMakeWay() {
        decoding.add(netFlow9(0, 0, set(0, FLOW), set(256, RECORD)));
        for (int i = 1; i < 1_000; i++) {
            decoding.add(netFlow9(i, 0, set(0, template(256 + i, 8, 4, 1, 4))));
        }
        assertThat(decoding.statistics().templates()).isLessThanOrEqualTo(8);
        assertThat(decoding.statistics().templatesEvicted()).isPositive();
        assertThat(decoding.add(netFlow9(1_000, 0, set(256, RECORD)))).hasSize(1);
    }

    @Test
    void templatesAreNoLongerThanAllowed() {
        int[] fields = new int[2 * 17];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = 500;
            fields[i + 1] = 1;
        }
        decoding.add(netFlow9(0, 0, set(0, new Wire().add(template(300, fields)).add(FLOW)), set(256, RECORD)));
        assertThat(decoding.rejected(RejectionReason.NO_ROOM)).isEqualTo(1);
        assertThat(decoding.rows()).hasSize(1);
    }

    @Test
    void templatesOfAllExportersShareABudget() {
        ExporterLimits limits =
                new ExporterLimits(100, 64, 1_000, 500, 20_000, 4, 2_000, 5_000, 10 * SECOND, SECOND, 3_600 * SECOND);
        Decoding tight = new Decoding(new ExporterTable(List.of(), limits, 1), 64);
        for (int i = 0; i < 100; i++) {
            tight.add(IpAddress.ofIpv4(i), ExportFile.NANOS, netFlow9(1, 0, set(0, FLOW)));
        }
        assertThat(tight.table.templateBytes()).isBetween(1L, 20_000L);
    }

    @Test
    void dataThatWaitAreBoundedInBytes() {
        Wire large = new Wire().zeros(600);
        for (int i = 0; i < 100; i++) {
            decoding.add(netFlow9(i, 0, set(300, large)));
        }
        assertThat(decoding.statistics().waitingBytes()).isBetween(600L, 2_000L);
        assertThat(decoding.rejected(RejectionReason.NO_TEMPLATE)).isEqualTo(98);
        for (int exporter = 0; exporter < 3; exporter++) {
            for (int i = 0; i < 100; i++) {
                decoding.add(IpAddress.ofIpv4(exporter), ExportFile.NANOS, netFlow9(i, 0, set(300, large)));
            }
        }
        assertThat(decoding.table.waitingBytes()).isBetween(2_000L, 5_000L);
    }

    @Test
    void dataWaitSoLongAndNoLonger() {
        decoding.add(netFlow9(0, 0, set(256, RECORD)));
        byte[] templates = netFlow9(1, 0, set(0, FLOW));
        assertThat(decoding.add(ExportFile.EXPORTER, ExportFile.NANOS + 11 * SECOND, templates))
                .isEmpty();
        assertThat(decoding.rejected(RejectionReason.NO_TEMPLATE)).isEqualTo(1);
        assertThat(decoding.table.waitingBytes()).isZero();
    }

    @Test
    void dataOfAnExporterThatFellSilentAreDropped() {
        decoding.add(netFlow9(0, 0, set(256, RECORD)));
        decoding.table.expire(ExportFile.NANOS + 11 * SECOND);
        assertThat(decoding.table.waitingBytes()).isZero();
        assertThat(decoding.statistics().waitingBytes()).isZero();
    }

    @Test
    void duplicatesAreReadOnce() {
        decoding.add(netFlow9(0, 0, set(0, FLOW)));
        byte[] datagram = netFlow9(1, 0, set(256, RECORD));
        assertThat(decoding.add(datagram)).hasSize(1);
        assertThat(decoding.add(datagram)).isEmpty();
        assertThat(decoding.statistics().duplicates()).isEqualTo(1);
        assertThat(decoding.rejected(RejectionReason.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void threadsMayShareAnExporter() throws InterruptedException {
        ExporterTable table = ExporterTable.open(1);
        int threads = 4;
        int datagrams = 2_000;
        Thread[] receivers = new Thread[threads];
        long[] rows = new long[threads];
        for (int i = 0; i < threads; i++) {
            int source = i;
            receivers[i] = new Thread(() -> {
                Decoding own = new Decoding(table, 16);
                for (int j = 0; j < datagrams; j++) {
                    Wire template = set(0, template(256 + j % 50, 8, 4, 12, 4, 1, 4));
                    Wire data = set(256 + j % 50, RECORD);
                    rows[source] +=
                            own.add(netFlow9(j, source % 2, template, data)).size();
                }
            });
            receivers[i].start();
        }
        for (Thread receiver : receivers) {
            receiver.join();
        }
        ExporterStatistics exporter = table.statistics().getFirst();
        assertThat(exporter.datagrams()).isEqualTo((long) threads * datagrams);
        long read = 0;
        for (long count : rows) {
            read += count;
        }
        assertThat(exporter.flows()).isEqualTo(read);
        assertThat(read + exporter.duplicates()).isEqualTo((long) threads * datagrams);
        assertThat(exporter.templates()).isEqualTo(100);
    }
}
