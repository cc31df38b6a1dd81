package levee.flowexport;

import static levee.flowexport.Wire.ipfix;
import static levee.flowexport.Wire.netFlow9;
import static levee.flowexport.Wire.set;
import static levee.flowexport.Wire.shorts;
import static levee.flowexport.Wire.template;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;

/** Templates of NetFlow v9 and IPFIX, and the records that they describe. */
class TemplatesTest {
    private static final int NETFLOW9_TEMPLATES = 0;
    private static final int IPFIX_TEMPLATES = 2;

    /** Source, destination, packets and bytes of 4 bytes each. */
    private static final Wire SHORT = template(256, 8, 4, 12, 4, 2, 4, 1, 4);

    private static final Wire SHORT_RECORD =
            new Wire().ipv4("192.0.2.10").ipv4("198.51.100.20").u32(3).u32(180);

    private final Decoding decoding = new Decoding();

    @Test
    void everyFieldGoesToItsColumn() {
        Wire template = template(
                300, 8, 4, 12, 4, 7, 2, 11, 2, 4, 1, 6, 1, 10, 2, 14, 2, 2, 4, 1, 4, 22, 4, 21, 4, 192, 1, 54, 4, 88,
                2);
        byte[] record = Wire.of("""
            c0 00 02 0a # source 192.0.2.10
            c6 33 64 14 # destination 198.51.100.20
            01 bb       # source port 443
            c0 01       # destination port 49153
            06          # TCP
            1b          # FIN, SYN, PSH, ACK
            00 07       # input interface
            00 08       # output interface
            00 00 00 05 # packets
            00 00 10 00 # bytes
            00 09 1c 08 # first, 3 s before the export at 600 s of uptime
            00 09 25 cc # last, 0.5 s before
            40          # TTL 64
            00 00 12 34 # identification
            00 10       # fragment offset
            """);
        List<Row> rows = decoding.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, template), set(300, record)));
        assertThat(rows)
                .containsExactly(new Row(
                        FlowBatch.Rows.FLOWS,
                        ExportFile.NANOS - 3_000_000_000L,
                        ExportFile.NANOS - 500_000_000L,
                        IpAddress.parse("192.0.2.10"),
                        443,
                        IpAddress.parse("198.51.100.20"),
                        49_153,
                        6,
                        0x1b,
                        5,
                        4_096,
                        1,
                        1,
                        7,
                        64,
                        0x1234,
                        Fragment.FRAGMENT | Fragment.CONTINUES,
                        0,
                        0));
    }

    @Test
    void aTemplateComesBeforeOrBehindItsDataInOneDatagram() {
        Wire templates = set(NETFLOW9_TEMPLATES, SHORT);
        Wire data = set(256, SHORT_RECORD);
        assertThat(new Decoding().add(netFlow9(1, 0, templates, data))).hasSize(1);
        assertThat(new Decoding().add(netFlow9(1, 0, data, templates))).hasSize(1);
        assertThat(new Decoding().add(netFlow9(1, 0, data, templates, data))).hasSize(2);
    }

    @Test
    void dataOfOtherDatagramsWaitForTheirTemplate() {
        assertThat(decoding.add(netFlow9(1, 0, set(256, SHORT_RECORD)))).isEmpty();
        assertThat(decoding.add(netFlow9(2, 7, set(256, SHORT_RECORD)))).isEmpty();
        assertThat(decoding.statistics().waitingBytes()).isPositive();
        // The one of another source is none of them.
        assertThat(decoding.add(netFlow9(3, 0, set(NETFLOW9_TEMPLATES, SHORT)))).hasSize(1);
        assertThat(decoding.add(netFlow9(4, 7, set(NETFLOW9_TEMPLATES, SHORT)))).hasSize(1);
        assertThat(decoding.statistics().waitingBytes()).isZero();
        assertThat(decoding.table.waitingBytes()).isZero();
    }

    @Test
    void paddingIsNoRecord() {
        Wire padded = new Wire().add(SHORT_RECORD).zeros(3);
        assertThat(decoding.add(netFlow9(
                        1, 0, set(NETFLOW9_TEMPLATES, new Wire().add(SHORT).zeros(2)), set(256, padded))))
                .hasSize(1);
        assertThat(decoding.statistics().rejected()).isEmpty();
    }

    @Test
    void zerosBehindTheLastSetAreNoDamage() {
        byte[] datagram = netFlow9(1, 0, set(NETFLOW9_TEMPLATES, SHORT), set(256, SHORT_RECORD), new Wire().zeros(500));
        assertThat(decoding.add(datagram)).hasSize(1);
        assertThat(decoding.statistics().rejected()).isEmpty();
    }

    @Test
    void fieldsOfNoLengthAreAbsent() {
        Wire template = template(256, 8, 4, 12, 4, 2, 4, 1, 4, 10, 0, 7, 0, 27, 0);
        assertThat(decoding.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, template), set(256, SHORT_RECORD))))
                .extracting(Row::text)
                .containsExactly("FLOWS 192.0.2.10:0 > 198.51.100.20:0 protocol 0 flags 0 packets 3 bytes 180 rate 1"
                        + " interface 0 duration 0");
    }

    @Test
    void aTemplateOfNothingDoesNotLoop() {
        Wire template = template(256, 8, 0, 12, 0);
        assertThat(decoding.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, template), set(256, SHORT_RECORD))))
                .isEmpty();
        assertThat(decoding.rejected(RejectionReason.MALFORMED)).isEqualTo(1);
        assertThat(decoding.statistics().templates()).isZero();
    }

    @Test
    void countersOfAnySizeAreRead() {
        for (int width = 1; width <= 8; width++) {
            Wire template = template(256, 8, 4, 12, 4, 2, width, 1, width);
            Wire record = new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2");
            record.zeros(width - 1).u8(9).zeros(width - 1).u8(200);
            List<Row> rows = decoding.add(netFlow9(width, 0, set(NETFLOW9_TEMPLATES, template), set(256, record)));
            assertThat(rows).singleElement().satisfies(row -> {
                assertThat(row.packets()).isEqualTo(9);
                assertThat(row.bytes()).isEqualTo(200);
            });
        }
    }

    @Test
    void countersBeyondReasonAreCut() {
        Wire template = template(256, 8, 4, 12, 4, 2, 8, 1, 8);
        Wire record = new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u64(-1).u64(Long.MAX_VALUE);
        assertThat(decoding.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, template), set(256, record))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.packets()).isEqualTo(1L << 48);
                    assertThat(row.bytes()).isEqualTo(1L << 48);
                });
    }

    @Test
    void variableLengthsTakeBothForms() {
        // An interface's name between the addresses and the counters.
        Wire template = template(256, 8, 4, 12, 4, 82, 0xffff, 2, 4, 1, 4);
        Wire shortForm = new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u8(3)
                .zeros(3)
                .u32(1)
                .u32(40);
        Wire longForm = new Wire()
                .ipv4("192.0.2.3")
                .ipv4("192.0.2.4")
                .u8(255)
                .u16(300)
                .zeros(300)
                .u32(2)
                .u32(80);
        Wire empty = new Wire().ipv4("192.0.2.5").ipv4("192.0.2.6").u8(0).u32(3).u32(120);
        Wire records = new Wire().add(shortForm).add(longForm).add(empty).zeros(3);
        assertThat(decoding.add(ipfix(1, 0, set(IPFIX_TEMPLATES, template), set(256, records))))
                .extracting(Row::bytes)
                .containsExactly(40L, 80L, 120L);
        assertThat(decoding.statistics().rejected()).isEmpty();
    }

    @Test
    void aVariableLengthBeyondTheSetEndsIt() {
        Wire template = template(256, 82, 0xffff, 8, 4, 12, 4, 2, 4, 1, 4);
        Wire record = new Wire().u8(200).add(SHORT_RECORD);
        assertThat(decoding.add(ipfix(1, 0, set(IPFIX_TEMPLATES, template), set(256, record))))
                .isEmpty();
        assertThat(decoding.rejected(RejectionReason.MALFORMED)).isEqualTo(1);
    }

    @Test
    void fieldsOfEnterprisesAreSkipped() {
        Wire template = shorts(256, 5, 8, 4, 0x8000 | 8, 4).u32(35_632).add(shorts(12, 4, 2, 4, 1, 4));
        Wire record = new Wire()
                .ipv4("192.0.2.1")
                .u32(0xffff_ffffL)
                .ipv4("192.0.2.2")
                .u32(1)
                .u32(40);
        assertThat(decoding.add(ipfix(1, 0, set(IPFIX_TEMPLATES, template), set(256, record))))
                .singleElement()
                .satisfies(row -> assertThat(row.source()).hasToString("192.0.2.1"));
    }

    @Test
    void aTemplateThatChangesIsReadAnew() {
        decoding.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, SHORT)));
        Wire turned = template(256, 12, 4, 8, 4, 2, 4, 1, 4);
        assertThat(decoding.add(netFlow9(2, 0, set(NETFLOW9_TEMPLATES, turned), set(256, SHORT_RECORD))))
                .singleElement()
                .satisfies(row -> assertThat(row.source()).hasToString("198.51.100.20"));
        assertThat(decoding.statistics().templates()).isEqualTo(1);
    }

    @Test
    void theSameTemplateAgainChangesNothing() {
        decoding.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, SHORT)));
        Template before = templateOf(ExportFormat.NETFLOW_V9, 256);
        decoding.add(netFlow9(2, 0, set(NETFLOW9_TEMPLATES, SHORT)));
        assertThat(templateOf(ExportFormat.NETFLOW_V9, 256)).isSameAs(before);
    }

    private Template templateOf(ExportFormat format, int id) {
        return decoding.table
                .exporters()
                .getFirst()
                .findDomain(format, 0)
                .templates
                .get(id);
    }

    @Test
    void ipfixTemplatesAreWithdrawn() {
        Wire options = shorts(300, 2, 1, 149, 4, 34, 4);
        byte[] defining = ipfix(
                0, 0, set(IPFIX_TEMPLATES, new Wire().add(SHORT).add(template(257, 8, 4, 1, 4))), set(3, options));
        decoding.add(defining);
        assertThat(decoding.statistics().templates()).isEqualTo(3);
        decoding.add(ipfix(1, 0, set(IPFIX_TEMPLATES, shorts(256, 0))));
        assertThat(decoding.statistics().templates()).isEqualTo(2);
        // All of data, by the number of their set; then all of options.
        decoding.add(ipfix(2, 0, set(IPFIX_TEMPLATES, shorts(2, 0))));
        assertThat(decoding.statistics().templates()).isEqualTo(1);
        decoding.add(ipfix(3, 0, set(3, shorts(3, 0))));
        assertThat(decoding.statistics().templates()).isZero();
        assertThat(decoding.add(ipfix(4, 0, set(256, SHORT_RECORD)))).isEmpty();
    }

    @Test
    void moreFieldsThanTheSetHoldsAreMalformed() {
        Wire claims = shorts(256, 60_000, 8, 4, 12, 4);
        decoding.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, claims)));
        decoding.add(ipfix(1, 0, set(IPFIX_TEMPLATES, claims)));
        decoding.add(netFlow9(2, 0, set(1, shorts(256, 65_532, 65_532, 1, 4))));
        decoding.add(ipfix(2, 0, set(3, shorts(256, 1, 2, 149, 4))));
        assertThat(decoding.rejected(RejectionReason.MALFORMED)).isEqualTo(4);
        assertThat(decoding.statistics().templates()).isZero();
    }

    @Test
    void aSetThatIsLongerThanTheDatagramIsReadAsFarAsItGoes() {
        byte[] datagram = netFlow9(
                1, 0, set(NETFLOW9_TEMPLATES, SHORT), shorts(256, 1_000).add(SHORT_RECORD));
        assertThat(decoding.add(datagram)).hasSize(1);
        assertThat(decoding.rejected(RejectionReason.TRUNCATED)).isEqualTo(1);
    }

    @Test
    void recordsWithoutAddressesOrTrafficAreCounted() {
        Wire layer2 = template(257, 56, 6, 80, 6, 2, 4, 1, 4);
        Wire event = template(258, 8, 4, 12, 4, 230, 1);
        decoding.add(netFlow9(
                1,
                0,
                set(NETFLOW9_TEMPLATES, new Wire().add(layer2).add(event)),
                set(257, new Wire().zeros(40)),
                set(258, new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u8(1))));
        assertThat(decoding.rows()).isEmpty();
        assertThat(decoding.rejected(RejectionReason.NO_ADDRESS)).isEqualTo(2);
        assertThat(decoding.rejected(RejectionReason.NO_TRAFFIC)).isEqualTo(1);
    }

    @Test
    void countsAreTakenFromTheBestElement() {
        Wire template = template(256, 8, 4, 12, 4, 85, 4, 23, 4, 1, 4, 86, 4, 352, 4);
        Wire all = new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u32(85)
                .u32(23)
                .u32(1)
                .u32(86)
                .u32(352);
        Wire egress = new Wire()
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u32(85)
                .u32(23)
                .u32(0)
                .u32(86)
                .u32(352);
        assertThat(decoding.add(netFlow9(
                        1,
                        0,
                        set(NETFLOW9_TEMPLATES, template),
                        set(256, new Wire().add(all).add(egress)))))
                .extracting(Row::bytes)
                .containsExactly(1L, 23L);
    }

    @Test
    void bothFamiliesMayShareATemplate() {
        Wire template = template(256, 8, 4, 12, 4, 27, 16, 28, 16, 1, 4, 2, 4);
        Wire ipv4 =
                new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").zeros(32).u32(40).u32(1);
        Wire ipv6 = new Wire()
                .zeros(8)
                .ipv6("2001:db8::1")
                .ipv6("2001:db8::2")
                .u32(60)
                .u32(1);
        assertThat(decoding.add(netFlow9(
                        1,
                        0,
                        set(NETFLOW9_TEMPLATES, template),
                        set(256, new Wire().add(ipv4).add(ipv6)))))
                .extracting(row -> row.source() + " " + row.destination())
                .containsExactly("192.0.2.1 192.0.2.2", "2001:db8::1 2001:db8::2");
    }

    @Test
    void icmpTypeAndCodeTakeThePlaceOfTheDestinationPort() {
        Wire typeCode = template(256, 8, 4, 12, 4, 4, 1, 7, 2, 11, 2, 32, 2, 1, 4);
        Wire apart = template(257, 27, 16, 28, 16, 4, 1, 178, 1, 179, 1, 1, 4);
        decoding.add(netFlow9(
                1,
                0,
                set(NETFLOW9_TEMPLATES, new Wire().add(typeCode).add(apart)),
                set(
                        256,
                        new Wire()
                                .ipv4("192.0.2.1")
                                .ipv4("192.0.2.2")
                                .u8(1)
                                .u16(5)
                                .u16(0)
                                .u16(0x0303)
                                .u32(56)),
                set(
                        256,
                        new Wire()
                                .ipv4("192.0.2.1")
                                .ipv4("192.0.2.2")
                                .u8(1)
                                .u16(0)
                                .u16(0x0800)
                                .u16(0)
                                .u32(56)),
                set(
                        257,
                        new Wire()
                                .ipv6("2001:db8::1")
                                .ipv6("2001:db8::2")
                                .u8(58)
                                .u8(128)
                                .u8(0)
                                .u32(56))));
        assertThat(decoding.rows()).extracting(Row::destinationPort).containsExactly(0x0303, 0x0800, 128 << 8);
        assertThat(decoding.rows()).extracting(Row::sourcePort).containsOnly(0);
    }

    @Test
    void tensOfThousandsOfRecordsNeedManyBatches() {
        Wire template = template(256, 12, 4, 2, 1);
        Wire records = new Wire();
        for (int i = 0; i < 13_000; i++) {
            records.u32(i).u8(1);
        }
        Decoding small = new Decoding(ExporterTable.open(1), 7);
        small.add(netFlow9(1, 0, set(NETFLOW9_TEMPLATES, template)));
        List<Row> rows = small.add(netFlow9(2, 0, set(256, records)));
        assertThat(rows).hasSize(13_000);
        assertThat(rows.get(12_999).destination()).isEqualTo(IpAddress.ofIpv4(12_999));
    }

    @Test
    void formatsThatAreNotReadAreCounted() {
        decoding.add(Wire.of("00 07 00 01 00 00 00 00 00 00 00 00"));
        assertThat(decoding.table.unknownDatagrams()).isEqualTo(1);
        decoding.add(netFlow9(1, 0));
        decoding.add(Wire.of("00 08 00 01 00 00 00 00 00 00 00 00"));
        assertThat(decoding.rejected(RejectionReason.UNKNOWN_VERSION)).isEqualTo(1);
    }
}
