package levee.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import levee.capture.CaptureFormat;
import levee.capture.PacketListener;
import levee.flowexport.ExportFormat;
import levee.flowexport.ExporterStatistics;
import levee.flowexport.ExporterTable;
import levee.flowexport.FlowExportDecoder;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;
import org.jspecify.annotations.Nullable;

/**
 * A capture, as its packets; or, where most of its first packets are datagrams of flow exporters, as the flows in these.
 */
final class ExportSource implements BatchSource {
    static final String PACKETS = "packets";

    private final BatchSource capture;
    private final ExporterTable exporters;
    private final FlowExportDecoder decoder;
    private final FlowBatch packets = new FlowBatch(Pipeline.BATCH_ROWS);
    private final DatagramQueue datagrams = new DatagramQueue();
    private final Map<String, Long> before;
    private Content content = Content.UNKNOWN;
    private String carries = PACKETS;
    private boolean morePackets = true;
    private boolean decoding;

    private enum Content {
        UNKNOWN,
        PACKETS,
        EXPORTS
    }

    /**
     * @param exporters kept from input to input, since one may hold the templates of the next
     * @param listener is shown each packet of a capture that is read as packets; null where nobody asks
     */
    ExportSource(
            CaptureFormat format,
            ReadableByteChannel channel,
            boolean live,
            ExporterTable exporters,
            @Nullable PacketListener listener) {
        this.exporters = exporters;
        decoder = new FlowExportDecoder(exporters);
        before = rejections(exporters);
        capture = format.open(channel, live, new Tap(listener));
    }

    /** Shows packets to both who may want them. */
    private final class Tap implements PacketListener {
        private final @Nullable PacketListener listener;

        Tap(@Nullable PacketListener listener) {
            this.listener = listener;
        }

        @Override
        public void note(int row, int frameLength, int fragmentOffset, ByteBuffer bytes, int start, int limit) {
            if (content != Content.PACKETS) {
                datagrams.note(row, frameLength, fragmentOffset, bytes, start, limit);
            }
            if (content != Content.EXPORTS && listener != null) {
                listener.note(row, frameLength, fragmentOffset, bytes, start, limit);
            }
        }
    }

    /** {@link #PACKETS}, or the name of the format of most export datagrams. */
    String carries() {
        return carries;
    }

    @Override
    public boolean fill(FlowBatch batch) throws IOException {
        return switch (content) {
            case PACKETS -> capture.fill(batch);
            case EXPORTS -> decode(batch);
            case UNKNOWN -> {
                datagrams.listenTo(batch);
                morePackets = capture.fill(batch);
                Optional<ExportFormat> format = mostOfDatagrams(batch.size);
                if (format.isEmpty()) {
                    content = Content.PACKETS;
                    yield morePackets;
                }
                content = Content.EXPORTS;
                carries = format.get().label();
                datagrams.rewind();
                batch.clear(FlowBatch.Rows.FLOWS);
                yield decode(batch);
            }
        };
    }

    /** The most common format of export datagrams, if these are most of the packets. */
    private Optional<ExportFormat> mostOfDatagrams(int rows) {
        Map<ExportFormat, Integer> counts = new EnumMap<>(ExportFormat.class);
        while (datagrams.next()) {
            ExportFormat.ofDatagram(datagrams.bytes(), datagrams.offset(), datagrams.length())
                    .ifPresent(format -> counts.merge(format, 1, Integer::sum));
        }
        int exports = counts.values().stream().mapToInt(Integer::intValue).sum();
        return 2 * exports > rows
                ? counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey)
                : Optional.empty();
    }

    private boolean decode(FlowBatch batch) throws IOException {
        while (true) {
            while (decoding || datagrams.next()) {
                if (!decoding) {
                    decoder.begin(
                            datagrams.sourceHigh(),
                            datagrams.sourceLow(),
                            datagrams.nanos(),
                            datagrams.bytes(),
                            datagrams.offset(),
                            datagrams.length());
                }
                int before = batch.size;
                decoding = !decoder.fill(batch);
                statistics().flows += batch.size - before;
                if (decoding) {
                    return true;
                }
            }
            if (!morePackets) {
                noteRejections();
                return false;
            }
            datagrams.listenTo(packets);
            morePackets = capture.fill(packets);
            if (batch.size > 0) {
                // On a live capture the next packets may be long in coming.
                return true;
            }
        }
    }

    private void noteRejections() {
        rejections(exporters).forEach((reason, count) -> {
            long added = count - before.getOrDefault(reason, 0L);
            statistics().rejections.count(RejectionReason.valueOf(reason.toUpperCase(Locale.ROOT)), added);
        });
    }

    /** What was rejected of all exporters so far, by reason. */
    private static Map<String, Long> rejections(ExporterTable exporters) {
        Map<String, Long> sum = new TreeMap<>();
        for (ExporterStatistics exporter : exporters.statistics()) {
            exporter.rejected().forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        }
        return sum;
    }

    @Override
    public SourceStatistics statistics() {
        return capture.statistics();
    }

    @Override
    public void close() throws IOException {
        capture.close();
    }
}
