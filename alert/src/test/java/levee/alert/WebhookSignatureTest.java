package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    private static final Secret SECRET = Secret.of("0123456789abcdef0123456789abcdef");
    private static final Instant TIME = Instant.ofEpochSecond(1_772_442_003);
    private static final byte[] BODY = "{\"event\":\"opened\"}".getBytes(StandardCharsets.UTF_8);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /**
     * {@code printf '1772442003.{"event":"opened"}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef}
     */
    private static final String HEADER =
            "t=1772442003,v1=c56cba9ea81e471020d867aa19064cb716d7516da9e85f7077f4e86688e13c55";

    @Test
    void isWhatOpensslSays() {
        assertThat(WebhookSignature.sign(List.of(SECRET), TIME, BODY)).isEqualTo(HEADER);
    }

    @Test
    void isValidForItsTimeAndBodyOnly() {
        assertThat(isValid(HEADER, BODY, TIME.plusSeconds(300))).isTrue();
        assertThat(isValid(HEADER, BODY, TIME.minusSeconds(300))).isTrue();
        assertThat(isValid(HEADER, BODY, TIME.plusSeconds(301))).isFalse();
        assertThat(isValid(HEADER, BODY, TIME.minusSeconds(301))).isFalse();
        assertThat(isValid(HEADER, "{}".getBytes(StandardCharsets.UTF_8), TIME)).isFalse();
        assertThat(isValid(HEADER.replace("2003", "2004"), BODY, TIME)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=",
                "v1=",
                "t=1772442003",
                "t=1772442003,v1=",
                "t=x,v1=y",
                "t=999999999999999999999,v1=00",
                ",,,"
            })
    void nothingElseIsValid(String header) {
        assertThat(isValid(header, BODY, TIME)).isFalse();
    }

    private static boolean isValid(String header, byte[] body, Instant now) {
        return WebhookSignature.isValid(header, body, SECRET, now, TOLERANCE);
    }
}
