package levee.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StixPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '"',
            value = {
                "[ipv4-addr:value = '198.51.100.7'] > ip 198.51.100.7",
                "[ipv4-addr:value='198.51.100.7'] > ip 198.51.100.7",
                "[ipv4-addr:value = '198.51.100.7' OR ipv6-addr:value = '2001:db8::7'] > ip 198.51.100.7; ip"
                        + " 2001:db8::7",
                "[domain-name:value = 'a.example'] or [domain-name:value = 'b.example'] > domain a.example; domain"
                        + " b.example",
                "([domain-name:value = 'a.example'] OR ([url:value = 'http://b.example'])) > domain a.example; url"
                        + " http://b.example",
                "[domain-name:value IN ('a.example', 'b.example')] > domain a.example; domain b.example",
                "[ipv4-addr:value ISSUBSET '198.51.100.0/24'] > ip 198.51.100.0/24",
                "[network-traffic:protocols[*] = 'tcp' AND network-traffic:dst_ref.value = '198.51.100.7' AND"
                        + " network-traffic:dst_port = 23] > ip-dst|port 198.51.100.7|23",
                "[url:value = 'http://a.example/it\\'s'] > url http://a.example/it's",
            })
    void eachValueMakesItTrue(String pattern, String expected) {
        assertThat(StixPattern.parse(pattern))
                .isInstanceOfSatisfying(
                        StixPattern.Values.class,
                        values -> assertThat(values.list().stream()
                                        .map(value -> value.type() + " " + value.value())
                                        .collect(Collectors.joining("; ")))
                                .isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ipv4-addr:value = '198.51.100.7'] AND [domain-name:value = 'a.example']",
                "[ipv4-addr:value = '198.51.100.7'] FOLLOWEDBY [domain-name:value = 'a.example']",
                "[ipv4-addr:value = '198.51.100.7'] REPEATS 5 TIMES WITHIN 60 SECONDS",
                "[ipv4-addr:value != '198.51.100.7']",
                "[ipv4-addr:value NOT = '198.51.100.7']",
                "[domain-name:value LIKE '%.example']",
                "[domain-name:value = 'a.example' AND file:size = 3]",
                "[file:hashes.'SHA-256' = '00']",
                "[(domain-name:value = 'a.example')]",
            })
    void whatNeedsMoreIsNotSupported(String pattern) {
        assertThat(StixPattern.parse(pattern)).isEqualTo(new StixPattern.Unsupported());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[]",
                "ipv4-addr:value = '198.51.100.7'",
                "[ipv4-addr:value = '198.51.100.7'",
                "[ipv4-addr:value = '198.51.100.7",
                "[ipv4-addr:value = ",
                "[ipv4-addr:value '198.51.100.7']",
                "[ipv4-addr:value = '198.51.100.7'] OR",
                "([ipv4-addr:value = '198.51.100.7']",
                "[ipv4-addr:value = '198.51.100.7'])",
                "[domain-name:value IN ('a.example' 'b.example')]",
            })
    void whatIsNoPatternIsMalformed(String pattern) {
        assertThat(StixPattern.parse(pattern)).isEqualTo(new StixPattern.Malformed());
    }

    @Test
    void hostilePatternsTakeLittle() {
        int length = 1 << 18;
        for (String part : List.of("(", "[", "a:'x'", "a:b[0]", "'\\", "x OR ", "=")) {
            assertThat(StixPattern.parse(part.repeat(length / part.length())))
                    .isNotInstanceOf(StixPattern.Values.class);
        }
    }
}
