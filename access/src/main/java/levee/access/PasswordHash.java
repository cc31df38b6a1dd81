package levee.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password's hash by Argon2id (RFC 9106), from which the password cannot be had. Written as its authors write it:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. Nothing of it is ever printed.
 */
final class PasswordHash {
    /** What OWASP's Password Storage Cheat Sheet asks for at least. */
    static final Parameters USUAL = new Parameters(19_456, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LONGEST_TEXT = 200;

    /** Nobody can put a hash into the store that takes an hour or all memory to compare with. */
    private static final Parameters LARGEST = new Parameters(262_144, 16, 8);

    private static final Pattern TEXT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final Parameters parameters;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(Parameters parameters, byte[] salt, byte[] hash) {
        this.parameters = parameters;
        this.salt = salt;
        this.hash = hash;
    }

    /** How much work it is. */
    record Parameters(int memoryKibibytes, int iterations, int lanes) {
        boolean isWithin(Parameters most) {
            return memoryKibibytes <= most.memoryKibibytes
                    && iterations <= most.iterations
                    && lanes <= most.lanes
                    && iterations >= 1
                    && lanes >= 1
                    && memoryKibibytes >= 8 * lanes;
        }
    }

    static PasswordHash make(String password, Parameters parameters, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(parameters, salt, compute(password, parameters, salt, HASH_BYTES));
    }

    /** @throws IllegalArgumentException if it is no such hash; the message does not repeat it */
    static PasswordHash parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (text.length() > LONGEST_TEXT || !parts.matches()) {
            throw new IllegalArgumentException("a hash in the store is none of Argon2id");
        }
        Parameters parameters = new Parameters(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] hash = Base64.getDecoder().decode(parts.group(5));
        if (!parameters.isWithin(LARGEST) || salt.length < 8 || hash.length < 16) {
            throw new IllegalArgumentException("a hash in the store has parameters that are out of bounds");
        }
        return new PasswordHash(parameters, salt, hash);
    }

    /** For the store. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + parameters.memoryKibibytes + ",t=" + parameters.iterations + ",p="
                + parameters.lanes + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Takes the same time whatever differs. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, parameters, salt, hash.length));
    }

    /** Whether less work went into it than into a new one. */
    boolean isWeakerThan(Parameters wanted) {
        return parameters.memoryKibibytes < wanted.memoryKibibytes
                || parameters.iterations < wanted.iterations
                || hash.length < HASH_BYTES;
    }

    /** The same characters give the same bytes on each keyboard (NIST SP 800-63B, section 5.1.1.2). */
    private static byte[] compute(String password, Parameters parameters, byte[] salt, int bytes) {
        byte[] secret = Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        byte[] hash = generate(secret, parameters, salt, new byte[0], new byte[0], bytes);
        Arrays.fill(secret, (byte) 0);
        return hash;
    }

    /**
     * The function of RFC 9106 with all its inputs.
     *
     * @param key its "secret value"
     * @param associated its "associated data"
     */
    static byte[] generate(
            byte[] password, Parameters parameters, byte[] salt, byte[] key, byte[] associated, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(parameters.memoryKibibytes)
                .withIterations(parameters.iterations)
                .withParallelism(parameters.lanes)
                .withSalt(salt)
                .withSecret(key)
                .withAdditional(associated)
                .build());
        byte[] hash = new byte[bytes];
        generator.generateBytes(password, hash);
        return hash;
    }

    @Override
    public String toString() {
        return "[password hash]";
    }
}
