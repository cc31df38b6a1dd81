package levee.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import levee.access.PasswordHash.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final Parameters QUICK = new Parameters(64, 1, 1);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** RFC 9106, section 5.3. */
    @Test
    void theTestVectorOfTheStandardHolds() {
        byte[] tag = PasswordHash.generate(
                filled(32, 1), new Parameters(32, 3, 4), filled(16, 2), filled(8, 3), filled(12, 4), 32);

        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void aHashSurvivesTheStore() {
        PasswordHash made = PasswordHash.make("a long password", PasswordHash.USUAL, RANDOM);

        assertThat(made.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        PasswordHash read = PasswordHash.parse(made.text());
        assertThat(read.matches("a long password")).isTrue();
        assertThat(read.matches("a long passwore")).isFalse();
        assertThat(read.matches("")).isFalse();
        assertThat(read.text()).isEqualTo(made.text());
    }

    @Test
    void twoOfTheSamePasswordDiffer() {
        assertThat(PasswordHash.make("a long password", QUICK, RANDOM).text())
                .isNotEqualTo(
                        PasswordHash.make("a long password", QUICK, RANDOM).text());
    }

    @Test
    void theSameCharactersInAnotherFormAreTheSamePassword() {
        PasswordHash composed = PasswordHash.make("Gr\u00fc\u00dfe aus K\u00f6ln", QUICK, RANDOM);

        assertThat(composed.matches("Gru\u0308\u00dfe aus Ko\u0308ln")).isTrue();
        assertThat(composed.matches("Gruße aus Koln")).isFalse();
    }

    @Test
    void oneOfLessWorkIsWeaker() {
        assertThat(PasswordHash.make("x", QUICK, RANDOM).isWeakerThan(PasswordHash.USUAL))
                .isTrue();
        assertThat(PasswordHash.make("x", QUICK, RANDOM).isWeakerThan(QUICK)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=19$m=64,t=999,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=19$m=64,t=1,p=0$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=19$m=7,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=19$m=64,t=1,p=1$c29t$c29tZXNhbHRzb21lc2FsdA",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$c29t",
                "$argon2id$v=19$m=64,t=1,p=1$c$c29tZXNhbHRzb21lc2FsdA"
            })
    void whatIsNoHashIsRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordHash.parse(text))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("c29t", "secret"));
    }

    @Test
    void nothingOfItIsPrinted() {
        PasswordHash hash = PasswordHash.make("a long password", QUICK, RANDOM);

        assertThat(hash.toString()).doesNotContain("argon2id", "password)");
    }
}
