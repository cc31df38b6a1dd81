package levee.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The style of the page, and the policy that allows this style and nothing else (W3C Content Security Policy 3). */
public final class Stylesheet {
    private static final String RESOURCE = "page.css";

    private Stylesheet() {}

    /** Of the page of a report. */
    public static String text() {
        try (InputStream css = Objects.requireNonNull(Stylesheet.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No script, no picture, no font, no form, no address of any other machine: only this style. */
    static String policy(String css) {
        return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-" + digest(css) + "'";
    }

    private static String digest(String css) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
