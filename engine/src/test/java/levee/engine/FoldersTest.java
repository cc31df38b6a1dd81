package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import levee.engine.Analyzer.Location;
import levee.model.InputSummary;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.testing.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of logs, and what is read of them. */
class FoldersTest {
    private static final String DAY = """
        #separator \\x09
        #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\tconn_state\torig_pkts\torig_ip_bytes
        %1$d1000.0\tC1\t192.0.2.1\t1\t198.51.100.1\t80\ttcp\t5.0\tS0\t1\t60
        """;
    private static final String NAMES = """
        #separator \\x09
        #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tquery\tqtype\trcode
        %1$d1001.0\tC2\t192.0.2.1\t2\t198.51.100.53\t53\tudp\ta.example\t1\t0
        """;

    @TempDir
    private Path folder;

    @Test
    void logsOfOneFolderAreOneInputAndOtherFilesAreEachOne() throws IOException {
        Path capture = Files.write(folder.resolve("a.pcap"), SampleCapture.flood());
        Path monday = Files.createDirectories(folder.resolve("b/monday"));
        Files.writeString(monday.resolve("conn.log"), DAY.formatted(170000));
        Files.write(monday.resolve("dns.log.gz"), gzip(NAMES.formatted(170000)));
        Path readme = Files.writeString(monday.resolve("README"), "what is in here");
        Path tuesday = Files.createDirectories(folder.resolve("b/tuesday"));
        Files.writeString(tuesday.resolve("dns.log"), NAMES.formatted(170009));

        List<Location> inputs = Folders.inputsIn(folder);
        assertThat(inputs)
                .extracting(Location::name)
                .containsExactly(capture.toString(), readme.toString(), monday.toString(), tuesday.toString());
        assertThat(((Location.ZeekLogs) inputs.get(2)).files())
                .containsExactly(monday.resolve("conn.log"), monday.resolve("dns.log.gz"));

        Pass pass = Pass.of(inputs);
        assertThat(pass.summaries)
                .extracting(InputSummary::format)
                .containsExactly("pcap", "zeek-folder", "zeek-folder");
        assertThat(pass.summaries)
                .extracting(InputSummary::carries)
                .containsExactly("packets", "connections", "events");
        assertThat(pass.summaries.get(1).flows()).isEqualTo(1);
        assertThat(pass.summaries.get(2).flows()).isEqualTo(1);
        assertThat(pass.kinds).isEqualTo(Map.of(EventKind.DNS, 2L));
    }

    @Test
    void progressIsToldInBytesOfTheFiles() throws IOException {
        byte[] names = gzip(NAMES.formatted(170000));
        Files.write(folder.resolve("dns.1.log.gz"), names);
        byte[] more = gzip(NAMES.formatted(170001));
        Files.write(folder.resolve("dns.2.log.gz"), more);
        List<Long> told = new ArrayList<>();
        ReadProgress progress = new ReadProgress() {
            @Override
            public void began(Location input) {}

            @Override
            public void read(long bytes, long rows) {
                told.add(bytes);
            }

            @Override
            public void finished() {}
        };
        new RowPass(1, progress).read(Folders.inputsIn(folder), (batch, details) -> {});
        assertThat(told).last().isEqualTo((long) names.length + more.length);
    }

    @Test
    void aFileThatIsGoneIsDamageOfItsFolder() throws IOException {
        Files.writeString(folder.resolve("conn.log"), DAY.formatted(170000));
        Path gone = Files.writeString(folder.resolve("dns.log"), NAMES.formatted(170000));
        List<Location> inputs = Folders.inputsIn(folder);
        Files.delete(gone);
        InputSummary summary = Pass.of(inputs).summaries.get(0);
        assertThat(summary.flows()).isEqualTo(1);
        assertThat(summary.damage().orElseThrow().reason()).startsWith("dns.log: ");
    }

    @Test
    void daysThatFollowEachOtherAreOneRecording() throws IOException {
        Pass pass = Pass.of(Folders.inputsIn(RealData.file("botnet/rita/missing_host")));
        assertThat(pass.restarts).isZero();
        // Counted with zcat, grep and wc; open_conn.log has 24 more on each day.
        assertThat(pass.summaries).extracting(InputSummary::flows).containsExactly(31_367L, 39_073L, 35_478L);
        assertThat(pass.summaries).allSatisfy(summary -> {
            assertThat(summary.format()).isEqualTo("zeek-folder");
            assertThat(summary.rejected()).isEmpty();
            assertThat(summary.damage()).isEmpty();
        });
        assertThat(pass.kinds)
                .isEqualTo(Map.of(
                        EventKind.DNS,
                        5_432L,
                        EventKind.TLS_CLIENT_HELLO,
                        139L,
                        EventKind.TLS_SERVER_HELLO,
                        3L,
                        EventKind.HTTP,
                        18_829L,
                        EventKind.SSH,
                        17_299L));
    }

    @Test
    void whatApplicationsSaidThroughAProxy() throws IOException {
        Pass pass = Pass.of(Folders.inputsIn(RealData.file("botnet/rita/proxy")));
        assertThat(pass.kinds)
                .containsEntry(EventKind.DNS, 942L)
                .containsEntry(EventKind.TLS_CLIENT_HELLO, 407L)
                .containsEntry(EventKind.HTTP, 407L)
                .containsEntry(EventKind.DHCP, 57L);
        assertThat(pass.said)
                .contains(
                        "HTTP 200 1 www.google.com|Modzilla/-2.0 (Atari 7800)|www.google.com:443",
                        "TLS_CLIENT_HELLO 0 0 www.google.com|456523fc94726331a4d5a2e1d40b2cd7|",
                        "TLS_SERVER_HELLO 4866 772 |907bf3ecef1c987c889946b737b43de8|",
                        "DNS 0 12 _homekit._tcp.local||",
                        "DHCP 0 5 |f4:8e:38:8b:b6:03|");
    }

    @Test
    void labelledLogs() throws IOException {
        Pass pass = Pass.of(Folders.inputsIn(RealData.file("botnet/zeek")));
        assertThat(pass.summaries).extracting(InputSummary::format).containsOnly("zeek-folder");
        assertThat(pass.summaries).extracting(InputSummary::flows).contains(992L, 4_504L, 396L, 22_913L, 3_445L);
        assertThat(pass.summaries.get(0).damage().orElseThrow().reason())
                .isEqualTo("labeled-conn.log tells of the same as conn.log and was not read");
        assertThat(pass.kinds)
                .containsEntry(EventKind.DNS, 4_600L)
                .containsEntry(EventKind.SSH, 406L)
                .containsEntry(EventKind.DHCP, 288L);
        assertThat(pass.said)
                .contains(
                        "DHCP 600 5 project-virtualbox|08:00:27:a3:8b:2e|",
                        "SSH 1 1 |SSH-2.0-OpenSSH_7.2p2 Ubuntu-4ubuntu2.8|SSH-2.0-OpenSSH_7.9p1 Raspbian-10+deb10u2",
                        "DNS 0 1 dns.msftncsi.com||");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** What inputs held. */
    private static final class Pass {
        private final List<InputSummary> summaries;
        private final Map<EventKind, Long> kinds = new EnumMap<>(EventKind.class);
        private final List<String> said = new ArrayList<>();
        private int restarts;

        private Pass(List<Location> inputs) {
            summaries = new RowPass(1, ReadProgress.NONE).read(inputs, (batch, details) -> {
                restarts += batch.restart ? 1 : 0;
                for (int i = 0; i < batch.events.size; i++) {
                    kinds.merge(batch.events.kind(i), 1L, Long::sum);
                    said.add("%s %d %d %s|%s|%s"
                            .formatted(
                                    batch.events.kind(i),
                                    batch.events.code[i],
                                    batch.events.type[i],
                                    batch.events.text(i, Text.NAME),
                                    batch.events.text(i, Text.DETAIL),
                                    batch.events.text(i, Text.MORE)));
                }
            });
        }

        static Pass of(List<Location> inputs) {
            return new Pass(inputs);
        }
    }
}
