package levee.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import levee.telemetry.SourceStatistics;
import levee.testing.RealData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every packet of real captures. */
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
        Path file = RealData.file(name);
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
}
