package levee.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.model.FindingEvent.Change;
import levee.model.InfectedHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricOperationsTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_]+)(\\{[a-z_]+=\"[^\"\\\\]*\"(,[a-z_]+=\"[^\"\\\\]*\")*})? (-?[0-9.]+(E-?[0-9]+)?|NaN|[+-]Inf)");

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withoutTokens();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String metrics() {
        return server.get("/metrics").body();
    }

    @Test
    void tellsWhatIsCounted() {
        server.feed.publish(Change.OPENED, Findings.open(1));
        server.feed.publish(Change.CHANGED, Findings.infected(1, InfectedHost.Level.NOTIFY));
        server.feed.publish(Change.OPENED, Findings.infected(2, InfectedHost.Level.NOTIFY));
        server.feed.publish(Change.ENDED, Findings.ended(1));
        server.get("/nothing");

        assertThat(metrics().lines())
                .contains(
                        "levee_build_info{version=\"1.2.3\"} 1",
                        "levee_flows_total 24140",
                        "levee_bytes_total 31000000000",
                        "levee_flows_per_second 400.5",
                        "levee_datagrams_total{exporter=\"192.0.2.1\",format=\"netflow-v9\"} 1200",
                        "levee_datagrams_total{exporter=\"2001:db8::1\",format=\"netflow-v9\"} 7",
                        "levee_exporter_lost_total{exporter=\"192.0.2.1\",format=\"netflow-v9\",unit=\"datagrams\"} 3",
                        "levee_rejected_total{reason=\"truncated\"} 5",
                        "levee_kernel_drops_total 17",
                        "levee_attacks_open 2",
                        "levee_store_healthy 1",
                        "levee_finding_changes_total{change=\"opened\"} 2",
                        "levee_finding_changes_total{change=\"absorbed\"} 0",
                        "levee_finding_delay_seconds_bucket{le=\"1\"} 0",
                        "levee_finding_delay_seconds_bucket{le=\"2\"} 1",
                        "levee_finding_delay_seconds_bucket{le=\"+Inf\"} 1",
                        "levee_finding_delay_seconds_sum 1.5",
                        "levee_finding_delay_seconds_count 1",
                        "levee_http_requests_total{status=\"4xx\"} 1");
    }

    @Test
    void countsWhatGoesOnByKind() {
        for (int i = 0; i < 5; i++) {
            InfectedHost infected =
                    Findings.infectedHost(i, i == 0 ? InfectedHost.Level.NOTIFY : InfectedHost.Level.SUSPECTED);
            server.system.findings.put(infected.id(), infected);
        }

        assertThat(metrics().lines())
                .contains(
                        "levee_findings_open{kind=\"attack\"} 0",
                        "levee_findings_open{kind=\"infected-host\"} 5",
                        "levee_findings_open{kind=\"scanner\"} 0",
                        "levee_infected_hosts_open{level=\"suspected\"} 4",
                        "levee_infected_hosts_open{level=\"notify\"} 1");
    }

    @Test
    void everyLineIsInTheFormatAndEveryMetricIsExplained() {
        Set<String> explained = new TreeSet<>();
        Set<String> lines = new TreeSet<>();
        for (String line : metrics().split("\n")) {
            if (line.startsWith("# TYPE ")) {
                assertThat(explained.add(line.split(" ")[2])).as(line).isTrue();
            } else if (!line.startsWith("# HELP ")) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(explained).contains(sample.group(1).replaceFirst("_(bucket|sum|count)$", ""));
                String series = line.substring(0, line.lastIndexOf(' '));
                assertThat(lines.add(series)).as(line).isTrue();
            }
        }
        assertThat(explained).hasSizeGreaterThan(30).allMatch(name -> name.startsWith("levee_"));
    }

    @Test
    void exportersThatAnAttackerInventsAreNoLabels() {
        server.system.exporters = FakeSystem.many(5_000);

        String text = metrics();

        assertThat(text.lines().filter(line -> line.startsWith("levee_datagrams_total{")))
                .hasSize(10);
        // The one that is known comes first, though it sent least.
        assertThat(text).contains("levee_datagrams_total{exporter=\"10.0.19.135\",format=\"netflow-v9\"} 5001");
        assertThat(text).contains("\nlevee_exporters 5000\n").contains("\nlevee_exporters_without_metrics 4990\n");
    }

    @Test
    void theDashboardUsesOnlyMetricsThatThereAre() throws IOException {
        Set<String> names = new TreeSet<>();
        metrics().lines().map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> names.add(sample.group(1)));
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(Path.of("..", "docs", "grafana", "levee.json")));
        Set<String> used = new TreeSet<>();
        for (JsonNode expression : dashboard.findValues("expr")) {
            Matcher name = Pattern.compile("levee_[a-z_]+").matcher(expression.asString());
            while (name.find()) {
                used.add(name.group());
            }
        }

        assertThat(used).hasSizeGreaterThan(15);
        assertThat(names).containsAll(used);
    }
}
