package levee.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class RejectionsTest {
    private final Rejections rejections = new Rejections();

    @Test
    void nothingIsRejectedAtFirst() {
        assertThat(rejections.asMap()).isEmpty();
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(rejections.of(reason)).isZero();
        }
    }

    @Test
    void countsByReasonInTheOrderOfLabels() {
        rejections.count(RejectionReason.TRUNCATED);
        rejections.count(RejectionReason.CLOCK_LEAP);
        rejections.count(RejectionReason.TRUNCATED);
        assertThat(rejections.of(RejectionReason.TRUNCATED)).isEqualTo(2);
        assertThat(rejections.of(RejectionReason.MALFORMED)).isZero();
        assertThat(rejections.asMap()).containsExactly(entry("clock_leap", 1L), entry("truncated", 2L));
    }

    @Test
    void allReasonsAddUpUntilTheyAreForgotten() {
        rejections.count(RejectionReason.TRUNCATED);
        rejections.count(RejectionReason.NO_ADDRESS, 30);
        assertThat(rejections.total()).isEqualTo(31);
        rejections.clear();
        assertThat(rejections.total()).isZero();
        assertThat(rejections.asMap()).isEmpty();
    }

    @Test
    void laterCountsDoNotChangeAnEarlierMap() {
        rejections.count(RejectionReason.DAMAGED);
        var map = rejections.asMap();
        rejections.count(RejectionReason.DAMAGED);
        assertThat(map).containsExactly(entry("damaged", 1L));
    }
}
