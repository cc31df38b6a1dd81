package levee.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingSecondTest {
    @Test
    void lateRowsArePlacedWhereTheyBelong() {
        SlidingSecond second = new SlidingSecond();
        second.place(10_000_000_000L, 10, 100);
        second.place(9_500_000_000L, 20, 200);
        second.place(8_500_000_000L, 40, 400);
        assertThat(second.packets()).as("without what is older than a second").isEqualTo(30);
        assertThat(second.peakSlotPackets()).isEqualTo(20);
        second.advanceTo(10_600_000_000L);
        assertThat(second.packets()).isEqualTo(10);
    }

    private static final long SECOND = 1_000_000_000L;

    private final SlidingSecond second = new SlidingSecond();

    @Test
    void isEmptyAtFirst() {
        assertThat(second.packets()).isZero();
        assertThat(second.peakPackets()).isZero();
        second.advanceTo(5 * SECOND);
        assertThat(second.packets()).isZero();
    }

    @Test
    void addsUpTheLastSecond() {
        second.add(0, 1, 100);
        second.add(SECOND - 1, 2, 200);
        assertThat(second.packets()).isEqualTo(3);
        assertThat(second.bytes()).isEqualTo(300);
        second.add(SECOND, 4, 400);
        assertThat(second.packets()).isEqualTo(6);
        assertThat(second.bytes()).isEqualTo(600);
        assertThat(second.peakPackets()).isEqualTo(6);
        assertThat(second.peakSlotPackets()).isEqualTo(4);
        second.advanceTo(100 * SECOND);
        assertThat(second.packets()).isZero();
        assertThat(second.peakPackets()).isEqualTo(6);
        assertThat(second.peakBytes()).isEqualTo(600);
    }

    @Test
    void aSteadyRateIsKnownBeforeTheSecondIsOver() {
        long slot = SlidingSecond.SLOT_NANOS;
        assertThat(second.steadyRate()).isZero();
        for (int i = 0; i < 3; i++) {
            second.add(5 * SECOND + i * slot, 100, 0);
        }
        assertThat(second.steadyRate()).isEqualTo(1_000);
        second.advanceTo(5 * SECOND + 9 * slot);
        assertThat(second.steadyRate()).as("still within the last second").isEqualTo(1_000);
        second.advanceTo(5 * SECOND + 11 * slot);
        assertThat(second.steadyRate()).isZero();
    }

    @Test
    void aBurstIsNoSteadyRate() {
        second.add(5 * SECOND, 100, 0);
        second.add(6 * SECOND, 90, 0);
        second.add(6 * SECOND + SlidingSecond.SLOT_NANOS, 10, 0);
        assertThat(second.steadyRate()).isZero();
    }

    @Test
    void lateRowsCountNow() {
        second.add(10 * SECOND, 1, 100);
        second.add(3 * SECOND, 2, 200);
        assertThat(second.packets()).isEqualTo(3);
        second.advanceTo(2 * SECOND);
        assertThat(second.packets()).isEqualTo(3);
    }

    @Test
    void timesBefore1970AreTimesToo() {
        second.add(-1, 1, 1);
        second.add(0, 2, 2);
        assertThat(second.packets()).isEqualTo(3);
        second.add(SECOND - SlidingSecond.SLOT_NANOS, 4, 4);
        assertThat(second.packets()).isEqualTo(6);
    }

    @Test
    void forgetsWhenCleared() {
        second.add(10 * SECOND, 7, 700);
        second.clear();
        assertThat(second.packets() + second.bytes()).isZero();
        assertThat(second.peakPackets() + second.peakBytes() + second.peakSlotPackets())
                .isZero();
        second.add(3 * SECOND, 1, 100);
        assertThat(second.packets()).isEqualTo(1);
    }

    private record Added(long slot, long packets, long bytes) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void equalsTheSumOverAllThatWasAdded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Added> all = new ArrayList<>();
        long nanos = random.nextLong(-10 * SECOND, 1_700_000_000L * SECOND);
        long current = Long.MIN_VALUE;
        long peakPackets = 0;
        long peakBytes = 0;
        for (int i = 0; i < 3_000; i++) {
            nanos += random.nextInt(20) == 0 ? random.nextLong(-SECOND, 3 * SECOND) : random.nextLong(SECOND / 10);
            current = Math.max(current, Math.floorDiv(nanos, SlidingSecond.SLOT_NANOS));
            if (random.nextInt(10) == 0) {
                second.advanceTo(nanos);
            } else {
                Added added = new Added(current, random.nextInt(100), random.nextInt(10_000));
                all.add(added);
                second.add(nanos, added.packets, added.bytes);
            }
            long oldest = current - 9;
            all.removeIf(added -> added.slot < oldest);
            long packets = all.stream().mapToLong(Added::packets).sum();
            long bytes = all.stream().mapToLong(Added::bytes).sum();
            peakPackets = Math.max(peakPackets, packets);
            peakBytes = Math.max(peakBytes, bytes);
            assertThat(second.packets()).isEqualTo(packets);
            assertThat(second.bytes()).isEqualTo(bytes);
            assertThat(second.peakPackets()).isEqualTo(peakPackets);
            assertThat(second.peakBytes()).isEqualTo(peakBytes);
        }
    }
}
