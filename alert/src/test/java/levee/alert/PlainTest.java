package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void controlsBecomeSpaces() {
        assertThat(Plain.line("a\r\nb\u0000c\u001bd\u0085e\u2028f\u202eg\u200bh", 100))
                .isEqualTo("a  b c d e f g h");
        assertThat(Plain.ascii("a\r\n\u00e4\ud83d\ude00\u007f", 100)).isEqualTo("a  ?? ");
    }

    @Test
    void longTextIsCut() {
        assertThat(Plain.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Plain.line("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Plain.line("abcd\ud83d\ude00g", 6)).isEqualTo("abcd…");
    }

    @Test
    void anyTextIsOneLineOfValidCharacters() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append((char) random.nextInt(0x10000));
            }
            String line = Plain.line(text.toString(), 10);
            assertThat(line.length()).isLessThanOrEqualTo(10);
            assertThat(line.codePoints()
                            .noneMatch(c -> Character.isISOControl(c)
                                    || Character.getType(c) == Character.SURROGATE
                                    || c == '\u2028'
                                    || c == '\u2029'))
                    .isTrue();
        }
    }
}
