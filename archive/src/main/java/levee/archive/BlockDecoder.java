package levee.archive;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import levee.model.IpAddress;

/**
 * Reads blocks, of each only as much as is needed to tell that it has nothing of what is asked for. Belongs to one
 * thread.
 */
final class BlockDecoder implements AutoCloseable {
    private static final int MOST_ADDRESSES = 2 * FlowBlock.CAPACITY;
    private static final int PROTOCOLS = 256;
    private static final byte HOST = 1;
    private static final byte PEER = 2;

    private final FlowFilter filter;
    private final PrefixSet hosts;
    private final PrefixSet peers;
    private final boolean[] protocols = new boolean[PROTOCOLS];
    private final BlockFinder finder = new BlockFinder();
    private final BlockHeader header = new BlockHeader();
    private final byte[] stored = new byte[BlockHeader.MOST_SECTION_BYTES];
    private final byte[] planes = new byte[BlockHeader.MOST_SECTION_BYTES];
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final CRC32C crc = new CRC32C();

    private final long[] addressHigh = new long[MOST_ADDRESSES];
    private final long[] addressLow = new long[MOST_ADDRESSES];
    private final byte[] addressKind = new byte[MOST_ADDRESSES];
    private final long[] exporterHigh = new long[FlowBlock.CAPACITY];
    private final long[] exporterLow = new long[FlowBlock.CAPACITY];
    private final boolean[] exporterWanted = new boolean[FlowBlock.CAPACITY];
    private final long[] values = new long[FlowBlock.CAPACITY];
    private final long[] secondValues = new long[FlowBlock.CAPACITY];
    private final int[] source = new int[FlowBlock.CAPACITY];
    private final int[] destination = new int[FlowBlock.CAPACITY];

    /** The rows of the block that are asked for, in the order in which they were received. */
    final int[] matching = new int[FlowBlock.CAPACITY];

    int matchingCount;

    /** What became of a block. */
    enum Outcome {
        /** It holds nothing of what is asked for. */
        SKIPPED,
        /** Its rows are there, and those that are asked for are known; there may be none. */
        READ,
        /** Its bytes are not what was written. */
        DAMAGED
    }

    BlockDecoder(FlowFilter filter) {
        this.filter = filter;
        hosts = new PrefixSet(filter.hosts());
        peers = new PrefixSet(filter.peers());
        for (int i = 0; i < PROTOCOLS; i++) {
            protocols[i] = filter.protocols().isEmpty() || filter.protocols().contains(i);
        }
    }

    /** The length of the block that was read last, in bytes. */
    long blockLength() {
        return header.blockLength();
    }

    /** When the last row of the block that was read last was received. */
    long receivedNanos() {
        return header.receivedLastNanos;
    }

    Outcome read(ByteSource bytes, long position, FlowBlock block) throws IOException {
        if (finder.readHeader(bytes, position, header) == 0) {
            return Outcome.DAMAGED;
        }
        if (!header.mayHold(filter.sinceNanos(), filter.untilNanos())) {
            return Outcome.SKIPPED;
        }
        long body = position + header.length;
        if (!read(bytes, body, Column.EXPORTER_HIGH, exporterHigh, header.exporters)
                || !read(bytes, body, Column.EXPORTER_LOW, exporterLow, header.exporters)) {
            return Outcome.DAMAGED;
        }
        if (!wantsAnyExporter()) {
            return Outcome.SKIPPED;
        }
        if (!read(bytes, body, Column.ADDRESS_HIGH, addressHigh, header.addresses)
                || !read(bytes, body, Column.ADDRESS_LOW, addressLow, header.addresses)) {
            return Outcome.DAMAGED;
        }
        if (filter.asksForAddresses() && !wantsAnyAddress()) {
            return Outcome.SKIPPED;
        }
        block.size = header.rows;
        block.receivedFirstNanos = header.receivedFirstNanos;
        block.receivedLastNanos = header.receivedLastNanos;
        boolean sound = readAddresses(bytes, body, block)
                && readExporters(bytes, body, block)
                && readTimes(bytes, body, block)
                && readRest(bytes, body, block);
        if (!sound) {
            return Outcome.DAMAGED;
        }
        match(block);
        return Outcome.READ;
    }

    private boolean wantsAnyExporter() {
        boolean any = false;
        for (int i = 0; i < header.exporters; i++) {
            exporterWanted[i] = filter.exporters().isEmpty()
                    || filter.exporters().contains(new IpAddress(exporterHigh[i], exporterLow[i]));
            any |= exporterWanted[i];
        }
        return any;
    }

    private boolean wantsAnyAddress() {
        int any = 0;
        for (int i = 0; i < header.addresses; i++) {
            int kind = 0;
            if (hosts.holds(addressHigh[i], addressLow[i])) {
                kind |= HOST;
            }
            if (peers.holds(addressHigh[i], addressLow[i])) {
                kind |= PEER;
            }
            addressKind[i] = (byte) kind;
            any |= kind;
        }
        return any == (HOST | PEER);
    }

    private boolean readAddresses(ByteSource bytes, long body, FlowBlock block) throws IOException {
        if (!read(bytes, body, Column.SOURCE, values, header.rows)
                || !read(bytes, body, Column.DESTINATION, secondValues, header.rows)) {
            return false;
        }
        int met = 0;
        for (int row = 0; row < header.rows; row++) {
            long from = values[row] == 0 ? met++ : values[row] - 1;
            long to = secondValues[row] == 0 ? met++ : secondValues[row] - 1;
            if (from < 0 || from >= header.addresses || to < 0 || to >= header.addresses) {
                return false;
            }
            source[row] = (int) from;
            destination[row] = (int) to;
            block.sourceHigh[row] = addressHigh[source[row]];
            block.sourceLow[row] = addressLow[source[row]];
            block.destinationHigh[row] = addressHigh[destination[row]];
            block.destinationLow[row] = addressLow[destination[row]];
        }
        return true;
    }

    private boolean readExporters(ByteSource bytes, long body, FlowBlock block) throws IOException {
        if (!read(bytes, body, Column.EXPORTER, values, header.rows)) {
            return false;
        }
        block.exporters(header.exporters);
        for (int i = 0; i < header.exporters; i++) {
            block.exporter(i, exporterHigh[i], exporterLow[i]);
        }
        for (int row = 0; row < header.rows; row++) {
            if (values[row] < 0 || values[row] >= header.exporters) {
                return false;
            }
            block.exporter[row] = (int) values[row];
        }
        return true;
    }

    private boolean readTimes(ByteSource bytes, long body, FlowBlock block) throws IOException {
        if (!read(bytes, body, Column.LAST_MILLIS, values, header.rows)
                || !read(bytes, body, Column.LAST_REST, secondValues, header.rows)) {
            return false;
        }
        long millis = 0;
        long rest = 0;
        for (int row = 0; row < header.rows; row++) {
            millis += unzigzag(values[row]);
            rest += unzigzag(secondValues[row]);
            block.lastNanos[row] = millis * BlockEncoder.NANOS_PER_MILLI + rest;
        }
        if (!read(bytes, body, Column.DURATION_MILLIS, values, header.rows)
                || !read(bytes, body, Column.FIRST_REST, secondValues, header.rows)) {
            return false;
        }
        for (int row = 0; row < header.rows; row++) {
            block.firstNanos[row] = block.lastNanos[row]
                    - unzigzag(values[row]) * BlockEncoder.NANOS_PER_MILLI
                    - unzigzag(secondValues[row]);
        }
        return true;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private boolean readRest(ByteSource bytes, long body, FlowBlock block) throws IOException {
        int rows = header.rows;
        if (!read(bytes, body, Column.SOURCE_PORT, values, rows)
                || !read(bytes, body, Column.DESTINATION_PORT, secondValues, rows)) {
            return false;
        }
        for (int row = 0; row < rows; row++) {
            block.sourcePort[row] = (char) values[row];
            block.destinationPort[row] = (char) secondValues[row];
        }
        if (!read(bytes, body, Column.PROTOCOL, values, rows)
                || !read(bytes, body, Column.TCP_FLAGS, secondValues, rows)) {
            return false;
        }
        for (int row = 0; row < rows; row++) {
            block.protocol[row] = (byte) values[row];
            block.tcpFlags[row] = (byte) secondValues[row];
        }
        if (!read(bytes, body, Column.SAMPLING_RATE, values, rows)
                || !read(bytes, body, Column.INGRESS_INTERFACE, secondValues, rows)) {
            return false;
        }
        for (int row = 0; row < rows; row++) {
            block.samplingRate[row] = (int) values[row];
            block.ingressInterface[row] = (int) secondValues[row];
        }
        return read(bytes, body, Column.PACKETS, block.packets, rows)
                && read(bytes, body, Column.BYTES, block.bytes, rows);
    }

    private void match(FlowBlock block) {
        boolean asksForAddresses = filter.asksForAddresses();
        int port = filter.port().orElse(-1);
        int count = 0;
        for (int row = 0; row < block.size; row++) {
            boolean matches = block.lastNanos[row] >= filter.sinceNanos()
                    && block.firstNanos[row] <= filter.untilNanos()
                    && protocols[block.protocol[row] & 0xff]
                    && (port < 0 || block.sourcePort[row] == port || block.destinationPort[row] == port)
                    && exporterWanted[block.exporter[row]]
                    && (!asksForAddresses || areWanted(addressKind[source[row]], addressKind[destination[row]]));
            if (matches) {
                matching[count++] = row;
            }
        }
        matchingCount = count;
    }

    private static boolean areWanted(byte one, byte other) {
        return (one & HOST) != 0 && (other & PEER) != 0 || (one & PEER) != 0 && (other & HOST) != 0;
    }

    /** Reads the numbers of a column, all 0 where the block does not have it; false if they are damaged. */
    private boolean read(ByteSource bytes, long body, Column column, long[] numbers, int count) throws IOException {
        long position = body;
        for (int i = 0; i < header.sections; i++) {
            if (header.column[i] == column.number) {
                return read(bytes, position, i, numbers, count);
            }
            position += header.sectionLength[i];
        }
        Arrays.fill(numbers, 0, count, 0);
        return true;
    }

    private boolean read(ByteSource bytes, long position, int section, long[] numbers, int count) throws IOException {
        int length = header.sectionLength[section];
        int width = header.width[section];
        if (width < 0 || width > Long.BYTES || bytes.read(position, stored, length) < length) {
            return false;
        }
        crc.reset();
        crc.update(stored, 0, length);
        if ((int) crc.getValue() != header.checksum[section]) {
            return false;
        }
        long base = header.base[section];
        switch (header.encoding[section]) {
            case BlockHeader.CONSTANT -> Arrays.fill(numbers, 0, count, base);
            case BlockHeader.PLAIN -> {
                if (length != width * count) {
                    return false;
                }
                join(stored, width, base, numbers, count);
            }
            case BlockHeader.COMPRESSED -> {
                if (!decompress(length, width * count)) {
                    return false;
                }
                join(planes, width, base, numbers, count);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean decompress(int length, int expected) {
        try {
            return zstd.decompressByteArray(planes, 0, expected, stored, 0, length) == expected;
        } catch (ZstdException e) {
            // These bytes had the right checksum, and yet nobody of us wrote them.
            return false;
        }
    }

    private static void join(byte[] from, int width, long base, long[] numbers, int count) {
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = base + (from[i] & 0xff);
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    numbers[i] = base + (from[i] & 0xff | (from[count + i] & 0xff) << 8);
                }
            }
            default -> {
                Arrays.fill(numbers, 0, count, base);
                for (int plane = 0; plane < width; plane++) {
                    int at = plane * count;
                    int shift = plane * 8;
                    for (int i = 0; i < count; i++) {
                        numbers[i] += (from[at + i] & 0xffL) << shift;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        zstd.close();
    }
}
