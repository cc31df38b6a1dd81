package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.IpAddress;
import levee.telemetry.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Suricata's events, as version 4 to 8 write them. */
class EveRecordsTest {
    private static final LogType TYPE = new LogType(LogFormat.SURICATA_EVE, LogKind.CONNECTIONS);
    private static final String ENDS =
            "\"timestamp\":\"2023-11-14T23:13:20.500000+0100\",\"flow_id\":1,\"src_ip\":\"192.0.2.1\",\"src_port\":40000,\"dest_ip\":\"198.51.100.7\",\"dest_port\":53,\"proto\":\"UDP\",";

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\'',
            value = {
                // Version 1: one event for each record of the answer.
                "'{\"type\":\"query\",\"id\":7,\"rrname\":\"A.example\",\"rrtype\":\"A\",\"tx_id\":0}' false 'DNS 0 1"
                        + " a.example||'",
                "'{\"type\":\"answer\",\"id\":7,\"rcode\":\"NOERROR\",\"rrname\":\"a.example\",\"rrtype\":\"A\",\"ttl\":9,\"rdata\":\"192.0.2.9\"}'"
                    + " true 'DNS 0 1 a.example|| [192.0.2.9]'",
                // Version 2: detailed answers, grouped ones, or both.
                "'{\"version\":2,\"type\":\"answer\",\"id\":7,\"flags\":\"8180\",\"qr\":true,\"rrname\":\"a.example\",\"rrtype\":\"AAAA\",\"rcode\":\"NOERROR\",\"answers\":[{\"rrname\":\"a.example\",\"rrtype\":\"CNAME\",\"ttl\":9,\"rdata\":\"b.example\"},{\"rrname\":\"b.example\",\"rrtype\":\"AAAA\",\"ttl\":9,\"rdata\":\"2001:db8::9\"}],\"grouped\":{\"CNAME\":[\"b.example\"],\"AAAA\":[\"2001:db8::9\"]}}'"
                    + " true 'DNS 0 28 a.example|b.example| [2001:db8::9]'",
                "'{\"version\":2,\"type\":\"answer\",\"rrname\":\"a.example\",\"rrtype\":\"TXT\",\"rcode\":\"NOERROR\",\"grouped\":{\"TXT\":[\"x"
                    + " y\",\"z\"]}}' true 'DNS 0 16 a.example|x y|'",
                "'{\"version\":2,\"type\":\"answer\",\"rrname\":\"a.example\",\"rrtype\":\"A\",\"rcode\":\"NXDOMAIN\",\"authorities\":[{\"rrname\":\"example\",\"rrtype\":\"SOA\"}]}'"
                    + " true 'DNS 3 1 a.example||'",
                // Version 3: questions in a list.
                "'{\"version\":3,\"type\":\"request\",\"tx_id\":0,\"id\":7,\"queries\":[{\"rrname\":\"a.example\",\"rrtype\":\"HTTPS\"},{\"rrname\":\"b.example\",\"rrtype\":\"A\"}]}'"
                    + " false 'DNS 0 65 a.example||'",
                "'{\"version\":3,\"type\":\"response\",\"rcode\":\"REFUSED\",\"queries\":[{\"rrname\":\"a.example\",\"rrtype\":\"A\"}]}'"
                    + " true 'DNS 5 1 a.example||'"
            })
    void names(String dns, boolean answered, String said) {
        Event event = read("dns", "\"dns\":" + dns).event(0);
        assertThat(event.said()).isEqualTo(said);
        assertThat(event.isResponse()).isEqualTo(answered);
        assertThat(event.nanos()).isEqualTo(1_700_000_000_500_000_000L);
        assertThat(event.initiator()).isEqualTo(IpAddress.parse("192.0.2.1"));
        assertThat(event.protocol()).isEqualTo(17);
    }

    @Test
    void anAnswerToldFromTheServersSide() {
        String line =
                "{\"timestamp\":\"2023-11-14T22:13:20Z\",\"event_type\":\"dns\",\"src_ip\":\"198.51.100.7\",\"src_port\":53,\"dest_ip\":\"192.0.2.1\",\"dest_port\":40000,\"proto\":\"UDP\",\"dns\":{\"type\":\"answer\",\"rrname\":\"a\",\"rcode\":\"NOERROR\"}}\n";
        Event event = ReadLog.of(TYPE, line).event(0);
        assertThat(event.initiatorPort()).isEqualTo(40_000);
        assertThat(event.responder()).isEqualTo(IpAddress.parse("198.51.100.7"));
    }

    @Test
    void handshakes() {
        ReadLog read = read(
                "tls",
                "\"tls\":{\"subject\":\"CN=\\\"x\\\"\",\"sni\":\"A.example\",\"version\":\"TLS"
                    + " 1.2\",\"ja3\":{\"hash\":\"0123456789abcdef0123456789abcdef\",\"string\":\"771,4\"},\"ja3s\":{\"hash\":\"f0123456789abcdef0123456789abcde\"},\"ja4\":\"t12d\"}");
        assertThat(read.events())
                .extracting(Event::said)
                .containsExactly(
                        "TLS_CLIENT_HELLO 0 0 a.example|0123456789abcdef0123456789abcdef|t12d",
                        "TLS_SERVER_HELLO 0 771 |f0123456789abcdef0123456789abcde|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\'',
            value = {
                "http '{\"hostname\":\"a.example\",\"url\":\"\\/x?y=\\u00e4\",\"http_user_agent\":\"curl\\/8\",\"http_method\":\"GET\",\"status\":404}'"
                    + " 'HTTP 404 0 a.example|curl/8|/x?y=\u00c3\u00a4'",
                "ssh '{\"client\":{\"proto_version\":\"2.0\",\"software_version\":\"libssh_0.9\",\"hassh\":{\"hash\":\"1\"}},\"server\":{\"proto_version\":\"2.0\",\"software_version\":\"OpenSSH_9\"}}'"
                    + " 'SSH 0 0 |SSH-2.0-libssh_0.9|SSH-2.0-OpenSSH_9'",
                "smtp '{\"helo\":\"mx.example\",\"mail_from\":\"<a@example.org>\",\"rcpt_to\":[\"<b@example.net>\",\"<c@example.net>\"]}'"
                    + " 'SMTP 0 2 mx.example|a@example.org|b@example.net'",
                "dhcp '{\"type\":\"reply\",\"id\":1,\"client_mac\":\"08:00:27:A3:8B:2E\",\"assigned_ip\":\"192.0.2.9\",\"dhcp_type\":\"ack\",\"lease_time\":3600,\"hostname\":\"PC\",\"vendor_class_identifier\":\"MSFT"
                    + " 5.0\"}' 'DHCP 3600 5 pc|08:00:27:a3:8b:2e|MSFT 5.0 [192.0.2.9]'"
            })
    void otherApplications(String type, String object, String said) {
        ReadLog read = read(type, "\"" + type + "\":" + object);
        assertThat(read.events()).extracting(Event::said).containsExactly(said);
        assertThat(read.statistics().events).isEqualTo(1);
        assertThat(read.statistics().flows).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "\"http_content_type\":\"application\\/x-dosexec\"|\"status\":200, true",
        "\"http_content_type\":\"application/x-MSDownload\"|\"status\":200, true",
        "\"http_content_type\":\"application/octet-stream\"|\"status\":200, false",
        "\"http_content_type\":\"application/x-dosexec\"|\"length\":0, false",
        "\"status\":200, false"
    })
    void programsInAnswersAreKnownByTheirType(String members, boolean isProgram) {
        ReadLog read = read("http", "\"http\":{\"hostname\":\"192.0.2.9\"," + members.replace('|', ',') + "}");
        assertThat(read.events())
                .singleElement()
                .satisfies(event -> assertThat(event.isProgram()).isEqualTo(isProgram));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alert", "netflow", "fileinfo", "stats", "anomaly", "x"})
    void otherEventsArePassedOver(String type) {
        ReadLog read = read(type, "\"dns\":{\"rrname\":\"a\"}");
        assertThat(read.events()).isEmpty();
        assertThat(read.rows()).isEmpty();
        assertThat(read.statistics().rejections.asMap()).isEmpty();
    }

    @Test
    void aFlowWithoutFlagsIsJudgedByItsState() {
        String flow =
                "\"flow\":{\"pkts_toserver\":3,\"pkts_toclient\":2,\"bytes_toserver\":300,\"bytes_toclient\":200,\"state\":\"established\"}";
        ReadLog read = ReadLog.of(TYPE, "{\"event_type\":\"flow\"," + ENDS.replace("UDP", "TCP") + flow + "}\n");
        assertThat(read.row(0).flagText()).isEqualTo("SA");
        assertThat(read.row(0).has(Relation.ANSWERED)).isTrue();
        assertThat(read.row(1).packets()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event_type\":\"dns\",\"timestamp\":\"2023-11-14T22:13:20Z\",\"src_ip\":\"192.0.2.1\",\"src_port\":99999,\"dest_ip\":\"192.0.2.2\",\"dns\":{}}",
                "{\"event_type\":\"flow\",\"timestamp\":\"2023-11-14T22:13:20Z\",\"src_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"proto\":\"TCP\",\"flow\":{\"pkts_toserver\":-1}}",
                "{\"event_type\":\"flow\",\"timestamp\":\"2023-11-14T22:13:20Z\",\"src_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"flow\":{}}",
                "{\"event_type\":\"dns\",\"timestamp\":\"2023-11-14T22:13:20Z\",\"src_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"dns\":{\"rrname\":\"a\"",
                "{\"event_type\":\"dns\",\"timestamp\":\"2023-11-14T22:13:20Z\",\"dns\":{\"grouped\":{\"A\":[[[[}",
                "{\"event_type\":\"dns\"}",
            })
    void linesOfNoUseAreCounted(String line) {
        ReadLog read = ReadLog.of(TYPE, line + "\n");
        assertThat(read.events()).isEmpty();
        assertThat(read.rows()).isEmpty();
        assertThat(read.statistics().rejections.total()).isEqualTo(1);
    }

    @Test
    void deepNestingIsPassedOver() {
        ReadLog read = read(
                "dns",
                "\"dns\":{\"x\":" + "[{\"dns\":".repeat(5_000) + "1" + "}]".repeat(5_000)
                        + ",\"rrname\":\"a.example\"}");
        assertThat(read.event(0).name()).isEqualTo("a.example");
    }

    private static ReadLog read(String type, String object) {
        return ReadLog.of(TYPE, "{" + ENDS + "\"event_type\":\"" + type + "\"," + object + "}\n");
    }
}
