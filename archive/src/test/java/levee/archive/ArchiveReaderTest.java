package levee.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import levee.archive.SampleRows.Row;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveReaderTest {
    private static final Instant BEGUN = Instant.parse("2026-03-02T09:00:00Z");

    @TempDir
    private Path folder;

    private final List<FlowBatch> batches = new ArrayList<>();
    private final List<byte[]> blocks = new ArrayList<>();

    /** Blocks of a few rows each. */
    private void blocks(int count) {
        try (BlockEncoder encoder = new BlockEncoder(SampleRows::exporter, 7)) {
            for (int i = 0; i < count; i++) {
                FlowBatch batch = SampleRows.batch(new SplittableRandom(i), 3 + i);
                batches.add(batch);
                int length = encoder.encode(SampleRows.block(batch));
                blocks.add(Arrays.copyOf(encoder.bytes(), length));
            }
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        int length = parts.stream().mapToInt(part -> part.length).sum();
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private void file(int number, byte[] bytes) throws IOException {
        Files.write(ArchiveFile.of(folder, number, BEGUN).path(), bytes);
    }

    /** What a scan sees: of each block its rows. */
    private static final class Seen implements ArchiveReader.Visitor {
        final List<List<Row>> blocks = new ArrayList<>();
        long done;
        long total;

        @Override
        public void visit(FlowBlock block, int[] rows, int count) {
            blocks.add(SampleRows.rows(block, rows, count));
        }

        @Override
        public void progress(long bytes, long totalBytes) {
            assertThat(bytes).isBetween(done, totalBytes);
            done = bytes;
            total = totalBytes;
        }
    }

    private ArchiveReader.Summary scan(Seen seen) throws IOException {
        return new ArchiveReader(folder).scan(FlowFilter.ALL, seen);
    }

    private List<Row> rows(int block) {
        return SampleRows.rows(batches.get(block));
    }

    @Test
    void newestComesFirstByTheOrderOfReceipt() throws IOException {
        blocks(4);
        file(9, joined(blocks.subList(0, 2)));
        file(10, joined(blocks.subList(2, 4)));
        Seen seen = new Seen();
        ArchiveReader.Summary summary = scan(seen);

        assertThat(seen.blocks).containsExactly(rows(3), rows(2), rows(1), rows(0));
        assertThat(summary).isEqualTo(new ArchiveReader.Summary(2, 4, 0, 0, 0, List.of()));
        assertThat(seen.done).isEqualTo(seen.total).isPositive();
    }

    @Test
    void folderThatIsNotThereHoldsNothing() throws IOException {
        ArchiveReader reader = new ArchiveReader(folder.resolve("nowhere"));

        assertThat(reader.scan(FlowFilter.ALL, new Seen()))
                .isEqualTo(new ArchiveReader.Summary(0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void otherFilesAreNoneOfOurs() throws IOException {
        blocks(1);
        file(1, blocks.get(0));
        Files.writeString(folder.resolve("000000000002-20260302T090000Z.flows.bak"), "something");
        Files.writeString(folder.resolve("000000000002-20261302T090000Z.flows"), "no such month");
        Files.createDirectory(folder.resolve("000000000003-20260302T090000Z.flows"));
        Seen seen = new Seen();
        ArchiveReader.Summary summary = scan(seen);

        assertThat(seen.blocks).containsExactly(rows(0));
        assertThat(summary.files()).isEqualTo(2);
        assertThat(summary.unreadable()).hasSize(1);
    }

    @Test
    @Tag("slow")
    void cutOffAnywhereItIsReadUpToTheLastWholeBlock() throws IOException {
        blocks(3);
        byte[] whole = joined(blocks);
        int first = blocks.get(0).length;
        int second = first + blocks.get(1).length;
        // Behind another file, so that it cannot be one that is being written.
        file(2, blocks.get(0));
        for (int length = 0; length <= whole.length; length++) {
            file(1, Arrays.copyOf(whole, length));
            Seen seen = new Seen();
            ArchiveReader.Summary summary = scan(seen);

            int blocksLeft = length < first ? 0 : length < second ? 1 : length < whole.length ? 2 : 3;
            boolean between = length == 0 || length == first || length == second || length == whole.length;
            assertThat(seen.blocks).as("cut off after " + length).hasSize(1 + blocksLeft);
            for (int i = 0; i < blocksLeft; i++) {
                assertThat(seen.blocks.get(blocksLeft - i)).isEqualTo(rows(i));
            }
            assertThat(summary.cutOff()).as("cut off after " + length).isEqualTo(between ? 0 : 1);
            assertThat(summary.damaged()).as("cut off after " + length).isZero();
        }
    }

    @Test
    void blockThatIsBeingWrittenIsNoNews() throws IOException {
        blocks(2);
        file(1, Arrays.copyOf(joined(blocks), blocks.get(0).length + 100));
        Seen seen = new Seen();

        assertThat(scan(seen)).isEqualTo(new ArchiveReader.Summary(1, 1, 0, 0, 0, List.of()));
        assertThat(seen.blocks).containsExactly(rows(0));
    }

    @Test
    @Tag("slow")
    void damageCostsItsBlockOnly() throws IOException {
        blocks(3);
        byte[] whole = joined(blocks);
        int first = blocks.get(0).length;
        int second = first + blocks.get(1).length;
        for (int at = first; at < second; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            file(1, damaged);
            Seen seen = new Seen();
            ArchiveReader.Summary summary = scan(seen);

            assertThat(seen.blocks).as("damaged at " + at).containsExactly(rows(2), rows(0));
            assertThat(summary.damaged()).as("damaged at " + at).isEqualTo(1);
        }
    }

    @Test
    void garbageBetweenBlocksIsPassedOver() throws IOException {
        blocks(2);
        byte[] garbage = new byte[200_000];
        new SplittableRandom(1).nextBytes(garbage);
        // A magic without a block.
        BlockHeader.putLong(garbage, 65_530, BlockHeader.MAGIC);
        file(1, joined(List.of(garbage, blocks.get(0), garbage, blocks.get(1), garbage)));
        Seen seen = new Seen();
        ArchiveReader.Summary summary = scan(seen);

        assertThat(seen.blocks).containsExactly(rows(1), rows(0));
        assertThat(summary.damaged()).isEqualTo(3);
    }
}
