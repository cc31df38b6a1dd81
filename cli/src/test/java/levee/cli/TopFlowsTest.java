package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import levee.archive.FlowBlock;
import levee.cli.TopFlows.Property;
import levee.cli.TopFlows.Sum;
import levee.model.IpAddress;
import org.junit.jupiter.api.Test;

final class TopFlowsTest {
    private final FlowBlock block = new FlowBlock();

    private void row(int row, int source, long bytes) {
        block.sourceLow[row] = IpAddress.mapIpv4(source);
        block.packets[row] = 2;
        block.bytes[row] = bytes;
    }

    @Test
    void sumsAreThoseOfAPlainMap() {
        SplittableRandom random = new SplittableRandom(1);
        TopFlows top = new TopFlows(Property.SOURCE, 7);
        Map<String, Long> expected = new HashMap<>();
        for (int row = 0; row < FlowBlock.CAPACITY; row++) {
            int source = random.nextInt(3_000);
            row(row, source, random.nextInt(100_000));
            top.add(block, row);
            expected.merge(IpAddress.ofIpv4(source).toString(), block.bytes[row], Long::sum);
        }
        List<Sum> sums = top.most(Long.MAX_VALUE);

        assertThat(sums).hasSameSizeAs(expected.keySet());
        assertThat(sums).allSatisfy(sum -> assertThat(sum.bytes()).isEqualTo(expected.get(sum.text())));
        assertThat(sums).isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
        assertThat(sums.stream().mapToLong(Sum::flows).sum()).isEqualTo(FlowBlock.CAPACITY);
        assertThat(top.forgotten()).isZero();
    }

    @Test
    void ofTooManyThoseWithLittleTrafficAreForgottenAndCounted() {
        TopFlows top = new TopFlows(Property.SOURCE, 7, 100);
        for (int round = 0; round < 100; round++) {
            for (int row = 0; row < 100; row++) {
                // Ten that are always there, and ever new ones.
                boolean isHeavy = row % 10 == 0;
                row(row, isHeavy ? row : 1_000_000 + round * 100 + row, isHeavy ? 10_000 - row : 40);
                top.add(block, row);
            }
        }
        List<Sum> sums = top.most(10);

        assertThat(sums).extracting(Sum::flows).containsOnly(100L);
        assertThat(sums.getFirst()).isEqualTo(new Sum("0.0.0.0", 100, 200, 1_000_000));
        long remembered =
                top.most(Long.MAX_VALUE).stream().mapToLong(Sum::flows).sum();
        assertThat(remembered + top.forgotten()).isEqualTo(10_000);
        assertThat(top.forgotten()).isPositive();
    }
}
