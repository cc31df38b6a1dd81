package levee.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.logs.FlowLabel.Verdict;
import levee.logs.LabelledFlows.Count;
import levee.model.IpAddress;
import levee.model.Protocols;
import org.junit.jupiter.api.Test;

/** Labels of flows, in each of the forms that they come in. */
final class LabelledFlowsTest {

    /** A flow as it was read. */
    private record Seen(String start, String initiator, String responder, int port, int protocol, FlowLabel label) {}

    private static final FlowLabel COMMAND = new FlowLabel(Verdict.MALICIOUS, Optional.of("command-and-control"), true);
    private static final FlowLabel NORMAL = new FlowLabel(Verdict.NORMAL, Optional.empty(), false);
    private static final FlowLabel UNKNOWN = new FlowLabel(Verdict.UNKNOWN, Optional.empty(), false);

    private final List<Seen> flows = new ArrayList<>();

    private Count read(String... lines) throws IOException {
        return LabelledFlows.read(
                new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)),
                flow -> flows.add(new Seen(
                        Instant.ofEpochSecond(0, flow.startNanos).toString(),
                        new IpAddress(flow.initiatorHigh, flow.initiatorLow).toString(),
                        new IpAddress(flow.responderHigh, flow.responderLow).toString(),
                        flow.responderPort,
                        flow.protocol,
                        flow.label)));
    }

    @Test
    void zeekWithColumnsOfLabels() throws IOException {
        Count count = read(
                "#separator \\x09",
                "#empty_field\t(empty)",
                "#unset_field\t-",
                "#path\tconn",
                "#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\tproto\tconn_state\tlabel\tdetailedlabel",
                "10.5\t192.0.2.1\t198.51.100.1\t1177\ttcp\tS0\tMalicious\tCC",
                "11\t192.0.2.1\t198.51.100.2\t53\tudp\tSF\tBackground\t(empty)",
                "12\t2001:db8::1\t2001:db8::2\t443\ttcp\tSF\tBenign\tGoogle",
                "13\t192.0.2.1\t198.51.100.2\t53\tudp\tSF\t-\t-",
                "14\tnobody\t198.51.100.2\t53\tudp\tSF\tBenign\t-");

        assertThat(count).isEqualTo(new Count(3, 1, 1));
        assertThat(flows)
                .containsExactly(
                        new Seen("1970-01-01T00:00:10.500Z", "192.0.2.1", "198.51.100.1", 1177, Protocols.TCP, COMMAND),
                        new Seen("1970-01-01T00:00:11Z", "192.0.2.1", "198.51.100.2", 53, Protocols.UDP, UNKNOWN),
                        new Seen("1970-01-01T00:00:12Z", "2001:db8::1", "2001:db8::2", 443, Protocols.TCP, NORMAL));
    }

    @Test
    void zeekWithLabelsAppendedToTheLastColumn() throws IOException {
        Count count = read(
                "#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\tproto\tconn_state\ttunnel_parents   label  "
                        + " detailed-label",
                "1\t192.0.2.1\t198.51.100.1\t6667\ttcp\tS0\t-   Malicious   C&C-HeartBeat",
                "2\t192.0.2.1\t198.51.100.1\t80\ttcp\tS0\t(empty)   Benign   -",
                "3\t192.0.2.1\t198.51.100.1\t80\ttcp\tS0\t(empty)");

        assertThat(count).isEqualTo(new Count(2, 1, 0));
        assertThat(flows).extracting(Seen::label).containsExactly(COMMAND, NORMAL);
    }

    @Test
    void zeekAsTableAndAsObjects() throws IOException {
        read(
                "ts,id.orig_h,id.resp_h,id.resp_p,proto,conn_state,label,detailed-label",
                "1,192.0.2.1,198.51.100.1,23,tcp,S0,Malicious,PartOfAHorizontalPortScan");
        read("{\"ts\":2,\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"198.51.100.1\",\"id.resp_p\":80,\"proto\":\"tcp\","
                + "\"conn_state\":\"S0\",\"label\":\"Malicious\",\"detailed-label\":\"DDoS\"}");

        assertThat(flows)
                .extracting(seen -> seen.label().behaviour())
                .containsExactly(Optional.of("scanning"), Optional.of("flooding"));
    }

    @Test
    void argus() throws IOException {
        Count count = read(
                "StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,Label",
                "2011/08/18 15:48:43.346000,1,tcp,192.0.2.1,1037,   ->,198.51.100.4,6667,SPA_SPA,0,0,9,9,9,"
                        + "flow=From-Botnet-V51-3-TCP-CC106-IRC-Not-Encrypted",
                "2011/08/18 15:48:44,1,udp,192.0.2.2,1,  <->,192.0.2.3,123,CON,0,0,2,9,9,flow=To-Normal-V52-NTP-server",
                "2011/08/18 15:48:45,1,udp,192.0.2.2,1,  <->,192.0.2.3,53,CON,0,0,2,9,9,flow=From-Normal-V52-Grill",
                "2011/08/18 15:48:46,1,udp,192.0.2.2,1,  <->,192.0.2.3,53,CON,0,0,2,9,9,flow=Background",
                "2011/08/18 15:48:47,1,icmp,192.0.2.2,0x0303,  ->,192.0.2.3,0x0303,URP,0,,2,9,9,flow=Malware-ICMP",
                "2011/08/18 15:48:48,0,arp,192.0.2.2,,  who,192.0.2.3,,CON,,,2,9,9,flow=Background-ARP",
                "2011/08/18 15:48:49,1,udp,192.0.2.2,1,  <->,192.0.2.3,53,CON,0,0,2,9,9,");

        assertThat(count).isEqualTo(new Count(5, 1, 1));
        assertThat(flows.getFirst())
                .isEqualTo(new Seen("2011-08-18T15:48:43.346Z", "192.0.2.1", "198.51.100.4", 6667, 6, COMMAND));
        assertThat(flows)
                .extracting(seen -> seen.label().verdict())
                .containsExactly(
                        Verdict.MALICIOUS, Verdict.UNKNOWN, Verdict.NORMAL, Verdict.UNKNOWN, Verdict.MALICIOUS);
    }

    @Test
    void aWordThatHoldsTheLettersIsNoCommandServer() {
        assertThat(FlowLabel.ofZeek("Malicious", "Success").toCommandServer()).isFalse();
        assertThat(FlowLabel.ofZeek("Malicious", "External-Attack-to-Device").behaviour())
                .isEmpty();
        assertThat(FlowLabel.ofArgus("flow=From-Botnet-V42-TCP-CC6-Plain").toCommandServer())
                .isTrue();
    }

    @Test
    void otherLogsHaveNone() throws IOException {
        assertThat(read(
                        "#fields\tts\tid.orig_h\tid.resp_h\tid.resp_p\tproto\tquery\tlabel",
                        "1\t::1\t::2\t53\tudp\ta\tBenign"))
                .isEqualTo(new Count(0, 0, 0));
        assertThat(read("{\"schema_version\": \"1\",", "\"name\": \"drill\"}")).isEqualTo(new Count(0, 0, 0));
        assertThat(read("")).isEqualTo(new Count(0, 0, 0));
    }

    @Test
    void realLabels() throws IOException {
        assertThat(verdicts("iot23/CTU-Malware-Capture-34-1.conn.log.labeled.gz"))
                .isEqualTo(Map.of(Verdict.MALICIOUS, 21_222L, Verdict.NORMAL, 1_923L))
                .isEqualTo(verdicts("iot23/CTU-Malware-Capture-34-1-labeled.csv.gz"));
        assertThat(verdicts("ctu13/s11-until-1552.binetflow.xz"))
                .containsEntry(Verdict.MALICIOUS, 21L)
                .containsEntry(Verdict.NORMAL, 1_085L);
        assertThat(verdicts("zeek/001-zeek-scenario-malicious/labeled-conn.log"))
                .isEqualTo(Map.of(Verdict.MALICIOUS, 244L, Verdict.NORMAL, 9L, Verdict.UNKNOWN, 739L));
        assertThat(verdicts("slips/test5-mixed.binetflow")).containsEntry(Verdict.MALICIOUS, 277L);
    }

    private static Map<Verdict, Long> verdicts(String name) throws IOException {
        Path file = RealLogs.file(name);
        Map<Verdict, Long> counts = new HashMap<>();
        try (InputStream in = RealLogs.open(file)) {
            LabelledFlows.read(in, flow -> counts.merge(flow.label.verdict(), 1L, Long::sum));
        }
        return counts;
    }
}
