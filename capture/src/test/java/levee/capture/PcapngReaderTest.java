package levee.capture;

import static levee.capture.PcapngBuilder.name;
import static levee.capture.PcapngBuilder.timeOffset;
import static levee.capture.PcapngBuilder.timeResolution;
import static levee.capture.ReadCapture.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final long SECONDS = 1_700_000_000L;
    private static final long T = SECONDS * 1_000_000_000L;

    @Test
    void readsACaptureByteByByte() {
        byte[] file = Wire.of("""
            0a 0d 0d 0a  00 00 00 1c   # Section Header Block of 28 bytes
            1a 2b 3c 4d                # byte order
            00 01 00 00                # version 1.0
            ff ff ff ff ff ff ff ff    # length of the section is not known
            00 00 00 1c
            00 00 00 01  00 00 00 14   # Interface Description Block of 20 bytes
            00 65 00 00                # LINKTYPE_RAW: 101
            00 00 00 00                # whole packets
            00 00 00 14
            00 00 00 06  00 00 00 3c   # Enhanced Packet Block of 60 bytes
            00 00 00 00                # interface 0
            00 06 0a 24  18 1e 40 00   # 1700000000000000 us
            00 00 00 1c                # 28 bytes captured
            00 00 00 28                # of 40
            45 00 00 28 00 01 00 00 40 11 00 00  c0 00 02 01  c0 00 02 02
            00 7b 03 e8 00 14 00 00
            00 00 00 3c
            """);
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.rows()).singleElement().satisfies(row -> {
            assertThat(row.nanos()).isEqualTo(T);
            assertThat(row.flow()).isEqualTo("192.0.2.1:123 > 192.0.2.2:1000");
            assertThat(row.bytes()).isEqualTo(40);
        });
        assertThat(capture.statistics().bytes).isEqualTo(file.length);
        assertThat(capture.statistics().rejections.asMap()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void readsBothByteOrdersAndSkipsWhatHoldsNoPacket(String order) {
        byte[] file = PcapngBuilder.of(order.startsWith("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .nameResolution()
                .captureInterface(1, 65_535, name("eth0"), timeResolution(9))
                .packet(0, T, numbered(1))
                .statistics(0)
                .custom(new byte[] {1, 2, 3})
                .obsoletePacket(0, T + 1, numbered(2))
                .simplePacket(numbered(3), numbered(3).length)
                .block(0x8000_0001L, new byte[40])
                .block(0x8000_0002L, new byte[0])
                .packet(0, T + 2, numbered(4))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 2, 3, 4);
        assertThat(capture.times()).containsExactly(T, T + 1, T + 1, T + 2);
        assertThat(capture.statistics().packets).isEqualTo(4);
        assertThat(capture.statistics().damage()).isEmpty();
        assertThat(capture.statistics().bytes).isEqualTo(file.length);
    }

    @Test
    void everyInterfaceHasItsLinkTypeAndTime() {
        byte[] raw = PacketBuilder.raw()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(40_000, 2)
                .bytes();
        byte[] file = PcapngBuilder.of(ByteOrder.LITTLE_ENDIAN)
                .captureInterface(1, 0)
                .captureInterface(101, 0, timeResolution(9))
                .packet(0, SECONDS * 1_000_000, numbered(1))
                .packet(1, T + 7, raw)
                .captureInterface(1, 0, timeResolution(3))
                .packet(2, SECONDS * 1_000 + 1, numbered(3))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 2, 3);
        assertThat(capture.times()).containsExactly(T, T + 7, T + 1_000_000);
    }

    @Test
    void everySectionHasItsByteOrderAndInterfaces() {
        byte[] file = PcapngBuilder.ethernet()
                .packet(0, T, numbered(1))
                .section(ByteOrder.BIG_ENDIAN)
                .packet(0, T, numbered(99))
                .captureInterface(1, 0, timeResolution(6))
                .packet(0, SECONDS * 1_000_000 + 1, numbered(2))
                .section(ByteOrder.LITTLE_ENDIAN)
                .captureInterface(1, 0, timeResolution(9))
                .packet(0, T + 5, numbered(3))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 2, 3);
        assertThat(capture.times()).containsExactly(T, T + 1_000, T + 5);
        // The interface of the first section is not that of the second.
        assertThat(capture.rejected(RejectionReason.MALFORMED)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // if_tsresol, seconds, units of the fraction, nanoseconds of the fraction
        "0, 0, 0",
        "3, 123, 123000000",
        "6, 123456, 123456000",
        "9, 123456789, 123456789",
        "0x81, 1, 500000000",
        "0x8a, 1, 976562",
        "0x94, 524288, 500000000",
        "0xa0, 1, 0",
        "0xa0, 4294967295, 999999999"
    })
    void unitsOfTimeAreDecimalOrBinary(String resolution, long fraction, long nanos) {
        int code = Integer.decode(resolution);
        long unitsPerSecond = (code & 0x80) != 0 ? 1L << (code & 0x7f) : (long) Math.pow(10, code);
        byte[] file = PcapngBuilder.of(ByteOrder.LITTLE_ENDIAN)
                .captureInterface(1, 0, timeResolution(code))
                .packet(0, SECONDS * unitsPerSecond + fraction, numbered(1))
                .array();
        assertThat(ReadCapture.of(file).times()).containsExactly(T + nanos);
    }

    @Test
    void unitsSmallerThanNanosecondsAreRoundedDown() {
        assertThat(new CaptureInterface(LinkType.ETHERNET, 0, 12, 0).nanos(1_999))
                .isEqualTo(1);
        assertThat(new CaptureInterface(LinkType.ETHERNET, 0, 12, 0).nanos(-1)).isEqualTo(18_446_744_073_709_551L);
        assertThat(new CaptureInterface(LinkType.ETHERNET, 0, 0xc0, 0).nanos(-1))
                .isBetween(0L, 2_000_000_000L);
    }

    @Test
    void everyUnitOfTimeIsBearable() {
        for (int resolution = 0; resolution < 256; resolution++) {
            CaptureInterface captureInterface = new CaptureInterface(LinkType.ETHERNET, 0, resolution, -1);
            for (long time : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
                captureInterface.nanos(time);
            }
            assertThat(new CaptureInterface(LinkType.ETHERNET, 0, resolution, 5).nanos(0))
                    .isEqualTo(5_000_000_000L);
        }
    }

    @Test
    void offsetsOfTimeAreAdded() {
        byte[] file = PcapngBuilder.of(ByteOrder.BIG_ENDIAN)
                .captureInterface(1, 0, name("a"), timeOffset(SECONDS), timeResolution(9))
                .captureInterface(1, 0, timeOffset(-5))
                .packet(0, 3, numbered(1))
                .packet(1, SECONDS * 1_000_000, numbered(2))
                .array();
        assertThat(ReadCapture.of(file).times()).containsExactly(T + 3, T - 5_000_000_000L);
    }

    @Test
    void optionsThatRunOverTheBlockAreLeftOut() {
        byte[] file = PcapngBuilder.of(ByteOrder.LITTLE_ENDIAN)
                .captureInterface(1, 0, wire -> wire.u16(9).u16(0xffff).u32(9))
                .captureInterface(1, 0, wire -> wire.u16(9).u16(0), timeResolution(9))
                .packet(0, SECONDS * 1_000_000, numbered(1))
                .packet(1, T, numbered(2))
                .array();
        assertThat(ReadCapture.of(file).times()).containsExactly(T, T);
    }

    @Test
    void simplePacketsAreCutAtTheSnapLength() {
        byte[] packet = PacketBuilder.ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(40_000, 7)
                .payload(100)
                .bytes();
        byte[] file = PcapngBuilder.of(ByteOrder.LITTLE_ENDIAN)
                .captureInterface(1, 50)
                .simplePacket(Arrays.copyOf(packet, 50), packet.length)
                .simplePacket(Arrays.copyOf(packet, 49), 49)
                .array();
        assertThat(ReadCapture.of(file).rows()).extracting(Row::bytes).containsExactly(128L, 35L);
    }

    @Test
    void aSimplePacketHasTheTimeOfTheLastGoodOne() {
        byte[] file = PcapngBuilder.ethernet()
                .packet(0, T, numbered(1))
                .packet(0, T + TimeUnit.DAYS.toNanos(4_000), numbered(2))
                .simplePacket(numbered(3), numbered(3).length)
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 3);
        assertThat(capture.times()).containsExactly(T, T);
        assertThat(capture.restarts()).isEmpty();
    }

    @Test
    void packetsThatContradictTheirBlockAreCounted() {
        PcapngBuilder builder = PcapngBuilder.ethernet().packet(0, T, numbered(1));
        byte[] file = builder.block(6, new byte[16]) // too short
                .block(2, new byte[0])
                .block(3, new byte[0])
                .packet(1, T, numbered(2)) // no such interface
                .packet(-1, T, numbered(2))
                .block(
                        6,
                        builder.fields()
                                .u32(0)
                                .u64(0)
                                .u32(1_000)
                                .u32(1_000)
                                .u32(0)
                                .array()) // captured too long
                .block(6, builder.fields().u32(0).u64(0).u32(-1).u32(0).u32(0).array())
                .block(6, builder.fields().u32(0).u64(0).u32(0).u32(-1).u32(0).array())
                .block(3, builder.fields().u32(-1).u32(0).array())
                .block(1, new byte[4]) // an interface without a link type
                .packet(0, T, numbered(3))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 3);
        assertThat(capture.rejected(RejectionReason.MALFORMED)).isEqualTo(10);
        assertThat(capture.statistics().packets).isEqualTo(11);
        assertThat(capture.statistics().damage()).isEmpty();
    }

    @Test
    void aMergedCaptureRestartsAtTheConfirmedLeap() {
        long earlier = T - TimeUnit.DAYS.toNanos(400);
        byte[] file = PcapngBuilder.ethernet()
                .packet(0, T, numbered(1))
                .packet(0, earlier, numbered(2))
                .packet(0, earlier + 1, numbered(3))
                .packet(0, earlier + 2, numbered(4))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 3, 4);
        assertThat(capture.restarts()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff",
                "06 00 00 00 05 00 00 00 00 00 00 00 00 00 00 00",
                "06 00 00 00 00 00 00 7f 00 00 00 00 00 00 00 00",
                "06 00 00 00 10 00 00 00 00 00 00 00 14 00 00 00",
                "0a 0d 0d 0a 1c 00 00 00 00 00 00 00 00 00 00 00",
                "00 00 00 06 00 00 00"
            })
    void findsTheNextBlockAfterDamage(String damage) {
        byte[] file = PcapngBuilder.ethernet()
                .packet(0, T, numbered(1))
                .bytes(Wire.of(damage))
                .packet(0, T + 1, numbered(2))
                .packet(0, T + 2, numbered(3))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 2, 3);
        assertThat(capture.rejected(RejectionReason.DAMAGED)).isEqualTo(1);
        assertThat(capture.statistics().damage()).isPresent();
        assertThat(capture.statistics().bytes).isEqualTo(file.length);
    }

    @Test
    void anyBlockMayBeDamagedAndTheOthersAreRead() {
        byte[] whole = PcapngBuilder.ethernet().packet(0, T, numbered(0)).array();
        int start = PcapngBuilder.ethernet().size();
        int block = whole.length - start;
        PcapngBuilder builder = PcapngBuilder.ethernet();
        for (int i = 0; i < 10; i++) {
            builder.packet(0, T + i, numbered(i));
        }
        for (int damaged = 0; damaged < 10; damaged++) {
            byte[] file = builder.array();
            Arrays.fill(file, start + damaged * block + 4, start + damaged * block + 8, (byte) 0xee);
            int missing = damaged;
            List<Integer> others =
                    IntStream.range(0, 10).filter(i -> i != missing).boxed().toList();
            ReadCapture capture = ReadCapture.of(file);
            assertThat(capture.numbers()).as("block %d", damaged).isEqualTo(others);
            assertThat(capture.rejected(RejectionReason.DAMAGED)).isEqualTo(1);
        }
    }

    @Test
    void aCaptureCutAnywhereGivesItsWholePackets() {
        PcapngBuilder builder = PcapngBuilder.ethernet();
        int[] ends = new int[4];
        ends[0] = builder.size();
        for (int i = 1; i <= 3; i++) {
            ends[i] = builder.packet(0, T + i, numbered(i)).size();
        }
        byte[] file = builder.array();
        for (int length = 4; length < file.length; length++) {
            int whole = 0;
            while (whole < 3 && ends[whole + 1] <= length) {
                whole++;
            }
            ReadCapture capture = ReadCapture.of(Arrays.copyOf(file, length));
            assertThat(capture.rows()).as("%d bytes", length).hasSize(whole);
            if (length > ends[0]) {
                assertThat(capture.rejected(RejectionReason.TRUNCATED)).isEqualTo(length == ends[whole] ? 0 : 1);
            }
        }
    }

    @Test
    void aLongBlockWithoutPacketsIsSkippedAndOneOfPacketsIsDamage() {
        byte[] twoWindows = new byte[2 * ByteWindow.CAPACITY];
        ReadCapture skipped = ReadCapture.of(PcapngBuilder.ethernet()
                .packet(0, T, numbered(1))
                .custom(twoWindows)
                .packet(0, T + 1, numbered(2))
                .array());
        assertThat(skipped.numbers()).containsExactly(1, 2);
        assertThat(skipped.statistics().rejections.asMap()).isEmpty();
        ReadCapture damaged = ReadCapture.of(PcapngBuilder.ethernet()
                .packet(0, T, numbered(1))
                .block(6, twoWindows)
                .packet(0, T + 1, numbered(2))
                .array());
        assertThat(damaged.numbers()).containsExactly(1, 2);
        assertThat(damaged.rejected(RejectionReason.DAMAGED)).isEqualTo(1);
    }

    @Test
    void interfacesAreBounded() {
        PcapngBuilder builder = PcapngBuilder.of(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4_100; i++) {
            builder.captureInterface(1, 0);
        }
        ReadCapture capture = ReadCapture.of(builder.packet(4_095, 0, numbered(1))
                .packet(4_096, 0, numbered(2))
                .array());
        assertThat(capture.numbers()).containsExactly(1);
        assertThat(capture.rejected(RejectionReason.MALFORMED)).isEqualTo(4 + 1);
    }
}
