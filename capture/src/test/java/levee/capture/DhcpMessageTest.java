package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import levee.telemetry.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of RFC 2131 section 2 with options of RFC 2132. */
class DhcpMessageTest {

    private static byte[] message(int operation, String ciaddr, String yiaddr, String options) {
        return Wire.network()
                .u8(operation)
                .u8(1) // Ethernet
                .u8(6)
                .u8(0) // hops
                .u32(0x1234_5678) // transaction
                .u32(0) // seconds and flags
                .bytes(Wire.of(ciaddr))
                .bytes(Wire.of(yiaddr))
                .u64(0) // next server and relay agent
                .bytes(Wire.of("00 11 22 aa bb cc"))
                .bytes(new byte[10 + 64 + 128])
                .u32(0x6382_5363)
                .bytes(Wire.of(options))
                .array();
    }

    @Test
    void aRequestSaysWhoAndWhat() {
        byte[] request = message(1, "00 00 00 00", "00 00 00 00", """
            35 01 03                       # DHCPREQUEST
            00                             # padding
            32 04 c0 00 02 07              # requested address 192.0.2.7
            0c 06 43 61 6d 2d 30 31        # host name Cam-01
            3c 08 4d 53 46 54 20 35 2e 30  # vendor class MSFT 5.0
            ff
            """);
        assertThat(Said.inDatagram(68, 67, request)).singleElement().satisfies(said -> {
            assertThat(said.kind()).isEqualTo(EventKind.DHCP);
            assertThat(said.ends()).isEqualTo("10.0.0.1:68 > 10.0.0.2:67");
            assertThat(said.isRequest()).isTrue();
            assertThat(said.type()).isEqualTo(3);
            assertThat(said.name()).isEqualTo("cam-01");
            assertThat(said.detail()).isEqualTo("00:11:22:aa:bb:cc");
            assertThat(said.more()).isEqualTo("MSFT 5.0");
            assertThat(said.addresses()).containsExactly("192.0.2.7");
            assertThat(said.code()).isZero();
        });
    }

    @Test
    void anAcknowledgmentSaysWhichAddressAndForHowLong() {
        byte[] acknowledgment = message(2, "00 00 00 00", "c0 00 02 08", """
            35 01 05            # DHCPACK
            33 04 00 01 51 80   # lease of 86,400 s
            ff
            """);
        assertThat(Said.inDatagram(67, 68, acknowledgment)).singleElement().satisfies(said -> {
            assertThat(said.ends()).isEqualTo("10.0.0.2:68 > 10.0.0.1:67");
            assertThat(said.isResponse()).isTrue();
            assertThat(said.type()).isEqualTo(5);
            assertThat(said.code()).isEqualTo(86_400);
            assertThat(said.addresses()).containsExactly("192.0.2.8");
        });
    }

    /** RFC 2131 section 4.3.2: who renews has its address in ciaddr. */
    @Test
    void whoRenewsAsksForTheAddressItHas() {
        byte[] renewal = message(1, "c0 00 02 09", "00 00 00 00", "35 01 03 ff");
        assertThat(Said.inDatagram(68, 67, renewal))
                .singleElement()
                .satisfies(said -> assertThat(said.addresses()).containsExactly("192.0.2.9"));
    }

    @Test
    void aLeaseForEverIsTheLongest() {
        byte[] offer = message(2, "00 00 00 00", "c0 00 02 08", "35 01 02  33 04 ff ff ff ff  ff");
        assertThat(Said.inDatagram(67, 68, offer))
                .singleElement()
                .satisfies(said -> assertThat(said.code()).isEqualTo(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff", // no message type: BOOTP
                "35 01 00 ff", // no such type
                "35 02 01 01 ff", // a type of two bytes
                "35 01 01 0c 09 61 62", // a name longer than what is there
                "35 01 01 0c" // an option without length
            })
    void whatContradictsItselfIsNoEvent(String options) {
        assertThat(Said.inDatagram(68, 67, message(1, "00 00 00 00", "00 00 00 00", options)))
                .isEmpty();
    }

    @Test
    void otherHardwareAndOtherCookiesAreNoEvent() {
        byte[] sound = message(1, "00 00 00 00", "00 00 00 00", "35 01 01 ff");
        assertThat(Said.inDatagram(68, 67, sound)).hasSize(1);
        for (int at : new int[] {0, 1, 2, 236}) {
            byte[] other = sound.clone();
            other[at] ^= 0x55;
            assertThat(Said.inDatagram(68, 67, other)).as("byte %d", at).isEmpty();
        }
        assertThat(Said.inDatagram(68, 67, Arrays.copyOf(sound, 239))).isEmpty();
    }
}
