package levee.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static Group group(String name, String... networks) {
        return new Group(name, Stream.of(networks).map(Prefix::parse).toList(), Optional.empty(), List.of());
    }

    private static String of(Groups groups, String network) {
        Prefix prefix = Prefix.parse(network);
        IpAddress address = prefix.address();
        int bits = prefix.length() + 128 - address.bits();
        return groups.get(groups.find(address.high(), address.low(), bits))
                .map(Group::name)
                .orElse("");
    }

    @Test
    void theMostSpecificNetworkThatHoldsAllOfTheTargetCounts() {
        Groups groups = new Groups(List.of(
                group("all", "192.0.2.0/24", "2001:db8::/32"),
                group("hosting", "192.0.2.0/26"),
                group("one", "192.0.2.1")));
        assertThat(of(groups, "192.0.2.1")).isEqualTo("one");
        assertThat(of(groups, "192.0.2.2")).isEqualTo("hosting");
        assertThat(of(groups, "192.0.2.200")).isEqualTo("all");
        assertThat(of(groups, "192.0.2.0/26")).isEqualTo("hosting");
        assertThat(of(groups, "192.0.2.0/24")).isEqualTo("all");
        assertThat(of(groups, "192.0.0.0/16")).isEmpty();
        assertThat(of(groups, "2001:db8:7::/48")).isEqualTo("all");
        assertThat(of(groups, "198.51.100.1")).isEmpty();
    }

    @Test
    void aNetworkBelongsToOneGroup() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Groups(List.of(group("a", "192.0.2.0/24"), group("b", "192.0.2.0/24"))))
                .withMessageContaining("192.0.2.0/24");
    }
}
