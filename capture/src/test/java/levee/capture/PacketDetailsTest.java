package levee.capture;

import static levee.capture.PacketBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import levee.telemetry.FlowBatch;
import levee.telemetry.Rejections;
import org.junit.jupiter.api.Test;

final class PacketDetailsTest {
    private final PacketDetails details = new PacketDetails(PacketDissector.MAXIMUM_ROWS);
    private final PacketDissector dissector = new PacketDissector(new Rejections(), details, null);

    @Test
    void payloadOfADatagram() {
        byte[] frame = ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(123, 4_000)
                .payload(new byte[] {(byte) 0xd7, 0, 3, 42, 1})
                .bytes();
        dissect(frame, frame.length);

        assertThat(details.frameLength(0)).isEqualTo(frame.length);
        assertThat(details.fragmentOffset(0)).isZero();
        assertThat(details.payloadLength(0)).isEqualTo(5);
        assertThat(details.payload(0, 0)).isEqualTo(0xd7);
        assertThat(NtpMessage.requestCode(details, 0)).isEqualTo(42);
    }

    @Test
    void lengthIsThatOnTheWire() {
        byte[] frame = ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(123, 4_000)
                .payload(3)
                .bytes();
        dissect(frame, 1_500);

        assertThat(details.frameLength(0)).isEqualTo(1_500);
    }

    @Test
    void payloadIsBounded() {
        byte[] frame = ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(53, 4_000)
                .payload(1_400)
                .bytes();
        dissect(frame, frame.length);

        assertThat(details.payloadLength(0)).isEqualTo(PacketDetails.PAYLOAD_BYTES);
    }

    /** Every cut leads to a payload that lies in what was captured. */
    @Test
    void packetThatWasCutOff() {
        byte[] frame = ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .tcp(80, 4_000, 0x18)
                .payload(3)
                .bytes();
        // A header length that claims more than there is.
        frame[14 + 20 + 12] = (byte) 0xf0;
        for (int length = 0; length <= frame.length; length++) {
            dissect(Arrays.copyOf(frame, length), frame.length);
            assertThat(details.payloadLength(0)).isBetween(0, 3);
        }
    }

    private void dissect(byte[] frame, int length) {
        FlowBatch batch = new FlowBatch(PacketDissector.MAXIMUM_ROWS);
        dissector.dissect(ByteBuffer.wrap(frame), 0, frame.length, length, LinkType.ETHERNET, 1, batch);
    }
}
