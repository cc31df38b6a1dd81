package levee.flowexport;

import static levee.flowexport.Wire.ipfix;
import static levee.flowexport.Wire.set;
import static levee.flowexport.Wire.shorts;
import static levee.flowexport.Wire.template;
import static levee.telemetry.Relation.ANSWERED;
import static levee.telemetry.Relation.COMPLETES;
import static levee.telemetry.Relation.FIRST_ANSWER;
import static levee.telemetry.Relation.FROM_INITIATOR;
import static levee.telemetry.Relation.KNOWN;
import static levee.telemetry.Relation.OPENS;
import static levee.telemetry.Relation.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Test;

/** Records of both directions (RFC 5103). */
class BiflowTest {
    private static final int REVERSE = 0x8000;

    private final Decoding decoding = new Decoding();

    private List<Row> tcp(int flags, int packets, int reverseFlags, int reversePackets) {
        Wire template = shorts(256, 10, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1, 2, 4, 1, 4)
                .add(shorts(REVERSE | 6, 1).u32(29_305))
                .add(shorts(REVERSE | 2, 4).u32(29_305));
        Wire record = new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u16(40_000)
                .u16(80)
                .u8(6)
                .u8(flags)
                .u32(packets)
                .u32(packets * 40L)
                .u8(reverseFlags)
                .u32(reversePackets);
        return decoding.add(ipfix(0, 0, set(2, template), set(256, record)));
    }

    @Test
    void aConversationIsTwoRows() {
        List<Row> rows = tcp(0x1b, 5, 0x1b, 4);
        assertThat(rows).extracting(Row::kind).containsOnly(FlowBatch.Rows.CONNECTIONS);
        assertThat(rows)
                .extracting(row -> row.source() + ":" + row.sourcePort() + " " + row.destination() + ":"
                        + row.destinationPort() + " " + row.packets())
                .containsExactly("192.0.2.1:40000 192.0.2.2:80 5", "192.0.2.2:80 192.0.2.1:40000 4");
        assertThat(rows)
                .extracting(Row::relation)
                .containsExactly(
                        KNOWN | STARTED | FROM_INITIATOR | OPENS | ANSWERED | COMPLETES,
                        KNOWN | STARTED | ANSWERED | FIRST_ANSWER);
    }

    @Test
    void aSynWithoutAnswerIsOneRow() {
        assertThat(tcp(0x02, 3, 0, 0))
                .extracting(Row::relation)
                .containsExactly(KNOWN | STARTED | FROM_INITIATOR | OPENS);
    }

    @Test
    void aRefusalIsNoAnswer() {
        assertThat(tcp(0x02, 1, 0x14, 1))
                .extracting(Row::relation)
                .containsExactly(KNOWN | STARTED | FROM_INITIATOR | OPENS, KNOWN | STARTED | ANSWERED);
    }

    @Test
    void initiatorAndResponderCountBothDirections() {
        Wire template = template(256, 8, 4, 12, 4, 4, 1, 7, 2, 11, 2, 231, 4, 232, 4, 298, 4, 299, 4);
        Wire record =
                new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u8(17).u16(5_000).u16(53);
        record.u32(60).u32(200).u32(1).u32(1);
        assertThat(decoding.add(ipfix(0, 0, set(2, template), set(256, record))))
                .extracting(Row::bytes)
                .containsExactly(60L, 200L);
    }

    @Test
    void besideOtherCountsTheResponderIsNotCountedTwice() {
        Wire template = template(256, 8, 4, 12, 4, 1, 4, 2, 4, 231, 4, 232, 4);
        Wire record = new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u32(60)
                .u32(1)
                .u32(60)
                .u32(200);
        assertThat(decoding.add(ipfix(0, 0, set(2, template), set(256, record))))
                .extracting(Row::kind)
                .containsExactly(FlowBatch.Rows.FLOWS);
    }

    @Test
    void anAnswerToAPingIsItsCounterpart() {
        Wire template = template(256, 8, 4, 12, 4, 4, 1, 32, 2, 231, 4, 232, 4);
        Wire record = new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u8(1)
                .u16(0x0800)
                .u32(84)
                .u32(84);
        assertThat(decoding.add(ipfix(0, 0, set(2, template), set(256, record))))
                .extracting(Row::destinationPort)
                .containsExactly(0x0800, 0);
    }

    /** A change of the kind of rows ends the batch. */
    @Test
    void flowsAndBiflowsDoNotShareABatch() {
        FlowBatch batch = new FlowBatch(64);
        FlowExportDecoder decoder = new FlowExportDecoder(ExporterTable.open(1));
        Wire templates = template(256, 8, 4, 12, 4, 1, 4).add(template(257, 8, 4, 12, 4, 231, 4, 232, 4));
        byte[] datagram = ipfix(
                0,
                0,
                set(2, templates),
                set(256, new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u32(60)),
                set(257, new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u32(60).u32(60)));
        decoder.begin(0, 1, ExportFile.NANOS, datagram, 0, datagram.length);
        assertThat(decoder.fill(batch)).isFalse();
        assertThat(batch.rows).isEqualTo(FlowBatch.Rows.FLOWS);
        assertThat(batch.size).isEqualTo(1);
        batch.size = 0;
        assertThat(decoder.fill(batch)).isTrue();
        assertThat(batch.rows).isEqualTo(FlowBatch.Rows.CONNECTIONS);
        assertThat(batch.size).isEqualTo(2);
    }
}
