package levee.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import levee.model.IpAddress;

/**
 * Makes the bytes of a block: each column becomes numbers, from which their least is taken; their bytes are laid out
 * byte by byte of the same weight, and compressed. Allocates nothing by row, and belongs to one thread.
 */
final class BlockEncoder implements AutoCloseable {
    /** Level 1 takes a third of the time of level 3, for 2 % more bytes (docs/decisions/008-flow-archive.md). */
    static final int LEVEL = 1;

    static final long NANOS_PER_MILLI = 1_000_000;

    private static final int COLUMNS = Column.values().length;

    /** Indexes of exporters are small; what is beyond is not one of an exporter. */
    private static final int MOST_EXPORTERS = 1 << 16;

    private static final int MOST_BYTES = BlockHeader.MOST_BYTES
            + 4 * BlockHeader.MOST_SECTION_BYTES
            + (COLUMNS - 4) * FlowBlock.CAPACITY * Long.BYTES
            + (int) Zstd.compressBound(BlockHeader.MOST_SECTION_BYTES);

    private final byte[] bytes = new byte[MOST_BYTES];
    private final AddressDictionary dictionary;
    private final IntFunction<IpAddress> exporters;
    private final BlockHeader header = new BlockHeader();
    private final long[] values = new long[2 * FlowBlock.CAPACITY];
    private final long[] secondValues = new long[FlowBlock.CAPACITY];
    private final byte[] planes = new byte[BlockHeader.MOST_SECTION_BYTES];
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final CRC32C crc = new CRC32C();

    private final int[] numberOfExporter = new int[MOST_EXPORTERS];
    private final int[] exporterOfNumber = new int[FlowBlock.CAPACITY];
    private int body;

    /**
     * @param exporters the address of an exporter by its index; may throw IllegalArgumentException if there is none
     * @param seed secret, of hashes
     */
    BlockEncoder(IntFunction<IpAddress> exporters, long seed) {
        this(exporters, seed, LEVEL);
    }

    BlockEncoder(IntFunction<IpAddress> exporters, long seed, int level) {
        this.exporters = exporters;
        dictionary = new AddressDictionary(seed);
        zstd.setLevel(level);
        zstd.setContentSize(true);
    }

    /** The bytes of the block that was encoded last begin with the first. */
    byte[] bytes() {
        return bytes;
    }

    /** Makes the bytes of a block of one row and more, and says how many. */
    int encode(FlowBlock block) {
        int rows = block.size;
        header.length = BlockHeader.lengthOf(COLUMNS);
        header.rows = rows;
        header.receivedFirstNanos = block.receivedFirstNanos;
        header.receivedLastNanos = block.receivedLastNanos;
        header.sections = 0;
        body = header.length;
        header.clearSpans();
        for (int row = 0; row < rows; row++) {
            header.noteTime(block.firstNanos[row], block.lastNanos[row]);
        }
        addresses(block);
        exporters(block);
        times(block);
        for (int row = 0; row < rows; row++) {
            values[row] = block.sourcePort[row];
        }
        section(Column.SOURCE_PORT, values, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = block.destinationPort[row];
        }
        section(Column.DESTINATION_PORT, values, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = block.protocol[row] & 0xff;
        }
        section(Column.PROTOCOL, values, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = block.tcpFlags[row] & 0xff;
        }
        section(Column.TCP_FLAGS, values, rows);
        section(Column.PACKETS, block.packets, rows);
        section(Column.BYTES, block.bytes, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = block.samplingRate[row];
        }
        section(Column.SAMPLING_RATE, values, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = block.ingressInterface[row];
        }
        section(Column.INGRESS_INTERFACE, values, rows);
        header.bodyLength = body - header.length;
        header.write(bytes, 0);
        return body;
    }

    private void addresses(FlowBlock block) {
        int rows = block.size;
        dictionary.clear();
        for (int row = 0; row < rows; row++) {
            values[row] = dictionary.code(block.sourceHigh[row], block.sourceLow[row]);
            secondValues[row] = dictionary.code(block.destinationHigh[row], block.destinationLow[row]);
        }
        header.addresses = dictionary.size;
        // Addresses first: a search for some may need nothing else.
        section(Column.ADDRESS_HIGH, dictionary.high, dictionary.size);
        section(Column.ADDRESS_LOW, dictionary.low, dictionary.size);
        section(Column.SOURCE, values, rows);
        section(Column.DESTINATION, secondValues, rows);
    }

    private void exporters(FlowBlock block) {
        int count = 0;
        for (int row = 0; row < block.size; row++) {
            int index = block.exporter[row] > 0 && block.exporter[row] < MOST_EXPORTERS ? block.exporter[row] : 0;
            int number = numberOfExporter[index];
            if (number == 0) {
                exporterOfNumber[count] = index;
                number = ++count;
                numberOfExporter[index] = number;
            }
            secondValues[row] = number - 1L;
        }
        header.exporters = count;
        // Before anybody is asked for an address, who might fail.
        for (int i = 0; i < count; i++) {
            numberOfExporter[exporterOfNumber[i]] = 0;
        }
        for (int i = 0; i < count; i++) {
            values[i] = address(exporterOfNumber[i]).high();
        }
        section(Column.EXPORTER_HIGH, values, count);
        for (int i = 0; i < count; i++) {
            values[i] = address(exporterOfNumber[i]).low();
        }
        section(Column.EXPORTER_LOW, values, count);
        section(Column.EXPORTER, secondValues, block.size);
    }

    private IpAddress address(int index) {
        try {
            return index == 0 ? new IpAddress(0, 0) : exporters.apply(index);
        } catch (IllegalArgumentException e) {
            // It made way for another one: the rows count nevertheless.
            return new IpAddress(0, 0);
        }
    }

    private void times(FlowBlock block) {
        int rows = block.size;
        long before = 0;
        for (int row = 0; row < rows; row++) {
            long millis = Math.floorDiv(block.lastNanos[row], NANOS_PER_MILLI);
            values[row] = zigzag(millis - before);
            before = millis;
        }
        section(Column.LAST_MILLIS, values, rows);
        before = 0;
        for (int row = 0; row < rows; row++) {
            long rest = Math.floorMod(block.lastNanos[row], NANOS_PER_MILLI);
            values[row] = zigzag(rest - before);
            before = rest;
        }
        section(Column.LAST_REST, values, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = zigzag(Math.floorDiv(block.lastNanos[row], NANOS_PER_MILLI)
                    - Math.floorDiv(block.firstNanos[row], NANOS_PER_MILLI));
        }
        section(Column.DURATION_MILLIS, values, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = zigzag(Math.floorMod(block.lastNanos[row], NANOS_PER_MILLI)
                    - Math.floorMod(block.firstNanos[row], NANOS_PER_MILLI));
        }
        section(Column.FIRST_REST, values, rows);
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private void section(Column column, long[] numbers, int count) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, numbers[i]);
        }
        long used = 0;
        for (int i = 0; i < count; i++) {
            used |= numbers[i] - least;
        }
        int width = (Long.SIZE - Long.numberOfLeadingZeros(used) + 7) / 8;
        int length = width * count;
        int stored = 0;
        int encoding = BlockHeader.CONSTANT;
        if (width > 0) {
            for (int plane = 0; plane < width; plane++) {
                int shift = plane * 8;
                int at = plane * count;
                for (int i = 0; i < count; i++) {
                    planes[at + i] = (byte) (numbers[i] - least >>> shift);
                }
            }
            stored = zstd.compressByteArray(bytes, body, bytes.length - body, planes, 0, length);
            encoding = BlockHeader.COMPRESSED;
            if (stored >= length) {
                System.arraycopy(planes, 0, bytes, body, length);
                stored = length;
                encoding = BlockHeader.PLAIN;
            }
        }
        crc.reset();
        crc.update(bytes, body, stored);
        int section = header.sections++;
        header.column[section] = (byte) column.number;
        header.encoding[section] = (byte) encoding;
        header.width[section] = (byte) width;
        header.sectionLength[section] = stored;
        header.base[section] = least;
        header.checksum[section] = (int) crc.getValue();
        body += stored;
    }

    @Override
    public void close() {
        zstd.close();
    }
}
