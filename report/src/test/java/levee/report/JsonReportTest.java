package levee.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.InputSummary;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonReportTest {
    private final JsonReport report = new JsonReport();

    @Test
    void documentIsAsPromised() {
        assertThat(Samples.written(report, Samples.analysis())).isEqualTo(DOCUMENT);
    }

    @Test
    void sampledAttackOnAPrefix() {
        JsonNode attack = JsonMapper.shared()
                .readTree(Samples.written(report, Samples.of(List.of(), List.of(Samples.carpetBombing()))))
                .at("/findings/0");

        assertThat(attack.get("state").asString()).isEqualTo("open");
        assertThat(attack.get("direction").asString()).isEqualTo("unknown");
        assertThat(attack.get("visibility").asString()).isEqualTo("sampled");
        assertThat(attack.get("targets")).hasToString("[\"198.51.100.7/32\",\"198.51.100.9/32\"]");
        assertThat(attack.get("sampling")).hasToString("{\"rate\":1000,\"raw_samples\":412}");
        assertThat(attack.get("ingress"))
                .hasToString("[{\"exporter\":\"192.0.2.1\",\"interface\":3,\"share\":0.75},"
                        + "{\"exporter\":\"192.0.2.2\",\"interface\":14,\"share\":0.25}]");
        assertThat(attack.get("peak")).hasToString("{\"packets_per_second\":88.5,\"bits_per_second\":99.25}");
        assertThat(attack.at("/sources/distinct/exact").booleanValue()).isFalse();
    }

    @Test
    void namesOfOthersAreEscaped() {
        String name = "\u001b[31m\u009b\u202e\ud800高\n";

        String json = Samples.written(report, Samples.of(List.of(Samples.unreadable(name)), List.of()));

        assertThat(json).matches("[ -~\n]*");
        assertThat(JsonMapper.shared().readTree(json).at("/inputs/0/name").asString())
                .isEqualTo(name);
    }

    @Test
    void timesBeyondRfc3339AreKeptInside() {
        InputSummary input = new InputSummary(
                "-",
                "pcapng",
                "none",
                "packets",
                1,
                0,
                1,
                Optional.of(Instant.MIN),
                Optional.of(Instant.MAX),
                Map.of(),
                Optional.empty());

        assertThat(Samples.written(report, Samples.of(List.of(input), List.of())))
                .contains("\"first\": \"0000-01-01T00:00:00Z\"", "\"last\": \"9999-12-31T23:59:59.999999999Z\"");
    }

    @Test
    void refusalOfTheStreamIsAnIoException() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> report.write(Samples.analysis(), new JsonLinesReportTest.BrokenPipe()))
                .withMessage("broken pipe");
    }

    @Test
    void streamStaysOpen() throws IOException {
        boolean[] closed = {false};
        report.write(Samples.analysis(), new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        });

        assertThat(closed[0]).isFalse();
    }

    private static final String DOCUMENT = """
        {
          "schema_version": "1",
          "levee_version": "0.1.0",
          "settings": {
            "networks": [ "10.0.0.0/8", "fd00::/8" ]
          },
          "evicted": 3,
          "inputs": [ {
            "name": "pcap/snmp.pcap.gz",
            "format": "pcap",
            "compression": "gzip",
            "carries": "packets",
            "packets": 37963,
            "flows": 0,
            "bytes": 53000000,
            "first": "2021-06-14T19:45:01.003299Z",
            "last": "2021-06-14T19:45:24.500Z",
            "rejected": {
              "not_ip": 2,
              "truncated": 1
            },
            "damage": {
              "offset": 52999000,
              "reason": "the last record is cut off"
            }
          }, {
            "name": "notes.txt",
            "format": "unknown",
            "compression": "none",
            "carries": "unknown",
            "packets": 0,
            "flows": 0,
            "bytes": 17,
            "first": null,
            "last": null,
            "rejected": {},
            "damage": null
          } ],
          "findings": [ {
            "id": "attack-7c1f0e",
            "kind": "attack",
            "state": "ended",
            "direction": "inbound",
            "target": "10.10.10.10/32",
            "targets": [],
            "start": "2021-06-14T19:45:01.003299Z",
            "end": "2021-06-14T19:45:24.500Z",
            "confidence": 0.98,
            "visibility": "one-way",
            "sampling": {
              "rate": 1,
              "raw_samples": 37841
            },
            "ingress": [],
            "peak": {
              "packets_per_second": 12346,
              "bits_per_second": 358900000
            },
            "total": {
              "packets": 37841,
              "bytes": 52345678
            },
            "other_traffic": {
              "packets": 120,
              "bytes": 9000
            },
            "sources": {
              "distinct": {
                "value": 37623,
                "exact": true
              },
              "spoofing": {
                "verdict": "unlikely",
                "reasons": [ "the sources answer from a well-known port" ]
              },
              "top": [ {
                "prefix": "192.0.2.0/24",
                "packets": 4541,
                "bytes": 6300000
              }, {
                "prefix": "2001:db8::/48",
                "packets": 100,
                "bytes": 140000
              } ]
            },
            "vectors": [ {
              "name": "snmp-reflection",
              "packet_share": 0.9346,
              "byte_share": 0.97,
              "protocol": "udp",
              "source_ports": [ 161 ],
              "destination_ports": [ 80, 443 ],
              "packet_lengths": [ 1500 ],
              "times_to_live": [ 54, 240 ],
              "start": "2021-06-14T19:45:01.003299Z",
              "end": "2021-06-14T19:45:24.500Z",
              "noticed": "2021-06-14T19:45:02.100Z",
              "confidence": 0.99,
              "spoofing": {
                "verdict": "unlikely",
                "reasons": [ "the sources answer from a well-known port" ]
              },
              "sample": [ {
                "time": "2021-06-14T19:45:01.003299Z",
                "source": "192.0.2.3",
                "source_port": 161,
                "destination": "10.10.10.10",
                "destination_port": 80,
                "protocol": 17,
                "tcp_flags": 0,
                "time_to_live": 54,
                "packets": 1,
                "bytes": 1500
              } ]
            }, {
              "name": "udp-fragment-flood",
              "packet_share": 0.0654,
              "byte_share": 0.03,
              "protocol": "udp",
              "source_ports": [],
              "destination_ports": [],
              "packet_lengths": [],
              "times_to_live": [],
              "start": "2021-06-14T19:45:01.003299Z",
              "end": "2021-06-14T19:45:24.500Z",
              "noticed": "2021-06-14T19:45:02.100Z",
              "confidence": 0.8,
              "spoofing": {
                "verdict": "unknown",
                "reasons": [ "too few packets to tell" ]
              },
              "sample": []
            } ],
            "timeline": {
              "start": "2021-06-14T19:45:01.003299Z",
              "slot_seconds": 12,
              "vectors": [ {
                "name": "snmp-reflection",
                "packets": [ 30000, 5000 ],
                "bytes": [ 30000000, 5000000 ]
              } ],
              "other_traffic": {
                "packets": [ 20, 100 ],
                "bytes": [ 20000, 100000 ]
              }
            },
            "other_sample": [ {
              "time": "2021-06-14T19:45:01.003299Z",
              "source": "192.0.2.3",
              "source_port": 161,
              "destination": "10.10.10.10",
              "destination_port": 80,
              "protocol": 17,
              "tcp_flags": 0,
              "time_to_live": 54,
              "packets": 1,
              "bytes": 1500
            } ],
            "evidence": [ {
              "statement": "The packet rate rose far above what is usual.",
              "value": 12345.7,
              "threshold": 1000,
              "method": "rate-floor"
            }, {
              "statement": "No request was seen.",
              "value": null,
              "threshold": null,
              "method": "pairing"
            } ]
          } ]
        }
        """;
}
