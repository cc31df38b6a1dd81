package levee.telemetry;

/**
 * Hashes of addresses and connection keys. The seed is drawn at start, so that nobody outside can choose colliding
 * keys.
 */
public final class Hashing {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
    private static final long FINISH = 0xd6e8_feb8_6659_fd93L;

    private Hashing() {}

    public static long hash(long seed, long a, long b) {
        long h = (a ^ seed) * MULTIPLIER;
        h = (Long.rotateLeft(h, 29) ^ b) * FINISH;
        h ^= h >>> 32;
        h *= MULTIPLIER;
        return h ^ h >>> 29;
    }

    public static long hash(long seed, long a, long b, long c) {
        return hash(hash(seed, a, b), c, MULTIPLIER);
    }

    public static long hash(long seed, long a, long b, long c, long d, long e) {
        long h = (a ^ seed) * MULTIPLIER;
        h = (Long.rotateLeft(h, 29) ^ b) * FINISH;
        h = (Long.rotateLeft(h, 31) ^ c) * MULTIPLIER;
        h = (Long.rotateLeft(h, 29) ^ d) * FINISH;
        return hash(seed, h, e);
    }
}
