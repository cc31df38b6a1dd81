package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.capture.SamplePackets.Sample;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DamagedPacketTest {
    private final Dissection dissection = new Dissection();

    @Test
    void aPacketCutAnywhereGivesARowOrIsCounted() {
        for (Sample sample : SamplePackets.all()) {
            for (int captured = 0; captured < sample.bytes().length; captured++) {
                byte[] cut = Arrays.copyOf(sample.bytes(), captured);
                assertUsedOrCounted(sample.type(), cut, sample.bytes().length);
                assertUsedOrCounted(sample.type(), cut, captured);
            }
        }
    }

    @Test
    @Tag("slow")
    void aPacketWithOneWrongByteGivesARowOrIsCounted() {
        for (Sample sample : SamplePackets.all()) {
            byte[] bytes = sample.bytes().clone();
            for (int at = 0; at < bytes.length; at++) {
                for (int value = 0; value < 256; value++) {
                    bytes[at] = (byte) value;
                    assertUsedOrCounted(sample.type(), bytes, bytes.length);
                }
                bytes[at] = sample.bytes()[at];
            }
        }
    }

    @Test
    void randomBytesGiveARowOrAreCounted() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            LinkType type = LinkType.values()[random.nextInt(LinkType.values().length)];
            assertUsedOrCounted(type, bytes, bytes.length + random.nextInt(2_000));
        }
    }

    private void assertUsedOrCounted(LinkType type, byte[] packet, int length) {
        long before = rejected();
        List<Row> rows = dissection.rows(type, packet, length);
        assertThat(rejected() - before).isBetween(rows.isEmpty() ? 1L : 0L, 1L);
        for (Row row : rows) {
            assertThat(row.bytes()).isBetween(20L, (long) length);
        }
    }

    private long rejected() {
        return dissection.rejections().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
