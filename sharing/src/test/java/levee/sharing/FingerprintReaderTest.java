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

    /** From flows, with made-up values. */
    @Test
    void readsTheVersionOf2021() throws Exception {
        SharedFingerprint fingerprint = read("""
            {"attack_vectors": [
               {"service": "Fragmented IP packets", "protocol": "UDP", "source_port": 0, "destination_ports": [0],
                "TCP_flags": "N/A", "nr_flows": 12, "nr_packets": 4000, "nr_megabytes": 5,
                "time_start": "2021-01-02 03:04:05", "duration_seconds": 70, "source_ips": "12 IP addresses ommitted"},
               {"service": null, "protocol": "TCP", "source_port": "random", "destination_ports": [443],
                "TCP_flags": {"......S.": 0.99}, "duration_seconds": 10, "source_ips": ["192.0.2.1"]}],
             "target": "198.51.100.1", "tags": ["Fragmentation attack"], "nr_packets": 9000, "total_ips": 13,
             "average_mbps": 4, "key": "00112233445566778899aabbccddeeff"}
            """);
        SharedFingerprint.Vector fragments = fingerprint.vectors().get(0);
        SharedFingerprint.Vector flood = fingerprint.vectors().get(1);

        assertThat(fragments.tcpFlags().values()).isEmpty();
        assertThat(fragments.packets()).isEqualTo(4_000);
        assertThat(fragments.sources()).isEmpty();
        assertThat(flood.name()).isEqualTo("TCP");
        assertThat(flood.destinationPorts().values()).containsExactly(443);
        assertThat(flood.tcpFlags().values()).containsExactly(2);
        assertThat(flood.packets()).as("that of the whole").isEqualTo(9_000);
    }

    /** One file for each vector, with made-up values. */
    @Test
    void readsTheVersionOf2018() throws Exception {
        SharedFingerprint.Vector vector = read("""
            {"file_type": "pcap", "protocol": "DNS", "additional": {"dns_query": "Abused.Example", "dns_type": "255.0"},
             "src_ips": [{"ip": "192.0.2.1", "as": 64500}, {"ip": "192.0.2.2"}], "total_src_ips": 2, "src_ports": [53],
             "total_src_ports": 1, "dst_ports": [4444, 80], "total_dst_ports": 2, "start_timestamp": 1500000000.5,
             "key": "0f", "start_time": "2017-07-14 02:40:00", "duration_sec": 12.5, "avg_bps": 1000.5,
             "multivector_key": "0f", "vector": null}
            """).vectors().get(0);

        assertThat(vector.name()).isEqualTo("DNS");
        assertThat(vector.protocol()).isEqualTo(OptionalInt.of(17));
        assertThat(vector.isReflection()).isTrue();
        assertThat(vector.sourcePorts().values()).containsExactly(53);
        assertThat(vector.destinationPorts().values()).containsExactlyInAnyOrder(80, 4_444);
        assertThat(vector.dnsNames().values()).containsExactly("abused.example");
        assertThat(vector.sources()).hasSize(2);
        assertThat(vector.durationSeconds()).isEqualTo(12.5);
    }

    @Test
    void readsHttpFields() throws Exception {
        SharedFingerprint.Vector vector =
                read("""
                    {"attack_vectors": [{"service": "HTTP", "protocol": "TCP", "http_method": {"GET": 0.98, "others": 0.02},
                      "http_uri": "random", "http_user_agent": {"%s": 1.0}}]}
                    """.formatted("x".repeat(8_000))).vectors().get(0);

        assertThat(vector.httpMethods().values()).containsExactly("GET");
        assertThat(vector.httpMethods().isRequired()).isTrue();
        assertThat(vector.httpUris().values()).isEmpty();
        assertThat(vector.httpUserAgents().values()).containsExactly("x".repeat(128) + "...");
    }

    @Test
    void oneMayBeWrapped() throws Exception {
        assertThat(read("[" + DISSECTOR + "]").vectors())
                .isEqualTo(read(DISSECTOR).vectors());
        assertThat(read("\"{\\\"attack_vectors\\\": [{\\\"protocol\\\": 17}]}\"")
                        .vectors()
                        .get(0)
                        .protocol())
                .isEqualTo(OptionalInt.of(17));
    }

    @Test
    void missingFieldsArePassedOver() throws Exception {
        SharedFingerprint.Vector vector = read("{\"attack_vectors\": [{\"protocol\": \"TCP\"}]}")
                .vectors()
                .get(0);

        assertThat(vector.sourcePorts().isRequired()).isFalse();
        assertThat(vector.packets()).isZero();
        assertThat(vector.name()).isEqualTo("TCP");
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
                "[{},{}] | it holds 2 fingerprints",
                "\"nonsense\" | a text, but no JSON",
                "{\"src_ips\": 7} | source_ips: an array",
                "{\"attack_vectors\": [{\"protocol\": true}]} | attack_vectors[0].protocol: a text is expected, not"
                        + " true",
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
