package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import levee.model.IpAddress;
import levee.telemetry.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Zeek's logs beside {@code conn.log} tell, in all forms that they come in. */
class ZeekEventsTest {
    private static final String COMMON = "ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\t";
    private static final String ENDS = "1700000000.000001\tC1\t192.0.2.1\t40000\t198.51.100.7\t80\t";
    private static final IpAddress CLIENT = IpAddress.parse("192.0.2.1");
    private static final IpAddress SERVER = IpAddress.parse("198.51.100.7");

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(
                        LogKind.DNS,
                        "proto\tquery\tqclass\tqtype\trcode\tanswers\trejected",
                        "udp\tWWW.Example.ORG\t1\t1\t0\tweb.example.org,192.0.2.80,2001:db8::80\tF",
                        List.of("DNS 0 1 www.example.org|web.example.org| [192.0.2.80, 2001:db8::80]")),
                Arguments.of(
                        LogKind.DNS,
                        "proto\tquery\tqclass\tqtype\trcode\tanswers\trejected",
                        "tcp\tt.example\t1\t16\t3\tTXT 5 hello\tF",
                        List.of("DNS 3 16 t.example|hello|")),
                Arguments.of(
                        LogKind.SSL,
                        "version\tcipher\tcurve\tserver_name\tresumed\testablished\tja3\tja3s\tja4",
                        "TLSv13\tTLS_AES_128_GCM_SHA256\tx25519\tA.example\tF\tT\t0123456789abcdef0123456789abcdef"
                                + "\tf0123456789abcdef0123456789abcde\tt13d1516h2_8daaf6152771_b186095e22b6",
                        List.of(
                                "TLS_CLIENT_HELLO 0 0"
                                    + " a.example|0123456789abcdef0123456789abcdef|t13d1516h2_8daaf6152771_b186095e22b6",
                                "TLS_SERVER_HELLO 4865 772 |f0123456789abcdef0123456789abcde|")),
                Arguments.of(
                        LogKind.SSL,
                        "version\tcipher\tcurve\tserver_name\tresumed\testablished",
                        "-\t-\t-\ta.example\tF\tF",
                        List.of("TLS_CLIENT_HELLO 0 0 a.example||")),
                Arguments.of(
                        LogKind.HTTP,
                        "method\thost\turi\treferrer\tuser_agent\tstatus_code\ttags",
                        "CONNECT\tA.example\tb.example:443\t-\tcurl/8 (x)\t200\t(empty)",
                        List.of("HTTP 200 1 a.example|curl/8 (x)|b.example:443")),
                Arguments.of(
                        LogKind.SMTP,
                        "helo\tmailfrom\trcptto\tlast_reply",
                        "mx.example\t<a@example.org>\tb@example.net,c@example.net\t250 2.0.0 Ok: queued",
                        List.of("SMTP 250 2 mx.example|a@example.org|b@example.net")),
                Arguments.of(
                        LogKind.IRC,
                        "nick\tuser\tcommand\tvalue\taddl",
                        "bot1\t-\tjoin\t#cnc\t-",
                        List.of("IRC 0 0 JOIN|#cnc|")),
                Arguments.of(
                        LogKind.SSH,
                        "version\tauth_success\tauth_attempts\tclient\tserver\tkex_alg",
                        "2\tF\t3\tSSH-2.0-libssh_0.9\tSSH-2.0-OpenSSH_9.0\tx",
                        List.of("SSH 2 3 |SSH-2.0-libssh_0.9|SSH-2.0-OpenSSH_9.0")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void zeeksOwnForm(LogKind kind, String names, String values, List<String> said) {
        String header =
                "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#fields\t" + COMMON;
        check(kind, LogFormat.ZEEK_TSV, header + names + "\n" + ENDS + values + "\n", said);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void withLabels(LogKind kind, String names, String values, List<String> said) {
        String tabs = "#fields\t" + COMMON + names + "\tlabel\tdetailedlabel\n" + ENDS + values + "\tBenign\t(empty)\n";
        check(kind, LogFormat.ZEEK_TSV, tabs, said);
        String spaces = "#fields\t" + COMMON + names + "\tx   label   detailed-label\n" + ENDS + values
                + "\t(empty)   Malicious   C&C\n";
        check(kind, LogFormat.ZEEK_TSV, spaces, said);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void asTable(LogKind kind, String names, String values, List<String> said) {
        check(kind, LogFormat.ZEEK_CSV, table(COMMON + names) + "\n" + table(ENDS + values) + "\n", said);
    }

    private static String table(String line) {
        return "\"" + line.replace("\t", "\",\"") + "\"";
    }

    @ParameterizedTest
    @MethodSource("lines")
    void asObjects(LogKind kind, String names, String values, List<String> said) {
        String[] name = (COMMON + names).split("\t");
        String[] value = (ENDS + values).split("\t");
        StringBuilder object = new StringBuilder("{\"_path\":\"x\"");
        for (int i = 0; i < name.length; i++) {
            if (value[i].equals("-")) {
                continue;
            }
            object.append(",\"").append(name[i]).append("\":");
            if (List.of("answers", "rcptto").contains(name[i])) {
                object.append("[\"").append(value[i].replace(",", "\", \"")).append("\"]");
            } else if (value[i].equals("(empty)")) {
                object.append("[]");
            } else if (value[i].matches("[TF]")) {
                object.append(value[i].equals("T"));
            } else {
                boolean number = value[i].matches("[0-9.]+") && !name[i].endsWith("_h");
                object.append(number ? value[i] : "\"" + value[i].replace("/", "\\/") + "\"");
            }
        }
        check(kind, LogFormat.ZEEK_JSON, object + "}\n", said);
    }

    private static void check(LogKind kind, LogFormat format, String log, List<String> said) {
        LogType type = new LogType(format, kind);
        byte[] bytes = log.getBytes(ISO_8859_1);
        assertThat(LogType.detect(bytes, bytes.length)).contains(type);
        assertThat(type.carries()).isEqualTo("events");
        ReadLog read = ReadLog.of(type, log);
        assertThat(read.statistics().rejections.asMap()).isEmpty();
        assertThat(read.statistics().events).isEqualTo(1);
        assertThat(read.rows()).isEmpty();
        assertThat(read.events()).extracting(Event::said).containsExactlyElementsOf(said);
        assertThat(read.events()).allSatisfy(event -> {
            assertThat(event.nanos()).isEqualTo(1_700_000_000_000_001_000L);
            assertThat(event.initiator()).isEqualTo(CLIENT);
            assertThat(event.initiatorPort()).isEqualTo(40_000);
            assertThat(event.responder()).isEqualTo(SERVER);
            assertThat(event.responderPort()).isEqualTo(80);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-dosexec,                  200, true",
        "'text/plain,application/x-executable',  200, true",
        "application/x-elf,                      206, true",
        "application/octet-stream,               200, false",
        "application/x-dosexec,                  -,   false",
        "-,                                      200, false",
        "(empty),                                200, false"
    })
    void programsInAnswersAreKnownByTheirType(String types, String status, boolean isProgram) {
        String log = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#fields\t" + COMMON
                + "method\thost\turi\tstatus_code\tresp_mime_types\n" + ENDS + "GET\t192.0.2.9\t/a\t" + status + "\t"
                + types + "\n";
        Event event = ReadLog.of(new LogType(LogFormat.ZEEK_TSV, LogKind.HTTP), log)
                .events()
                .getFirst();
        assertThat(event.isRequest()).isTrue();
        assertThat(event.isResponse()).isEqualTo(!status.equals("-"));
        assertThat(event.isProgram()).isEqualTo(isProgram);
        if (!types.equals("-")) {
            String object = """
                {"ts":1700000000.1,"id.orig_h":"192.0.2.1","id.orig_p":1,"id.resp_h":"192.0.2.9","id.resp_p":80,\
                "host":"192.0.2.9"%s,"resp_mime_types":["%s"]}
                """.formatted(
                            status.equals("-") ? "" : ",\"status_code\":" + status,
                            types.replace(",", "\",\"").replace("/", "\\/"));
            assertThat(ReadLog.of(new LogType(LogFormat.ZEEK_JSON, LogKind.HTTP), object)
                            .events())
                    .singleElement()
                    .satisfies(read -> assertThat(read.isProgram()).isEqualTo(isProgram));
        }
    }

    @Test
    void aQuestionWithoutAnswer() {
        Event event = dns("udp\texample.org\t1\t28\t-\t-\tF");
        assertThat(event.isRequest()).isTrue();
        assertThat(event.isResponse()).isFalse();
        assertThat(event.protocol()).isEqualTo(17);
    }

    @Test
    void anAnswerWithoutError() {
        assertThat(dns("udp\texample.org\t1\t28\t0\t-\tF").isResponse()).isTrue();
    }

    @Test
    void escapesOfZeeksOwnForm() {
        Event event = dns("udp\ta\\x09b.example\t1\t16\t0\tTXT 3 a\\x2cb,192.0.2.1\tF");
        assertThat(event.said()).isEqualTo("DNS 0 16 a\tb.example|a,b| [192.0.2.1]");
    }

    @Test
    void moreAddressesThanAreKept() {
        Event event = dns("udp\texample.org\t1\t1\t0\t" + "192.0.2.1,".repeat(500) + "a.example\tF");
        assertThat(event.addresses()).hasSize(8);
        assertThat(event.detail()).isEqualTo("a.example");
    }

    @Test
    void aNameLongerThanNamesMayBe() {
        assertThat(dns("udp\t" + "a".repeat(60_000) + "\t1\t1\t0\t-\tF").name()).hasSize(255);
    }

    private static Event dns(String values) {
        return read(LogKind.DNS, "proto\tquery\tqclass\tqtype\trcode\tanswers\trejected", values)
                .event(0);
    }

    private static ReadLog read(LogKind kind, String names, String values) {
        return ReadLog.of(
                new LogType(LogFormat.ZEEK_TSV, kind), "#fields\t" + COMMON + names + "\n" + ENDS + values + "\n");
    }

    @Test
    void anOldLeaseLog() {
        String log = "#fields\t" + COMMON + "mac\tassigned_ip\tlease_time\ttrans_id\n"
                + "1700000000.5\tC1\t192.0.2.15\t68\t192.0.2.1\t67\tF4:8E:38:8B:B6:03\t192.0.2.15\t3600.000000\t1\n";
        ReadLog read = ReadLog.of(new LogType(LogFormat.ZEEK_TSV, LogKind.DHCP), log);
        assertThat(read.event(0).said()).isEqualTo("DHCP 3600 5 |f4:8e:38:8b:b6:03| [192.0.2.15]");
        assertThat(read.event(0).initiatorPort()).isEqualTo(68);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#fields\tts\tuids\tclient_addr\tserver_addr\tmac\thost_name\tclient_fqdn\tdomain\trequested_addr"
                    + "\tassigned_addr\tlease_time\tclient_message\tserver_message\tmsg_types\tduration\n"
                    + "1700000000.5\tC1,C2\t-\t192.0.2.1\t08:00:27:a3:8b:2e\tPC-7\t-\t-\t-\t192.0.2.109\t600.000000\t-"
                    + "\t-\tDISCOVER,OFFER,REQUEST,ACK\t0.1\n",
                "{\"ts\":1700000000.5,\"uids\":[\"C1\"],\"server_addr\":\"192.0.2.1\",\"mac\":\"08:00:27:a3:8b:2e\",\"host_name\":\"PC-7\",\"assigned_addr\":\"192.0.2.109\",\"lease_time\":600.0,\"msg_types\":[\"DISCOVER\",\"OFFER\",\"REQUEST\",\"ACK\"],\"duration\":0.1}\n"
            })
    void aNewLeaseLog(String log) {
        byte[] bytes = log.getBytes(ISO_8859_1);
        LogType type = LogType.detect(bytes, bytes.length).orElseThrow();
        assertThat(type.kind()).isEqualTo(LogKind.DHCP);
        Event event = ReadLog.of(type, log).event(0);
        assertThat(event.said()).isEqualTo("DHCP 600 5 pc-7|08:00:27:a3:8b:2e| [192.0.2.109]");
        assertThat(event.kind()).isEqualTo(EventKind.DHCP);
        assertThat(event.initiator()).isEqualTo(IpAddress.parse("0.0.0.0"));
        assertThat(event.responder()).isEqualTo(IpAddress.parse("192.0.2.1"));
        assertThat(event.isRequest() && event.isResponse()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ts\":1.0,\"id.orig_h\":\"192.0.2.1\",\"id.orig_p\":99999,\"id.resp_h\":\"192.0.2.2\",\"query\":\"a\"}",
                "{\"ts\":\"soon\",\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2\",\"query\":\"a\"}",
                "{\"ts\":1.0,\"id.orig_h\":\"192.0.2.256\",\"id.resp_h\":\"192.0.2.2\",\"query\":\"a\"}",
                "{\"ts\":1.0,\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2\",\"query\":\"a",
                "{\"ts\":1.0,\"id.orig_h\":\"192.0.2.1\",\"query\":\"a\"}",
            })
    void linesOfNoUseAreCounted(String line) {
        ReadLog read = ReadLog.of(new LogType(LogFormat.ZEEK_JSON, LogKind.DNS), line + "\n");
        assertThat(read.events()).isEmpty();
        assertThat(read.statistics().rejections.total()).isEqualTo(1);
    }

    @Test
    void nestedEndsAreFound() {
        ReadLog read = ReadLog.of(
                new LogType(LogFormat.ZEEK_JSON, LogKind.DNS),
                "{\"ts\":1.0,\"id\":{\"orig_h\":\"192.0.2.1\",\"x\":{\"orig_p\":1},\"orig_p\":7,\"resp_h\":\"192.0.2.2\",\"resp_p\":53},\"query\":\"a\"}\n");
        assertThat(read.event(0).initiatorPort()).isEqualTo(7);
        assertThat(read.event(0).responderPort()).isEqualTo(53);
    }

    @Test
    void tooManyColumns() {
        String log = "#fields\t" + COMMON + "query\tqtype\t" + "x\t".repeat(20_000) + "\n" + ENDS + "a.example\t1\t"
                + "y\t".repeat(20_000) + "\n" + ENDS + "b.example\n";
        ReadLog read = ReadLog.of(new LogType(LogFormat.ZEEK_TSV, LogKind.DNS), log);
        assertThat(read.events()).extracting(Event::name).containsExactly("a.example");
        assertThat(read.statistics().rejections.total()).isEqualTo(1);
        ReadLog tooLong = ReadLog.of(
                new LogType(LogFormat.ZEEK_TSV, LogKind.DNS),
                "#fields\t" + COMMON + "query\tqtype\n" + ENDS + "y\t".repeat(70_000) + "\n");
        assertThat(tooLong.events()).isEmpty();
        assertThat(tooLong.statistics().rejections.total()).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoTextStayAsTheyAre() {
        assertThat(dns("udp\t\u00ff\u00fe\u00c3.example\t1\t1\t0\t-\tF").name())
                .isEqualTo("\u00ff\u00fe\u00c3.example");
    }

    @Test
    void oneBatchAfterTheOther() {
        StringBuilder log = new StringBuilder("#fields\t" + COMMON + "version\tserver_name\testablished\tresumed\n");
        for (int i = 0; i < 1000; i++) {
            log.append(ENDS).append("TLSv12\tn").append(i).append(".example\tT\tF\n");
        }
        LogType type = new LogType(LogFormat.ZEEK_TSV, LogKind.SSL);
        for (int capacity : new int[] {2, 3, 100}) {
            ReadLog read =
                    ReadLog.of(type, new ByteArrayInputStream(log.toString().getBytes(ISO_8859_1)), capacity);
            assertThat(read.events()).hasSize(2000);
            assertThat(read.event(1998).name()).isEqualTo("n999.example");
        }
    }
}
