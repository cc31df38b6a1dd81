package levee.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.model.Attack;
import levee.model.AttackVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class FingerprintWriterTest {
    private static final String TARGET = "198.51.100.7";

    @Test
    void countsToTheByte() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.NTP_REFLECTION));
        for (int i = 0; i < 100; i++) {
            counter.add(
                    0,
                    Rows.udp("192.0.2." + i % 4, 123, TARGET, i < 90 ? 80 : 1_000 + i, 468)
                            .at(i * 1_000_000L));
        }
        JsonNode vector = written(counter).get("attack_vectors").get(0);

        assertThat(vector.get("nr_packets").asInt()).isEqualTo(100);
        assertThat(vector.get("nr_megabytes").asDouble()).isEqualTo(0.0468);
        assertThat(vector.get("duration_seconds").asDouble()).isEqualTo(0.099);
        assertThat(vector.get("source_ips")).hasToString("[\"192.0.2.0\",\"192.0.2.1\",\"192.0.2.2\",\"192.0.2.3\"]");
        assertThat(vector.get("destination_ports")).hasToString("{\"80\":0.9,\"others\":0.1}");
        assertThat(vector.get("frame_len")).hasToString("{\"482\":1.0}");
        assertThat(vector.get("ntp_requestcode")).hasToString("{\"42\":1.0}");
        assertThat(vector.get("source_port").asInt()).isEqualTo(123);
        assertThat(vector.has("nr_flows")).isFalse();
    }

    @Test
    void requestsAndResponsesOverTcp() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.TCP_ACK_FLOOD));
        Rows packet = Rows.syn("192.0.2.1", 4_000, TARGET, 80);
        for (int i = 0; i < 9; i++) {
            counter.add(0, packet.carrying(new Rows.Http("GET", "/secret", "Bot/1.0", 0)));
        }
        counter.add(0, packet.carrying(new Rows.Http("POST", "", "", 0)));
        counter.add(0, packet.carrying(new Rows.Http("", "", "", 403)));
        counter.add(0, packet);
        JsonNode vector = written(counter).get("attack_vectors").get(0);

        assertThat(vector.get("http_method")).hasToString("{\"GET\":0.9,\"POST\":0.1}");
        assertThat(vector.get("http_user_agent")).hasToString("{\"Bot/1.0\":1.0}");
        assertThat(vector.get("http_status")).hasToString("{\"403\":1.0}");
        assertThat(vector.has("http_uri")).as("it is the hidden target's own").isFalse();
        assertThat(JsonMapper.shared()
                        .readTree(FingerprintWriter.write(counter, TargetPrivacy.SHOW)
                                .json())
                        .get("attack_vectors")
                        .get(0)
                        .get("http_uri"))
                .hasToString("{\"/secret\":1.0}");
    }

    @Test
    void attackOfMillisecondsHasRates() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.DNS_REFLECTION));
        counter.add(0, Rows.udp("192.0.2.1", 53, TARGET, 80, 1_000));
        counter.add(0, Rows.udp("192.0.2.1", 53, TARGET, 80, 1_000).at(4_000_000));
        JsonNode fingerprint = written(counter);

        assertThat(fingerprint.get("duration_seconds").asDouble()).isEqualTo(0.004);
        assertThat(fingerprint.get("avg_pps").asInt()).isEqualTo(500);
        assertThat(fingerprint.get("avg_bps").asInt()).isEqualTo(4_000_000);
        assertThat(fingerprint.get("avg_Bpp").asInt()).isEqualTo(1_000);
        assertThat(fingerprint.get("time_start").asString()).isEqualTo("2023-11-14T22:13:20.000000+00:00");
        assertThat(fingerprint.get("time_end").asString()).isEqualTo("2023-11-14T22:13:20.004000+00:00");
    }

    @Test
    void attackWithinOneTimestampHasTheRatesOfItsFullestSecond() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.DNS_REFLECTION));
        counter.add(0, Rows.udp("192.0.2.1", 53, TARGET, 80, 100));
        JsonNode fingerprint = written(counter);

        assertThat(fingerprint.get("avg_pps").asInt()).isEqualTo(1_000);
        assertThat(fingerprint.get("avg_bps").asInt()).isEqualTo(800_000);
    }

    @Test
    void targetIsHiddenAndNothingElseNamesIt() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.DNS_QUERY_FLOOD));
        counter.add(0, Rows.udp("192.0.2.1", 4_000, TARGET, 53, 70).asking("shop.example"));
        Fingerprint hidden = FingerprintWriter.write(counter, TargetPrivacy.HIDE);
        Fingerprint shown = FingerprintWriter.write(counter, TargetPrivacy.SHOW);

        assertThat(hidden.json()).contains("\"Anonymous\"").doesNotContain(TARGET, "shop.example");
        assertThat(shown.json()).contains("\"target\": \"" + TARGET + "\"", "\"shop.example\": 1.0");
        assertThat(shown.key()).isEqualTo(hidden.key()).matches("[0-9a-f]{32}");
    }

    @Test
    void whatIsAskedInAReflectionIsToldAnyway() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.DNS_REFLECTION));
        counter.add(0, Rows.udp("192.0.2.1", 53, TARGET, 80, 70).asking("abused.example"));

        assertThat(written(counter).get("attack_vectors").get(0).get("dns_query_name"))
                .hasToString("{\"abused.example\":1.0}");
    }

    @Test
    void anotherAttackHasAnotherKey() {
        AttackCounter one = counter(Attacks.on(TARGET, AttackVector.UDP_FLOOD));
        AttackCounter other = counter(Attacks.on(TARGET, AttackVector.UDP_FLOOD));
        one.add(0, Rows.udp("192.0.2.1", 1, TARGET, 80, 70));
        other.add(0, Rows.udp("192.0.2.2", 1, TARGET, 80, 70));

        assertThat(FingerprintWriter.write(one, TargetPrivacy.HIDE).key())
                .isNotEqualTo(FingerprintWriter.write(other, TargetPrivacy.HIDE).key());
    }

    @Test
    void prefixAndSeveralVectorsAreTagged() {
        AttackCounter counter =
                counter(Attacks.on("2001:db8::/48", AttackVector.IPSEC_NAT_T_REFLECTION, AttackVector.TCP_SYN_FLOOD));
        counter.add(0, Rows.udp("2001:db8:1::1", 4_500, "2001:db8::1", 80, 300));
        counter.add(1, Rows.syn("2001:db8:1::2", 1_024, "2001:db8::2", 80));
        JsonNode fingerprint = JsonMapper.shared()
                .readTree(FingerprintWriter.write(counter, TargetPrivacy.SHOW).json());

        assertThat(fingerprint.get("target").asString()).isEqualTo("2001:db8::/48");
        assertThat(fingerprint.get("tags").values().stream().map(JsonNode::asString))
                .contains(
                        "Multi-vector attack",
                        "Carpet bombing attack",
                        "Amplification attack",
                        "TCP flood attack",
                        "TCP SYN flag attack");
        // 300 of 340 bytes.
        assertThat(fingerprint
                        .get("attack_vectors")
                        .get(0)
                        .get("fraction_of_attack")
                        .asDouble())
                .isEqualTo(0.882);
    }

    @Test
    void recordsAreCountedAsFlows() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.TCP_SYN_FLOOD));
        counter.add(0, Rows.syn("192.0.2.1", 1_024, TARGET, 80).flow(3));
        counter.add(0, Rows.syn("192.0.2.2", 1_025, TARGET, 80).flow(5));
        JsonNode fingerprint = written(counter);

        assertThat(fingerprint.get("total_flows").asInt()).isEqualTo(2);
        assertThat(fingerprint.get("total_packets").asInt()).isEqualTo(8);
        JsonNode vector = fingerprint.get("attack_vectors").get(0);
        assertThat(vector.get("nr_flows").asInt()).isEqualTo(2);
        assertThat(vector.has("ttl")).isFalse();
        assertThat(vector.has("frame_len")).isFalse();
    }

    @Test
    void packetThatOpenedAConversationIsTakenBack() {
        AttackCounter counter = counter(Attacks.on(TARGET, AttackVector.TCP_SYN_FLOOD));
        counter.add(0, Rows.syn("192.0.2.1", 1_024, TARGET, 80));
        counter.add(0, Rows.syn("192.0.2.2", 1_024, TARGET, 80));
        counter.takeBack(0, Rows.syn("192.0.2.2", 1_024, TARGET, 80));
        counter.takeBack(0, Rows.syn("192.0.2.9", 1_024, TARGET, 80));
        JsonNode fingerprint = written(counter);

        assertThat(fingerprint.get("total_packets").asInt()).isEqualTo(1);
        assertThat(fingerprint.get("attack_vectors").get(0).get("source_ips")).hasToString("[\"192.0.2.1\"]");
    }

    @Test
    void samplesAreScaledAndSaidToBeSamples() {
        Attack attack = Attacks.on(TARGET, Attacks.sample(), AttackVector.DNS_REFLECTION);
        AttackCounter counter = AttackCounter.ofSamples(List.of(attack)).get(0);
        JsonNode fingerprint = written(counter);

        assertThat(fingerprint.get("counted").asString()).isEqualTo("sample");
        assertThat(fingerprint.get("total_packets").asInt()).isEqualTo(1_000);
        assertThat(fingerprint.get("total_megabytes").asDouble()).isEqualTo(0.1);
        assertThat(fingerprint.get("total_ips").asInt()).isEqualTo(500);
        assertThat(fingerprint.get("duration_seconds").asDouble()).isEqualTo(0.25);
        JsonNode vector = fingerprint.get("attack_vectors").get(0);
        assertThat(vector.get("source_ips")).hasSize(2);
        assertThat(vector.get("source_ips_total").asInt()).isEqualTo(500);
        assertThat(vector.get("source_ips_complete").asBoolean()).isFalse();
        assertThat(vector.get("ttl")).hasToString("{\"55\":1.0}");
        assertThat(vector.has("frame_len")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everyVectorHasAName(AttackVector vector) {
        assertThat(Services.name(vector)).isNotBlank();
        if (vector.family() == AttackVector.Family.UDP_REFLECTION) {
            assertThat(Services.name(vector)).isNotEqualTo("Unknown service");
        }
    }

    private static AttackCounter counter(Attack attack) {
        return AttackCounter.ofRows(List.of(attack)).get(0);
    }

    private static JsonNode written(AttackCounter counter) {
        return JsonMapper.shared()
                .readTree(FingerprintWriter.write(counter, TargetPrivacy.HIDE).json());
    }
}
