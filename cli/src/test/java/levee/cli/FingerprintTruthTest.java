package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import levee.testing.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fingerprints of real attacks, against what tshark counts in the captures. */
final class FingerprintTruthTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "amp.UDP.isakmp.pcap, ipsec-nat-t-reflection, IPSEC-NAT-T, 4500, 3984, 924288, 2767, 0.408858, 9744",
        "amp.UDP.snmp.src161.pcapng, snmp-reflection, SNMP, 161, 4373, 994625, 4276, 0.023497, 186109",
        "amp.UDP.ssdp.booter.pcap, ssdp-reflection, SSDP, 1900, 1375, 504217, 27, 242.645491, 6",
        "amp.dns.RRSIG.fragmented.pcap, dns-reflection, DNS, 53, 1249, 1632146, 52, 27.808167, 45",
        "pkt.TCP.synflood.spoofed.pcap, tcp-syn-flood, Unknown service, random, 37841, 1513640, 37623, 23.683853, 1598",
        "thc-denial6-5.pcap, icmpv6-flood, Unknown service, random, 35690, 2569680, 1, 2.258246, 15804"
    })
    void countsWhatIsThere(
            String capture,
            String vector,
            String service,
            String sourcePort,
            long packets,
            long bytes,
            int sources,
            double seconds,
            long packetsPerSecond)
            throws IOException {
        JsonNode fingerprint = fingerprint(capture);

        assertThat(fingerprint.get("attack_vectors")).as("no ordinary traffic").hasSize(1);
        JsonNode only = fingerprint.get("attack_vectors").get(0);
        assertThat(only.get("vector").asString()).isEqualTo(vector);
        assertThat(only.get("service").asString()).isEqualTo(service);
        assertThat(only.get("source_port").asString()).isEqualTo(sourcePort);
        assertThat(only.get("fraction_of_attack").asDouble()).isEqualTo(1);
        assertThat(only.get("nr_packets").asLong()).isEqualTo(packets);
        assertThat(only.get("nr_megabytes").asDouble()).isEqualTo(bytes / 1e6);
        assertThat(only.get("source_ips")).hasSize(sources);
        assertThat(only.get("source_ips_total").asInt()).isEqualTo(sources);
        assertThat(only.get("source_ips_complete").asBoolean()).isTrue();
        assertThat(fingerprint.get("total_packets").asLong()).isEqualTo(packets);
        assertThat(fingerprint.get("total_ips").asInt()).isEqualTo(sources);
        assertThat(fingerprint.get("duration_seconds").asDouble()).isEqualTo(seconds);
        assertThat(fingerprint.get("avg_pps").asLong()).isEqualTo(packetsPerSecond);
        assertThat(fingerprint.get("avg_bps").asLong()).isEqualTo(Math.round(bytes * 8 / seconds));
        assertThat(fingerprint.get("counted").asString()).isEqualTo("all");
    }

    @Test
    void reflectionOfDnsTellsWhatWasAsked() throws IOException {
        JsonNode vector = fingerprint("amp.dns.RRSIG.fragmented.pcap")
                .get("attack_vectors")
                .get(0);

        assertThat(vector.get("dns_query_name")).hasToString("{\"pizzaseo.com\":1.0}");
        assertThat(vector.get("dns_query_type")).hasToString("{\"RRSIG\":1.0}");
        assertThat(vector.get("destination_ports")).hasToString("{\"22\":1.0}");
        // 523 of 1,249 are first fragments.
        assertThat(vector.get("fragmentation_offset").get("0").asDouble()).isEqualTo(0.419);
        assertThat(vector.get("source_ips").toString())
                .as("the target's own resolver is no reflector")
                .doesNotContain("\"8.8.8.8\"");
    }

    @Test
    void ownLookUpsOfTheTargetAreNoAttack() throws IOException {
        JsonNode fingerprint = fingerprint("amp.UDP.ssdp.booter.pcap");

        assertThat(fingerprint.get("attack_vectors").get(0).get("source_ips").toString())
                .doesNotContain("172.31.0.2");
        assertThat(fingerprint.get("tags").toString()).isEqualTo("[\"UDP\",\"Amplification attack\"]");
    }

    @Test
    void targetIsShownOnRequestAndMayBeIpv6() throws IOException {
        JsonNode hidden = fingerprint("thc-denial6-5.pcap");
        JsonNode shown = fingerprint("thc-denial6-5.pcap", "--fingerprint-target", "show");

        assertThat(hidden.get("target").asString()).isEqualTo("Anonymous");
        assertThat(shown.get("target").asString()).isEqualTo("2001:db8:1::1");
        assertThat(shown.get("key")).isEqualTo(hidden.get("key"));
        assertThat(shown.get("attack_vectors").get(0).get("ethernet_type")).hasToString("{\"IPv6\":1.0}");
        assertThat(shown.get("attack_vectors").get(0).get("icmp_type")).hasToString("{\"Echo Request\":1.0}");
    }

    @Test
    void floodOfSynNamesItsFlags() throws IOException {
        JsonNode fingerprint = fingerprint("pkt.TCP.synflood.spoofed.pcap");
        JsonNode vector = fingerprint.get("attack_vectors").get(0);

        assertThat(vector.get("tcp_flags")).hasToString("{\"......S.\":1.0}");
        assertThat(vector.get("destination_ports")).hasToString("{\"25565\":1.0}");
        assertThat(vector.get("frame_len")).hasToString("{\"60\":1.0}");
        assertThat(fingerprint.get("tags").toString()).contains("TCP SYN flag attack");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amp.UDP.isakmp.pcap",
                "amp.UDP.snmp.src161.pcapng",
                "amp.UDP.ssdp.booter.pcap",
                "amp.dns.RRSIG.fragmented.pcap",
                "pkt.TCP.synflood.spoofed.pcap",
                "thc-denial6-5.pcap"
            })
    void isSeenWhereItHappenedAndNowhereElse(String capture) throws IOException {
        fingerprint(capture);
        String file = onlyFile().toString();
        Path output = folder.resolve("match.json");

        assertThat(match(file, output, RealData.file("attacks/" + capture))).isZero();
        assertThat(match(file, output, RealData.file("benign/lan-mix.pcap"))).isEqualTo(1);
        for (String other :
                List.of("amp.UDP.isakmp.pcap", "amp.UDP.ssdp.booter.pcap", "pkt.TCP.synflood.spoofed.pcap")) {
            if (!other.equals(capture)) {
                assertThat(match(file, output, RealData.file("attacks/" + other)))
                        .as(other)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void matchCountsEverythingThatMatches() throws IOException {
        fingerprint("pkt.TCP.synflood.spoofed.pcap");
        Path output = folder.resolve("match.json");
        match(onlyFile().toString(), output, RealData.file("attacks/pkt.TCP.synflood.spoofed.pcap"));
        JsonNode match = JsonMapper.shared().readTree(Files.readString(output));

        assertThat(match.get("verdict").asString()).isEqualTo("seen");
        JsonNode vector = match.get("vectors").get(0);
        assertThat(vector.get("matched").get("packets").asLong()).isEqualTo(37_841);
        assertThat(vector.get("destinations").get(0).get("address").asString()).isEqualTo("10.10.10.10");
        assertThat(match.get("sources").get("seen").asLong()).isEqualTo(37_623);
        assertThat(match.get("sources").get("services").get("tcp to port 25565").asLong())
                .isEqualTo(37_841);
    }

    private static int match(String file, Path output, Path capture) {
        return Main.run(
                "fingerprint", "match", file, capture.toString(), "--format", "json", "--output", output.toString());
    }

    private JsonNode fingerprint(String capture, String... options) throws IOException {
        Path written = folder.resolve("fingerprints");
        Stream<String> all = Stream.concat(
                Stream.of(
                        "analyze",
                        RealData.file("attacks/" + capture).toString(),
                        "--output",
                        folder.resolve("report").toString(),
                        "--fingerprint",
                        written.toString()),
                Stream.of(options));
        assertThat(Main.run(all.toArray(String[]::new))).isZero();
        String json = Files.readString(onlyFile());
        assertThat(FingerprintSchema.complaints(json)).isEmpty();
        return JsonMapper.shared().readTree(json);
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("fingerprints"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
