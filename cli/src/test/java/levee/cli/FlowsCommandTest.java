package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import levee.archive.ArchiveLimits;
import levee.archive.FlowArchive;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class FlowsCommandTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path data;

    private FlowBatch batch = new FlowBatch(8);

    @BeforeEach
    void keepSomeFlows() {
        batch.clear(FlowBatch.Rows.FLOWS);
        row(0, "198.51.100.1", 50_000, "192.0.2.7", 443, Protocols.TCP, 10, 5_000);
        row(1, "198.51.100.2", 50_001, "192.0.2.7", 443, Protocols.TCP, 20, 900);
        row(2, "192.0.2.7", 443, "198.51.100.1", 50_000, Protocols.TCP, 8, 70_000);
        row(3, "198.51.100.1", 40_000, "192.0.2.8", 53, Protocols.UDP, 1, 60);
        row(4, "2001:db8::5", 0, "2001:db8::7", 0x8000, Protocols.ICMPV6, 3, 300);
        batch.size = 5;
        try (FlowArchive archive = new FlowArchive(
                ArchiveSection.folder(data),
                new ArchiveLimits(10_000_000, Duration.ofDays(1)),
                index -> IpAddress.parse("203.0.113." + index),
                1,
                InstantSource.fixed(NOON),
                message -> {
                    throw new AssertionError(message);
                })) {
            archive.start();
            archive.record(batch);
        }
    }

    private void row(
            int row,
            String source,
            int sourcePort,
            String destination,
            int port,
            int protocol,
            long packets,
            long bytes) {
        batch.reset(row);
        batch.lastNanos[row] = EpochNanos.of(NOON.minusSeconds(60 - row));
        batch.firstNanos[row] = batch.lastNanos[row] - 1_500_000_000L;
        IpAddress from = IpAddress.parse(source);
        IpAddress to = IpAddress.parse(destination);
        batch.sourceHigh[row] = from.high();
        batch.sourceLow[row] = from.low();
        batch.destinationHigh[row] = to.high();
        batch.destinationLow[row] = to.low();
        batch.sourcePort[row] = (char) sourcePort;
        batch.destinationPort[row] = (char) port;
        batch.protocol[row] = (byte) protocol;
        batch.tcpFlags[row] = (byte) (protocol == Protocols.TCP ? TcpFlags.SYN | TcpFlags.ACK : 0);
        batch.packets[row] = packets;
        batch.bytes[row] = bytes;
        batch.samplingRate[row] = 100;
        batch.exporter[row] = 1 + row % 2;
        batch.ingressInterface[row] = 3;
    }

    private List<String> lines(String... arguments) throws IOException {
        Path output = data.resolve("output");
        List<String> all = new ArrayList<>(List.of("flows", "--data", data.toString(), "--output", output.toString()));
        all.addAll(List.of(arguments));
        CalledCommand called = CalledCommand.of(all.toArray(String[]::new));
        assertThat(called.errors()).isEmpty();
        assertThat(called.exitCode()).isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    private JsonNode json(String... arguments) throws IOException {
        return JsonMapper.shared()
                .readTree(String.join(
                        "\n",
                        lines(Stream.concat(Stream.of(arguments), Stream.of("--format", "json"))
                                .toArray(String[]::new))));
    }

    @Test
    void textIsAnAlignedTableWithTheNewestFirst() throws IOException {
        assertThat(lines("--host", "192.0.2.7"))
                .containsExactly("""
                    last packet (UTC)        seconds  protocol  source         port  destination    port  flags  packets\
                      bytes  exporter     in\
                    """, """
                    2026-03-02 11:59:02.000    1.500  tcp       192.0.2.7       443  198.51.100.1  50000  SA           8\
                      70000  203.0.113.1   3\
                    """, """
                    2026-03-02 11:59:01.000    1.500  tcp       198.51.100.2  50001  192.0.2.7       443  SA          20\
                        900  203.0.113.2   3\
                    """, """
                    2026-03-02 11:59:00.000    1.500  tcp       198.51.100.1  50000  192.0.2.7       443  SA          10\
                       5000  203.0.113.1   3\
                    """, "", "3 flows, 38 packets, 75,900 bytes");
    }

    @Test
    void csvHasAllThatIsKept() throws IOException {
        assertThat(lines("--port", "53", "--format", "csv"))
                .containsExactly(
                        "first,last,source,source_port,destination,destination_port,protocol,tcp_flags,packets,bytes,"
                                + "sampling_rate,exporter,ingress_interface",
                        "2026-03-02T11:59:01.500Z,2026-03-02T11:59:03Z,198.51.100.1,40000,192.0.2.8,53,17,0,1,60,100,"
                                + "203.0.113.2,3");
    }

    @Test
    void jsonHasTheSums() throws IOException {
        JsonNode json = json("--protocol", "icmp");

        assertThat(json.at("/flows")).hasSize(1);
        assertThat(json.at("/flows/0/source").asString()).isEqualTo("2001:db8::5");
        assertThat(json.at("/flows/0/protocol").asInt()).isEqualTo(58);
        assertThat(json.at("/summary/flows").asInt()).isEqualTo(1);
        assertThat(json.at("/summary/packets").asInt()).isEqualTo(3);
        assertThat(json.at("/summary/damaged_blocks").asInt()).isZero();
    }

    @Test
    void limitBoundsRowsButNotTheSum() throws IOException {
        List<String> lines = lines("--limit", "1");

        assertThat(lines).hasSize(4);
        assertThat(lines.getLast())
                .isEqualTo("5 flows, 42 packets, 76,260 bytes; shown are the 1 that were received last");
        assertThat(lines("--limit", "0")).containsExactly("5 flows, 42 packets, 76,260 bytes; shown are none");
    }

    @Test
    void topSumsByWhatIsAsked() throws IOException {
        assertThat(lines("--top", "source"))
                .containsExactly("""
                    source        flows  packets  bytes\
                    """, """
                    192.0.2.7         1        8  70000\
                    """, """
                    198.51.100.1      2       11   5060\
                    """, """
                    198.51.100.2      1       20    900\
                    """, """
                    2001:db8::5       1        3    300\
                    """, "", "5 flows, 42 packets, 76,260 bytes");
        assertThat(lines("--top", "port", "--format", "csv", "--limit", "2"))
                .containsExactly("destination_port,flows,packets,bytes", "tcp/50000,1,8,70000", "tcp/443,2,30,5900");
        assertThat(json("--top", "exporter").at("/top/1/exporter").asString()).isEqualTo("203.0.113.2");
    }

    @ParameterizedTest
    @CsvSource({
        "--host 198.51.100.1, 3",
        "--host 198.51.100.1 --host 198.51.100.2, 4",
        "--network 192.0.2.0/24, 4",
        "--network 192.0.2.0/24 --peer 198.51.100.2, 1",
        "--host 192.0.2.7 --peer 192.0.2.0/24, 0",
        "--port 443, 3",
        "--protocol TCP, 3",
        "--protocol 58, 1",
        "--exporter 203.0.113.2, 2",
        "--since 2026-03-02T11:59:02Z, 3",
        "--since 2026-03-02T12:59:02+01:00, 3",
        "--since 2026-03-02T11:59:02, 3",
        "--until 2026-03-02T11:58:59, 1",
        "--since -1s, 0",
        "--since -99999d, 5",
        "--since 0001-01-01T00:00:00Z --until 9999-01-01T00:00:00Z, 5",
    })
    void filtersFind(String arguments, int flows) throws IOException {
        assertThat(json(arguments.split(" ")).at("/summary/flows").asInt()).isEqualTo(flows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--host example.org | 'example.org' is not an IP address",
                "--network 192.0.2.0/33 | out of range",
                "--peer 192.0.2.1 | --peer goes with --host or --network",
                "--port 65536 | not a whole number from 0 to 65535",
                "--protocol tpc | 'tpc' is neither tcp",
                "--protocol 256 | '256' is neither tcp",
                "--since yesterday | 'yesterday' is no time such as",
                "--since -1m --until -2m | --since is later than --until",
                "--top sauce | Did you mean 'source'?",
                "--format xml | there are text, csv and json",
                "192.0.2.1 | '192.0.2.1' belongs to no option",
            })
    void wrongCallsAreNamed(String arguments, String message) {
        CalledCommand called = CalledCommand.of(("flows " + arguments).split(" "));

        assertThat(called.exitCode()).isEqualTo(2);
        assertThat(called.errors()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere"})
    void folderWithoutFlowsYieldsNothing(String folder) throws IOException {
        Path empty = Files.createDirectories(data.resolve("other"));

        assertThat(CalledCommand.of("flows", "--data", empty.resolve(folder).toString())
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void outputThatCannotBeWrittenIsToldByTheExitCode() {
        String output = data.resolve("nowhere").resolve("flows.csv").toString();

        assertThat(CalledCommand.of("flows", "--data", data.toString(), "--output", output)
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void damageIsTold() throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(ArchiveSection.folder(data))) {
            file = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertThat(lines()).containsExactly("0 flows, 0 packets, 0 bytes; passed over: 1 damaged block");
    }

    @Test
    void helpFitsTheTerminal() {
        assertThat(CalledCommand.of("flows", "--help").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }
}
