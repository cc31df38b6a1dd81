package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import levee.telemetry.FlowBatch;
import levee.telemetry.Rejections;

/** What a dissector makes of packets, in the order in which they are given. */
final class Dissection {
    private static final long NANOS = 1_700_000_000_123_456_789L;

    private final Rejections rejections = new Rejections();
    private final PacketDissector dissector = new PacketDissector(rejections);
    private final FlowBatch batch = new FlowBatch(PacketDissector.MAXIMUM_ROWS);
    private final int surroundings;

    Dissection() {
        this(0x45);
    }

    /** @param surroundings the byte that stands in front of and behind packets */
    Dissection(int surroundings) {
        this.surroundings = surroundings;
    }

    /** The rows of one packet. */
    static List<Row> of(LinkType type, byte[] packet) {
        return new Dissection().rows(type, packet, packet.length);
    }

    /** The rows of one Ethernet frame. */
    static List<Row> of(PacketBuilder packet) {
        return of(LinkType.ETHERNET, packet.bytes());
    }

    /** The only row of one Ethernet frame. */
    static Row single(PacketBuilder packet) {
        List<Row> rows = of(packet);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    /** Why one packet, which yields no row, is rejected. */
    static Map<String, Long> rejected(LinkType type, byte[] packet) {
        Dissection dissection = new Dissection();
        assertThat(dissection.rows(type, packet, packet.length)).isEmpty();
        return dissection.rejections();
    }

    List<Row> rows(PacketBuilder packet) {
        byte[] bytes = packet.bytes();
        return rows(LinkType.ETHERNET, bytes, bytes.length);
    }

    List<Row> rows(LinkType type, byte[] packet, int length) {
        return rows(type, packet, length, NANOS);
    }

    List<Row> rows(LinkType type, byte[] packet, int length, long nanos) {
        // Stale rows must not show through.
        for (int row = 0; row < batch.capacity; row++) {
            batch.sourcePort[row] = 0xdead;
            batch.destinationPort[row] = 0xdead;
            batch.tcpFlags[row] = (byte) 0xff;
            batch.payloadHint[row] = 99;
            batch.fragment[row] = 99;
            batch.tcpSequence[row] = 99;
            batch.tcpWindow[row] = 99;
        }
        batch.clear(FlowBatch.Rows.PACKETS);
        // Bytes in front and behind that may look like more of the packet, so that reading outside is noticed.
        byte[] surrounded = new byte[packet.length + 200];
        Arrays.fill(surrounded, (byte) surroundings);
        System.arraycopy(packet, 0, surrounded, 100, packet.length);
        dissector.dissect(ByteBuffer.wrap(surrounded), 100, packet.length, length, type, nanos, batch);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < batch.size; row++) {
            rows.add(Row.of(batch, row));
        }
        return rows;
    }

    Map<String, Long> rejections() {
        return rejections.asMap();
    }
}
