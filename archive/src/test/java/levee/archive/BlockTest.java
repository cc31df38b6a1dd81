package levee.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import levee.archive.BlockDecoder.Outcome;
import levee.archive.SampleRows.Row;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockTest {

    private static byte[] encoded(FlowBatch batch) {
        try (BlockEncoder encoder = new BlockEncoder(SampleRows::exporter, 7)) {
            int length = encoder.encode(SampleRows.block(batch));
            return Arrays.copyOf(encoder.bytes(), length);
        }
    }

    private final FlowBlock block = new FlowBlock();

    private List<Row> decoded(byte[] bytes, FlowFilter filter) throws IOException {
        try (BlockDecoder decoder = new BlockDecoder(filter)) {
            return decoded(bytes, decoder);
        }
    }

    private List<Row> decoded(byte[] bytes, BlockDecoder decoder) throws IOException {
        return decoder.read(ByteSource.of(bytes), 0, block) == Outcome.READ
                ? SampleRows.rows(block, decoder.matching, decoder.matchingCount)
                : List.of();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 1_000, FlowBlock.CAPACITY})
    void anyRowsAreTheSameAgain(int rows) throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            FlowBatch batch = SampleRows.batch(new SplittableRandom(seed * 1_000_003L + rows), rows);

            assertThat(decoded(encoded(batch), FlowFilter.ALL))
                    .as("seed " + seed)
                    .isEqualTo(SampleRows.rows(batch));
        }
    }

    @Test
    void encoderRemembersNothingOfTheBlockBefore() throws IOException {
        FlowBatch first = SampleRows.batch(new SplittableRandom(1), 5_000);
        FlowBatch second = SampleRows.batch(new SplittableRandom(2), 300);
        try (BlockEncoder encoder = new BlockEncoder(SampleRows::exporter, 7)) {
            encoder.encode(SampleRows.block(first));
            int length = encoder.encode(SampleRows.block(second));

            assertThat(Arrays.copyOf(encoder.bytes(), length)).isEqualTo(encoded(second));
        }
    }

    @Test
    void everyByteIsGuarded() throws IOException {
        byte[] bytes = encoded(SampleRows.batch(new SplittableRandom(3), 40));
        try (BlockDecoder decoder = new BlockDecoder(FlowFilter.ALL)) {
            for (int i = 0; i < bytes.length; i++) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= 0x10;

                assertThat(decoded(damaged, decoder)).as("byte " + i).isEmpty();
            }
            assertThat(decoded(bytes, decoder)).hasSize(40);
        }
    }

    /** What is asked for, said once more in the plainest way. */
    private static boolean matches(FlowFilter filter, Row row) {
        boolean oneWay = isIn(filter.hosts(), row.source()) && isIn(filter.peers(), row.destination());
        boolean otherWay = isIn(filter.hosts(), row.destination()) && isIn(filter.peers(), row.source());
        return (oneWay || otherWay)
                && row.last() >= filter.sinceNanos()
                && row.first() <= filter.untilNanos()
                && (filter.port().isEmpty()
                        || row.sourcePort() == filter.port().getAsInt()
                        || row.destinationPort() == filter.port().getAsInt())
                && (filter.protocols().isEmpty() || filter.protocols().contains(row.protocol() & 0xff))
                && (filter.exporters().isEmpty() || filter.exporters().contains(row.exporter()));
    }

    private static boolean isIn(List<Prefix> prefixes, IpAddress address) {
        return prefixes.isEmpty() || prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }

    private static FlowFilter filter(SplittableRandom random, Row like) {
        List<Prefix> hosts = new ArrayList<>();
        List<Prefix> peers = new ArrayList<>();
        if (random.nextBoolean()) {
            IpAddress address = random.nextBoolean() ? like.source() : like.destination();
            hosts.add(
                    random.nextBoolean()
                            ? Prefix.host(address)
                            : new Prefix(address, random.nextInt(address.bits() + 1)));
            hosts.add(Prefix.parse(random.nextInt(4) == 0 ? "::/0" : "198.51.100.0/24"));
        }
        if (random.nextInt(4) == 0) {
            peers.add(new Prefix(like.source(), random.nextInt(like.source().bits() + 1)));
        }
        return new FlowFilter(
                hosts,
                peers,
                random.nextInt(4) == 0 ? OptionalInt.of(like.destinationPort()) : OptionalInt.empty(),
                random.nextInt(4) == 0 ? Set.of(like.protocol() & 0xff) : Set.of(),
                random.nextInt(4) == 0 ? Set.of(like.exporter()) : Set.of(),
                random.nextInt(4) == 0 ? like.last() : Long.MIN_VALUE,
                random.nextInt(4) == 0 ? like.first() : Long.MAX_VALUE);
    }

    @Test
    @Tag("slow")
    void filterFindsWhatThePlainestOneFinds() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        int found = 0;
        for (int round = 0; round < 300; round++) {
            FlowBatch batch = SampleRows.batch(random.split(), random.nextInt(1, 400));
            byte[] bytes = encoded(batch);
            List<Row> rows = SampleRows.rows(batch);
            FlowFilter filter = filter(random, rows.get(random.nextInt(rows.size())));
            List<Row> expected =
                    rows.stream().filter(row -> matches(filter, row)).toList();

            assertThat(decoded(bytes, filter)).as("round " + round).isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).isPositive();
    }

    @Test
    void blockThatCannotMatchIsNotDecoded() throws IOException {
        FlowBatch batch = SampleRows.batch(new SplittableRandom(5), 100);
        byte[] bytes = encoded(batch);
        // Without its last sections: what is skipped is not missed.
        byte[] beginning = Arrays.copyOf(bytes, bytes.length - 50);
        FlowFilter nobody = new FlowFilter(
                List.of(Prefix.parse("203.0.113.7")),
                List.of(),
                OptionalInt.empty(),
                Set.of(),
                Set.of(),
                Long.MIN_VALUE,
                Long.MAX_VALUE);
        try (BlockDecoder decoder = new BlockDecoder(nobody)) {
            assertThat(decoder.read(ByteSource.of(beginning), 0, block)).isEqualTo(Outcome.SKIPPED);
        }
        try (BlockDecoder decoder = new BlockDecoder(FlowFilter.ALL)) {
            assertThat(decoder.read(ByteSource.of(beginning), 0, block)).isEqualTo(Outcome.DAMAGED);
        }
    }

    @Test
    void rowsOfWrongClocksDoNotHideWhenABlockIsFrom() throws IOException {
        FlowBatch batch = SampleRows.batch(new SplittableRandom(1), 100);
        for (int row = 0; row < 100; row++) {
            batch.firstNanos[row] = SampleRows.START;
            batch.lastNanos[row] = SampleRows.START;
        }
        batch.firstNanos[10] = 0;
        batch.lastNanos[10] = 1_000;
        batch.firstNanos[20] = Long.MAX_VALUE - 5;
        batch.lastNanos[20] = Long.MAX_VALUE;
        byte[] bytes = encoded(batch);

        assertThat(outcome(bytes, SampleRows.START - 1_000, SampleRows.START)).isEqualTo(Outcome.READ);
        assertThat(outcome(bytes, 0, 0)).isEqualTo(Outcome.READ);
        assertThat(outcome(bytes, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Outcome.READ);
        assertThat(outcome(bytes, 2_000, SampleRows.START - 1)).isEqualTo(Outcome.SKIPPED);
        assertThat(outcome(bytes, SampleRows.START + 1, Long.MAX_VALUE - 6)).isEqualTo(Outcome.SKIPPED);
    }

    private static Outcome outcome(byte[] bytes, long since, long until) throws IOException {
        FlowFilter filter = new FlowFilter(List.of(), List.of(), OptionalInt.empty(), Set.of(), Set.of(), since, until);
        try (BlockDecoder decoder = new BlockDecoder(filter)) {
            return decoder.read(ByteSource.of(bytes), 0, new FlowBlock());
        }
    }
}
