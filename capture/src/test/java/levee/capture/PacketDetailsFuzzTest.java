package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import levee.telemetry.FlowBatch;
import levee.telemetry.Rejections;

class PacketDetailsFuzzTest {

    /** @param input the link type, and the packet */
    @FuzzTest(maxDuration = "30s")
    void looksIntoAnything(byte[] input) {
        if (input.length < 1) {
            return;
        }
        LinkType type = LinkType.values()[(input[0] & 0xff) % LinkType.values().length];
        PacketDetails details = new PacketDetails(PacketDissector.MAXIMUM_ROWS);
        FlowBatch batch = new FlowBatch(PacketDissector.MAXIMUM_ROWS);
        new PacketDissector(new Rejections(), details, null)
                .dissect(ByteBuffer.wrap(input), 1, input.length - 1, input.length - 1, type, 1, batch);
        DnsQuestion question = new DnsQuestion();
        HttpMessage http = new HttpMessage();
        for (int row = 0; row < batch.size; row++) {
            assertThat(details.payloadLength(row)).isBetween(0, PacketDetails.PAYLOAD_BYTES);
            NtpMessage.requestCode(details, row);
            if (http.read(details, row)) {
                assertThat(http.status() == 0).isEqualTo(http.method().length() >= 3);
                assertPrintable(http.method());
                assertPrintable(http.uri());
                assertPrintable(http.userAgent());
            }
            if (question.read(details, row)) {
                // Four characters for each octet at the most.
                assertThat(question.name().length()).isBetween(1, 4 * 255);
            }
        }
    }

    private static void assertPrintable(CharSequence value) {
        assertThat(value).hasSizeLessThanOrEqualTo(HttpMessage.LONGEST_VALUE + 3);
        assertThat(value.chars().allMatch(c -> c >= ' ' && c < 0x7f)).isTrue();
    }
}
