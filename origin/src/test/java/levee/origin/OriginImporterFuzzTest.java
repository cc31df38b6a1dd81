package levee.origin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class OriginImporterFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] text) throws IOException {
        OriginImporter importer = new OriginImporter();
        importer.read(new ByteArrayInputStream(text), lines -> {});
        OriginTable table = importer.build();
        for (int i = 0; i < 256; i++) {
            int system = table.find(0, 0xffff_0000_0000L | (long) i << 24);
            if (system != OriginTable.NONE && table.number(system) < 1) {
                throw new AssertionError("a system without a number");
            }
        }
    }
}
