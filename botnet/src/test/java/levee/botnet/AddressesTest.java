package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, false, false, 0.0.0.0/24",
        "9.255.255.255, true, true, 9.255.255.0/24",
        "10.0.0.1, false, true, 10.0.0.0/24",
        "100.63.255.255, true, true, 100.63.255.0/24",
        "100.64.0.1, false, true, 100.64.0.0/24",
        "100.127.255.255, false, true, 100.127.255.0/24",
        "100.128.0.0, true, true, 100.128.0.0/24",
        "127.0.0.1, false, false, 127.0.0.0/24",
        "169.254.1.1, false, true, 169.254.1.0/24",
        "172.15.0.1, true, true, 172.15.0.0/24",
        "172.16.0.1, false, true, 172.16.0.0/24",
        "172.31.255.255, false, true, 172.31.255.0/24",
        "172.32.0.0, true, true, 172.32.0.0/24",
        "192.168.1.1, false, true, 192.168.1.0/24",
        "192.169.1.1, true, true, 192.169.1.0/24",
        "223.255.255.255, true, true, 223.255.255.0/24",
        "224.0.0.1, false, false, 224.0.0.0/24",
        "255.255.255.255, false, false, 255.255.255.0/24",
        "2a00:1:2:3::1, true, true, 2a00:1:2::/48",
        "fe80::1, false, true, fe80::/48",
        "fd00::1, false, true, fd00::/48",
        "ff02::1, false, false, ff02::/48",
        "::1, false, false, ::/48"
    })
    void tellsWhatAddressesAreGoodFor(String text, boolean routable, boolean unicast, String network) {
        IpAddress address = IpAddress.parse(text);
        assertThat(Addresses.isRoutable(address.high(), address.low())).isEqualTo(routable);
        assertThat(Addresses.isUnicast(address.high(), address.low())).isEqualTo(unicast);
        assertThat(Addresses.network(address.high(), address.low())).hasToString(network);
        assertThat(Addresses.networkHigh(address.high(), address.low()))
                .isEqualTo(Addresses.network(address.high(), address.low())
                        .address()
                        .high());
        assertThat(Addresses.networkLow(address.high(), address.low()))
                .isEqualTo(Addresses.network(address.high(), address.low())
                        .address()
                        .low());
    }
}
