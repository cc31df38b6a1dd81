package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import levee.model.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {
    private final AddressParser parser = new AddressParser();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255",
                "192.168.1.195",
                "::",
                "::1",
                "1::",
                "ff02::1:ffdd:53e7",
                "fe80::74:a6ed:d0dd:53e7",
                "2001:718:2:1663::1ce",
                "2A00:1450:400C:C00::BD",
                "fd2d:ab8c:225:0:81d3:fd3e:7f62:aec8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "::ffff:10.0.0.1",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:1.2.3.4"
            })
    void readsAddressesAsTheModelDoes(String text) {
        assertThat(parse(text)).isTrue();
        assertThat(new IpAddress(parser.high, parser.low)).isEqualTo(IpAddress.parse(text));
    }

    @Test
    void readsBackWhatIsWritten() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 20_000; i++) {
            // A shift makes long runs of zeros.
            IpAddress address =
                    new IpAddress(random.nextLong() << random.nextInt(64), random.nextLong() >>> random.nextInt(64));
            assertThat(parse(address.toString())).as(address.toString()).isTrue();
            assertThat(new IpAddress(parser.high, parser.low)).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1.2..4",
                "1.2.3.4 ",
                "host",
                ":",
                ":::",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1::2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "00:15:17:2c:e5:2d"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(parse(text)).isFalse();
    }

    @Test
    void knowsHardwareAddresses() {
        assertThat(isHardwareAddress("00:15:17:2c:e5:2d")).isTrue();
        assertThat(isHardwareAddress("FF:ff:FF:ff:FF:ff")).isTrue();
        assertThat(isHardwareAddress("00-15-17-2c-e5-2d")).isFalse();
        assertThat(isHardwareAddress("00:15:17:2c:e5:2g")).isFalse();
        assertThat(isHardwareAddress("fe80::1")).isFalse();
    }

    private static boolean isHardwareAddress(String text) {
        return AddressParser.isHardwareAddress(text.getBytes(ISO_8859_1), 0, text.length());
    }

    private boolean parse(String text) {
        return parser.parse(text.getBytes(ISO_8859_1), 0, text.length());
    }
}
