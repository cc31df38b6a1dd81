package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;

/** Whatever the file holds, it is taken as a whole or refused with a message. */
class LearnedRatesFuzzTest {

    @FuzzTest
    void load(FuzzedDataProvider data) throws IOException {
        boolean isSealed = data.consumeBoolean();
        byte[] bytes = data.consumeRemainingAsBytes();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(bytes);
        if (isSealed) {
            // With the right checksum the fuzzer gets further.
            CRC32C checksum = new CRC32C();
            checksum.update(bytes);
            new DataOutputStream(file).writeLong(checksum.getValue());
        }
        LearnedRates learned = new LearnedRates(64, 1);
        try {
            LearnedRatesFile.load(learned, new ByteArrayInputStream(file.toByteArray()), 1_772_442_000L);
        } catch (IOException e) {
            assertThat(learned.entries()).isEmpty();
            assertThat(e).hasMessageNotContaining("null");
        }
        assertThat(learned.highest(100)).hasSizeLessThanOrEqualTo(64);
    }
}
