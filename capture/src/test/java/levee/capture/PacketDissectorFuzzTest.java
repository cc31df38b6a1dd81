package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

class PacketDissectorFuzzTest {

    /** @param input the link type, how much longer the packet was on the wire (0 to 255), and the packet */
    @FuzzTest(maxDuration = "60s")
    void dissectsAnything(byte[] input) {
        if (input.length < 2) {
            return;
        }
        LinkType type = LinkType.values()[(input[0] & 0xff) % LinkType.values().length];
        byte[] packet = Arrays.copyOfRange(input, 2, input.length);
        int length = packet.length + (input[1] & 0xff);
        Dissection dissection = new Dissection();
        List<Row> rows = dissection.rows(type, packet, length);
        long rejections = dissection.rejections().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(rejections).isBetween(rows.isEmpty() ? 1L : 0L, 1L);
        assertThat(rows).hasSizeLessThanOrEqualTo(PacketDissector.MAXIMUM_ROWS);
        for (Row row : rows) {
            assertThat(row.bytes()).isBetween(20L, (long) length);
        }
        // The bytes around a packet make no difference.
        assertThat(new Dissection(0).rows(type, packet, length)).isEqualTo(rows);
    }
}
