package levee.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.1.2.3/8, 10.0.0.0/8",
        "10.1.2.3/31, 10.1.2.2/31",
        "10.1.2.3, 10.1.2.3/32",
        "255.255.255.255/0, 0.0.0.0/0",
        "2001:db8::1/32, 2001:db8::/32",
        "2001:db8:ffff:ffff:ffff::/63, 2001:db8:ffff:fffe::/63",
        "2001:db8::ffff:0:0:0/65, 2001:db8:0:0:8000::/65",
        "2001:db8::1, 2001:db8::1/128",
        "ffff::/0, ::/0"
    })
    void readsPrefixesAndClearsTheHostBits(String text, String expected) {
        assertThat(Prefix.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/\u0668",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0 /8",
                "10.0.0.0/99999999999",
                "10/8",
                "::/129",
                "example.org/8"
            })
    void refusesWhatIsNoPrefix(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Prefix.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "1.2.3.4/32, 1.2.3.4, true",
        "1.2.3.4/32, 1.2.3.5, false",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
        "2001:db8::1/128, 2001:db8::1, true",
        "2001:db8::1/128, 2001:db8::2, false",
        // the families do not mix, though IPv4 is held within ::/0
        "::/0, 10.0.0.1, false",
        "::/64, 10.0.0.1, false",
        "::/0, ::1, true",
        "0.0.0.0/0, ::1, false"
    })
    void tellsWhichAddressesItHolds(String prefix, String address, boolean expected) {
        assertThat(Prefix.parse(prefix).contains(IpAddress.parse(address))).isEqualTo(expected);
    }

    @Test
    void holdsWhatAgreesInItsLeadingBits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            int length = random.nextInt(129);
            IpAddress address = new IpAddress(random.nextLong() | 1L << 63, random.nextLong());
            int flipped = random.nextInt(128);
            IpAddress other = flipped < 64
                    ? new IpAddress(address.high() ^ 1L << 63 - flipped, address.low())
                    : new IpAddress(address.high(), address.low() ^ 1L << 127 - flipped);
            Prefix prefix = new Prefix(address, length);
            assertThat(prefix.contains(address)).isTrue();
            assertThat(prefix.contains(other)).isEqualTo(flipped >= length);
            assertThat(bits(prefix.address()))
                    .isEqualTo(bits(address).shiftRight(128 - length).shiftLeft(128 - length));
            assertThat(prefix.contains(prefix.address())).isTrue();
        }
    }

    private static BigInteger bits(IpAddress address) {
        BigInteger low = new BigInteger(Long.toUnsignedString(address.low()));
        return new BigInteger(Long.toUnsignedString(address.high()))
                .shiftLeft(64)
                .or(low);
    }

    @Test
    void holdsLongerPrefixesWithin() {
        Prefix wide = Prefix.parse("10.0.0.0/8");
        Prefix narrow = Prefix.parse("10.1.0.0/16");
        assertThat(wide.contains(narrow)).isTrue();
        assertThat(wide.contains(wide)).isTrue();
        assertThat(narrow.contains(wide)).isFalse();
        assertThat(wide.contains(Prefix.parse("11.0.0.0/16"))).isFalse();
        assertThat(Prefix.parse("::/0").contains(narrow)).isFalse();
    }

    @Test
    void oneAddressIsAHost() {
        assertThat(Prefix.host(IpAddress.parse("10.0.0.1")).isHost()).isTrue();
        assertThat(Prefix.parse("::1").isHost()).isTrue();
        assertThat(Prefix.parse("10.0.0.0/31").isHost()).isFalse();
        assertThat(Prefix.parse("2001:db8::/32").isHost()).isFalse();
    }

    @Test
    void ordersByAddressThenLength() {
        assertThat(Prefix.parse("9.0.0.0/8")).isLessThan(Prefix.parse("10.0.0.0/8"));
        assertThat(Prefix.parse("10.0.0.0/8")).isLessThan(Prefix.parse("10.0.0.0/9"));
        assertThat(Prefix.parse("200.0.0.0/8")).isGreaterThan(Prefix.parse("100.0.0.0/8"));
        assertThat(Prefix.parse("10.1.2.3/8")).isEqualByComparingTo(Prefix.parse("10.0.0.0/8"));
    }
}
