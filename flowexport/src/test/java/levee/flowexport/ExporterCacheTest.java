package levee.flowexport;

import static levee.flowexport.Wire.ipfix;
import static levee.flowexport.Wire.netFlow9;
import static levee.flowexport.Wire.set;
import static levee.flowexport.Wire.shorts;
import static levee.flowexport.Wire.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExporterCacheTest {
    private static final Wire FLOW = template(256, 8, 4, 12, 4, 48, 1, 1, 4);
    private static final Wire RECORD =
            new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u8(3).u32(100);

    /** What a decoder with templates, a sampler and a sequence has learnt. */
    private static byte[] saved() throws IOException {
        Decoding before = new Decoding();
        Wire options = shorts(300, 4, 12, 1, 4, 48, 1, 49, 1, 50, 4);
        before.add(netFlow9(
                41,
                0,
                set(0, FLOW),
                set(1, options),
                set(300, new Wire().u32(0).u8(3).u8(2).u32(1_000))));
        Wire enterprise = shorts(256, 4, 8, 4, 12, 4, 0x8000 | 1, 4).u32(35_632).add(shorts(1, 4));
        before.add(ipfix(7, 5, set(2, enterprise)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExporterCache.save(before.table, out);
        return out.toByteArray();
    }

    private static ExporterTable load(byte[] bytes) throws IOException {
        ExporterTable table = ExporterTable.open(2);
        ExporterCache.load(table, new ByteArrayInputStream(bytes), ExportFile.NANOS);
        return table;
    }

    @Test
    void aRestartForgetsNothing() throws IOException {
        Decoding after = new Decoding(load(saved()), 64);
        assertThat(after.add(netFlow9(44, 0, set(256, RECORD))))
                .extracting(Row::samplingRate)
                .containsExactly(1_000);
        // Numbers 42 and 43 came while nobody listened.
        assertThat(after.statistics().lost()).isEqualTo(2);
        Wire record = new Wire().ipv4("192.0.2.1").ipv4("192.0.2.2").u32(0).u32(60);
        assertThat(after.add(ipfix(7, 5, set(256, record)))).hasSize(1);
        assertThat(after.statistics().templates()).isEqualTo(3);
    }

    @Test
    void whatIsLoadedIsSavedAlike() throws IOException {
        byte[] bytes = saved();
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        ExporterCache.save(load(bytes), again);
        assertThat(again.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void anyDamageIsRefused() throws IOException {
        byte[] bytes = saved();
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x41;
            ExporterTable table = ExporterTable.open(2);
            assertThatThrownBy(() -> ExporterCache.load(table, new ByteArrayInputStream(damaged), ExportFile.NANOS))
                    .isInstanceOf(IOException.class);
            assertThat(table.statistics()).isEmpty();
        }
    }

    @Test
    void anyTruncationAndAdditionIsRefused() throws IOException {
        byte[] bytes = saved();
        for (int length = 0; length < bytes.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> load(shorter)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> load(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("follows");
    }

    @Test
    void moreThanThereIsRoomForIsRefused() throws IOException {
        byte[] bytes = saved();
        ExporterLimits tight = new ExporterLimits(4, 1, 8, 16, 1 << 16, 4, 2_000, 5_000, 1, 1, 1);
        ExporterTable table = new ExporterTable(List.of(), tight, 1);
        assertThatThrownBy(() -> ExporterCache.load(table, new ByteArrayInputStream(bytes), ExportFile.NANOS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("domains");
    }
}
