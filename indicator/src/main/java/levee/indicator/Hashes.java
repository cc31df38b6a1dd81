package levee.indicator;

/** Keys of 64 bits for addresses and texts. */
final class Hashes {
    private static final long PRIME = 0x9e37_79b9_7f4a_7c15L;
    private static final long OTHER_PRIME = 0xd6e8_feb8_6659_fd93L;

    private Hashes() {}

    /** All bits depend on all bits; different numbers stay different. */
    static long mix(long value) {
        long mixed = (value ^ value >>> 32) * OTHER_PRIME;
        mixed = (mixed ^ mixed >>> 32) * OTHER_PRIME;
        return mixed ^ mixed >>> 32;
    }

    /** Of different IPv4 addresses never the same. */
    static long address(long high, long low) {
        return mix(low ^ mix(high) * PRIME);
    }

    /** @param addressKey from {@link #address} */
    static long withPort(long addressKey, int port) {
        return mix(addressKey + (port + 1) * PRIME);
    }

    /** What texts begin with. */
    static long begin(int kind) {
        return (kind + 1) * PRIME;
    }

    /** Adds a byte to a text. */
    static long add(long state, int letter) {
        long hash = (state ^ letter) * PRIME;
        return hash ^ hash >>> 29;
    }

    static long end(long state, int kind) {
        return mix(state + (kind + 1) * OTHER_PRIME);
    }

    static int lowerCase(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter & 0xff;
    }

    /** The key of a text, the same for capitals and small letters. */
    static long text(byte[] text, int start, int end, int kind) {
        long state = begin(0);
        for (int i = end - 1; i >= start; i--) {
            state = add(state, lowerCase(text[i]));
        }
        return end(state, kind);
    }
}
