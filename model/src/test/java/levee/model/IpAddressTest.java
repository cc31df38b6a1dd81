package levee.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "1.2.3.4", "10.0.0.255", "127.0.0.1", "192.0.2.200", "255.255.255.255"})
    void readsAndPrintsIpv4(String text) {
        IpAddress address = IpAddress.parse(text);
        assertThat(address.isIpv4()).isTrue();
        assertThat(address.bits()).isEqualTo(32);
        assertThat(address).hasToString(text);
    }

    @Test
    void holdsIpv4AsMappedAddress() {
        // RFC 4291 section 2.5.5.2: 80 bits of zero, 16 bits of one, the IPv4 address
        IpAddress address = IpAddress.parse("192.0.2.1");
        assertThat(address.high()).isZero();
        assertThat(address.low()).isEqualTo(0x0000_ffff_c000_0201L);
        assertThat(address).isEqualTo(IpAddress.ofIpv4(0xc000_0201)).isEqualTo(IpAddress.parse("::ffff:192.0.2.1"));
        assertThat(IpAddress.parse("::ffff:c000:201")).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        // section 4.1: leading zeros go, a field of zeros is one zero
        "2001:0db8:0001:0002:0003:0004:0005:0006, 2001:db8:1:2:3:4:5:6",
        "2001:db8:0010:0200:3000:0:0001:1, 2001:db8:10:200:3000:0:1:1",
        // section 4.2.1: as short as possible
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "1:0:0:0:0:0:0:0, 1::",
        "0:0:0:0:0:0:1:0, ::1:0",
        // section 4.2.2: one field of zeros is not shortened
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:1:1:1:1:1:1:1, 0:1:1:1:1:1:1:1",
        "1:1:1:1:1:1:1:0, 1:1:1:1:1:1:1:0",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        // section 4.2.3: the longest run, and of equal ones the first
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:1:1:1:1:0:0, ::1:1:1:1:0:0",
        "0:0:1:0:0:0:1:1, 0:0:1::1:1",
        // section 4.3: lower case
        "2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:FFFF, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff",
        // an IPv4-compatible address is not a mapped one
        "::1.2.3.4, ::102:304",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void printsTheCanonicalFormOfRfc5952(String text, String canonical) {
        IpAddress address = IpAddress.parse(text);
        assertThat(address.isIpv4()).isFalse();
        assertThat(address.bits()).isEqualTo(128);
        assertThat(address).hasToString(canonical);
    }

    @Test
    void compressesEveryPatternOfZerosAsRfc5952Says() throws UnknownHostException {
        for (int zeros = 0; zeros < 256; zeros++) {
            IpAddress address = withZeros(zeros);
            String text = address.toString();
            assertThat(text).isEqualTo(canonical(address));
            assertThat(IpAddress.parse(text)).isEqualTo(address);
            assertThat(ByteBuffer.wrap(InetAddress.getByName(text).getAddress()).getLong())
                    .isEqualTo(address.high());
        }
    }

    /** Group i, from the left, is zero where bit i is set; the others differ. */
    private static IpAddress withZeros(int zeros) {
        long[] halves = new long[2];
        for (int group = 0; group < 8; group++) {
            long value = (zeros >> group & 1) != 0 ? 0 : 0xa0 + group;
            halves[group / 4] = halves[group / 4] << 16 | value;
        }
        return new IpAddress(halves[0], halves[1]);
    }

    /** Tries all places for "::" and keeps the first of those that save most. */
    private static String canonical(IpAddress address) {
        String[] groups = new String[8];
        for (int i = 0; i < 8; i++) {
            long half = i < 4 ? address.high() : address.low();
            groups[i] = Long.toHexString(half >>> 48 - 16 * (i % 4) & 0xffff);
        }
        for (int length = 8; length >= 2; length--) {
            for (int start = 0; start + length <= 8; start++) {
                if (join(groups, start, start + length)
                        .replace("0", "")
                        .replace(":", "")
                        .isEmpty()) {
                    return join(groups, 0, start) + "::" + join(groups, start + length, 8);
                }
            }
        }
        return join(groups, 0, 8);
    }

    private static String join(String[] groups, int from, int to) {
        return String.join(":", Arrays.asList(groups).subList(from, to));
    }

    @Test
    void readsWhatItPrints() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            IpAddress ipv4 = IpAddress.ofIpv4(random.nextInt());
            assertThat(IpAddress.parse(ipv4.toString())).isEqualTo(ipv4);
            IpAddress ipv6 = new IpAddress(random.nextLong() >>> random.nextInt(64), random.nextLong(65_536));
            assertThat(IpAddress.parse(ipv6.toString())).isEqualTo(ipv6);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.1.1.1000",
                "99999999999.1.1.1",
                "-1.2.3.4",
                "+1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "01.2.3.4",
                "1.2.3.00",
                "0x1.2.3.4",
                "1.2.3.4/8",
                "\u0661.2.3.4",
                "localhost",
                "example.org",
                "dead",
                "2130706433"
            })
    void refusesWhatIsNoIpv4Address(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1:",
                ":1",
                "1:2",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1:2:3:4:5:6:7:",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "fe80::1%1",
                "[::1]",
                "[::1]:80",
                "::1/64",
                " ::1",
                "::1 ",
                "::1.2.3",
                "::1.2.3.4.5",
                "::256.2.3.4",
                "1.2.3.4::",
                "\uff11::",
                "::\u0661",
                "example.org:80",
                "a:b"
            })
    void refusesWhatIsNoIpv6Address(String text) {
        assertRefused(text);
    }

    private static void assertRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessage("'" + text + "' is not an IP address");
    }

    @Test
    void comparesAsUnsignedBits() {
        IpAddress[] ascending = {
            IpAddress.parse("::"),
            IpAddress.parse("::1"),
            IpAddress.parse("0.0.0.0"),
            IpAddress.parse("127.255.255.255"),
            IpAddress.parse("128.0.0.0"),
            IpAddress.parse("0:0:0:0:8000::"),
            IpAddress.parse("7fff::"),
            IpAddress.parse("8000::"),
            IpAddress.parse("ffff::")
        };
        for (int i = 0; i < ascending.length; i++) {
            for (int j = 0; j < ascending.length; j++) {
                assertThat(Integer.signum(ascending[i].compareTo(ascending[j])))
                        .as("%s and %s", ascending[i], ascending[j])
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }
}
