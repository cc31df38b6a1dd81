package levee.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What a block says of itself before its sections; all numbers big-endian:
 *
 * <pre>
 *   0  8  magic
 *   8  4  length of this header, with its checksum
 *  12  4  length of all sections
 *  16  4  rows
 *  20  4  addresses
 *  24  4  exporters
 *  28 16  when the first and the last row were received
 *  44 48  three spans of time of rows: those from before their time, those near the receipt, those ahead of time
 *  92  4  sections; then for each:
 *         1 column, 1 encoding, 1 bytes of each value, 1 unused, 4 length, 8 base, 4 CRC-32C of the section
 *      4  CRC-32C of the header up to here
 * </pre>
 *
 * <p>A row of a wrong clock would make the one span of a block as wide as the centuries, and every search would read the
 * block. With three of them it widens only that one.
 */
final class BlockHeader {
    static final long MAGIC = 0x4c76_466c_6f77_4201L; // "LvFlowB" and version 1
    static final int FIXED = 96;
    static final int SECTION = 20;
    static final int CHECKSUM = 4;
    static final int MOST_SECTIONS = 64;
    static final int MOST_BYTES = FIXED + MOST_SECTIONS * SECTION + CHECKSUM;
    static final int SPANS = 3;

    /** How far from its receipt the time of a row is ordinary: flows of half an hour are told late. */
    static final long NEAR_NANOS = 3_600_000_000_000L;

    static final int CONSTANT = 0;
    static final int PLAIN = 1;
    static final int COMPRESSED = 2;

    /** Sections are at most this long: two addresses a row, eight bytes each. */
    static final int MOST_SECTION_BYTES = 2 * FlowBlock.CAPACITY * Long.BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    int length;
    int bodyLength;
    int rows;
    int addresses;
    int exporters;
    long receivedFirstNanos;
    long receivedLastNanos;
    final long[] spanFirst = new long[SPANS];
    final long[] spanLast = new long[SPANS];
    int sections;
    final byte[] column = new byte[MOST_SECTIONS];
    final byte[] encoding = new byte[MOST_SECTIONS];
    final byte[] width = new byte[MOST_SECTIONS];
    final int[] sectionLength = new int[MOST_SECTIONS];
    final long[] base = new long[MOST_SECTIONS];
    final int[] checksum = new int[MOST_SECTIONS];

    private final CRC32C crc = new CRC32C();

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    /** The length of a header of so many sections. */
    static int lengthOf(int sections) {
        return FIXED + sections * SECTION + CHECKSUM;
    }

    long blockLength() {
        return (long) length + bodyLength;
    }

    void clearSpans() {
        for (int i = 0; i < SPANS; i++) {
            spanFirst[i] = Long.MAX_VALUE;
            spanLast[i] = Long.MIN_VALUE;
        }
    }

    void noteTime(long firstNanos, long lastNanos) {
        long earlier = Math.min(firstNanos, lastNanos);
        long later = Math.max(firstNanos, lastNanos);
        int span = 1;
        if (later > receivedLastNanos + NEAR_NANOS) {
            span = 2;
        } else if (earlier < receivedFirstNanos - NEAR_NANOS) {
            span = 0;
        }
        spanFirst[span] = Math.min(spanFirst[span], earlier);
        spanLast[span] = Math.max(spanLast[span], later);
    }

    /** Whether there may be rows that went on at some time from {@code since} to {@code until}. */
    boolean mayHold(long since, long until) {
        for (int i = 0; i < SPANS; i++) {
            if (spanFirst[i] <= until && spanLast[i] >= since) {
                return true;
            }
        }
        return false;
    }

    void write(byte[] bytes, int at) {
        putLong(bytes, at, MAGIC);
        putInt(bytes, at + 8, length);
        putInt(bytes, at + 12, bodyLength);
        putInt(bytes, at + 16, rows);
        putInt(bytes, at + 20, addresses);
        putInt(bytes, at + 24, exporters);
        putLong(bytes, at + 28, receivedFirstNanos);
        putLong(bytes, at + 36, receivedLastNanos);
        for (int i = 0; i < SPANS; i++) {
            putLong(bytes, at + 44 + 16 * i, spanFirst[i]);
            putLong(bytes, at + 52 + 16 * i, spanLast[i]);
        }
        putInt(bytes, at + 92, sections);
        for (int i = 0; i < sections; i++) {
            int entry = at + FIXED + i * SECTION;
            bytes[entry] = column[i];
            bytes[entry + 1] = encoding[i];
            bytes[entry + 2] = width[i];
            bytes[entry + 3] = 0;
            putInt(bytes, entry + 4, sectionLength[i]);
            putLong(bytes, entry + 8, base[i]);
            putInt(bytes, entry + 16, checksum[i]);
        }
        crc.reset();
        crc.update(bytes, at, length - CHECKSUM);
        putInt(bytes, at + length - CHECKSUM, (int) crc.getValue());
    }

    /** How many bytes the header has that begins with these, at least {@link #FIXED}; 0 if none begins there. */
    static int lengthAt(byte[] bytes, int at) {
        if (getLong(bytes, at) != MAGIC) {
            return 0;
        }
        int length = getInt(bytes, at + 8);
        int sections = getInt(bytes, at + 92);
        boolean sound = sections >= 0 && sections <= MOST_SECTIONS && length == lengthOf(sections);
        return sound ? length : 0;
    }

    /** Reads a header of the length that {@link #lengthAt} said; false if it is damaged. */
    boolean read(byte[] bytes, int at) {
        length = getInt(bytes, at + 8);
        crc.reset();
        crc.update(bytes, at, length - CHECKSUM);
        if (getInt(bytes, at + length - CHECKSUM) != (int) crc.getValue()) {
            return false;
        }
        bodyLength = getInt(bytes, at + 12);
        rows = getInt(bytes, at + 16);
        addresses = getInt(bytes, at + 20);
        exporters = getInt(bytes, at + 24);
        receivedFirstNanos = getLong(bytes, at + 28);
        receivedLastNanos = getLong(bytes, at + 36);
        for (int i = 0; i < SPANS; i++) {
            spanFirst[i] = getLong(bytes, at + 44 + 16 * i);
            spanLast[i] = getLong(bytes, at + 52 + 16 * i);
        }
        sections = getInt(bytes, at + 92);
        long sum = 0;
        for (int i = 0; i < sections; i++) {
            int entry = at + FIXED + i * SECTION;
            column[i] = bytes[entry];
            encoding[i] = bytes[entry + 1];
            width[i] = bytes[entry + 2];
            sectionLength[i] = getInt(bytes, entry + 4);
            base[i] = getLong(bytes, entry + 8);
            checksum[i] = getInt(bytes, entry + 16);
            if (sectionLength[i] < 0 || sectionLength[i] > MOST_SECTION_BYTES) {
                return false;
            }
            sum += sectionLength[i];
        }
        return sum == bodyLength
                && rows > 0
                && rows <= FlowBlock.CAPACITY
                && addresses > 0
                && addresses <= 2 * rows
                && exporters > 0
                && exporters <= rows;
    }
}
