package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is put into the ring comes out of it, in order, whatever the lengths. */
@Timeout(60)
final class DatagramRingTest {
    private static final int BYTES = 4 * DatagramRing.LARGEST;
    private static final int DATAGRAMS = 64;

    private final DatagramRing ring = new DatagramRing(BYTES, DATAGRAMS);

    private static byte[] datagram(Random random) {
        byte[] datagram =
                new byte[random.nextInt(8) == 0 ? random.nextInt(DatagramRing.LARGEST + 1) : random.nextInt(1_500)];
        random.nextBytes(datagram);
        return datagram;
    }

    private void put(byte[] datagram, long number) {
        System.arraycopy(datagram, 0, ring.bytes(), ring.writeOffset(), datagram.length);
        ring.put(datagram.length, number, ~number, 2 * number);
    }

    private byte[] take(long number) {
        assertThat(ring.nanos()).isEqualTo(number);
        assertThat(ring.senderHigh()).isEqualTo(~number);
        assertThat(ring.senderLow()).isEqualTo(2 * number);
        byte[] datagram = Arrays.copyOfRange(ring.bytes(), ring.offset(), ring.offset() + ring.length());
        ring.release();
        return datagram;
    }

    @Test
    void whatIsPutInComesOut() {
        Random random = new Random(1);
        Queue<byte[]> expected = new ArrayDeque<>();
        long put = 0;
        long taken = 0;
        for (int step = 0; step < 100_000; step++) {
            if (random.nextInt(100) < 50 + 40 * Math.sin(step / 500.0) && ring.hasRoom()) {
                byte[] datagram = datagram(random);
                put(datagram, put++);
                expected.add(datagram);
            } else if (!ring.isEmpty()) {
                assertThat(take(taken++)).isEqualTo(expected.remove());
            }
            assertThat(ring.size()).isEqualTo(expected.size());
            assertThat(ring.isEmpty()).isEqualTo(expected.isEmpty());
            assertThat(ring.load()).isBetween(0.0, 1.0);
        }
        assertThat(put).isGreaterThan(10_000);
    }

    @Test
    void thereIsNoRoomForMoreThanItHolds() {
        int put = 0;
        while (ring.hasRoom()) {
            put(new byte[DatagramRing.LARGEST], put++);
        }
        assertThat(put).isEqualTo(BYTES / DatagramRing.LARGEST);
        assertThat(ring.load()).isEqualTo(1);
        take(0);
        assertThat(ring.hasRoom()).isTrue();
    }

    @Test
    void thereIsNoRoomForMoreThanItCounts() {
        int put = 0;
        while (ring.hasRoom()) {
            put(new byte[1], put++);
        }
        assertThat(put).isEqualTo(DATAGRAMS);
    }

    @Test
    void twoThreadsMayUseIt() throws InterruptedException {
        int count = 20_000;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread producer = Thread.ofPlatform().unstarted(() -> {
            Random random = new Random(2);
            for (int i = 0; i < count && failure.get() == null; i++) {
                while (!ring.hasRoom() && failure.get() == null) {
                    Thread.yield();
                }
                put(datagram(random), i);
            }
        });
        Thread consumer = Thread.ofPlatform().unstarted(() -> {
            Random random = new Random(2);
            for (int i = 0; i < count; i++) {
                while (ring.isEmpty()) {
                    Thread.yield();
                }
                if (!Arrays.equals(take(i), datagram(random))) {
                    throw new AssertionError("datagram " + i);
                }
            }
        });
        consumer.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        producer.start();
        consumer.start();
        consumer.join();
        producer.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void itIsNotTooSmallForTheLargest() {
        assertThatThrownBy(() -> new DatagramRing(DatagramRing.LARGEST, DATAGRAMS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
