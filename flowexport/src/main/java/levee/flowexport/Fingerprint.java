package levee.flowexport;

import levee.telemetry.Hashing;

/** Tells datagrams apart, by their length and some of their words: all would cost more than to decode them. */
final class Fingerprint {
    private static final int WORDS = 8;

    private Fingerprint() {}

    /** Not 0; {@code length} is at least 8. */
    static long of(byte[] bytes, int offset, int length) {
        long hash = length;
        int last = length - Long.BYTES;
        // The header's words, where sequence numbers are, and then some of the rest.
        for (int at = 0; at < Math.min(last, 24); at += Long.BYTES) {
            hash = Hashing.hash(hash, BigEndian.longInteger(bytes, offset + at), at);
        }
        for (int word = 1; word <= WORDS; word++) {
            hash = Hashing.hash(hash, BigEndian.longInteger(bytes, offset + last * word / WORDS), word);
        }
        return hash | 1;
    }
}
