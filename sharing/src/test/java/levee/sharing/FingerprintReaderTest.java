package levee.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FingerprintReaderTest {

    /** As the dissector writes it, with made-up values. */
    private static final String DISSECTOR = """
        {"attack_vectors": [{"service": "DNS", "protocol": "UDP", "source_port": 53, "fraction_of_attack": 0.945,
          "destination_ports": "random", "tcp_flags": null, "nr_packets": 166750, "nr_megabytes": 21,
          "time_start": "2013-08-15 00:56:40.211654+02:00", "duration_seconds": 22,
          "source_ips": ["192.0.2.1", "2001:db8::1"], "ethernet_type": {"IPv4": 1.0},
          "frame_len": {"103": 0.695, "87": 0.208, "others": 0.097}, "fragmentation_offset": {"0": 1.0},
          "ttl": {"120": 0.1, "others": 0.9}, "dns_query_name": {"Abused.Example": 0.999}}],
         "target": "Anonymous", "tags": ["UDP", "Amplification attack"], "key": "2e8c013d61ccaf88a1016828c16b9f0e",
         "avg_bps": 8039206, "submitter": "somebody", "shareable": true}
        """;

    @Test
    void readsTheDissectors() throws Exception {
        SharedFingerprint fingerprint = read(DISSECTOR);
        SharedFingerprint.Vector vector = fingerprint.vectors().get(0);

        assertThat(fingerprint.key()).isEqualTo("2e8c013d61ccaf88a1016828c16b9f0e");
        assertThat(vector.name()).isEqualTo("DNS");
        assertThat(vector.protocol()).isEqualTo(OptionalInt.of(17));
        assertThat(vector.sourcePorts().values()).containsExactly(53);
        assertThat(vector.destinationPorts().isRequired()).isFalse();
        assertThat(vector.frameLengths().values()).containsExactlyInAnyOrder(103, 87);
        assertThat(vector.frameLengths().isRequired()).isTrue();
        assertThat(vector.timesToLive().isRequired()).isFalse();
        assertThat(vector.dnsNames().values()).containsExactly("abused.example");
        assertThat(vector.sources()).hasSize(2);
        assertThat(vector.packets()).isEqualTo(166_750);
    }

    @Test
    void readsTheFirstVersion() throws Exception {
        SharedFingerprint.Vector vector = read("""
            {"attack_vector": [{"ip_proto": ["UDP"], "highest_protocol": ["DNS"], "dns_qry_name": ["abused.example"],
              "frame_len": [1514], "srcport": [53], "src_ips": ["omitted"]}],
             "duration_sec": 0.16, "total_packets": 16471, "key": "44518107642b9ac"}
            """).vectors().get(0);

        assertThat(vector.name()).isEqualTo("DNS");
        assertThat(vector.sourcePorts().isRequired()).isTrue();
        assertThat(vector.frameLengths().isRequired())
                .as("only the most common length is listed")
                .isFalse();
        assertThat(vector.packets()).isEqualTo(16_471);
        assertThat(vector.durationSeconds()).isEqualTo(0.16);
        assertThat(vector.sources()).isEmpty();
    }

    @Test
    void missingFieldsArePassedOver() throws Exception {
        SharedFingerprint.Vector vector = read("{\"attack_vectors\": [{\"protocol\": \"TCP\"}]}")
                .vectors()
                .get(0);

        assertThat(vector.sourcePorts().isRequired()).isFalse();
        assertThat(vector.packets()).isZero();
        assertThat(vector.name()).isEqualTo("unnamed");
    }

    @Test
    void listOfSourcesMayBeSummarised() throws Exception {
        assertThat(read("{\"attack_vectors\": [{\"source_ips\": \"2 IP addresses ommitted\"}]}")
                        .vectors()
                        .get(0)
                        .sources())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | not JSON",
                "[] | no JSON object",
                "{} | attack_vectors",
                "{\"attack_vectors\": {}} | attack_vectors",
                "{\"attack_vectors\": []} | attack_vectors",
                "{\"attack_vectors\": [7]} | attack_vectors[0] is no object",
                "{\"attack_vectors\": [{\"protocol\": 7}]} | attack_vectors[0].protocol: a text is expected, not 7",
                "{\"attack_vectors\": [{\"protocol\": \"XYZ\"}]} | there is no protocol 'XYZ'",
                "{\"attack_vectors\": [{\"nr_packets\": \"many\"}]} | attack_vectors[0].nr_packets: a number",
                "{\"attack_vectors\": [{\"nr_packets\": -1}]} | attack_vectors[0].nr_packets: a number from 0 on",
                "{\"attack_vectors\": [{\"nr_packets\": 1e400}]} | attack_vectors[0].nr_packets: a number from 0 on",
                "{\"attack_vectors\": [{\"frame_len\": true}]} | attack_vectors[0].frame_len: values",
                "{\"attack_vectors\": [{\"frame_len\": {\"60\": \"x\"}}]} | attack_vectors[0].frame_len: a number",
                "{\"attack_vectors\": [{\"source_ips\": 7}]} | attack_vectors[0].source_ips: an array",
                "{\"attack_vectors\": [{\"source_ips\": [\"a\", \"b\"]}]} | 2 of 2 are no IP addresses",
                "{\"attack_vectors\": [{}]} {} | not JSON"
            })
    void whatIsNoFingerprintIsToldApart(String json, String complaint) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(FingerprintException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> read("{\"attack_vectors\": [{\"protocol\": \"XYZ\", \"nr_packets\": []}]}"))
                .hasMessageContaining("XYZ")
                .hasMessageContaining("nr_packets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"attack_vectors\":["})
    void deepNestingIsRefused(String opening) {
        assertThatThrownBy(() -> read(opening.repeat(100_000))).isInstanceOf(FingerprintException.class);
    }

    @Test
    void hugeNumbersAreRefused() {
        String number = "9".repeat(1_000_000);

        assertThatThrownBy(() -> read("{\"attack_vectors\": [{\"nr_packets\": " + number + "}]}"))
                .isInstanceOf(FingerprintException.class);
    }

    @Test
    void tooManyVectorsAreRefused() {
        assertThatThrownBy(() -> read("{\"attack_vectors\": [" + "{},".repeat(64) + "{}]}"))
                .hasMessageContaining("more than 64");
    }

    private static SharedFingerprint read(String json) throws IOException, FingerprintException {
        return FingerprintReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
