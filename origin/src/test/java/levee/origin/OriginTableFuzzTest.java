package levee.origin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class OriginTableFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] file) {
        try {
            OriginTable.read(new ByteArrayInputStream(file)).find(0, 0xffff_c000_0201L);
        } catch (IOException e) {
            // It is no table, and says so.
        }
    }
}
