package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import levee.telemetry.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Version lines of RFC 4253 section 4.2. */
class SshVersionTest {

    @Test
    void bothSidesSayTheirs() {
        assertThat(Said.byServer(2_222, "SSH-2.0-OpenSSH_9.6p1 Debian\r\n"))
                .singleElement()
                .satisfies(said -> {
                    assertThat(said.kind()).isEqualTo(EventKind.SSH);
                    assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:2222");
                    assertThat(said.isResponse()).isTrue();
                    assertThat(said.more()).isEqualTo("SSH-2.0-OpenSSH_9.6p1 Debian");
                    assertThat(said.detail()).isEmpty();
                });
        assertThat(Said.byClient(22, "SSH-2.0-Go\n")).singleElement().satisfies(said -> {
            assertThat(said.ends()).isEqualTo("10.0.0.1:50000 > 10.0.0.2:22");
            assertThat(said.isRequest()).isTrue();
            assertThat(said.detail()).isEqualTo("SSH-2.0-Go");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-Go", "SSH-x.0-a\r\n", "SSH-20-a-b\r\n", "SSH-2.0\r\n", "SSH-2.0-\u0001\r\n"})
    void otherTextIsNoEvent(String line) {
        assertThat(Said.byClient(22, line)).isEmpty();
    }

    @Test
    void aLineHasAnEnd() {
        assertThat(Said.byClient(22, "SSH-2.0-" + "a".repeat(245) + "\n")).hasSize(1);
        assertThat(Said.byClient(22, "SSH-2.0-" + "a".repeat(247) + "\n")).isEmpty();
    }
}
