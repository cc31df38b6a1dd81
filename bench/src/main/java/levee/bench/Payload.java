package levee.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The payload of the next packet. Its bytes are random at first; a protocol overwrites the beginning with its header
 * and leaves the rest as it is.
 */
final class Payload {
    private static final int CAPACITY = 1500;

    private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY);

    Payload(SplittableRandom random) {
        random.nextBytes(bytes.array());
    }

    byte[] array() {
        return bytes.array();
    }

    /** The buffer, to write a header from the beginning. */
    ByteBuffer header() {
        return bytes.clear();
    }
}
