package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.telemetry.FlowBatch;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;

class SflowTest {
    /** Ethernet, IPv4 of 100 bytes, UDP from 53 to 5000. */
    private static final byte[] FRAME = Wire.of("""
        00 00 00 00 00 01 00 00 00 00 00 02 08 00
        45 00 00 64 00 00 00 00 40 11 00 00 c0 00 02 01 c0 00 02 02
        00 35 13 88 00 50 00 00
        """);

    private final Decoding decoding = new Decoding();
    private int sequence;

    private byte[] datagram(Wire... samples) {
        Wire wire = new Wire()
                .u32(5)
                .u32(1)
                .ipv4("203.0.113.1")
                .u32(0)
                .u32(sequence++)
                .u32(1_000)
                .u32(samples.length);
        for (Wire sample : samples) {
            wire.add(sample);
        }
        return wire.array();
    }

    private static Wire structure(long type, Wire content) {
        return new Wire().u32(type).u32(content.size()).add(content);
    }

    private static Wire flowSample(long rate, long input, Wire... records) {
        Wire wire = new Wire()
                .u32(1)
                .u32(7)
                .u32(rate)
                .u32(0)
                .u32(0)
                .u32(input)
                .u32(1L << 30)
                .u32(records.length);
        for (Wire record : records) {
            wire.add(record);
        }
        return structure(1, wire);
    }

    private static Wire rawHeader(int protocol, int frameLength, byte[] header) {
        Wire wire = new Wire()
                .u32(protocol)
                .u32(frameLength)
                .u32(4)
                .u32(header.length)
                .add(header);
        return structure(1, wire.zeros((4 - wire.size() % 4) % 4));
    }

    @Test
    void aSampleIsARowThatStandsForMany() {
        List<Row> rows = decoding.add(datagram(flowSample(1_000, 42, rawHeader(1, 118, FRAME))));
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.kind()).isEqualTo(FlowBatch.Rows.SAMPLES);
            assertThat(row.text())
                    .isEqualTo("SAMPLES 192.0.2.1:53 > 192.0.2.2:5000 protocol 17 flags 0 packets 1000 bytes 100000"
                            + " rate 1000 interface 42 duration 0");
            assertThat(row.firstNanos()).isEqualTo(ExportFile.NANOS);
            assertThat(row.timeToLive()).isEqualTo(64);
        });
        assertThat(decoding.statistics().samplingSource()).isEqualTo(SamplingSource.RECORD);
    }

    @Test
    void aRateOfZeroIsEveryPacket() {
        assertThat(decoding.add(datagram(flowSample(0, 1, rawHeader(1, 118, FRAME)))))
                .extracting(Row::packets)
                .containsExactly(1L);
    }

    @Test
    void whatTheAgentSendsItselfHasNoInterface() {
        assertThat(decoding.add(datagram(flowSample(1, 0x3fff_ffff, rawHeader(1, 118, FRAME)))))
                .extracting(Row::ingressInterface)
                .containsExactly(0);
    }

    @Test
    void expandedSamplesAndOtherRecordsAreUnderstood() {
        Wire gateway = structure(1_003, new Wire().zeros(40));
        Wire expanded = new Wire()
                .u32(1)
                .u32(0)
                .u32(7)
                .u32(10)
                .u32(0)
                .u32(0)
                .u32(0)
                .u32(70_000)
                .u32(0)
                .u32(70_001)
                .u32(2)
                .add(gateway)
                .add(rawHeader(1, 118, FRAME));
        Wire ofVendor = structure((4_413L << 12) | 1, new Wire().zeros(20));
        assertThat(decoding.add(datagram(ofVendor, structure(3, expanded))))
                .extracting(Row::ingressInterface)
                .containsExactly(70_000);
    }

    @Test
    void headersThatTheAgentTookApartServeWhereThereIsNoOther() {
        Wire ipv4 = new Wire()
                .u32(1_500)
                .u32(6)
                .ipv4("192.0.2.1")
                .ipv4("192.0.2.2")
                .u32(80)
                .u32(4_000)
                .u32(0x12)
                .u32(0);
        Wire ipv6 = new Wire()
                .u32(90)
                .u32(17)
                .ipv6("2001:db8::1")
                .ipv6("2001:db8::2")
                .u32(53)
                .u32(4_000)
                .u32(0)
                .u32(0);
        List<Row> rows = decoding.add(datagram(
                flowSample(2, 1, structure(3, ipv4)),
                flowSample(2, 1, structure(4, ipv6)),
                flowSample(2, 1, rawHeader(1, 118, FRAME), structure(3, ipv4))));
        assertThat(rows)
                .extracting(Row::text)
                .containsExactly(
                        "SAMPLES 192.0.2.1:80 > 192.0.2.2:4000 protocol 6 flags 18 packets 2 bytes 3000 rate 2"
                                + " interface 1 duration 0",
                        "SAMPLES 2001:db8::1:53 > 2001:db8::2:4000 protocol 17 flags 0 packets 2 bytes 180 rate 2"
                                + " interface 1 duration 0",
                        "SAMPLES 192.0.2.1:53 > 192.0.2.2:5000 protocol 17 flags 0 packets 2 bytes 200 rate 2"
                                + " interface 1 duration 0");
    }

    @Test
    void headersOfOtherProtocolsAreCounted() {
        decoding.add(datagram(flowSample(1, 1, rawHeader(4, 100, FRAME))));
        assertThat(decoding.rows()).isEmpty();
        assertThat(decoding.rejected(RejectionReason.LINK_TYPE)).isEqualTo(1);
    }

    @Test
    void countersOfInterfacesAreKept() {
        Wire generic = new Wire()
                .u32(7)
                .u32(6)
                .u64(10_000_000_000L)
                .u32(1)
                .u32(3)
                .u64(123_456)
                .zeros(24)
                .u64(654_321)
                .zeros(24);
        Wire sample = structure(2, new Wire().u32(1).u32(7).u32(1).add(structure(1, generic)));
        decoding.add(datagram(sample));
        assertThat(decoding.table.interfaces(1))
                .containsExactly(new InterfaceCounters(7, 10_000_000_000L, 123_456, 654_321, ExportFile.NANOS));
        assertThat(decoding.statistics().counterSamples()).isEqualTo(1);
    }

    @Test
    void dropsAreTold() {
        Wire first =
                new Wire().u32(1).u32(7).u32(1).u32(0).u32(100).u32(1).u32(1).u32(0);
        Wire second =
                new Wire().u32(2).u32(7).u32(1).u32(0).u32(105).u32(1).u32(1).u32(0);
        decoding.add(datagram(structure(1, first), structure(1, second)));
        assertThat(decoding.statistics().drops()).isEqualTo(5);
    }

    /** A sample that claims to be longer than the datagram, or to hold more than it does. */
    @Test
    void lengthsThatLieAreCounted() {
        Wire sample = flowSample(1, 1, rawHeader(1, 118, FRAME));
        byte[] tooLong = datagram(sample);
        for (int length : new int[] {0x7fff_ffff, -1, 0x8000_0000, sample.size()}) {
            byte[] lying = tooLong.clone();
            BigEndian.putInteger(lying, 28 + 4, length);
            BigEndian.putInteger(lying, 16, sequence++);
            decoding.add(lying);
        }
        assertThat(decoding.rows()).isEmpty();
        assertThat(decoding.rejected(RejectionReason.TRUNCATED)).isEqualTo(4);
        byte[] headerTooLong = datagram(sample);
        BigEndian.putInteger(headerTooLong, 28 + 8 + 32 + 8 + 12, 5_000);
        decoding.add(headerTooLong);
        assertThat(decoding.rejected(RejectionReason.MALFORMED)).isEqualTo(1);
    }

    @Test
    void moreSamplesThanThereAreIsATruncation() {
        byte[] datagram = datagram(flowSample(1, 1, rawHeader(1, 118, FRAME)));
        BigEndian.putInteger(datagram, 24, -1);
        assertThat(decoding.add(datagram)).hasSize(1);
        assertThat(decoding.rejected(RejectionReason.TRUNCATED)).isEqualTo(1);
    }
}
