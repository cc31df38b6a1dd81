package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LearnedCommandTest {
    private static final String SPAN = """
        {"median": 950, "percentile_95": 2000, "percentile_99": 31000, "maximum": 4500000, "suggested_threshold": 62000}
        """;
    private static final String TRAFFIC = "{\"packets_per_second\": " + SPAN + ", \"bits_per_second\": " + SPAN + "}";
    private static final String REPORT = """
        {"since": "2026-03-01T09:00:00Z", "minutes": 2880, "enough": false, "networks_configured": false,
         "networks": [{"network": "192.0.2.0/24", "inbound": %s, "outbound": %s}],
         "targets": [{"target": "192.0.2.7/32", "vector": "udp-flood", "usual_packets_per_second": 800,
           "highest_packets_per_second": 1900, "alarms_from_packets_per_second": 2400, "minutes": 600,
           "last_seen": "2026-03-02T09:00:00Z"}],
         "would_have_alarmed": [], "how": ["A suggested threshold is twice what 99 of 100 minutes do not exceed."]}
        """.formatted(TRAFFIC, TRAFFIC);

    @TempDir
    private Path folder;

    private String shown(String... more) throws IOException {
        Files.writeString(folder.resolve("learning.json"), REPORT);
        Path output = folder.resolve("output");
        String[] arguments = {"learned", "--data", folder.toString(), "--output", output.toString()};
        String[] all =
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
        assertThat(CalledCommand.of(all).exitCode()).isZero();
        return Files.readString(output);
    }

    @Test
    void tablesAreForPeople() throws IOException {
        assertThat(shown()).isEqualTo("""
            Seen 2 days since 2026-03-01T09:00:00Z. Less than a week is little: what comes once a week may be missing.
            Nobody said which networks are the own ones, so the private ranges stand in (networks, in levee.yaml).

            NETWORK                        median  95 %  99 %  maximum  threshold?
            192.0.2.0/24  inbound   pps       950  2.0k   31k     4.5M         62k
                                    bit/s     950  2.0k   31k     4.5M         62k
                          outbound  pps       950  2.0k   31k     4.5M         62k
                                    bit/s     950  2.0k   31k     4.5M         62k

            TARGET        could be   minutes  usual pps  highest  alarms from
            192.0.2.7/32  udp-flood      600        800     1.9k         2.4k

            WOULD HAVE ALARMED  on  times  highest pps  highest bit/s
            none

            HOW
            A suggested threshold is twice what 99 of 100 minutes do not exceed.
            """);
    }

    @Test
    void jsonIsAsTheInterfaceTellsIt() throws IOException {
        assertThat(shown("--format", "json")).isEqualTo(REPORT + "\n");
    }

    @Test
    void folderWithoutAnythingLearnedIsSaid() {
        assertThat(CalledCommand.of("learned", "--data", folder.toString()).exitCode())
                .isEqualTo(3);
    }

    @Test
    void brokenReportIsSaid() throws IOException {
        Files.writeString(folder.resolve("learning.json"), "{");
        assertThat(CalledCommand.of("learned", "--data", folder.toString()).exitCode())
                .isEqualTo(3);
        assertThat(CalledCommand.of("learned", "--format", "html").exitCode()).isEqualTo(2);
    }
}
