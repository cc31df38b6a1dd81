package levee.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

class CursorFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] bytes) {
        check(new String(bytes, StandardCharsets.ISO_8859_1));
        check(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static void check(String text) {
        try {
            Cursor cursor = Cursor.parse(Cursor.FINDINGS, text);
            assertThat(Cursor.parse(Cursor.FINDINGS, cursor.text())).isEqualTo(cursor);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("cursor");
        }
    }
}
