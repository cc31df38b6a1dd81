package levee.alert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A password or key, which shows itself only to the code that needs it. */
public final class Secret {
    private static final int MOST_BYTES = 8_192;
    private static final String HIDDEN = "[secret]";

    /** Shorter texts occur by chance in messages, and hiding them would tell what they are. */
    private static final int LEAST_TO_REDACT = 4;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException if it is empty
     */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a secret is empty");
        }
        return new Secret(text);
    }

    /**
     * Reads a file of at most 8 KiB of UTF-8; the line end after it does not belong to the secret.
     *
     * @throws IOException if the file cannot be read, or holds no such text
     */
    public static Secret fromFile(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException("the secret in " + file + " is longer than " + MOST_BYTES + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("the secret in " + file + " is not UTF-8");
        }
        text = text.replaceFirst("\r?\n\\z", "");
        if (text.isEmpty()) {
            throw new IOException("there is no secret in " + file);
        }
        return new Secret(text);
    }

    /**
     * @param environment gives the value of a variable, or null; {@code System::getenv}
     * @throws IllegalArgumentException if the variable is not set, or is empty
     */
    public static Secret fromEnvironment(String name, Environment environment) {
        @Nullable String value = environment.value(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return new Secret(value);
    }

    /** The variables of the environment. */
    @FunctionalInterface
    public interface Environment {
        @Nullable
        String value(String name);
    }

    String reveal() {
        return text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A text that may quote the secret, without it. */
    UnaryOperator<String> redaction() {
        return message -> text.length() < LEAST_TO_REDACT ? message : message.replace(text, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
