package levee.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefixIndexTest {

    private static PrefixIndex index(String... prefixes) {
        return new PrefixIndex(Stream.of(prefixes).map(Prefix::parse).toList());
    }

    /** The prefix that is found, or nothing. */
    private static String find(PrefixIndex index, String text) {
        IpAddress address = IpAddress.parse(text);
        int network = index.find(address.high(), address.low());
        if (network < 0) {
            return "";
        }
        IpAddress first = new IpAddress(index.high(network), index.low(network));
        return new Prefix(first, index.bits(network) - (128 - first.bits())).toString();
    }

    @Test
    void theMostSpecificNetworkIsFoundWhateverTheOrder() {
        PrefixIndex index = index("192.0.2.0/24", "192.0.2.128/25", "192.0.0.0/16", "2001:db8::/32");
        assertThat(find(index, "192.0.2.1")).isEqualTo("192.0.2.0/24");
        assertThat(find(index, "192.0.2.129")).isEqualTo("192.0.2.128/25");
        assertThat(find(index, "192.0.3.1")).isEqualTo("192.0.0.0/16");
        assertThat(find(index, "2001:db8::1")).isEqualTo("2001:db8::/32");
        assertThat(find(index, "10.0.0.1")).isEmpty();
    }

    @Test
    void noNetworkHoldsNothing() {
        assertThat(find(index(), "192.0.2.1")).isEmpty();
    }

    @Test
    void allOfOneFamilyHoldsNothingOfTheOther() {
        assertThat(find(index("::/0"), "192.0.2.1")).isEmpty();
        assertThat(find(index("::/0"), "2001:db8::1")).isEqualTo("::/0");
        assertThat(find(index("0.0.0.0/0"), "2001:db8::1")).isEmpty();
        assertThat(find(index("0.0.0.0/0"), "192.0.2.1")).isEqualTo("0.0.0.0/0");
    }
}
