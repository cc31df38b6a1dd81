package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LearnedTrafficTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");
    private static final List<Prefix> NETWORKS = List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("198.51.100.0/24"));
    private static final IpAddress INSIDE = IpAddress.parse("192.0.2.7");
    private static final IpAddress OTHER = IpAddress.parse("192.0.2.8");
    private static final IpAddress OUTSIDE = IpAddress.parse("203.0.113.1");

    private final LearnedTraffic traffic = new LearnedTraffic(NETWORKS);

    private static long nanos(int minute, int second) {
        return (BEGIN.getEpochSecond() + 60L * minute + second) * 1_000_000_000L;
    }

    private void row(IpAddress from, IpAddress to, long packets) {
        FlowBatch batch = new FlowBatch(1);
        batch.clear(FlowBatch.Rows.FLOWS);
        batch.reset(0);
        batch.sourceHigh[0] = from.high();
        batch.sourceLow[0] = from.low();
        batch.destinationHigh[0] = to.high();
        batch.destinationLow[0] = to.low();
        batch.packets[0] = packets;
        batch.bytes[0] = 100 * packets;
        batch.size = 1;
        traffic.count(batch);
    }

    /** In the middle of a minute, and a tick at its end. */
    private void minute(int minute, long inbound) {
        traffic.tick(nanos(minute, 0));
        row(OUTSIDE, INSIDE, inbound);
        row(INSIDE, OUTSIDE, 60);
        row(INSIDE, OTHER, 1_000_000);
        traffic.tick(nanos(minute, 59));
    }

    @Test
    void minutesAreCountedByNetworkAndDirection() {
        // The service starts within a minute, which does not count, and nor does the one under way.
        traffic.tick(nanos(-1, 30));
        for (int minute = 0; minute < 100; minute++) {
            minute(minute, 6_000 + 600 * minute);
        }
        traffic.tick(nanos(100, 0));

        LearnedTraffic.Summary summary = traffic.summary();
        assertThat(summary.minutes()).isEqualTo(100);
        assertThat(summary.since()).contains(BEGIN);
        LearnedTraffic.Usual usual = summary.networks().getFirst();
        assertThat(usual.network()).isEqualTo("192.0.2.0/24");
        LearnedTraffic.Span packets = usual.inboundPacketsPerSecond();
        Percentage close = Percentage.withPercentage(6);
        assertThat(packets.median()).isCloseTo(590, close);
        assertThat(packets.percentile95()).isCloseTo(1_040, close);
        assertThat(packets.percentile99()).isCloseTo(1_080, close);
        assertThat(packets.maximum()).isEqualTo(1_090);
        assertThat(usual.inboundBitsPerSecond().maximum()).isEqualTo(1_090 * 800);
        assertThat(usual.outboundPacketsPerSecond().maximum())
                .as("without inner traffic")
                .isEqualTo(1);
        assertThat(summary.networks().get(1).inboundPacketsPerSecond().maximum())
                .isZero();
    }

    @Test
    void minutesInWhichNobodyExportsDoNotCount() {
        traffic.tick(nanos(-1, 0));
        minute(0, 100);
        for (int minute = 1; minute < 10; minute++) {
            traffic.tick(nanos(minute, 0));
        }
        assertThat(traffic.summary().minutes()).isEqualTo(1);
    }

    @Test
    void minutesThatAClockJumpsIntoOrOutOfDoNotCount() {
        traffic.tick(nanos(-1, 0));
        minute(0, 100);
        traffic.tick(nanos(500, 0));
        row(OUTSIDE, INSIDE, 1_000);
        traffic.tick(nanos(10, 0));
        assertThat(traffic.summary().minutes()).as("the one before the jump").isEqualTo(1);
    }

    @Test
    void whatIsOlderThanFourWeeksIsForgotten() {
        traffic.tick(nanos(-1, 0));
        int half = (int) Duration.ofDays(14).toMinutes();
        minute(0, 6_000_000);
        for (int begin : new int[] {half, 2 * half}) {
            assertThat(traffic.summary()
                            .networks()
                            .getFirst()
                            .inboundPacketsPerSecond()
                            .maximum())
                    .isLessThanOrEqualTo(100_000);
            traffic.tick(nanos(begin - 1, 0));
            minute(begin, 600);
            traffic.tick(nanos(begin + 1, 0));
        }
        LearnedTraffic.Summary summary = traffic.summary();
        assertThat(summary.minutes()).isEqualTo(2);
        assertThat(summary.networks().getFirst().inboundPacketsPerSecond().maximum())
                .isEqualTo(10);
    }

    private byte[] saved() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        traffic.save(out);
        return out.toByteArray();
    }

    @Test
    void whatIsSavedComesBackForNetworksThatAreStillOwn() throws IOException {
        traffic.tick(nanos(-1, 0));
        for (int minute = 0; minute < 50; minute++) {
            minute(minute, 1_000L * minute * minute);
        }
        traffic.tick(nanos(50, 0));
        Instant later = BEGIN.plus(Duration.ofDays(1));

        LearnedTraffic same = new LearnedTraffic(NETWORKS);
        same.load(new ByteArrayInputStream(saved()), later);
        assertThat(same.summary()).isEqualTo(traffic.summary());

        LearnedTraffic other = new LearnedTraffic(List.of(Prefix.parse("203.0.113.0/24"), NETWORKS.get(0)));
        other.load(new ByteArrayInputStream(saved()), later);
        assertThat(other.summary().networks().get(0).inboundPacketsPerSecond().maximum())
                .isZero();
        assertThat(other.summary().networks().get(1))
                .isEqualTo(traffic.summary().networks().get(0));
    }

    @Test
    void damageIsNoticedAndNothingIsTaken() throws IOException {
        traffic.tick(nanos(-1, 0));
        minute(0, 6_000);
        traffic.tick(nanos(1, 0));
        byte[] bytes = saved();
        LearnedTraffic fresh = new LearnedTraffic(NETWORKS);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> fresh.load(new ByteArrayInputStream(cut), BEGIN))
                    .isInstanceOf(IOException.class);
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> fresh.load(new ByteArrayInputStream(changed), BEGIN))
                    .isInstanceOf(IOException.class);
        }
        assertThat(fresh.summary().minutes()).isZero();
    }

    @Test
    void quantilesAreRightToATwentieth() {
        SplittableRandom random = new SplittableRandom(1);
        RateHistogram histogram = new RateHistogram();
        double[] rates = new double[10_000];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = Math.pow(10, random.nextDouble(9));
            histogram.add(rates[i]);
        }
        Arrays.sort(rates);
        for (double share : new double[] {0.1, 0.5, 0.95, 0.99, 0.999}) {
            double right = rates[(int) Math.ceil(share * rates.length) - 1];
            assertThat(histogram.quantile(share)).isCloseTo(right, within(right / 20));
        }
        assertThat(histogram.quantile(1)).isCloseTo(rates[rates.length - 1], within(rates[rates.length - 1] / 20));
    }

    @Test
    void whatWasLearnedStaysWhereNetworksChange() {
        traffic.tick(nanos(-1, 30));
        minute(0, 600);
        traffic.tick(nanos(1, 0));
        traffic.apply(List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("203.0.113.0/24")));

        assertThat(traffic.summary().networks())
                .extracting(LearnedTraffic.Usual::network)
                .containsExactly("192.0.2.0/24", "203.0.113.0/24");
        assertThat(traffic.summary()
                        .networks()
                        .getFirst()
                        .inboundPacketsPerSecond()
                        .maximum())
                .isCloseTo(10, within(0.5));
    }

    @Test
    void aNetworkWithinAnotherCountsForBoth() {
        LearnedTraffic nested = new LearnedTraffic(List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("192.0.2.0/29")));
        FlowBatch batch = new FlowBatch(2);
        batch.clear(FlowBatch.Rows.FLOWS);
        for (int row = 0; row < 2; row++) {
            batch.reset(row);
            // From outside, and from the wider network, to the narrower one.
            batch.sourceLow[row] = row == 0 ? OUTSIDE.low() : OTHER.low();
            batch.destinationLow[row] = INSIDE.low();
            batch.packets[row] = 60;
        }
        batch.size = 2;
        nested.tick(nanos(-1, 0));
        nested.tick(nanos(0, 0));
        nested.count(batch);
        nested.tick(nanos(1, 0));

        assertThat(nested.summary().networks())
                .extracting(usual -> Math.round(usual.inboundPacketsPerSecond().maximum()))
                .containsExactly(1L, 2L);
    }
}
