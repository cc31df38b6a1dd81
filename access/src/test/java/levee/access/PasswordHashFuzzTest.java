package levee.access;

import com.code_intelligence.jazzer.junit.FuzzTest;

class PasswordHashFuzzTest {
    /** What is in the store is read, or refused as what it is. */
    @FuzzTest
    void anyTextIsAHashOrNone(byte[] bytes) {
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        try {
            String again = PasswordHash.parse(text).text();
            // Bits that base64 does not use may differ; nothing else.
            if (!PasswordHash.parse(again).text().equals(again)) {
                throw new AssertionError("it does not come back as it was: " + again);
            }
        } catch (IllegalArgumentException e) {
            // Refused.
        }
    }
}
