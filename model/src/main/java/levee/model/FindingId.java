package levee.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Identifiers of findings: the same for the same kind, subject and start, so that a rerun gives the same. */
public final class FindingId {
    private static final int BYTES = 8;

    private FindingId() {}

    public static String of(String kind, String subject, Instant start) {
        String text = kind + "\n" + subject + "\n" + start;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return kind + "-" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
