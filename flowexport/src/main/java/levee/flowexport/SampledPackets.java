package levee.flowexport;

import java.nio.ByteBuffer;
import levee.capture.LinkType;
import levee.capture.PacketDissector;
import levee.telemetry.FlowBatch;
import levee.telemetry.Rejections;

/** Turns the first bytes of sampled packets into rows. */
final class SampledPackets {
    /** The most rows that a packet needs. */
    static final int ROWS = PacketDissector.MAXIMUM_ROWS;

    /** A longer packet is a lie. */
    private static final int LONGEST_PACKET = 1 << 20;

    private final Rejections rejections;
    private final PacketDissector dissector;

    /** A copy: the dissector reads a buffer, and to wrap each datagram would cost an object each. */
    private final ByteBuffer header = ByteBuffer.allocate(1 << 16);

    SampledPackets(Rejections rejections) {
        this.rejections = rejections;
        dissector = new PacketDissector(rejections);
    }

    /**
     * Appends the rows of a packet; the batch has room for {@link #ROWS}.
     *
     * @param length bytes of it that are there
     * @param wireLength bytes that it had
     * @param rate one in how many packets is sampled
     * @return how many rows it became
     */
    int append(
            byte[] bytes,
            int offset,
            int length,
            long wireLength,
            LinkType link,
            long nanos,
            int rate,
            int exporter,
            int ingressInterface,
            FlowBatch batch) {
        int captured = Math.min(length, header.capacity());
        header.put(0, bytes, offset, captured);
        int believed = Math.clamp(wireLength, captured, Math.max(captured, LONGEST_PACKET));
        int first = batch.size;
        dissector.dissect(header, 0, captured, believed, link, nanos, batch);
        for (int row = first; row < batch.size; row++) {
            batch.packets[row] = rate;
            batch.bytes[row] = Counts.multiply(batch.bytes[row], rate);
            batch.samplingRate[row] = rate;
            batch.exporter[row] = exporter;
            batch.ingressInterface[row] = ingressInterface;
            batch.relation[row] = 0;
        }
        return batch.size - first;
    }

    /** What was rejected so far. */
    long rejected() {
        return rejections.total();
    }
}
