package levee.flowexport;

import static levee.flowexport.Wire.ipfix;
import static levee.flowexport.Wire.set;
import static levee.flowexport.Wire.shorts;
import static levee.flowexport.Wire.template;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;

/** Records of IPFIX that hold the first bytes of a packet. */
class PacketSectionTest {
    /** IPv4 of 1,000 bytes, TCP SYN from 1024 to 80, cut behind the flags and the window. */
    private static final byte[] PACKET = Wire.of("""
        45 00 03 e8 12 34 00 00 37 06 00 00 c0 00 02 01 c0 00 02 02
        04 00 00 50 00 00 00 07 00 00 00 00 50 02 ff ff 00 00 00 00
        """);

    private static final Wire FRAME =
            new Wire().zeros(12).u16(0x8100).u16(5).u16(0x0800).add(PACKET);

    private final Decoding decoding = new Decoding();

    @Test
    void aFrameBecomesAPacketThatStandsForMany() {
        Wire options = shorts(300, 3, 1, 302, 8, 305, 4, 306, 4);
        Wire template = template(256, 302, 8, 10, 4, 312, 2, 315, 0xffff);
        Wire record = new Wire().u64(9).u32(7).u16(1_018).u8(FRAME.size()).add(FRAME);
        List<Row> rows = decoding.add(ipfix(
                0, 0, set(3, options), set(300, new Wire().u64(9).u32(1).u32(99)), set(2, template), set(256, record)));
        assertThat(rows)
                .extracting(row -> row.text() + " TTL " + row.timeToLive())
                .containsExactly("SAMPLES 192.0.2.1:1024 > 192.0.2.2:80 protocol 6 flags 2 packets 100 bytes 100000"
                        + " rate 100 interface 7 duration 0 TTL 55");
    }

    @Test
    void anIpHeaderSectionNeedsNoLinkLayer() {
        Wire template = template(256, 313, 40);
        assertThat(decoding.add(ipfix(0, 0, set(2, template), set(256, PACKET))))
                .extracting(Row::destinationPort)
                .containsExactly(80);
    }

    @Test
    void otherLinkLayersAreCounted() {
        Wire template = template(256, 408, 2, 315, 0xffff);
        Wire wireless = new Wire().u16(2).u8(FRAME.size()).add(FRAME);
        Wire ethernet = new Wire().u16(1).u8(FRAME.size()).add(FRAME);
        assertThat(decoding.add(ipfix(0, 0, set(2, template), set(256, wireless.add(ethernet)))))
                .hasSize(1);
        assertThat(decoding.rejected(RejectionReason.LINK_TYPE)).isEqualTo(1);
    }

    @Test
    void anEmptySectionIsCounted() {
        Wire template = template(256, 315, 0xffff);
        decoding.add(ipfix(0, 0, set(2, template), set(256, new Wire().u8(0).u8(0))));
        assertThat(decoding.rows()).isEmpty();
        assertThat(decoding.rejected(RejectionReason.TRUNCATED)).isEqualTo(2);
    }
}
