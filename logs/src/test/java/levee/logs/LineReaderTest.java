package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void cutsLinesWithoutTheirEnds() throws IOException {
        assertThat(lines("a\nb\r\n\nc")).containsExactly("a", "b", "", "c");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).containsExactly("");
        assertThat(lines("\u00ef\u00bb\u00bfa\n\u00ef\u00bb\u00bfb")).containsExactly("a", "\u00ef\u00bb\u00bfb");
    }

    @Test
    void skipsAndCountsOverlongLines() throws IOException {
        String longest = "x".repeat(LineReader.MAXIMUM_LENGTH);
        for (int excess : new int[] {1, 2, LineReader.MAXIMUM_LENGTH, 10 * LineReader.MAXIMUM_LENGTH}) {
            String overlong = longest + "y".repeat(excess);
            LineReader reader = reader("a\n" + overlong + "\n" + longest + "\nb\n" + overlong);
            assertThat(remaining(reader)).containsExactly("a", longest, "b");
            assertThat(reader.overlongLines()).isEqualTo(2);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void readsTheSameInPiecesOfAnySize() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            expected.add("z".repeat(random.nextInt(random.nextInt(1, 20_000))));
        }
        byte[] bytes = (String.join("\n", expected) + "\n").getBytes(ISO_8859_1);
        InputStream trickle = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, random.nextInt(1, 5_000)));
            }
        };
        LineReader reader = new LineReader(trickle);
        assertThat(remaining(reader)).isEqualTo(expected);
        assertThat(reader.bytesRead()).isEqualTo(bytes.length);
    }

    private static List<String> lines(String text) throws IOException {
        return remaining(reader(text));
    }

    private static LineReader reader(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
    }

    private static List<String> remaining(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(new String(reader.buffer(), reader.start(), reader.end() - reader.start(), ISO_8859_1));
        }
        return lines;
    }
}
