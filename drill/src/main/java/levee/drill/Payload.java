package levee.drill;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import levee.telemetry.PayloadHint;

/**
 * A kind of payload: bytes that are always the same, a few of which are different each time or say the length, and
 * behind them noise, as of something encrypted.
 */
final class Payload {
    private static final int NOISE_LENGTH = 1 << 17;
    private static final byte[] NOISE = noise();

    /**
     * What random data begin with. A first byte that is no protocol's keeps analyzers, this one's dissector too, from
     * taking noise on a service's port for a message of the service.
     */
    private static final byte[] MEANINGLESS = bytes(0x90, 0x50, 0x50, 0x50, 0x50, 0x50, 0x50, 0x50, 0x50);

    private static final int NOWHERE = -1;

    static final Payload NOTHING = new Payload(new byte[0], PayloadHint.EMPTY);
    static final Payload NOISY = new Payload(MEANINGLESS, PayloadHint.NONE);

    private final byte[] head;
    private final byte hint;
    private final int saltAt;
    private final int saltBytes;
    private final int lengthAt;
    private final int lengthLess;

    /** @param hint what a dissector says of it on the ports that it is sent from or to */
    Payload(byte[] head, byte hint) {
        this(head, hint, NOWHERE, 0, NOWHERE, 0);
    }

    private Payload(byte[] head, byte hint, int saltAt, int saltBytes, int lengthAt, int lengthLess) {
        this.head = head;
        this.hint = hint;
        this.saltAt = saltAt;
        this.saltBytes = saltBytes;
        this.lengthAt = lengthAt;
        this.lengthLess = lengthLess;
    }

    private static byte[] noise() {
        byte[] bytes = new byte[NOISE_LENGTH];
        new SplittableRandom(0x6e6f_6973_65L).nextBytes(bytes);
        return bytes;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The same, with {@code count} bytes from {@code at} on that are different each time. */
    Payload withSalt(int at, int count) {
        return new Payload(head, hint, at, count, lengthAt, lengthLess);
    }

    /** The same, with a 16-bit field at {@code at} that holds the length of the payload less {@code less}. */
    Payload withLength(int at, int less) {
        return new Payload(head, hint, saltAt, saltBytes, at, less);
    }

    byte hint() {
        return hint;
    }

    /** The length of a payload of this kind without noise. */
    int length() {
        return head.length;
    }

    byte[] head() {
        return Arrays.copyOf(head, head.length);
    }

    void put(ByteBuffer to, int length, long salt) {
        int start = to.position();
        int fixed = Math.min(length, head.length);
        to.put(head, 0, fixed);
        for (int rest = length - fixed; rest > 0; ) {
            int at = (int) (salt >>> 8 & NOISE_LENGTH - 1);
            int some = Math.min(rest, NOISE_LENGTH - at);
            to.put(NOISE, at, some);
            rest -= some;
        }
        if (saltAt != NOWHERE) {
            for (int i = 0; i < saltBytes && saltAt + i < length; i++) {
                to.put(start + saltAt + i, (byte) (salt >>> (i << 3)));
            }
        }
        if (lengthAt != NOWHERE && lengthAt + 2 <= length) {
            to.putShort(start + lengthAt, (short) (length - lengthLess));
        }
    }
}
