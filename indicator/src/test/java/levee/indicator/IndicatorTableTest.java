package levee.indicator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static levee.indicator.Lookups.address;
import static levee.indicator.Lookups.fingerprint;
import static levee.indicator.Lookups.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

class IndicatorTableTest {
    private final IndicatorTable.Builder builder = new IndicatorTable.Builder(1_000_000);

    private void addName(IndicatorKind kind, String name, String label) {
        byte[] bytes = name.getBytes(US_ASCII);
        assertThat(builder.addName(kind, bytes, 0, bytes.length, "list", label)).isTrue();
    }

    private void addAddress(String address, int port, String label) {
        IpAddress parsed = IpAddress.parse(address);
        if (port < 0) {
            builder.addAddress(parsed.high(), parsed.low(), "list", label);
        } else {
            builder.addAddress(parsed.high(), parsed.low(), port, "list", label);
        }
    }

    @Test
    void nothingIsFoundInNothing() {
        assertThat(address(IndicatorTable.EMPTY, "198.51.100.7", 80)).isEmpty();
        assertThat(name(IndicatorTable.EMPTY, "bad.example")).isEmpty();
        assertThat(fingerprint(IndicatorTable.EMPTY, IndicatorKind.JA3, "00")).isEmpty();
        assertThat(IndicatorTable.EMPTY.size()).isZero();
    }

    @Test
    void aMatchSaysWhichListAndWhatItIs() {
        addAddress("198.51.100.7", -1, "Mozi");
        IndicatorTable table = builder.build();
        IpAddress parsed = IpAddress.parse("198.51.100.7");
        assertThat(table.indicator(table.address(parsed.high(), parsed.low(), 80)))
                .isEqualTo(new Indicator("list", IndicatorKind.ADDRESS, "Mozi"));
    }

    @Test
    void theMostSpecificOfAnAddressCounts() {
        builder.addPrefix(Prefix.parse("198.51.100.0/24"), "list", "wide");
        builder.addPrefix(Prefix.parse("198.51.100.0/28"), "list", "narrow");
        addAddress("198.51.100.7", -1, "any port");
        addAddress("198.51.100.7", 6667, "this port");
        IndicatorTable table = builder.build();
        assertThat(address(table, "198.51.100.7", 6667)).isEqualTo("ADDRESS_AND_PORT this port");
        assertThat(address(table, "198.51.100.7", 80)).isEqualTo("ADDRESS any port");
        assertThat(address(table, "198.51.100.8", 6667)).isEqualTo("PREFIX narrow");
        assertThat(address(table, "198.51.100.77", 6667)).isEqualTo("PREFIX wide");
        assertThat(address(table, "198.51.101.7", 6667)).isEmpty();
        // The lower half alone is not the address.
        assertThat(address(table, "2001:db8::ffff:c633:6407", 80)).isEmpty();
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void theLongestNameCountsAndTheNameItselfMost() {
        addName(IndicatorKind.NAME_AND_BELOW, "bad.example", "all");
        addName(IndicatorKind.NAME_AND_BELOW, "worse.bad.example", "some");
        addName(IndicatorKind.NAME, "www.worse.bad.example", "one");
        IndicatorTable table = builder.build();
        assertThat(name(table, "bad.example")).isEqualTo("NAME_AND_BELOW all");
        assertThat(name(table, "x.BAD.example")).isEqualTo("NAME_AND_BELOW all");
        assertThat(name(table, "a.b.worse.bad.example")).isEqualTo("NAME_AND_BELOW some");
        assertThat(name(table, "www.worse.bad.example.")).isEqualTo("NAME one");
        assertThat(name(table, "x.www.worse.bad.example")).isEqualTo("NAME_AND_BELOW some");
        assertThat(name(table, "example")).isEmpty();
        assertThat(name(table, "verybad.example")).isEmpty();
        assertThat(name(table, "")).isEmpty();
        assertThat(name(table, ".")).isEmpty();
        assertThat(name(table, "..bad.example")).isEqualTo("NAME_AND_BELOW all");
    }

    @Test
    void ofTwoListsTheFirstCounts() {
        addAddress("198.51.100.7", -1, "first");
        addAddress("198.51.100.7", -1, "second");
        IndicatorTable table = builder.build();
        assertThat(address(table, "198.51.100.7", 80)).isEqualTo("ADDRESS first");
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void whatIsAllowedIsNotFoundAndIsAgainWithoutThat() {
        builder.addPrefix(Prefix.parse("198.51.100.0/24"), "list", "");
        addAddress("203.0.113.7", 443, "");
        addName(IndicatorKind.NAME_AND_BELOW, "cloud.example", "");
        addName(IndicatorKind.NAME, "www.other.example", "");
        IndicatorTable table = builder.build();
        IndicatorTable allowing = table.allowing(
                AllowTable.of(List.of("198.51.100.0/25", "203.0.113.7", " *.cloud.example", "other.example")));
        assertThat(address(allowing, "198.51.100.1", 80)).isEmpty();
        assertThat(address(allowing, "198.51.100.200", 80)).isEqualTo("PREFIX");
        assertThat(address(allowing, "203.0.113.7", 443)).isEmpty();
        // A wildcard means the name before which it stands, too.
        assertThat(name(allowing, "cloud.example")).isEmpty();
        assertThat(name(allowing, "a.b.cloud.example")).isEmpty();
        // Without one, a name says nothing of those below it.
        assertThat(name(allowing, "www.other.example")).isEqualTo("NAME");
        assertThat(address(table, "203.0.113.7", 443)).isEqualTo("ADDRESS_AND_PORT");
        assertThat(name(table, "cloud.example")).isEqualTo("NAME_AND_BELOW");
    }

    @Test
    void whatCannotBeAllowedIsNamed() {
        assertThatThrownBy(() -> AllowTable.of(List.of("good.example", "10.0.0.0/99", "*")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("neither a name nor a prefix: 10.0.0.0/99, *");
    }

    @Test
    void whatIsTooMuchIsLeftOutAndCounted() {
        IndicatorTable.Builder small = new IndicatorTable.Builder(3);
        for (int i = 0; i < 5; i++) {
            small.addAddress(0, IpAddress.mapIpv4(0xc633_6400 + i), "list", "");
        }
        assertThat(small.leftOut()).isEqualTo(2);
        assertThat(small.build().size()).isEqualTo(3);
    }

    @Test
    void moreLabelsThanNumbersLeaveTheListsName() {
        for (int i = 0; i < 70_000; i++) {
            builder.addAddress(0, IpAddress.mapIpv4(0x0a00_0000 + i), "list", "label " + i);
        }
        builder.addAddress(0, IpAddress.mapIpv4(0x0b00_0000), "other", "label");
        IndicatorTable table = builder.build();
        assertThat(address(table, "10.0.0.0", 1)).isEqualTo("ADDRESS label 0");
        assertThat(address(table, "10.1.16.111", 1)).isEqualTo("ADDRESS");
        int last = table.address(0, IpAddress.mapIpv4(0x0b00_0000), 1);
        assertThat(table.indicator(last)).isEqualTo(new Indicator("other", IndicatorKind.ADDRESS, ""));
    }

    @Test
    void findsAllAndNothingElse() {
        Random random = new Random(9);
        int count = 50_000;
        for (int i = 0; i < count; i++) {
            builder.addAddress(0, IpAddress.mapIpv4(2 * i), "list", "");
            builder.addAddress(0x2001_0db8L << 32, 2L * i, 443, "list", "");
        }
        IndicatorTable table = builder.build();
        for (int i = 0; i < 2 * count; i++) {
            boolean isThere = i % 2 == 0;
            assertThat(table.address(0, IpAddress.mapIpv4(i), random.nextInt(65_536)) != IndicatorTable.NONE)
                    .isEqualTo(isThere);
            assertThat(table.address(0x2001_0db8L << 32, i, 443) != IndicatorTable.NONE)
                    .isEqualTo(isThere);
            assertThat(table.address(0x2001_0db8L << 32, i, 444)).isEqualTo(IndicatorTable.NONE);
        }
    }
}
