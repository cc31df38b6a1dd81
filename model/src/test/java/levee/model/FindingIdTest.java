package levee.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FindingIdTest {
    private static final Instant START = Instant.parse("2024-02-29T12:00:00.5Z");

    @Test
    void isTheSameInEachRunAndVersion() {
        // printf 'attack\n192.0.2.1/32\n2024-02-29T12:00:00.500Z' | sha256sum
        assertThat(FindingId.of("attack", "192.0.2.1/32", START)).isEqualTo("attack-237881549a64a42b");
    }

    @Test
    void differsByKindSubjectAndStart() {
        String id = FindingId.of("attack", "192.0.2.1/32", START);
        assertThat(id).matches("attack-[0-9a-f]{16}");
        assertThat(FindingId.of("scan", "192.0.2.1/32", START)).isNotEqualTo(id);
        assertThat(FindingId.of("attack", "192.0.2.2/32", START)).isNotEqualTo(id);
        assertThat(FindingId.of("attack", "192.0.2.1/32", START.plusNanos(1))).isNotEqualTo(id);
    }

    @Test
    void fieldsDoNotRunIntoOneAnother() {
        assertThat(FindingId.of("a", "bc", START).substring(2))
                .isNotEqualTo(FindingId.of("ab", "c", START).substring(3));
    }
}
