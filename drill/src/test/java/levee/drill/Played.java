package levee.drill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import levee.capture.CaptureFormat;
import levee.model.IpAddress;
import levee.model.Truth;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;

/**
 * A drill that was played into bytes.
 *
 * @param bytes of a capture or log
 */
record Played(byte[] bytes, Truth truth) {

    /** A row, without what the connection table fills in. */
    record Row(
            long nanos,
            IpAddress source,
            IpAddress destination,
            int sourcePort,
            int destinationPort,
            int protocol,
            int flags,
            long bytes,
            int timeToLive,
            int identification,
            int sequence,
            int window,
            int fragment,
            int hint) {}

    static Played capture(Scenario scenario) {
        return into(scenario, PcapSink::new);
    }

    static Played log(Scenario scenario) {
        return into(scenario, ConnLogSink::new);
    }

    /** Where only the truth matters. */
    static Truth truthOf(Scenario scenario) {
        Drill drill = new Drill(scenario);
        while (drill.advance()) {
            // goes nowhere
        }
        return drill.truth();
    }

    private static Played into(Scenario scenario, Function<OutputStream, PacketSink> format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Drill drill = new Drill(scenario);
        try (PacketSink sink = format.apply(out)) {
            while (drill.advance()) {
                sink.write(drill.packet());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Played(out.toByteArray(), drill.truth());
    }

    /** What the capture is read as. */
    List<Row> rows() {
        try (BatchSource source =
                CaptureFormat.PCAP.open(Channels.newChannel(new ByteArrayInputStream(bytes)), false)) {
            List<Row> rows = rows(source);
            if (!source.statistics().rejections.asMap().isEmpty()) {
                throw new IllegalStateException(
                        "rejected: " + source.statistics().rejections.asMap());
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> rows(BatchSource source) throws IOException {
        List<Row> rows = new ArrayList<>();
        FlowBatch batch = new FlowBatch(256);
        boolean more = true;
        while (more) {
            more = source.fill(batch);
            for (int i = 0; i < batch.size; i++) {
                rows.add(row(batch, i));
            }
        }
        return rows;
    }

    private static Row row(FlowBatch batch, int i) {
        return new Row(
                batch.firstNanos[i],
                new IpAddress(batch.sourceHigh[i], batch.sourceLow[i]),
                new IpAddress(batch.destinationHigh[i], batch.destinationLow[i]),
                batch.sourcePort[i],
                batch.destinationPort[i],
                batch.protocol[i] & 0xff,
                batch.tcpFlags[i] & 0xff,
                batch.bytes[i],
                batch.timeToLive[i] & 0xff,
                batch.ipIdentification[i],
                batch.tcpSequence[i],
                batch.tcpWindow[i],
                batch.fragment[i],
                batch.payloadHint[i]);
    }
}
