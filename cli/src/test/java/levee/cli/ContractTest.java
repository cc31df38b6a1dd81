package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import levee.engine.Analyzer;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.model.Analysis;
import levee.model.OwnNetworks;
import levee.report.JsonLinesReport;
import levee.report.JsonReport;
import levee.testing.FindingsSchema;
import levee.testing.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the command writes is what its published schema says, and both JSON formats say the same. */
final class ContractTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    @TempDir
    private Path folder;

    @Test
    void documentOfTheCommandConforms() throws IOException {
        Path output = folder.resolve("findings.json");
        int exitCode = Main.run(
                "analyze",
                "--format",
                "json",
                "--output",
                output.toString(),
                SampleInputs.flood(folder).toString(),
                SampleInputs.connectionLog(folder).toString(),
                "/dev/null");

        assertThat(exitCode).isEqualTo(3);
        String document = Files.readString(output);
        assertThat(FindingsSchema.complaintsAboutDocument(document))
                .as(document)
                .isEmpty();
        assertThat(MAPPER.readTree(document).get("findings")).hasSize(1);
        assertThat(MAPPER.readTree(document).get("inputs")).hasSize(3);
    }

    @Test
    void linesOfTheCommandConform() throws IOException {
        Path output = folder.resolve("findings.jsonl");
        int exitCode = Main.run(
                "analyze",
                "--format",
                "jsonl",
                "--output",
                output.toString(),
                SampleInputs.flood(folder).toString());

        assertThat(exitCode).isZero();
        List<String> lines = Files.readAllLines(output);
        assertThat(lines)
                .allSatisfy(line -> assertThat(FindingsSchema.complaintsAboutLine(line))
                        .as(line)
                        .isEmpty());
        assertThat(lines.stream().map(line -> MAPPER.readTree(line).get("event").stringValue()))
                .startsWith("started", "opened")
                .endsWith("finished")
                .containsOnlyOnce("started", "opened", "finished");
    }

    @Test
    void lastStateOfEachFindingIsThatOfTheDocument() throws IOException {
        assertLinesEndAsTheDocument(SampleInputs.flood(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacks/amp.UDP.isakmp.pcap",
                "attacks/amp.UDP.snmp.src161.pcapng",
                "attacks/amp.UDP.ssdp.booter.pcap",
                "attacks/amp.dns.RRSIG.fragmented.pcap",
                "attacks/pkt.TCP.synflood.spoofed.pcap",
                "attacks/thc-denial6-5.pcap",
                "botnet/iot23/CTU-Malware-Capture-34-1.conn.log.labeled.gz",
            })
    void lastStateOfRealFindingsIsThatOfTheDocument(String name) throws IOException {
        assertLinesEndAsTheDocument(RealData.file(name));
    }

    /** One run, reported both ways. */
    private static void assertLinesEndAsTheDocument(Path file) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        JsonLinesReport linesReport = new JsonLinesReport(lines);
        OwnNetworks networks = OwnNetworks.unknown();
        linesReport.started("test", networks.prefixes());
        Analysis analysis = new Analyzer("test", networks, 1, linesReport, ReadProgress.NONE)
                .analyze(List.of(new Location.File(file, false)));
        linesReport.finished(analysis);
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        new JsonReport().write(analysis, document);
        String text = document.toString(StandardCharsets.UTF_8);

        assertThat(FindingsSchema.complaintsAboutDocument(text)).as(text).isEmpty();
        assertThat(lines.toString(StandardCharsets.UTF_8).lines())
                .allSatisfy(line -> assertThat(FindingsSchema.complaintsAboutLine(line))
                        .as(line)
                        .isEmpty());
        assertThat(lastStates(lines.toString(StandardCharsets.UTF_8).lines()))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        MAPPER.readTree(text).get("findings").values());
    }

    private static List<JsonNode> lastStates(Stream<String> lines) {
        Map<String, JsonNode> states = new LinkedHashMap<>();
        lines.map(line -> (ObjectNode) MAPPER.readTree(line))
                .filter(line -> line.has("id"))
                .forEach(line -> {
                    String event = line.remove("event").stringValue();
                    if (event.equals("absorbed")) {
                        states.remove(line.get("id").stringValue());
                    } else {
                        states.put(line.get("id").stringValue(), line);
                    }
                });
        return List.copyOf(states.values());
    }
}
