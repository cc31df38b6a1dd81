package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import levee.attack.Floods.Shape;
import levee.attack.LearnedRates.Entry;
import levee.attack.Traffic.View;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

/** What is usual is known after a restart, too. */
class LearnedRatesTest {
    private static final AddressFamily FAMILY = AddressFamily.IPV4;
    private static final IpAddress HOST = FAMILY.own(7);
    private static final int MINUTE = 60;
    private static final int WEIGHT = 20;
    private static final int USUAL = 1_500;

    /** Above what alarms where nothing is known, and below three times what is usual. */
    private static final int TWICE = 3_000;

    private static final long SECOND = 1_772_442_000L;

    private static Detection detection(LearnedRates learned) {
        return new Detection(DetectionPolicy.liveNetwork(), AddressFamily.ownNetworks(), learned);
    }

    private static void datagrams(Detection detection, int minute, int minutes, int packetsPerSecond) {
        for (int i = minute; i < minute + minutes; i++) {
            Traffic traffic = new Traffic(i).sampled(WEIGHT);
            new Floods(traffic, FAMILY)
                    .add(
                            AttackVector.UDP_FLOOD,
                            new Endpoint(HOST, 9_987),
                            Shape.moderate()
                                    .beginning((double) i * MINUTE)
                                    .lasting(MINUTE, packetsPerSecond / WEIGHT * MINUTE));
            traffic.spread(
                    (double) i * MINUTE,
                    MINUTE,
                    MINUTE,
                    (second, ping) -> traffic.add(second, Packet.icmp(HOST, IpAddress.ofIpv4(0x0101_0101), 8, 0, 84)));
            detection.play(traffic.seen(View.BOTH_WAYS));
        }
    }

    private static LearnedRates table(long seed) {
        return new LearnedRates(LearnedRates.USUAL_CAPACITY, seed);
    }

    private static byte[] saved(LearnedRates learned) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LearnedRatesFile.save(learned, out);
        return out.toByteArray();
    }

    private static LearnedRates loaded(byte[] bytes, long nowSecond) throws IOException {
        // Another process has another seed.
        LearnedRates learned = table(2);
        LearnedRatesFile.load(learned, new ByteArrayInputStream(bytes), nowSecond);
        return learned;
    }

    /** What was learned in so many minutes of usual traffic; the process is killed then, so nothing is ended. */
    private static LearnedRates usual(int minutes) {
        LearnedRates learned = table(1);
        datagrams(detection(learned), 0, minutes, USUAL);
        return learned;
    }

    private static long lastSecond(LearnedRates learned) {
        return learned.entries().stream().mapToLong(Entry::lastSecond).max().orElseThrow();
    }

    @Test
    void usualTrafficDoesNotAlarmAfterARestart() throws IOException {
        LearnedRates learned = usual(6);
        Detection after = detection(loaded(saved(learned), lastSecond(learned) + 10));
        datagrams(after, 6, 2, TWICE);
        after.finish();
        assertThat(after.attacks()).isEmpty();

        Detection forgetful = detection(LearnedRates.none());
        datagrams(forgetful, 6, 2, TWICE);
        forgetful.finish();
        assertThat(forgetful.attacks()).as("the same without what was learned").hasSize(1);
    }

    @Test
    void attackAlarmsAfterARestart() throws IOException {
        LearnedRates learned = usual(6);
        Detection after = detection(loaded(saved(learned), lastSecond(learned) + 10));
        datagrams(after, 6, 1, 12_000);
        after.finish();
        assertThat(after.attacks()).hasSize(1);
    }

    @Test
    void whatIsEightDaysOldIsForgotten() throws IOException {
        LearnedRates learned = usual(3);
        byte[] bytes = saved(learned);
        long eightDays = Duration.ofDays(8).toSeconds();
        assertThat(loaded(bytes, lastSecond(learned) + eightDays).entries()).isNotEmpty();
        assertThat(loaded(bytes, lastSecond(learned) + eightDays + MINUTE).entries())
                .isEmpty();
    }

    @Test
    void clockThatWasAheadDoesNotMakeAnEntryLast() throws IOException {
        LearnedRates learned = usual(3);
        long now = lastSecond(learned) - 1_000_000;
        assertThat(loaded(saved(learned), now).entries())
                .extracting(Entry::lastSecond)
                .containsOnly(now);
    }

    @Test
    void pausesAreNoObservations() {
        LearnedRates learned = table(1);
        Detection detection = detection(learned);
        // A burst at the beginning of each half of a minute, and ticks in between.
        for (int half = 0; half < 24; half++) {
            double begin = half * MINUTE / 2.0;
            Traffic traffic = new Traffic(half).sampled(WEIGHT);
            new Floods(traffic, FAMILY)
                    .add(
                            AttackVector.UDP_FLOOD,
                            new Endpoint(HOST, 9_987),
                            Shape.moderate().beginning(begin).lasting(5, USUAL / WEIGHT * 5));
            detection.play(traffic.seen(View.BOTH_WAYS));
            for (int tick = 51; tick < 300; tick++) {
                detection.tick(Traffic.nanos(begin + tick / 10.0));
            }
        }
        LearnedRates.Rate rate = learned.highest(1).getFirst();
        assertThat(rate.observations()).as("of minutes").isLessThanOrEqualTo(12);
        assertThat(rate.usualPacketsPerSecond()).isGreaterThan(0.8 * USUAL);
    }

    @Test
    void trafficThatLastedForAMomentTeachesNothing() {
        LearnedRates learned = table(1);
        Detection detection = detection(learned);
        datagrams(detection, 0, 2, USUAL);
        assertThat(learned.entries()).as("while it goes on").isNotEmpty();
        detection.tick(Traffic.nanos(2 * MINUTE + 60));
        assertThat(learned.entries()).as("when it was over").isEmpty();
    }

    @Test
    void trafficThatLastedIsKnownWhenItComesAgain() {
        LearnedRates learned = table(1);
        Detection detection = detection(learned);
        datagrams(detection, 0, 8, USUAL);
        detection.tick(Traffic.nanos(8 * MINUTE + 60));
        assertThat(learned.entries()).isNotEmpty();
        datagrams(detection, 100, 2, TWICE);
        detection.finish();
        assertThat(detection.attacks()).isEmpty();
    }

    @Test
    void highestRateIsToldWithWhatAlarmsNow() {
        LearnedRates.Rate rate = usual(6).highest(10).getFirst();
        assertThat(rate.target()).isEqualTo(Prefix.host(HOST));
        assertThat(rate.vector()).isEqualTo(AttackVector.UDP_FLOOD);
        assertThat(rate.highestPacketsPerSecond()).isBetween(1_300.0, 2_400.0);
        assertThat(rate.usualPacketsPerSecond()).isBetween(1_300.0, 2_400.0);
        assertThat(rate.alarmPacketsPerSecond()).isEqualTo(3 * rate.usualPacketsPerSecond());
        assertThat(rate.observations()).isBetween(4L, 6L);
    }

    private static LearnedRates random(long seed, int entries, int capacity) {
        SplittableRandom random = new SplittableRandom(seed);
        LearnedRates learned = new LearnedRates(capacity, seed);
        for (int i = 0; i < entries; i++) {
            boolean isHost = random.nextBoolean();
            long low = random.nextLong();
            learned.put(
                    new Entry(
                            0x2001_0db8_0000_0000L + random.nextInt(1 << 16),
                            isHost ? low : 0,
                            isHost ? 128 : 64,
                            random.nextInt(1, TrafficClass.ICMP_ERROR + 1),
                            random.nextDouble(30),
                            random.nextDouble(1e7),
                            1 + random.nextInt(10_000),
                            SECOND - random.nextInt(500_000)),
                    SECOND);
        }
        return learned;
    }

    @Test
    void everyEntryComesBack() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            LearnedRates learned = random(seed, 500, LearnedRates.USUAL_CAPACITY);
            assertThat(loaded(saved(learned), SECOND).entries())
                    .hasSizeGreaterThan(490)
                    .containsExactlyInAnyOrderElementsOf(learned.entries());
        }
    }

    @Test
    void fullTableKeepsWhatWasSeenMost() {
        LearnedRates learned = random(1, 100_000, 1 << 10);
        assertThat(learned.entries()).hasSizeLessThanOrEqualTo(1 << 10);
        assertThat(learned.entries().stream()
                        .mapToLong(Entry::observations)
                        .min()
                        .orElseThrow())
                .as("of 10,000, uniformly")
                .isGreaterThan(9_000);
    }

    @Test
    void damageIsNoticedAndNothingIsTaken() throws IOException {
        byte[] bytes = saved(random(1, 20, 1 << 10));
        LearnedRates learned = table(3);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LearnedRatesFile.load(learned, new ByteArrayInputStream(cut), SECOND))
                    .isInstanceOf(IOException.class);
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> LearnedRatesFile.load(learned, new ByteArrayInputStream(changed), SECOND))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> LearnedRatesFile.load(
                        learned, new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length + 1)), SECOND))
                .hasMessageContaining("follows");
        assertThat(learned.entries()).isEmpty();
    }

    @Test
    void everyClassHasANameOfItsOwn() {
        for (int trafficClass = 1; trafficClass <= TrafficClass.ICMP_ERROR; trafficClass++) {
            assertThat(LearnedRates.trafficClass(LearnedRates.name(trafficClass)))
                    .contains(trafficClass);
        }
    }
}
