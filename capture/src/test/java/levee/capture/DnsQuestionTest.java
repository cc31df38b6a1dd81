package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DnsQuestionTest {
    private final DnsQuestion question = new DnsQuestion();

    @Test
    void nameInLowerCaseAndType() {
        assertThat(read(message(1, 46, "PizzaSEO", "com"))).isTrue();
        assertThat(question.name()).hasToString("pizzaseo.com");
        assertThat(question.type()).isEqualTo(46);
    }

    @Test
    void rootIsADot() {
        assertThat(read(message(1, 2))).isTrue();
        assertThat(question.name()).hasToString(".");
    }

    @Test
    void whatIsNotPrintableIsEscaped() {
        assertThat(read(message(1, 1, "a.b\\", "\u0000\u001b\u00ff"))).isTrue();
        assertThat(question.name()).hasToString("a\\.b\\\\.\\000\\027\\255");
    }

    @Test
    void longestName() {
        String label = "x".repeat(63);
        assertThat(read(message(1, 1, label, label, label, "x".repeat(61)))).isTrue();
        assertThat(question.name()).hasSize(253);
        assertThat(read(message(1, 1, label, label, label, "x".repeat(62)))).isFalse();
    }

    @Test
    void noQuestion() {
        assertThat(read(message(0, 1, "a"))).isFalse();
        assertThat(read(new byte[0])).isFalse();
    }

    @Test
    void messageThatWasCutOff() {
        byte[] whole = message(1, 1, "abc", "example");
        // The class of the question is not needed.
        for (int length = 0; length < whole.length - 2; length++) {
            assertThat(read(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc0, 0xff, 0x40, 0x80})
    void pointersAndReservedLabelsAreNoNames(int first) {
        byte[] message = message(1, 1, "abc");
        message[12] = (byte) first;

        assertThat(read(message)).isFalse();
    }

    private boolean read(byte[] payload) {
        PacketDetails details = new PacketDetails(2);
        details.note(1, 100, 0, ByteBuffer.wrap(payload), 0, payload.length);
        return question.read(details, 1);
    }

    private static byte[] message(int questions, int type, String... labels) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 1, (byte) 0x84, 0, 0, (byte) questions, 0, 0, 0, 0, 0, 0});
        for (String label : labels) {
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(ISO_8859_1));
        }
        bytes.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
        return bytes.toByteArray();
    }
}
