package levee.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token that callers prove themselves with. Only its SHA-256 hash is kept, and nothing of it is ever printed. A plain
 * hash suffices because tokens are random and long, unlike passwords.
 */
public final class AccessToken {
    private static final int FEWEST_CHARACTERS = 20;
    private static final int LARGEST_FILE = 4096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    /** RFC 6750 section 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final String name;
    private final Scope scope;
    private final Optional<String> customer;
    private final byte[] hash;

    private AccessToken(String name, Scope scope, Optional<String> customer, byte[] hash) throws ServerException {
        if (!NAME.matcher(name).matches()) {
            throw new ServerException("'" + printable(name)
                    + "' cannot name a token: names have 1 to 64 letters, digits, dots, hyphens, underscores or @");
        }
        this.name = name;
        this.scope = scope;
        this.customer = customer;
        this.hash = hash;
    }

    /**
     * A token of which only the hash is known.
     *
     * @param name who acts with it, for the audit
     * @param sha256 the hash of the token's characters, as 64 hexadecimal digits
     */
    public static AccessToken ofHash(String name, Scope scope, String sha256) throws ServerException {
        String digits = sha256.strip();
        if (!digits.matches("[0-9A-Fa-f]{64}")) {
            throw new ServerException("The hash of token '" + printable(name)
                    + "' is not 64 hexadecimal digits; make one with: printf %s \"$TOKEN\" | sha256sum");
        }
        return new AccessToken(name, scope, Optional.empty(), HexFormat.of().parseHex(digits));
    }

    /**
     * A token that stands alone in a file.
     *
     * @param name who acts with it, for the audit
     */
    public static AccessToken ofFile(String name, Scope scope, Path file) throws ServerException {
        String token;
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ServerException(file + " is too long for a token");
            }
            token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new ServerException("The token '" + printable(name) + "' cannot be read from " + file, e);
        }
        if (token.length() < FEWEST_CHARACTERS || !TOKEN.matcher(token).matches()) {
            throw new ServerException(file + " holds no good token: it needs at least " + FEWEST_CHARACTERS
                    + " letters, digits or . _ ~ + / - on one line; make one with: openssl rand -hex 32");
        }
        return new AccessToken(name, scope, Optional.empty(), hash(token));
    }

    /**
     * The same, limited to the networks of a customer.
     *
     * @throws ServerException if the scope is for something that has no customers
     */
    public AccessToken ofCustomer(Optional<String> limitedTo) throws ServerException {
        if (limitedTo.isPresent() && scope == Scope.METRICS) {
            throw new ServerException(
                    "The token '" + name + "' is for metrics, which are of all networks: leave its customer out");
        }
        return new AccessToken(name, scope, limitedTo, hash);
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public String name() {
        return name;
    }

    public Scope scope() {
        return scope;
    }

    /** To whose networks it is limited, if it is. */
    public Optional<String> customer() {
        return customer;
    }

    /** Whether this is the hash of the token; takes the same time whatever differs. */
    boolean hasHash(byte[] candidate) {
        return MessageDigest.isEqual(hash, candidate);
    }

    private static String printable(String text) {
        String shown = text.length() > 64 ? text.substring(0, 64) : text;
        return shown.replaceAll("[^ -~]", "?");
    }

    @Override
    public String toString() {
        return "token " + name;
    }
}
