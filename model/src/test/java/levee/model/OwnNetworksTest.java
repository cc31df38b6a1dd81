package levee.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.0",
                "192.168.255.255",
                "169.254.1.1",
                "fc00::",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1"
            })
    void privateRangesStandInWhereNobodySaid(String text) {
        IpAddress address = IpAddress.parse(text);
        assertThat(OwnNetworks.isPrivate(address.high(), address.low())).isTrue();
        OwnNetworks networks = OwnNetworks.unknown();
        assertThat(networks.contains(address.high(), address.low())).isTrue();
        assertThat(networks.configured()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "8.8.8.8",
                "fbff::",
                "fe00::",
                "fec0::",
                "2001:db8::1",
                "::1"
            })
    void otherAddressesAreNotPrivate(String text) {
        IpAddress address = IpAddress.parse(text);
        assertThat(OwnNetworks.isPrivate(address.high(), address.low())).isFalse();
        assertThat(OwnNetworks.unknown().contains(address.high(), address.low()))
                .isFalse();
    }

    @Test
    void noNetworkHoldsNothing() {
        OwnNetworks networks = OwnNetworks.of(List.of());
        assertThat(networks.contains(0, 0)).isFalse();
        assertThat(networks.configured()).isTrue();
    }

    @Test
    void laterChangesOfTheListDoNotMatter() {
        List<Prefix> prefixes = new ArrayList<>(List.of(Prefix.parse("192.0.2.0/24")));
        OwnNetworks networks = OwnNetworks.of(prefixes);
        prefixes.clear();
        IpAddress address = IpAddress.parse("192.0.2.1");
        assertThat(networks.contains(address.high(), address.low())).isTrue();
    }
}
