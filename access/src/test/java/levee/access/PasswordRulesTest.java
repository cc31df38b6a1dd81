package levee.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tomatoes in winter",
                "aaaaaaaaaaab",
                "Καλημέρα κόσμε",
                "🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌧",
                "only lower case words"
            })
    void longOnesAreGoodWhateverTheyConsistOf(String password) {
        assertThat(PasswordRules.refusal(password, "ada")).isEmpty();
    }

    @Test
    void lengthIsThatOfAsvs() {
        assertThat(PasswordRules.refusal("elevenchars", "ada")).get().asString().contains("at least 12");
        assertThat(PasswordRules.refusal("twelve chars", "ada")).isEmpty();
        assertThat(PasswordRules.refusal("x          y", "ada"))
                .get()
                .asString()
                .contains("3 characters");
        assertThat(PasswordRules.refusal("ab".repeat(64), "cy")).isEmpty();
        assertThat(PasswordRules.refusal("ab".repeat(64) + "a", "cy"))
                .get()
                .asString()
                .contains("more than 128");
        // Characters count, not what they are made of.
        assertThat(PasswordRules.refusal("🌊".repeat(6), "ada"))
                .get()
                .asString()
                .contains("6 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "PasswordPassword",
                "Password1234",
                "1q2w3e4r5t6y",
                "ＰＡＳＳＷＯＲＤ１２３４",
                "i am ADA, hello",
                "my levee server",
                "tab\tin the middle"
            })
    void whatIsGuessedFirstIsRefused(String password) {
        assertThat(PasswordRules.refusal(password, "ada"))
                .hasValueSatisfying(why -> assertThat(why).doesNotContain(password));
    }

    @Test
    void theListHoldsOnlyWhatTheLengthDoesNotRefuse() {
        assertThat(PasswordRules.commonPasswords())
                .hasSizeGreaterThan(1_000)
                .allMatch(password -> password.length() >= PasswordRules.FEWEST_CHARACTERS
                        && password.equals(password.toLowerCase(java.util.Locale.ROOT)));
    }
}
