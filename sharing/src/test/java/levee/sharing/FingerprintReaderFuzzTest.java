package levee.sharing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class FingerprintReaderFuzzTest {

    /** What can be read can be compared with traffic, and told. */
    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] input) throws IOException {
        try {
            FingerprintMatcher matcher =
                    new FingerprintMatcher(FingerprintReader.read(new ByteArrayInputStream(input)));
            matcher.add(Rows.udp("192.0.2.1", 53, "203.0.113.9", 4_000, 500).asking("abused.example"));
            matcher.add(Rows.syn("192.0.2.1", 4_000, "203.0.113.9", 443));
            MatchText.of(matcher.result());
            MatchJson.of(matcher.result());
        } catch (FingerprintException e) {
            // It is told apart from a fingerprint.
        }
    }
}
