package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Files that claim to be a cache. */
class ExporterCacheFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void whatIsLoadedIsSavedAlikeAndTheRestRefused(byte[] input) throws IOException {
        load(input);
        // The checksum keeps a fuzzer out; with the right one it gets behind it.
        CRC32C checksum = new CRC32C();
        checksum.update(input);
        byte[] sealed = ByteBuffer.allocate(input.length + 8)
                .put(input)
                .putLong(checksum.getValue())
                .array();
        load(sealed);
    }

    private static void load(byte[] bytes) throws IOException {
        ExporterTable table = ExporterTable.open(1);
        try {
            ExporterCache.load(table, new ByteArrayInputStream(bytes), ExportFile.NANOS);
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("exporter cache");
            assertThat(table.statistics()).isEmpty();
            return;
        }
        ByteArrayOutputStream once = new ByteArrayOutputStream();
        ExporterCache.save(table, once);
        ExporterTable again = ExporterTable.open(2);
        ExporterCache.load(again, new ByteArrayInputStream(once.toByteArray()), ExportFile.NANOS);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        ExporterCache.save(again, twice);
        assertThat(twice.toByteArray()).isEqualTo(once.toByteArray());
        assertThat(table.templateBytes())
                .isLessThanOrEqualTo(ExporterLimits.defaults().templateBytes());
    }
}
