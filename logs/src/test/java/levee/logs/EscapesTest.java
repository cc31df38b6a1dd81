package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "ZEEK a\\x41b aAb",
                "ZEEK a\\\\b a\\b",
                "ZEEK a\\x4 ax4",
                "ZEEK a\\ a\\",
                "JSON a\\/b a/b",
                "JSON \\u0041\\u00e9\\u20ac Aé€",
                "JSON \\ud83d\\ude00! 😀!",
                "JSON \\ud83d! \ufffd!",
                "JSON \\ude00\\ud83d \ufffd\ufffd",
                "JSON \\u00 u00",
                "JSON \\\" \"",
                "QUOTES a\"\"b a\"b",
            })
    void meansWhatWasMeant(Escapes escapes, String escaped, String plain) {
        assertThat(unescape(escapes, escaped.getBytes(UTF_8))).isEqualTo(plain.getBytes(UTF_8));
    }

    @Test
    void anyBytesMayCome() {
        SplittableRandom random = new SplittableRandom(9);
        byte[] letters = "\\xu0aFd8\"n".getBytes(ISO_8859_1);
        byte[] target = new byte[259];
        for (int i = 0; i < 20_000; i++) {
            byte[] text = new byte[random.nextInt(40)];
            for (int k = 0; k < text.length; k++) {
                text[k] = letters[random.nextInt(letters.length)];
            }
            for (Escapes escapes : Escapes.values()) {
                assertThat(escapes.unescape(text, 0, text.length, target)).isBetween(0, text.length);
            }
        }
    }

    @Test
    void whatFindsNoRoomIsLeftOut() {
        byte[] target = new byte[10];
        assertThat(Escapes.JSON.unescape("\\n".repeat(100).getBytes(ISO_8859_1), 0, 200, target))
                .isBetween(7, 10);
    }

    private static byte[] unescape(Escapes escapes, byte[] bytes) {
        byte[] target = new byte[300];
        int length = escapes.unescape(bytes, 0, bytes.length, target);
        return Arrays.copyOf(target, length);
    }
}
