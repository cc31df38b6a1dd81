package levee.capture;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash function whose results are written as hexadecimal digits into an array that is used again and again. */
final class Digester {
    private final MessageDigest digest;
    private final byte[] hash;

    private Digester(String algorithm) {
        try {
            digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
        hash = new byte[digest.getDigestLength()];
    }

    /** What JA3 is made with; it names, and protects nothing. */
    static Digester md5() {
        return new Digester("MD5");
    }

    static Digester sha256() {
        return new Digester("SHA-256");
    }

    /**
     * Writes the first {@code octets} octets of the hash, two digits each.
     *
     * @return the index behind them
     */
    int write(byte[] text, int length, int octets, byte[] target, int at) {
        digest.update(text, 0, length);
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the array is as long as the hash", e);
        }
        int end = at;
        for (int i = 0; i < octets; i++) {
            end = Octets.hex(hash[i], target, end);
        }
        return end;
    }
}
