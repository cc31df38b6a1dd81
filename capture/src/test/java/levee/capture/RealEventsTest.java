package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import levee.telemetry.BatchSource;
import levee.telemetry.EventBatch;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What applications say in real captures: how much, and whether tshark hears the same. */
class RealEventsTest {

    private static List<Said> read(Path file) throws IOException {
        if (!file.toString().endsWith(".xz")) {
            return read(Files.newInputStream(file));
        }
        return read(started("xz", "-dc", file.toString()).getInputStream());
    }

    private static List<Said> read(InputStream in) throws IOException {
        List<Said> said = new ArrayList<>();
        FlowBatch batch = new FlowBatch(1_024);
        ReadableByteChannel channel = Channels.newChannel(in);
        try (BatchSource source = CaptureFormat.PCAP.open(channel, false)) {
            boolean more;
            do {
                more = source.fill(batch);
                said.addAll(Said.all(batch.events));
            } while (more);
        }
        return said;
    }

    private static Process started(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not installed");
            throw new IllegalStateException(e);
        }
    }

    /** Counts of requests and responses, such as {@code DNS 140+140}. */
    private static String counts(List<Said> all) {
        Map<EventKind, int[]> counts = new TreeMap<>();
        for (Said said : all) {
            counts.computeIfAbsent(said.kind(), kind -> new int[2])[said.isRequest() ? 0 : 1]++;
        }
        StringBuilder text = new StringBuilder();
        counts.forEach((kind, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(kind)
                .append(' ')
                .append(count[0])
                .append('+')
                .append(count[1]));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        benign/lan-mix.pcap | DNS 140+140, TLS_CLIENT_HELLO 114+0, TLS_SERVER_HELLO 0+114, HTTP 75+74, DHCP 4+3
        botnet/c2/agenttesla-0e328ab7.pcap | DNS 15+15, TLS_CLIENT_HELLO 21+0, TLS_SERVER_HELLO 0+21, HTTP 6+7
        botnet/c2/agenttesla-a30789ce.pcap | DNS 2+2, TLS_CLIENT_HELLO 1+0, TLS_SERVER_HELLO 0+1, SMTP 3+8
        botnet/c2/asyncrat-30a385ed.pcap | DNS 21+19, TLS_CLIENT_HELLO 16+0, TLS_SERVER_HELLO 0+15, HTTP 3+4
        botnet/c2/empire.pcap | HTTP 2586+2586
        botnet/c2/mirai-irc-34-1.pcap | IRC 3401+2029
        """)
    void eachCaptureSaysWhatItSaid(String name, String expected) throws IOException {
        assertThat(counts(read(RealData.file(name)))).isEqualTo(expected);
    }

    @Test
    void aBotRegistersJoinsAndIsCommanded() throws IOException {
        List<Said> said = read(RealData.file("botnet/c2/mirai-irc-34-1.pcap"));
        assertThat(said)
                .allSatisfy(event ->
                        assertThat(event.ends()).matches("192\\.168\\.1\\.195:\\d+ > 185\\.244\\.25\\.235:6667"));
        assertThat(said).extracting(Said::name).contains("NICK", "USER", "JOIN", "PING");
        assertThat(said).anySatisfy(event -> assertThat(event.detail()).isEqualTo("##Summit"));
    }

    @Test
    @Tag("slow")
    void devicesThatAreSetUpSayWhoTheyAre() throws IOException {
        List<Said> all = new ArrayList<>();
        for (Path file : RealData.filesIn("iot/sentinel")) {
            if (file.toString().endsWith(".pcap")) {
                all.addAll(read(file));
            }
        }
        // Firmware by wget: 52 programs, of which 48 begin in a segment of their own, so that their answers are told
        // twice.
        assertThat(counts(all))
                .isEqualTo(
                        "DNS 1518+1493, TLS_CLIENT_HELLO 623+0, TLS_SERVER_HELLO 0+665, HTTP 2914+2969, DHCP 602+280");
        assertThat(all.stream().filter(said -> (said.flags() & EventBatch.PROGRAM) != 0))
                .hasSize(52);
    }

    /**
     * Which share of what tshark finds is found, too; of the mix of all protocols it is less: tshark reads GTP, CAPWAP, OpenVPN,
     * hellos of SSL 2.0 and those that contradict themselves, and the capture's clock leaps, which costs a packet each time.
     */
    @ParameterizedTest
    @Tag("slow")
    @CsvSource({
        "benign/lan-mix.pcap, 1.0, 1.0, 1.0",
        "botnet/c2/agenttesla-0e328ab7.pcap, 1.0, 1.0, 1.0",
        "botnet/c2/agenttesla-a30789ce.pcap, 1.0, 1.0, 1.0",
        "botnet/c2/asyncrat-30a385ed.pcap, 1.0, 1.0, 1.0",
        "botnet/c2/asyncrat-9596cf60.pcap, 1.0, 1.0, 1.0",
        "botnet/c2/asyncrat-cd010953.pcap, 1.0, 1.0, 1.0",
        "botnet/c2/empire.pcap, 1.0, 1.0, 1.0",
        "benign/mixed-applications.pcap.xz, 0.98, 0.98, 0.98"
    })
    void tsharkHearsTheSame(String name, double names, double hellos, double hosts) throws IOException {
        Path file = RealData.file(name);
        List<Said> all = read(file);
        Set<String> said = new HashSet<>();
        for (Said event : all) {
            String ports = event.ends().replaceAll("\\S*:(\\d+)", "$1");
            switch (event.kind()) {
                case DNS ->
                    said.add(ports + " " + (event.isResponse() ? 1 : 0) + " " + readable(event.name()) + " "
                            + event.type());
                case TLS_CLIENT_HELLO -> said.add(ports + " " + event.name() + " " + event.detail());
                case HTTP -> said.add(ports + " " + event.name());
                default -> {}
            }
        }
        Set<String> queries = new HashSet<>();
        for (List<String> row : tshark(
                file,
                "udp.port==53 && dns.flags.opcode==0 && dns.count.queries==1 && !icmp && !mdns",
                "udp.srcport",
                "udp.dstport",
                "dns.flags.response",
                "dns.qry.name",
                "dns.qry.type")) {
            boolean isResponse = row.get(2).equals("1") || row.get(2).equals("True");
            String question = readable(row.get(3).toLowerCase(Locale.ROOT).replace("<root>", ""));
            String ports = isResponse ? row.get(1) + " > " + row.get(0) : row.get(0) + " > " + row.get(1);
            if (!row.get(4).isEmpty()) {
                queries.add(ports + " " + (isResponse ? 1 : 0) + " " + question + " " + row.get(4));
            }
        }
        Set<String> clients = new HashSet<>();
        for (List<String> row : tshark(
                file,
                "tls.handshake.type==1 && tcp && !gtp && !openvpn",
                "tcp.srcport",
                "tcp.dstport",
                "tls.handshake.extensions_server_name",
                "tls.handshake.ja3")) {
            clients.add(row.get(0) + " > " + row.get(1) + " " + row.get(2).toLowerCase(Locale.ROOT) + " " + row.get(3));
        }
        Set<String> requests = new HashSet<>();
        for (List<String> row :
                tshark(file, "http.request && tcp && !gtp", "tcp.srcport", "tcp.dstport", "http.host")) {
            String host = row.get(2).toLowerCase(Locale.ROOT).replaceAll(":\\d+$", "");
            requests.add(row.get(0) + " > " + row.get(1) + " " + host);
        }
        assertShare(queries, said, names);
        assertShare(clients, said, hellos);
        assertShare(requests, said, hosts);
    }

    private static void assertShare(Set<String> theirs, Set<String> ours, double least) {
        List<String> missing =
                theirs.stream().filter(value -> !ours.contains(value)).sorted().toList();
        assertThat(1 - missing.size() / (double) Math.max(1, theirs.size()))
                .as("of %d are missing: %s", theirs.size(), missing)
                .isGreaterThanOrEqualTo(least);
    }

    /** What is no printable ASCII, however it is written, becomes a question mark. */
    private static String readable(String text) {
        return text.replaceAll("(\\\\x[0-9a-f]{2}|\\\\[0-9]{3}|\\\\[abtnvfr]|[^ -~])+", "?");
    }

    /** The first occurrence of each field. */
    private static List<List<String>> tshark(Path file, String filter, String... fields) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "tshark",
                "-r",
                file.toString(),
                "-Y",
                filter,
                "-T",
                "fields",
                "-E",
                "occurrence=f",
                "-E",
                "separator=|"));
        for (String field : fields) {
            command.add("-e");
            command.add(field);
        }
        List<List<String>> rows = new ArrayList<>();
        Process process = started(command.toArray(String[]::new));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(List.of(line.split("\\|", -1)));
            }
        }
        return rows;
    }
}
