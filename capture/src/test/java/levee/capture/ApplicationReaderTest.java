package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import levee.capture.Said.Listener;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationReaderTest {
    private static final byte[] QUERY = Wire.of("12 34 01 00  00 01 00 00 00 00 00 00  01 61 00  00 01 00 01");

    private static PacketBuilder query(PacketBuilder outside) {
        return outside.ipv4("192.0.2.1", "192.0.2.2").udp(1_000, 53).payload(QUERY);
    }

    @Test
    void ofFragmentsOnlyTheFirstSpeaks() {
        Listener listener = new Listener();
        assertThat(listener.hear(query(PacketBuilder.ethernet().fragment(0, true))))
                .hasSize(1);
        assertThat(listener.hear(query(PacketBuilder.ethernet().fragment(1_480, false))))
                .isEmpty();
    }

    @Test
    void insideATunnelTheInnerPacketSpeaks() {
        PacketBuilder outside = PacketBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(53, 4_789)
                .vxlan(7)
                .frame();
        assertThat(new Listener().hear(query(outside)))
                .singleElement()
                .satisfies(said -> assertThat(said.ends()).isEqualTo("192.0.2.1:1000 > 192.0.2.2:53"));
        assertThat(new Listener()
                        .hear(query(PacketBuilder.ethernet()
                                .ipv4("10.0.0.1", "10.0.0.2")
                                .gre(0))))
                .hasSize(1);
    }

    @Test
    void ipv6Speaks() {
        assertThat(new Listener()
                        .hear(PacketBuilder.ethernet()
                                .ipv6("2001:db8::1", "2001:db8::2")
                                .tcp(50_000, 80, TcpFlags.ACK)
                                .payload("GET / HTTP/1.1\r\n\r\n")))
                .singleElement()
                .satisfies(said -> assertThat(said.ends()).isEqualTo("2001:db8::1:50000 > 2001:db8::2:80"));
    }

    /** A data offset below five words would lead into the header (RFC 9293 section 3.1). */
    @Test
    void aHeaderIsNoPayload() {
        byte[] segment = Wire.network()
                .u32(0xc350_0050L)
                .bytes("GET / HT".getBytes(ISO_8859_1))
                .u8(0x10)
                .u8(TcpFlags.ACK)
                .bytes("/1.1\r\n\r\n".getBytes(ISO_8859_1))
                .array();
        StringBuilder hex = new StringBuilder();
        for (byte octet : segment) {
            hex.append(String.format("%02x", octet));
        }
        Listener listener = new Listener();
        assertThat(listener.hear(
                        PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").other(6, hex.toString())))
                .isEmpty();
    }

    /** Each of these leaves the batch of events room for few others. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 16, 64})
    void noEventIsLostHoweverSmallTheBatch(int capacity) throws IOException {
        PcapBuilder capture = PcapBuilder.ethernet();
        String lines = ("JOIN #" + "x".repeat(100) + "\r\n").repeat(4);
        String request = "GET /" + "a".repeat(300) + " HTTP/1.1\r\nUser-Agent: " + "b".repeat(300) + "\r\nHost: "
                + "c".repeat(300) + "\r\n\r\n";
        for (int i = 0; i < 50; i++) {
            capture.packet(
                    Said.NANOS + i,
                    PacketBuilder.ethernet()
                            .ipv4("10.0.0.1", "10.0.0.2")
                            .tcp(1_000 + i, 6_667, TcpFlags.ACK)
                            .payload(i % 2 == 0 ? lines : request));
        }
        List<Said> said = new ArrayList<>();
        int rows = 0;
        FlowBatch batch = new FlowBatch(capacity);
        try (BatchSource source =
                CaptureFormat.PCAP.open(Channels.newChannel(new ByteArrayInputStream(capture.array())), false)) {
            boolean more;
            do {
                more = source.fill(batch);
                rows += batch.size;
                said.addAll(Said.all(batch.events));
            } while (more);
        }
        assertThat(rows).isEqualTo(50);
        assertThat(said).hasSize(25 * 4 + 25);
        assertThat(said).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
        assertThat(said.getLast().ends()).startsWith("10.0.0.1:1049 ");
        assertThat(said.getLast().name()).hasSize(255);
    }
}
