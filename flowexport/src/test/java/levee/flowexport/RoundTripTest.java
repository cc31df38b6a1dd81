package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the encoders write is what the decoder reads, as far as the format goes. */
class RoundTripTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final int[] PROTOCOLS = {Protocols.TCP, Protocols.UDP, Protocols.ICMP, Protocols.GRE, 132};

    private final SplittableRandom random = new SplittableRandom(20_260_101);

    @ParameterizedTest
    @EnumSource
    void rowsComeBack(ExportFormat format) {
        for (int round = 0; round < 60; round++) {
            boolean isSflow = format == ExportFormat.SFLOW;
            int rate = random.nextBoolean() ? 1 : random.nextInt(1, 10_000);
            EncoderSettings settings = new EncoderSettings(
                    format,
                    random.nextInt(400, 9_000),
                    random.nextInt(1, 1_000),
                    ExportFile.NANOS - random.nextLong(1, 10_000_000) * MILLISECOND - 40L * 60_000 * MILLISECOND,
                    random.nextInt(1, 20),
                    rate,
                    random.nextBoolean());
            FlowBatch batch = new FlowBatch(random.nextInt(1, 300));
            fill(batch, isSflow ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.FLOWS, rate, settings, format);
            Decoding decoding = new Decoding(ExporterTable.open(round), random.nextInt(4, 400));
            List<byte[]> datagrams = new ArrayList<>();
            FlowExportEncoder encoder =
                    new FlowExportEncoder(settings, (bytes, length) -> datagrams.add(Arrays.copyOf(bytes, length)));
            assertThat(encoder.encode(batch, ExportFile.NANOS)).isZero();
            encoder.flush(ExportFile.NANOS);
            for (byte[] datagram : datagrams) {
                assertThat(datagram.length).isLessThanOrEqualTo(settings.largestDatagram());
                decoding.add(datagram);
            }
            ExporterStatistics exporter = decoding.statistics();
            assertThat(exporter.waitingBytes()).isZero();
            assertThat(decoding.rows()).hasSize(batch.size).isEqualTo(expected(batch));
            assertThat(exporter.lost()).isZero();
            assertThat(exporter.rejected()).isEmpty();
            assertThat(exporter.clampedTimes()).isZero();
            assertThat(exporter.samplingRate()).isEqualTo(rate);
        }
    }

    private void fill(FlowBatch batch, FlowBatch.Rows kind, int rate, EncoderSettings settings, ExportFormat format) {
        batch.clear(kind);
        boolean isReduced = settings.reducedSizes();
        while (!batch.isFull()) {
            int row = batch.size++;
            batch.reset(row);
            boolean isIpv4 = format == ExportFormat.NETFLOW_V5 || random.nextBoolean();
            batch.sourceHigh[row] = isIpv4 ? 0 : random.nextLong() | 1L << 61;
            batch.sourceLow[row] = isIpv4 ? IpAddress.mapIpv4(random.nextInt()) : random.nextLong();
            batch.destinationHigh[row] = isIpv4 ? 0 : random.nextLong() | 1L << 61;
            batch.destinationLow[row] = isIpv4 ? IpAddress.mapIpv4(random.nextInt()) : random.nextLong();
            int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
            batch.protocol[row] = (byte) (protocol == Protocols.ICMP && !isIpv4 ? Protocols.ICMPV6 : protocol);
            boolean isSamples = kind == FlowBatch.Rows.SAMPLES;
            boolean hasPorts = protocol == Protocols.TCP || protocol == Protocols.UDP || protocol == 132 && !isSamples;
            if (hasPorts) {
                batch.sourcePort[row] = (char) random.nextInt(1, 1 << 16);
            }
            if (hasPorts) {
                batch.destinationPort[row] = (char) random.nextInt(1, 1 << 16);
            }
            if (protocol == Protocols.ICMP) {
                // Echo requests: errors quote a packet.
                batch.destinationPort[row] = (char) (isIpv4 ? 0x0800 : 0x8000);
            }
            if (protocol == Protocols.TCP) {
                batch.tcpFlags[row] = (byte) random.nextInt(256);
            }
            batch.samplingRate[row] = rate;
            batch.exporter[row] = 1;
            batch.ingressInterface[row] = random.nextInt(1 << 16);
            if (format != ExportFormat.NETFLOW_V5) {
                batch.timeToLive[row] = (byte) random.nextInt(256);
            }
            long last = ExportFile.NANOS - random.nextLong(30 * 60_000L) * MILLISECOND;
            if (isSamples) {
                batch.firstNanos[row] = ExportFile.NANOS;
                batch.packets[row] = rate;
                batch.bytes[row] = (long) random.nextInt(80, 1_501) * rate;
                batch.ipIdentification[row] = isIpv4 ? (char) random.nextInt(1 << 16) : 0;
            } else {
                batch.lastNanos[row] = last;
                batch.firstNanos[row] = last - random.nextLong(4 * 60_000L) * MILLISECOND;
                int packetBits = isReduced ? 24 : format == ExportFormat.NETFLOW_V5 ? 32 : 34;
                batch.packets[row] = random.nextLong(1, 1L << random.nextInt(1, packetBits)) * rate;
                int byteBits = format == ExportFormat.NETFLOW_V5 ? 32 : 34;
                batch.bytes[row] = random.nextLong(1, 1L << random.nextInt(1, byteBits)) * rate;
            }
        }
    }

    /** The rows as the decoder gives them out: with the payload hint of an empty payload that sFlow headers have. */
    private static List<Row> expected(FlowBatch batch) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < batch.size; row++) {
            rows.add(Row.of(batch, row));
        }
        return rows;
    }
}
