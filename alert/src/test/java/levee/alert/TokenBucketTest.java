package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void givesABurstAndThenOneAtATime() {
        TokenBucket bucket = new TokenBucket(new Pace(2, Duration.ofSeconds(10)));
        bucket.take(NOW);
        assertThat(bucket.isEmpty(NOW)).isFalse();
        bucket.take(NOW);
        assertThat(bucket.isEmpty(NOW)).isTrue();
        assertThat(bucket.next()).isEqualTo(NOW.plusSeconds(10));
        assertThat(bucket.isEmpty(NOW.plusSeconds(10))).isFalse();
        bucket.take(NOW.plusSeconds(10));
        assertThat(bucket.isEmpty(NOW.plusSeconds(19))).isTrue();
        assertThat(bucket.isEmpty(NOW.plusSeconds(20))).isFalse();
    }

    @Test
    void aClockSetBackDoesNotStopIt() {
        TokenBucket bucket = new TokenBucket(new Pace(1, Duration.ofSeconds(10)));
        bucket.take(NOW);
        assertThat(bucket.isEmpty(NOW.minusSeconds(86_400))).isFalse();
        bucket.take(NOW.minusSeconds(86_400));
        assertThat(bucket.isEmpty(NOW.minusSeconds(86_390))).isFalse();
    }
}
