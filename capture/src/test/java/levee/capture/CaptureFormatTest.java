package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFormatTest {

    @ParameterizedTest
    @CsvSource({
        "a1 b2 c3 d4, PCAP",
        "d4 c3 b2 a1, PCAP",
        "a1 b2 3c 4d, PCAP",
        "4d 3c b2 a1, PCAP",
        "a1 b2 cd 34, PCAP",
        "34 cd b2 a1, PCAP",
        "0a 0d 0d 0a, PCAPNG"
    })
    void tellsFormatsByTheirFirstBytes(String head, CaptureFormat expected) {
        assertThat(CaptureFormat.detect(Wire.of(head), 4)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1f 8b 08 00", "fd 37 7a 58", "28 b5 2f fd", "23 73 65 70", "00 00 00 00", "a1 b2 c3 d5"})
    void otherFilesAreNoCaptures(String head) {
        assertThat(CaptureFormat.detect(Wire.of(head), 4)).isEmpty();
    }

    @Test
    void threeBytesAreTooFew() {
        assertThat(CaptureFormat.detect(Wire.of("a1 b2 c3 d4"), 3)).isEmpty();
        assertThat(CaptureFormat.detect(new byte[0], 0)).isEmpty();
    }
}
