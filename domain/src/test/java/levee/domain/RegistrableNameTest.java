package levee.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrableNameTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "www.example.org, example.org",
        "a.b.c.example.org, example.org",
        "www.example.co.uk, example.co.uk",
        "example.co.uk, example.co.uk",
        "co.uk, co.uk",
        "shop.example.com.au, example.com.au",
        // Only before a country is "com" a suffix of its own.
        "www.com.org, com.org",
        "me.com, me.com",
        "www.me.com, me.com",
        // Whoever takes a name for changing addresses chooses it.
        "ksfuvfpu.mooo.com, ksfuvfpu.mooo.com",
        "cam.house.duckdns.org, house.duckdns.org",
        "mooo.com, mooo.com",
        // What clouds name is theirs.
        "d111111abcdef8.cloudfront.net, cloudfront.net",
        "localhost, localhost",
        "WWW.EXAMPLE.CO.UK, EXAMPLE.CO.UK",
    })
    void beginsWhereSomebodyRegistered(String name, String registrable) {
        byte[] bytes = name.getBytes(US_ASCII);
        assertThat(name.substring(RegistrableName.start(bytes, 0, bytes.length)))
                .isEqualTo(registrable);
    }

    @Test
    void looksOnlyBetweenItsBorders() {
        byte[] bytes = "x.co.uk|www.example.org|.net".getBytes(US_ASCII);
        assertThat(RegistrableName.start(bytes, 8, 23)).isEqualTo(12);
        assertThat(RegistrableName.start(bytes, 12, 12)).isEqualTo(12);
    }

    @Test
    void hashesCapitalsAsSmallLetters() {
        byte[] small = "xexample.org".getBytes(US_ASCII);
        byte[] capital = "EXAMPLE.org".getBytes(US_ASCII);
        assertThat(RegistrableName.hash(small, 1, small.length))
                .isEqualTo(RegistrableName.hash(capital, 0, capital.length))
                .isNotEqualTo(RegistrableName.hash(small, 0, small.length));
    }

    @Test
    void hashesOfDifferentNamesDiffer() {
        Random random = new Random(3);
        Set<String> names = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String name = Integer.toString(random.nextInt(), 36).replace("-", "") + ".com";
            byte[] bytes = name.getBytes(US_ASCII);
            names.add(name);
            hashes.add(RegistrableName.hash(bytes, 0, bytes.length));
        }
        assertThat(hashes).hasSameSizeAs(names);
    }

    @Test
    void anyBytesHaveARegistrablePart() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) ".co.ukam\0".charAt(random.nextInt(9));
            }
            int from = random.nextInt(bytes.length + 1);
            assertThat(RegistrableName.start(bytes, from, bytes.length)).isBetween(from, bytes.length);
        }
    }
}
