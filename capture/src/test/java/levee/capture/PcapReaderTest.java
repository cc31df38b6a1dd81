package levee.capture;

import static levee.capture.ReadCapture.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import levee.model.InputSummary.Damage;
import levee.telemetry.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static final long T = 1_700_000_000_000_000_000L;
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    @Test
    void readsACaptureByteByByte() {
        byte[] file = Wire.of("""
            d4 c3 b2 a1       # microseconds, little-endian
            02 00 04 00       # version 2.4
            00 00 00 00       # time zone
            00 00 00 00       # accuracy
            00 00 04 00       # at most 262144 bytes of a packet
            65 00 00 00       # LINKTYPE_RAW: 101
            00 f1 53 65       # 1700000000 s
            40 e2 01 00       # 123456 us
            1c 00 00 00       # 28 bytes captured
            28 00 00 00       # of 40
            45 00 00 28 00 01 00 00 40 11 00 00  c0 00 02 01  c0 00 02 02
            00 7b 03 e8 00 14 00 00
            """);
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.rows()).singleElement().satisfies(row -> {
            assertThat(row.nanos()).isEqualTo(T + 123_456_000);
            assertThat(row.flow()).isEqualTo("192.0.2.1:123 > 192.0.2.2:1000");
            assertThat(row.bytes()).isEqualTo(40);
        });
        assertThat(capture.statistics().packets).isEqualTo(1);
        assertThat(capture.statistics().bytes).isEqualTo(file.length);
        assertThat(capture.statistics().damage()).isEmpty();
        assertThat(capture.statistics().rejections.asMap()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BIG, a1b2c3d4, 123456000",
        "LITTLE, a1b2c3d4, 123456000",
        "BIG, a1b23c4d, 123456789",
        "LITTLE, a1b23c4d, 123456789",
        "BIG, a1b2cd34, 123456000",
        "LITTLE, a1b2cd34, 123456000"
    })
    void readsEveryVariant(String order, String magic, long nanos) {
        ByteOrder byteOrder = order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] file = PcapBuilder.of(byteOrder, Integer.parseUnsignedInt(magic, 16), 1)
                .packet(T + 123_456_789, numbered(1))
                .packet(T + 1_123_456_789, numbered(2))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 2);
        assertThat(capture.times()).containsExactly(T + nanos, T + 1_000_000_000 + nanos);
        assertThat(capture.statistics().firstNanos).isEqualTo(T + nanos);
        assertThat(capture.statistics().lastNanos).isEqualTo(T + 1_000_000_000 + nanos);
    }

    @Test
    void theLengthOfAFrameCheckSequenceIsNotPartOfTheLinkType() {
        // section 4 of the draft: four bits of length in units of 16 bits, and a bit that says that they are valid
        byte[] file = PcapBuilder.of(ByteOrder.BIG_ENDIAN, PcapBuilder.MICROSECONDS, 0x2400_0001)
                .packet(T, numbered(1))
                .array();
        assertThat(ReadCapture.of(file).numbers()).containsExactly(1);
    }

    @Test
    void timesAfter2038AreReadAsUnsigned() {
        long late = 4_000_000_000L * 1_000_000_000;
        byte[] file = PcapBuilder.ethernet().packet(late + 5, numbered(1)).array();
        assertThat(ReadCapture.of(file).times()).containsExactly(late + 5);
    }

    @Test
    void aCaptureWithoutPacketsIsEmpty() {
        ReadCapture capture = ReadCapture.of(PcapBuilder.ethernet().array());
        assertThat(capture.rows()).isEmpty();
        assertThat(capture.statistics().damage()).isEmpty();
        assertThat(capture.statistics().anyTime).isFalse();
    }

    @Test
    void goesOnOverManyBatchesAndWindows() {
        PcapBuilder builder = PcapBuilder.ethernet();
        byte[] large = PacketBuilder.ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(1, 7)
                .payload(9_000)
                .bytes();
        for (int i = 0; i < 500; i++) {
            builder.packet(T + i, large);
        }
        byte[] file = builder.array();
        assertThat(file.length).isGreaterThan(4 * ByteWindow.CAPACITY);
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.times())
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> T + i).toList());
        assertThat(capture.statistics().bytes).isEqualTo(file.length);
    }

    @Test
    void theLargestPacketIsReadAndALargerOneIsDamage() {
        byte[] largest = Arrays.copyOf(numbered(1), CaptureReader.MAXIMUM_PACKET);
        assertThat(ReadCapture.of(PcapBuilder.ethernet()
                                .packet(T, largest)
                                .packet(T, numbered(2))
                                .array())
                        .numbers())
                .containsExactly(1, 2);
        byte[] larger = Arrays.copyOf(numbered(1), CaptureReader.MAXIMUM_PACKET + 1);
        ReadCapture capture = ReadCapture.of(PcapBuilder.ethernet()
                .packet(T, larger)
                .packet(T, numbered(2))
                .packet(T, numbered(3))
                .array());
        assertThat(capture.numbers()).containsExactly(2, 3);
        assertThat(capture.rejected(RejectionReason.DAMAGED)).isEqualTo(1);
    }

    @Test
    void lengthsOnTheWireThatCannotBeAreNotBelieved() {
        byte[] packet = PacketBuilder.ethernet()
                .claimLength(0)
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(1, 7)
                .payload(100)
                .bytes();
        ReadCapture capture = ReadCapture.of(PcapBuilder.ethernet()
                .packet(T, packet, Integer.MAX_VALUE)
                .packet(T, packet, 0)
                .packet(T, packet, 1 << 19)
                .array());
        assertThat(capture.rows()).extracting(Row::bytes).containsExactly(128L, 128L, (1L << 19) - 14);
    }

    @Test
    void aPacketFromAnotherDecadeIsRejected() {
        byte[] file = PcapBuilder.ethernet()
                .packet(T, numbered(1))
                .packet(T + 4_000 * DAY, numbered(2))
                .packet(T + 1, numbered(3))
                .packet(T - DAY, numbered(4))
                .packet(T + 2, numbered(5))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 3, 5);
        assertThat(capture.restarts()).isEmpty();
        assertThat(capture.rejected(RejectionReason.CLOCK_LEAP)).isEqualTo(2);
        assertThat(capture.statistics().packets).isEqualTo(5);
        assertThat(capture.statistics().lastNanos).isEqualTo(T + 2);
    }

    @Test
    void aMergedCaptureRestartsAtTheConfirmedLeap() {
        byte[] file = PcapBuilder.ethernet()
                .packet(T, numbered(1))
                .packet(T + 1, numbered(2))
                .packet(T - 400 * DAY, numbered(3))
                .packet(T - 400 * DAY + 1, numbered(4))
                .packet(T - 400 * DAY + 2, numbered(5))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).containsExactly(1, 2, 4, 5);
        assertThat(capture.restarts()).containsExactly(2);
        assertThat(capture.rejected(RejectionReason.CLOCK_LEAP)).isEqualTo(1);
        assertThat(capture.statistics().packets).isEqualTo(5);
        assertThat(capture.statistics().firstNanos).isEqualTo(T - 400 * DAY + 1);
    }

    @Test
    void aCaptureThatLeapsFromPacketToPacketIsReadAndItsDamageSkipped() {
        PcapBuilder builder = PcapBuilder.ethernet();
        for (int i = 0; i < 20; i++) {
            if (i == 10) {
                builder.bytes(Wire.of("ff".repeat(16)));
            }
            builder.packet(T + (i * 7 % 20) * 100L * DAY, numbered(i));
        }
        ReadCapture capture = ReadCapture.of(builder.array());
        // The packet in front of the damage goes with it: nothing speaks for its time.
        assertThat(capture.statistics().packets).isEqualTo(19);
        assertThat(capture.rejected(RejectionReason.DAMAGED)).isEqualTo(1);
        assertThat(capture.rejected(RejectionReason.CLOCK_LEAP))
                .isEqualTo(19 - capture.rows().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff",
                "00",
                "de ad be ef de ad be ef de ad be ef de ad be ef de ad be ef de ad be ef",
                "f1 53 65 00 00 00 00 00 00 00 04 00 00"
            })
    void findsTheNextRecordAfterDamage(String damage) {
        PcapBuilder builder = PcapBuilder.ethernet().packet(T, numbered(1)).packet(T, numbered(2));
        int offset = builder.size();
        byte[] file = builder.bytes(Wire.of(damage))
                .packet(T + 1, numbered(3))
                .packet(T + 2, numbered(4))
                .packet(T + 3, numbered(5))
                .array();
        ReadCapture capture = ReadCapture.of(file);
        assertThat(capture.numbers()).startsWith(1, 2).endsWith(4, 5).doesNotHaveDuplicates();
        assertThat(capture.rejected(RejectionReason.DAMAGED)).isEqualTo(1);
        assertThat(capture.statistics().damage().map(Damage::offset))
                .hasValueSatisfying(at -> assertThat(at).isBetween((long) offset, (long) offset + 200));
        assertThat(capture.statistics().bytes).isEqualTo(file.length);
    }

    @Test
    void anyRecordMayBeDamagedAndTheOthersAreRead() {
        for (int damaged = 0; damaged < 10; damaged++) {
            PcapBuilder builder = PcapBuilder.ethernet();
            for (int i = 0; i < 10; i++) {
                if (i == damaged) {
                    builder.bytes(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
                } else {
                    builder.packet(T + i, numbered(i));
                }
            }
            int missing = damaged;
            List<Integer> others =
                    IntStream.range(0, 10).filter(i -> i != missing).boxed().toList();
            ReadCapture capture = ReadCapture.of(builder.array());
            assertThat(capture.numbers()).as("record %d", damaged).isEqualTo(others);
            assertThat(capture.rejected(RejectionReason.DAMAGED)).isEqualTo(1);
        }
    }

    @Test
    void aCaptureCutAnywhereGivesItsWholePackets() {
        PcapBuilder builder = PcapBuilder.ethernet();
        int[] ends = new int[4];
        ends[0] = builder.size();
        for (int i = 1; i <= 3; i++) {
            ends[i] = builder.packet(T + i, numbered(i)).size();
        }
        byte[] file = builder.array();
        for (int length = 4; length < file.length; length++) {
            int whole = 0;
            while (whole < 3 && ends[whole + 1] <= length) {
                whole++;
            }
            boolean cut = length != ends[whole];
            ReadCapture capture = ReadCapture.of(Arrays.copyOf(file, length));
            assertThat(capture.rows()).as("%d bytes", length).hasSize(whole);
            assertThat(capture.rejected(RejectionReason.TRUNCATED)).isEqualTo(cut ? 1 : 0);
            assertThat(capture.statistics().damage().isPresent()).isEqualTo(cut);
            assertThat(capture.statistics().packets).isEqualTo(whole);
        }
    }
}
