package levee.capture;

import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The variants of the classic format, told by the magic number (draft-ietf-opsawg-pcap section 4).
 *
 * @param order the byte order of its headers
 * @param nanosPerFraction nanoseconds in one unit of a record's fraction of a second
 * @param recordHeader the length of a record header in bytes
 */
record PcapVariant(ByteOrder order, int nanosPerFraction, int recordHeader) {

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;

    /** Kuznetsov's variant: each record header has eight more bytes. */
    private static final int MODIFIED = 0xa1b2cd34;

    /** The variant of a magic number read in big-endian order. */
    static Optional<PcapVariant> of(int magic) {
        Optional<PcapVariant> bigEndian = of(magic, ByteOrder.BIG_ENDIAN);
        return bigEndian.isPresent() ? bigEndian : of(Integer.reverseBytes(magic), ByteOrder.LITTLE_ENDIAN);
    }

    private static Optional<PcapVariant> of(int magic, ByteOrder order) {
        return switch (magic) {
            case MICROSECONDS -> Optional.of(new PcapVariant(order, 1_000, 16));
            case NANOSECONDS -> Optional.of(new PcapVariant(order, 1, 16));
            case MODIFIED -> Optional.of(new PcapVariant(order, 1_000, 24));
            default -> Optional.empty();
        };
    }

    int fractionsPerSecond() {
        return 1_000_000_000 / nanosPerFraction;
    }
}
