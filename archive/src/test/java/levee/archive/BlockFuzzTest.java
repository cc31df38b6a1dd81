package levee.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import levee.archive.BlockDecoder.Outcome;
import levee.model.Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any bytes can be read as a file of the archive, also where all checksums are right. */
class BlockFuzzTest {
    private static final FlowFilter SOME = new FlowFilter(
            List.of(Prefix.parse("0.0.0.0/1")), List.of(), OptionalInt.of(443), Set.of(6), Set.of(), 0, Long.MAX_VALUE);

    private static final List<BlockDecoder> DECODERS =
            List.of(new BlockDecoder(FlowFilter.ALL), new BlockDecoder(SOME));
    private static final BlockFinder FINDER = new BlockFinder();
    private static final FlowBlock BLOCK = new FlowBlock();

    @FuzzTest(maxDuration = "60s")
    void readsAnything(byte[] bytes) throws IOException {
        read(bytes);
        byte[] mended = bytes.clone();
        mend(mended);
        read(mended);
    }

    /** A fuzzer that begins with nothing is long in coming to a block; this begins with one. */
    @Test
    @Tag("slow")
    void readsBlocksWithAnythingInTheirPlaces() throws IOException {
        byte[] sound;
        try (BlockEncoder encoder = new BlockEncoder(SampleRows::exporter, 7)) {
            int length = encoder.encode(SampleRows.block(SampleRows.batch(new SplittableRandom(1), 30)));
            sound = Arrays.copyOf(encoder.bytes(), length);
        }
        SplittableRandom random = new SplittableRandom(2);
        int[] outcomes = new int[Outcome.values().length];
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = sound.clone();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                // Most of what matters is in the header.
                int at = random.nextInt(8, random.nextBoolean() ? 400 : bytes.length);
                bytes[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(256));
            }
            mend(bytes);
            outcomes[read(bytes).ordinal()]++;
        }
        // With all checksums right many are read, and many are refused for what they say.
        assertThat(outcomes).doesNotContain(0);
    }

    /** Makes the checksums right, of the header and of its sections, as far as that is possible. */
    private static void mend(byte[] bytes) {
        int length = bytes.length < BlockHeader.FIXED ? 0 : BlockHeader.lengthAt(bytes, 0);
        if (length == 0 || length > bytes.length) {
            return;
        }
        CRC32C crc = new CRC32C();
        long at = length;
        int sections = BlockHeader.getInt(bytes, 92);
        long sum = 0;
        for (int i = 0; i < sections; i++) {
            int entry = BlockHeader.FIXED + i * BlockHeader.SECTION;
            int size = BlockHeader.getInt(bytes, entry + 4);
            if (size >= 0 && at + size <= bytes.length) {
                crc.reset();
                crc.update(bytes, (int) at, size);
                BlockHeader.putInt(bytes, entry + 16, (int) crc.getValue());
                at += size;
            }
            sum += size;
        }
        BlockHeader.putInt(bytes, 12, (int) sum);
        crc.reset();
        crc.update(bytes, 0, length - BlockHeader.CHECKSUM);
        BlockHeader.putInt(bytes, length - BlockHeader.CHECKSUM, (int) crc.getValue());
    }

    private static Outcome read(byte[] bytes) throws IOException {
        ByteSource source = ByteSource.of(bytes);
        FINDER.find(source);
        Outcome outcome = Outcome.DAMAGED;
        for (BlockDecoder decoder : DECODERS) {
            for (int i = 0; i < FINDER.count; i++) {
                outcome = decoder.read(source, FINDER.offsets[i], BLOCK);
                int matches = outcome == Outcome.READ ? decoder.matchingCount : 0;
                for (int match = 0; match < matches; match++) {
                    assertThat(BLOCK.exporterOf(decoder.matching[match])).isNotNull();
                }
            }
        }
        return outcome;
    }
}
