package levee.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;

class FormFuzzTest {
    /** What somebody sends as a form is one, or refused as what it is. */
    @FuzzTest(maxDuration = "10m")
    void anyBytesAreAFormOrNone(byte[] bytes) {
        try {
            Form form = Form.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(form.exact("password").length()).isLessThanOrEqualTo(bytes.length);
            form.text("name").ifPresent(name -> assertThat(name).isNotEmpty());
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
        }
    }

    /** Where browsers are led after a sign-in is on this server, whatever was asked for. */
    @FuzzTest(maxDuration = "10m")
    void anyTextLeadsToThisServer(byte[] bytes) {
        String path = LocalPath.orRoot(new String(bytes, StandardCharsets.UTF_8));
        assertThat(URI.create("https://levee.example/")
                        .resolve(path.replaceAll("[^!-~]|%(?![0-9A-Fa-f]{2})", "_"))
                        .getHost())
                .isEqualTo("levee.example");
        assertThat(new String(LocalPath.step(path), StandardCharsets.UTF_8)).doesNotContain("<script");
        assertThat(path).doesNotContain("\r", "\n", "\"", "<", ">", "\\");
    }
}
