package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import levee.capture.Said.Listener;
import levee.telemetry.EventBatch;
import levee.telemetry.EventKind;
import levee.telemetry.TcpFlags;

class ApplicationReaderFuzzTest {
    /** Source and destination: DNS, DHCP, mail, IRC, web; each way. */
    private static final int[][] PORTS = {
        {50_000, 53},
        {53, 50_000},
        {68, 67},
        {67, 68},
        {50_000, 25},
        {25, 50_000},
        {50_000, 443},
        {443, 50_000},
        {50_000, 6_667},
        {6_667, 50_000}
    };

    /**
     * @param input the ports, of which the highest bit chooses TCP; where a segment is cut in two, as a share of 256; and the
     *     payload
     */
    @FuzzTest(maxDuration = "60s")
    void hearsAnything(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int[] ports = PORTS[(input[0] & 0x7f) % PORTS.length];
        boolean isTcp = input[0] < 0;
        byte[] payload = Arrays.copyOfRange(input, 2, input.length);
        int cut = payload.length * (input[1] & 0xff) / 256;
        Listener listener = new Listener();
        Listener other = new Listener();
        int start = 0;
        for (int end : new int[] {cut, payload.length}) {
            byte[] part = Arrays.copyOfRange(payload, start, end);
            byte[] packet = isTcp
                    ? PacketBuilder.raw()
                            .ipv4(Said.CLIENT, Said.SERVER)
                            .tcp(ports[0], ports[1], TcpFlags.ACK, start)
                            .payload(part)
                            .bytes()
                    : PacketBuilder.raw()
                            .ipv4(Said.CLIENT, Said.SERVER)
                            .udp(ports[0], ports[1])
                            .payload(part)
                            .bytes();
            if (packet.length > 65_535) {
                return;
            }
            List<Said> said = listener.hear(LinkType.RAW_IP, packet, packet.length, 0x45);
            check(said);
            // The bytes around a packet make no difference.
            assertThat(other.hear(LinkType.RAW_IP, packet, packet.length, 0)).isEqualTo(said);
            start = end;
        }
    }

    private static void check(List<Said> all) {
        assertThat(all).hasSizeLessThanOrEqualTo(ApplicationReader.MAXIMUM_EVENTS);
        for (Said said : all) {
            if (said.isProgram()) {
                assertThat(said.kind()).isEqualTo(EventKind.HTTP);
                assertThat(said.code()).isIn(200, 203, 206);
            } else {
                assertThat(said.flags()).isIn(EventBatch.REQUEST, EventBatch.RESPONSE);
            }
            assertThat(said.nanos()).isEqualTo(Said.NANOS);
            assertThat(said.addresses()).hasSizeLessThanOrEqualTo(EventBatch.MOST_ADDRESSES);
            assertThat(said.code()).isNotNegative();
            String name = said.name();
            switch (said.kind()) {
                case DNS -> {
                    assertThat(name.length()).isLessThanOrEqualTo(253);
                    assertThat(name).doesNotContainPattern("[A-Z]");
                    assertThat(said.code()).isLessThan(16);
                }
                case TLS_CLIENT_HELLO -> {
                    assertThat(said.detail()).matches("[0-9a-f]{32}");
                    assertThat(said.more()).matches("t(..)[di][0-9]{4}[0-9A-Za-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}");
                }
                case TLS_SERVER_HELLO -> assertThat(said.detail()).matches("[0-9a-f]{32}");
                case HTTP -> assertThat(said.code() == 0 || said.code() >= 100).isTrue();
                case SMTP ->
                    assertThat(said.code() == 0 || said.code() >= 200 && said.code() < 600)
                            .isTrue();
                case IRC -> assertThat(name).isIn("NICK", "USER", "JOIN", "PRIVMSG", "PING");
                case SSH -> assertThat(said.detail() + said.more()).startsWith("SSH-");
                case DHCP -> assertThat(said.detail()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
            }
        }
    }
}
