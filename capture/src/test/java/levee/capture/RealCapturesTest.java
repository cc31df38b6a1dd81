package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import levee.telemetry.SourceStatistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real captures, which may be used but not passed on: in the folder that the system property or environment variable
 * {@code LEVEE_DATA} names, or beside the repository. Skipped where they are absent.
 */
class RealCapturesTest {

    /** The numbers are those of capinfos. */
    @ParameterizedTest
    @CsvSource({
        "attacks/amp.UDP.isakmp.pcap, 3984",
        "attacks/amp.UDP.snmp.src161.pcapng, 4373",
        "attacks/amp.UDP.ssdp.booter.pcap, 4200",
        "attacks/amp.dns.RRSIG.fragmented.pcap, 4412",
        "attacks/pkt.TCP.synflood.spoofed.pcap, 37841",
        "attacks/thc-denial6-5.pcap, 35720",
        "benign/lan-mix.pcap, 9108"
    })
    void everyPacketIsRead(String name, long packets) throws IOException {
        Path file = data().resolve(name);
        assumeTrue(Files.isRegularFile(file), () -> "no file " + file);
        CaptureFormat format;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(4);
            format = CaptureFormat.detect(head, head.length).orElseThrow();
        }
        ReadCapture capture = ReadCapture.of(format, FileChannel.open(file), 1024, false);
        SourceStatistics statistics = capture.statistics();
        assertThat(statistics.packets).isEqualTo(packets);
        assertThat(statistics.bytes).isEqualTo(Files.size(file));
        assertThat(statistics.damage()).isEmpty();
        assertThat(capture.rows()).hasSizeGreaterThan((int) (packets * 9 / 10));
    }

    static Path data() {
        Path data = Optional.ofNullable(System.getProperty("LEVEE_DATA"))
                .or(() -> Optional.ofNullable(System.getenv("LEVEE_DATA")))
                .map(Path::of)
                .orElseGet(() -> repository().resolveSibling("shared").resolve("data"));
        assumeTrue(Files.isDirectory(data), "real captures are absent; LEVEE_DATA names their folder");
        return data;
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        for (Path path = here; path.getParent() != null; path = path.getParent()) {
            if (Files.exists(path.resolve("telemetry").resolve("pom.xml"))) {
                return path;
            }
        }
        return here;
    }
}
