package levee.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokenTest {
    private static final String TOKEN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    @TempDir
    Path folder;

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("token"), content);
    }

    @Test
    void aFileAndAHashAreTheSameToken() throws Exception {
        AccessToken fromFile = AccessToken.ofFile("ann", Scope.WRITE, file(TOKEN + "\n"));
        AccessToken fromHash = AccessToken.ofHash("ann", Scope.WRITE, TestServer.hash(TOKEN));

        assertThat(fromFile.hasHash(AccessToken.hash(TOKEN))).isTrue();
        assertThat(fromHash.hasHash(AccessToken.hash(TOKEN))).isTrue();
        assertThat(fromHash.hasHash(AccessToken.hash(TOKEN + "x"))).isFalse();
    }

    @Test
    void hashesAreThoseOfTheUsualTool() {
        // printf %s abc | sha256sum
        assertThat(TestServer.hash("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void nothingOfATokenIsPrinted() throws Exception {
        assertThat(AccessToken.ofFile("ann", Scope.READ, file(TOKEN))).hasToString("token ann");
        assertThatThrownBy(() -> AccessToken.ofFile("ann", Scope.READ, file("short-secret")))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining("short-secret");
        assertThatThrownBy(() -> AccessToken.ofHash("ann", Scope.READ, TOKEN))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("sha256sum")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void badTokensAreRefused() throws Exception {
        for (String content :
                List.of("", "x".repeat(19), TOKEN + " " + TOKEN, TOKEN + "\n" + TOKEN, "x".repeat(5_000))) {
            assertThatThrownBy(() -> AccessToken.ofFile("ann", Scope.READ, file(content)))
                    .as(content)
                    .isInstanceOf(ServerException.class);
        }
        assertThatThrownBy(() -> AccessToken.ofFile("ann", Scope.READ, folder.resolve("missing")))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("missing");
        for (String name : List.of("", "a b", "a\n", "x".repeat(65))) {
            assertThatThrownBy(() -> AccessToken.ofHash(name, Scope.READ, TestServer.hash(TOKEN)))
                    .isInstanceOf(ServerException.class);
        }
    }
}
