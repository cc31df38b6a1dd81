package levee.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {

    private static int find(AddressRanges ranges, String text) {
        IpAddress address = IpAddress.parse(text);
        return ranges.find(address.high(), address.low());
    }

    private static AddressRanges.Builder add(AddressRanges.Builder builder, String first, String last, int value) {
        return builder.add(IpAddress.parse(first), IpAddress.parse(last), value);
    }

    @Test
    void rangesHoldTheirFirstAndLastAddress() {
        AddressRanges ranges = add(
                        add(new AddressRanges.Builder(), "0.0.0.0", "0.0.0.9", 1),
                        "255.255.255.255",
                        "255.255.255.255",
                        2)
                .add(Prefix.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124"), 3)
                .build();
        assertThat(find(ranges, "0.0.0.0")).isEqualTo(1);
        assertThat(find(ranges, "0.0.0.9")).isEqualTo(1);
        assertThat(find(ranges, "0.0.0.10")).isEqualTo(AddressRanges.NONE);
        assertThat(find(ranges, "255.255.255.254")).isEqualTo(AddressRanges.NONE);
        assertThat(find(ranges, "255.255.255.255")).isEqualTo(2);
        assertThat(find(ranges, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isEqualTo(3);
        assertThat(find(ranges, "::")).isEqualTo(AddressRanges.NONE);
    }

    @Test
    void nothingIsFoundWhereNothingIs() {
        assertThat(find(AddressRanges.EMPTY, "192.0.2.1")).isEqualTo(AddressRanges.NONE);
        assertThat(find(AddressRanges.EMPTY, "2001:db8::1")).isEqualTo(AddressRanges.NONE);
        assertThat(AddressRanges.EMPTY.isEmpty()).isTrue();
    }

    @Test
    void allOfOneFamilyHoldsNothingOfTheOther() {
        AddressRanges ranges =
                new AddressRanges.Builder().add(Prefix.parse("::/0"), 1).build();
        assertThat(find(ranges, "192.0.2.1")).isEqualTo(AddressRanges.NONE);
        assertThat(find(ranges, "ff::1")).isEqualTo(1);
        assertThat(ranges.isEmpty()).isFalse();
    }

    @Test
    void rangesThatOverlapOnlyInPartAreCutWhereTheNextOneBegins() {
        AddressRanges ranges = add(
                        add(new AddressRanges.Builder(), "10.0.0.0", "10.0.0.99", 1), "10.0.0.50", "10.0.0.149", 2)
                .build();
        assertThat(find(ranges, "10.0.0.49")).isEqualTo(1);
        assertThat(find(ranges, "10.0.0.50")).isEqualTo(2);
        assertThat(find(ranges, "10.0.0.149")).isEqualTo(2);
        assertThat(find(ranges, "10.0.0.150")).isEqualTo(AddressRanges.NONE);
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> add(new AddressRanges.Builder(), "10.0.0.2", "10.0.0.1", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> add(new AddressRanges.Builder(), "10.0.0.2", "::1", 1));
    }

    /** Few prefixes are searched in one way, many in another. */
    @ParameterizedTest
    @ValueSource(ints = {3, 60, 5_000})
    void theMostSpecificPrefixIsFound(int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<Prefix> prefixes = new ArrayList<>();
        while (prefixes.size() < count) {
            Prefix prefix = random.nextInt(4) == 0
                    ? new Prefix(new IpAddress(0x2001_0db8L << 32 | random.nextInt(16), 0), random.nextInt(28, 65))
                    : new Prefix(IpAddress.ofIpv4(10 << 24 | random.nextInt(1 << 18)), random.nextInt(8, 33));
            if (!prefixes.contains(prefix)) {
                prefixes.add(prefix);
            }
        }
        AddressRanges.Builder builder = new AddressRanges.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(prefixes.get(i), i);
        }
        AddressRanges ranges = builder.build();
        PrefixIndex index = new PrefixIndex(prefixes);
        for (int i = 0; i < 3_000; i++) {
            IpAddress address = random.nextInt(4) == 0
                    ? new IpAddress(0x2001_0db8L << 32 | random.nextInt(32), random.nextLong())
                    : IpAddress.ofIpv4(10 << 24 | random.nextInt(1 << 19));
            List<Prefix> holding = prefixes.stream()
                    .filter(prefix -> prefix.contains(address))
                    .sorted(Comparator.comparingInt(Prefix::length).reversed())
                    .toList();
            int found = ranges.find(address.high(), address.low());
            assertThat(found == AddressRanges.NONE ? null : prefixes.get(found))
                    .as("%s", address)
                    .isEqualTo(holding.isEmpty() ? null : holding.getFirst());
            List<Prefix> walked = new ArrayList<>();
            for (int at = index.find(address.high(), address.low()); at != PrefixIndex.NONE; at = index.around(at)) {
                walked.add(prefixes.get(at));
            }
            assertThat(walked).isEqualTo(holding);
        }
    }
}
