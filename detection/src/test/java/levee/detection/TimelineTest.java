package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_767_225_600L * SECOND;

    private final Timeline timeline = new Timeline();

    @Test
    void isEmptyAtFirst() {
        assertThat(timeline.isEmpty()).isTrue();
        assertThat(timeline.size()).isZero();
    }

    @Test
    void aMillisecondHasSlotsOfItsOwn() {
        timeline.add(NOW, 1, 100);
        timeline.add(NOW + 3_000_000, 2, 200);
        assertThat(timeline.slotNanos()).isEqualTo(1 << 20);
        assertThat(timeline.startNanos()).isBetween(NOW - (1 << 20), NOW);
        assertThat(timeline.packets(0)).isEqualTo(1);
        assertThat(timeline.bytes(timeline.size() - 1)).isEqualTo(200);
        assertThat(packets()).isEqualTo(3);
    }

    @Test
    void anHourFitsToo() {
        for (int second = 0; second < 3_600; second++) {
            timeline.add(NOW + second * SECOND, 10, 1_000);
        }
        assertThat(timeline.size()).isBetween(Timeline.SLOTS / 2, Timeline.SLOTS);
        assertThat(packets()).isEqualTo(36_000);
        // Each full slot holds as many seconds as it is long.
        double perSlot = timeline.slotNanos() / 1e9 * 10;
        assertThat((double) timeline.packets(timeline.size() / 2)).isBetween(perSlot - 10, perSlot + 10);
    }

    @Test
    void whatComesLateIsPutBefore() {
        timeline.add(NOW, 1, 1);
        timeline.add(NOW - 50_000_000, 7, 7);
        assertThat(timeline.packets(0)).isEqualTo(7);
        assertThat(timeline.packets(timeline.size() - 1)).isEqualTo(1);
    }

    @Test
    void aFlowIsSpreadOverItsDurationExactly() {
        timeline.add(NOW, NOW + 100 * SECOND, 1_001, 99_999);
        assertThat(packets()).isEqualTo(1_001);
        assertThat(bytes()).isEqualTo(99_999);
        double perSlot = 1_001 / (100e9 / timeline.slotNanos());
        for (int slot = 1; slot < timeline.size() - 1; slot++) {
            assertThat((double) timeline.packets(slot)).isBetween(perSlot - 1, perSlot + 1);
        }
    }

    @Test
    void timelinesAddUp() {
        Timeline other = new Timeline();
        other.add(NOW + 3_000 * SECOND, 5, 50);
        other.add(NOW - 3_000 * SECOND, 6, 60);
        timeline.add(NOW, 1, 10);
        timeline.addAll(other);
        assertThat(packets()).isEqualTo(12);
        assertThat(timeline.slotNanos()).isGreaterThanOrEqualTo(other.slotNanos());
        assertThat(timeline.packets(0)).isEqualTo(6);
        assertThat(timeline.bytes(timeline.size() - 1)).isEqualTo(50);
    }

    @Test
    void timesDecadesApartAreNoLoop() {
        timeline.add(0, 1, 1);
        timeline.add(Long.MAX_VALUE, 1, 1);
        timeline.add(Long.MIN_VALUE / 2, 1, 1);
        assertThat(packets()).isEqualTo(3);
    }

    @Test
    void forgets() {
        timeline.add(NOW, 1, 1);
        timeline.add(NOW + 3_000 * SECOND, 1, 1);
        timeline.clear();
        assertThat(timeline.isEmpty()).isTrue();
        timeline.add(NOW, 4, 4);
        assertThat(timeline.slotNanos()).isEqualTo(1 << 20);
        assertThat(packets()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachPacketIsInTheSlotOfItsTime(long seed) {
        Random random = new Random(seed);
        long range = 1L << 22 + random.nextInt(30);
        TreeMap<Long, Long> truth = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            long nanos = NOW + random.nextLong(range);
            timeline.add(nanos, i, 1);
            truth.merge(nanos, (long) i, Long::sum);
        }
        for (int slot = 0; slot < timeline.size(); slot++) {
            long begin = timeline.startNanos() + slot * timeline.slotNanos();
            long expected = truth.subMap(begin, begin + timeline.slotNanos()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(timeline.packets(slot)).isEqualTo(expected);
        }
    }

    private long packets() {
        long sum = 0;
        for (int slot = 0; slot < timeline.size(); slot++) {
            sum += timeline.packets(slot);
        }
        return sum;
    }

    private long bytes() {
        long sum = 0;
        for (int slot = 0; slot < timeline.size(); slot++) {
            sum += timeline.bytes(slot);
        }
        return sum;
    }
}
