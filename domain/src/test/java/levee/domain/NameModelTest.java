package levee.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameModelTest {
    private final NameModel model = new NameModel();

    private float score(String name) {
        byte[] bytes = name.getBytes(US_ASCII);
        return model.score(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qxkzvjwpgtrh.com",
                "a8f3kq02mzx7d1.net",
                "wqpoxnzieurytlkd.co.uk",
                "3b1e9ac07f64d25e88.info",
                "xkqwjvbnzp.mooo.com",
                "www.mail.gfjqzxwvtkpl.ru",
                "XKQWJVBNZPHT.COM",
            })
    void generatedNamesLookGenerated(String name) {
        assertThat(score(name)).isGreaterThan(NameModel.onePercentDecibans());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wikipedia.org",
                "stackoverflow.com",
                "www.deutsche-bank.de",
                "bundesregierung.de",
                "archlinux.org",
                "lemonde.fr",
                "raspberrypi.com",
                "yomiuri.co.jp",
            })
    void namesOfPeopleDoNot(String name) {
        assertThat(score(name)).isLessThan(NameModel.onePercentDecibans());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Labels below what was registered are hashes and numbers of services.
                "d1qfzxk8vjw3pq.cloudfront.net",
                "4f1a9be3c07d25e8.a.wikipedia.org",
                // What people can remember by heart, in numbers.
                "163.com",
                "4399.com",
                "51766288.com",
                // Too short to say anything.
                "xkcd.com",
                "qzx.net",
                // Letters of another alphabet.
                "xn--80ak6aa92e.com",
                // Browsers ask for random labels to learn whether somebody answers for all; nobody registers them.
                "qxkzvjwpgtrh",
                "qxkzvjwpgtrh.local",
                "4.3.2.1.in-addr.arpa",
                // A tunnel's pieces, without a domain.
                "03d9f2b78e172ba7858d.b50d7c694935f051",
                "",
            })
    void whatSaysNothingIsNoEvidence(String name) {
        assertThat(score(name)).isLessThanOrEqualTo(0);
    }

    @Test
    void looksOnlyBetweenItsBorders() {
        byte[] bytes = "??qxkzvjwpgtrh.com??".getBytes(US_ASCII);
        assertThat(model.score(bytes, 2, bytes.length - 2)).isEqualTo(score("qxkzvjwpgtrh.com"));
    }

    @Test
    void anyBytesGetAScoreWithinBounds() {
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(256)];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(12) == 0 ? (byte) '.' : bytes[j];
            }
            assertThat(model.score(bytes, 0, bytes.length))
                    .isBetween(-NameModel.MOST_DECIBANS, NameModel.MOST_DECIBANS);
        }
    }

    /** The model that ships knows the lists; how it does on families that it does not know is in docs/domain-names.md. */
    @Test
    @Tag("slow")
    void shipsWithWhatWasLearned() {
        Path folder = RealData.file("dga");
        assertThat(share(NameModelTrainer.labels(folder.resolve("legit.txt.gz"))))
                .isLessThan(0.01);
        assertThat(share(NameModelTrainer.labels(folder.resolve("families/cryptolocker.txt.gz"))))
                .isGreaterThan(0.95);
        assertThat(share(NameModelTrainer.labels(folder.resolve("families/pykspa.txt.gz"))))
                .isGreaterThan(0.7);
    }

    private double share(List<byte[]> labels) {
        return labels.stream()
                        .filter(label -> score(new String(label, US_ASCII) + ".com") > NameModel.onePercentDecibans())
                        .count()
                / (double) labels.size();
    }
}
