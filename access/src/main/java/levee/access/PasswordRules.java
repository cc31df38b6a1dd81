package levee.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which passwords are refused (OWASP ASVS 4.0.3, section 2.1): short ones, and those that are guessed first. Which
 * characters there are does not matter.
 */
public final class PasswordRules {
    public static final int FEWEST_CHARACTERS = 12;
    public static final int MOST_CHARACTERS = 128;

    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /** Why a password is refused, if it is. The answer does not repeat it. */
    public static Optional<String> refusal(String password, String accountName) {
        // ASVS 2.1.1: counted after several spaces were taken for one.
        String counted = password.replaceAll(" {2,}", " ");
        int characters = counted.codePointCount(0, counted.length());
        if (characters < FEWEST_CHARACTERS) {
            return Optional.of("it has " + characters + " characters, and needs at least " + FEWEST_CHARACTERS
                    + "; some words in a row are good");
        }
        if (password.codePointCount(0, password.length()) > MOST_CHARACTERS) {
            return Optional.of("it has more than " + MOST_CHARACTERS + " characters");
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("it holds a character that cannot be typed");
        }
        String plain = plain(password);
        if (COMMON.contains(plain)) {
            return Optional.of("it is one of those that are guessed first");
        }
        if (plain.contains("levee")) {
            return Optional.of("it holds the name of Levee, which is guessed first");
        }
        if (plain.contains(plain(accountName))) {
            return Optional.of("it holds the name of the account, which is guessed first");
        }
        return Optional.empty();
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    static Set<String> commonPasswords() {
        return COMMON;
    }

    private static Set<String> common() {
        try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of common passwords is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
