package levee.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import levee.sharing.FingerprintMatch.Agreement;
import levee.sharing.FingerprintMatch.Property;
import levee.sharing.FingerprintMatch.VectorMatch;
import levee.sharing.FingerprintMatch.Verdict;
import org.junit.jupiter.api.Test;

final class FingerprintMatcherTest {
    private static final String VICTIM = "203.0.113.9";

    /** 1,000 packets within two seconds: 50 in one are a tenth of the rate. */
    private static final String REFLECTION = """
        {"key": "k", "attack_vectors": [{"service": "DNS", "protocol": "UDP", "source_port": 53,
          "destination_ports": {"22": 1.0}, "frame_len": {"514": 0.95, "others": 0.05}, "ttl": {"50": 1.0},
          "dns_query_name": {"abused.example": 1.0}, "nr_packets": 1000, "duration_seconds": 2,
          "source_ips": ["192.0.2.1", "192.0.2.2", "192.0.2.3"]}]}
        """;

    private static final String FLOOD = """
        {"attack_vectors": [{"service": null, "protocol": "TCP", "source_port": "random",
          "destination_ports": {"443": 1.0}, "tcp_flags": {"......S.": 1.0}, "nr_packets": 1000,
          "duration_seconds": 1}]}
        """;

    @Test
    void sameAttackOnAnotherVictimIsSeen() throws Exception {
        FingerprintMatcher matcher = matcher(REFLECTION);
        for (int i = 0; i < 50; i++) {
            matcher.add(answer("192.0.2." + i % 2, i).asking("abused.example"));
        }
        FingerprintMatch match = matcher.result();
        VectorMatch vector = match.vectors().get(0);

        assertThat(match.verdict()).isEqualTo(Verdict.SEEN);
        assertThat(vector.matched().packets()).isEqualTo(50);
        assertThat(vector.matched().bytes()).isEqualTo(25_000);
        assertThat(vector.neededPerSecond()).isEqualTo(50);
        assertThat(vector.busiestSecond()).isEqualTo(50);
        assertThat(vector.agreements().get(Property.DESTINATION_PORT))
                .as("another port was forged for this victim")
                .isEqualTo(new Agreement(false, 50, 0));
        assertThat(vector.agreements().get(Property.TIME_TO_LIVE)).isEqualTo(new Agreement(false, 50, 0));
        assertThat(vector.agreements().get(Property.DNS_NAME)).isEqualTo(new Agreement(true, 50, 50));
        assertThat(vector.destinations().get(0).address()).hasToString(VICTIM);
        // 192.0.2.0 is not listed.
        assertThat(match.sources().seen()).isEqualTo(1);
        assertThat(match.sources().listed()).isEqualTo(3);
        assertThat(match.sources().matched().packets()).isEqualTo(25);
        assertThat(match.sources().services()).containsEntry("udp from port 53", 25L);
    }

    @Test
    void lessThanATenthOfTheRateIsNotSeen() throws Exception {
        FingerprintMatcher matcher = matcher(REFLECTION);
        for (int i = 0; i < 49; i++) {
            matcher.add(answer("198.51.100.1", i).asking("abused.example"));
        }

        assertThat(matcher.result().verdict()).isEqualTo(Verdict.NOT_SEEN);
        assertThat(matcher.result().reasons().get(0))
                .contains("more than 49 matching packets")
                .contains("needed: 50");
    }

    @Test
    void manySecondsDoNotAddUp() throws Exception {
        FingerprintMatcher matcher = matcher(REFLECTION);
        for (int i = 0; i < 400; i++) {
            matcher.add(answer("198.51.100.1", 0).at(i * 100_000_000L).asking("abused.example"));
        }

        assertThat(matcher.result().verdict()).isEqualTo(Verdict.NOT_SEEN);
        assertThat(matcher.result().vectors().get(0).busiestSecond()).isEqualTo(10);
    }

    @Test
    void otherNamesAndLengthsDoNotMatch() throws Exception {
        FingerprintMatcher matcher = matcher(REFLECTION);
        for (int i = 0; i < 200; i++) {
            matcher.add(answer("192.0.2.1", i).asking("ordinary.example"));
            matcher.add(Rows.udp("192.0.2.1", 53, VICTIM, 22, 120).asking("abused.example"));
        }
        FingerprintMatch match = matcher.result();

        assertThat(match.verdict()).isEqualTo(Verdict.SOURCES_SEEN);
        assertThat(match.vectors().get(0).candidates()).isEqualTo(400);
        assertThat(match.vectors().get(0).matched().packets()).isZero();
    }

    @Test
    void tagOrCheckSequenceMakesNoOtherLength() throws Exception {
        FingerprintMatcher matcher = matcher(REFLECTION);
        matcher.add(Rows.udp("198.51.100.1", 53, VICTIM, 22, 504));
        matcher.add(Rows.udp("198.51.100.1", 53, VICTIM, 22, 505));

        assertThat(matcher.result().vectors().get(0).matched().packets()).isEqualTo(1);
    }

    @Test
    void floodNeedsItsPortAndFlags() throws Exception {
        FingerprintMatcher matcher = matcher(FLOOD);
        for (int i = 0; i < 100; i++) {
            matcher.add(Rows.syn("192.0.2.1", 1_024 + i, VICTIM, 443));
            matcher.add(Rows.syn("192.0.2.1", 1_024 + i, VICTIM, 80));
            matcher.add(Rows.udp("192.0.2.1", 1_024 + i, VICTIM, 443, 40));
        }
        VectorMatch vector = matcher.result().vectors().get(0);

        assertThat(vector.candidates()).isEqualTo(200);
        assertThat(vector.matched().packets()).isEqualTo(100);
        assertThat(vector.seen()).isTrue();
    }

    /** A bot may send everything from one port of its own. */
    @Test
    void floodFromOnePortNeedsItsDestinationPortToo() throws Exception {
        FingerprintMatcher matcher = matcher(FLOOD.replace("\"random\"", "65279"));
        matcher.add(Rows.syn("192.0.2.1", 65_279, VICTIM, 443));
        matcher.add(Rows.syn("192.0.2.1", 65_279, VICTIM, 80));
        matcher.add(Rows.syn("192.0.2.1", 65_278, VICTIM, 443));

        assertThat(matcher.result().vectors().get(0).matched().packets()).isEqualTo(1);
    }

    @Test
    void requestsOfAnotherProgramDoNotMatch() throws Exception {
        FingerprintMatcher matcher = matcher(FLOOD.replace(
                "\"tcp_flags\": {\"......S.\": 1.0}",
                "\"http_user_agent\": {\"Bot/1.0\": 1.0}, \"http_uri\": {\"/login\": 1.0}"));
        matcher.add(request("/login", "Bot/1.0"));
        matcher.add(request("/other", "Bot/1.0"));
        matcher.add(request("/login", "Browser/2.0"));
        matcher.add(request("/login", ""));
        VectorMatch vector = matcher.result().vectors().get(0);

        assertThat(vector.matched().packets()).isEqualTo(3);
        assertThat(vector.agreements().get(Property.HTTP_USER_AGENT)).isEqualTo(new Agreement(true, 3, 2));
        assertThat(vector.agreements().get(Property.HTTP_URI))
                .as("another victim has other pages")
                .isEqualTo(new Agreement(false, 4, 3));
    }

    private static Rows request(String uri, String userAgent) {
        return Rows.syn("192.0.2.1", 4_000, VICTIM, 443).carrying(new Rows.Http("GET", uri, userAgent, 0));
    }

    @Test
    void ordinarySpreadOverDestinationsIsNotSeen() throws Exception {
        FingerprintMatcher matcher = matcher(FLOOD);
        for (int i = 0; i < 1_000; i++) {
            matcher.add(Rows.syn("192.0.2.1", 1_024 + i, "203.0.113." + i % 100, 443));
        }

        assertThat(matcher.result().verdict()).isEqualTo(Verdict.NOT_SEEN);
        assertThat(matcher.result().vectors().get(0).destinationCount()).isEqualTo(100);
    }

    @Test
    void recordsMatchByWhatTheySay() throws Exception {
        FingerprintMatcher matcher = matcher(REFLECTION);
        matcher.add(Rows.udp("192.0.2.1", 53, VICTIM, 22, 500).flow(60));
        VectorMatch vector = matcher.result().vectors().get(0);

        assertThat(vector.seen()).isTrue();
        assertThat(vector.agreements()).containsOnlyKeys(Property.DESTINATION_PORT);
    }

    @Test
    void textShowsNoControlCharacters() throws Exception {
        String text = MatchText.of(matcher("{\"attack_vectors\": [{\"service\": \"red \\u001b[31m\\nline\"}]}")
                .result());

        assertThat(text).contains("red ?[31m?line").doesNotContain("\u001b");
    }

    private static Rows answer(String source, int number) {
        return Rows.udp(source, 53, VICTIM, 40_000 + number, 500);
    }

    private static FingerprintMatcher matcher(String json) throws Exception {
        return new FingerprintMatcher(
                FingerprintReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    }
}
