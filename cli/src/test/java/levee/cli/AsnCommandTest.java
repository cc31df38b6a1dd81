package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import levee.flowexport.ExportFormat;
import levee.model.IpAddress;
import levee.origin.OriginTable;
import levee.testing.FindingsSchema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AsnCommandTest {
    @TempDir
    private Path folder;

    private Path gzip(String text) throws IOException {
        Path file = folder.resolve("table.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private int asn(String... arguments) {
        return Main.run(arguments);
    }

    private int load(Path file) {
        return asn(
                "asn",
                "import",
                file.toString(),
                "--data",
                folder.resolve("data").toString());
    }

    @Test
    void aTableIsImportedAndAsked() throws IOException {
        assertThat(load(gzip("192.0.2.0\t192.0.2.255\t64496\tNL\tEXAMPLE\nrubbish\n")))
                .isZero();
        OriginTable table = OriginFile.load(folder.resolve("data"));
        IpAddress address = IpAddress.parse("192.0.2.7");
        assertThat(table.name(table.find(address.high(), address.low()))).isEqualTo("EXAMPLE");
        String data = folder.resolve("data").toString();
        assertThat(asn("asn", "show", "192.0.2.7", "--data", data)).isZero();
        assertThat(asn("asn", "show", "192.0.3.7", "--data", data)).isEqualTo(3);
        assertThat(asn("asn", "show", "example", "--data", data)).isEqualTo(2);
        assertThat(asn("asn", "list")).isEqualTo(2);
    }

    @Test
    void whatHoldsNothingLeavesTheTableAsItWas() throws IOException {
        assertThat(load(gzip("192.0.2.0\t24\t64496\n"))).isZero();
        byte[] before = Files.readAllBytes(OriginFile.in(folder.resolve("data")));
        assertThat(load(gzip("nothing\n"))).isEqualTo(3);
        assertThat(load(folder.resolve("missing"))).isEqualTo(1);
        assertThat(Files.readAllBytes(OriginFile.in(folder.resolve("data")))).isEqualTo(before);
        assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void reportsOfFilesSayTheOrigins() throws IOException {
        Path out = folder.resolve("findings.json");
        Path table = Files.writeString(folder.resolve("all.tsv"), "0.0.0.0\t0\t64496\n");
        int code = Main.run(
                "analyze",
                Path.of("..", "examples", "two-attacks.pcap.xz").toString(),
                "--asn",
                table.toString(),
                "--format",
                "json",
                "--output",
                out.toString());
        assertThat(code).isZero();
        assertThat(Files.readString(out).replaceAll("\\s", ""))
                .contains("\"origins\":[{\"number\":64496,\"name\":\"\",\"packet_share\":1.0}]");
        assertThat(FindingsSchema.complaintsAboutDocument(Files.readString(out)))
                .isEmpty();
        assertThat(asn("analyze", "--asn", folder.resolve("missing").toString(), table.toString()))
                .isEqualTo(2);
    }

    @Tag("slow")
    @Timeout(60)
    @Test
    void attacksOnALiveNetworkSayTheOriginsOnceThereIsATable() throws Exception {
        String yaml = "networks: 192.0.2.0/24\nalerts: [WEBHOOK]\n";
        try (GuardedNetwork network = GuardedNetwork.inFastMotion(folder, yaml, ExportFormat.IPFIX)) {
            JsonNode before = network.floodUntil(
                    "/api/v1/findings", answer -> !answer.at("/findings/0").isMissingNode());
            assertThat(before.at("/findings/0/sources/origins").isMissingNode()).isTrue();
            assertThat(load(gzip("0.0.0.0\t1\t64496\n"))).isZero();
            network.reload(yaml);
            JsonNode after = network.floodUntil(
                    "/api/v1/findings",
                    answer -> !answer.at("/findings/0/sources/origins/0").isMissingNode());
            assertThat(after.at("/findings/0/id")).isEqualTo(before.at("/findings/0/id"));
            assertThat(after.at("/findings/0/sources/origins/0/number").asLong())
                    .isEqualTo(64_496);
        }
    }
}
