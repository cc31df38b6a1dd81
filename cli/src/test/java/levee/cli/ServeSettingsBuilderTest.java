package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import levee.alert.InfectedHostAlerts;
import levee.attack.AllowList;
import levee.attack.DetectionSettings;
import levee.attack.Thresholds;
import levee.attack.Thresholds.Floor;
import levee.attack.Thresholds.Floors;
import levee.attack.Thresholds.Table;
import levee.attack.Thresholds.Way;
import levee.botnet.AbuseSettings;
import levee.indicator.IndicatorTable;
import levee.model.AttackVector;
import levee.model.EpochNanos;
import levee.model.Group;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.store.StoredFinding.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServeSettingsBuilderTest {
    @TempDir
    private Path folder;

    private ServeSettingsBuilder read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("levee.yaml"), yaml);
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(file);
        return builder;
    }

    @Test
    void withoutAnythingItListensOnThisMachineOnly() {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.web().getAddress().isLoopbackAddress()).isTrue();
        assertThat(settings.flows())
                .hasSize(1)
                .allMatch(port -> port.getAddress().isLoopbackAddress());
        assertThat(settings.mode()).isEqualTo(Mode.ALERT);
        assertThat(settings.networks().configured()).isFalse();
    }

    @Test
    void theExampleIsSound() throws IOException {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.read(Path.of("..", "examples", "levee.yaml"));
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.mode()).isEqualTo(Mode.MONITOR);
        assertThat(settings.exporters()).hasSize(2);
    }

    @Test
    void capturesArePipes() throws IOException {
        ServeSettingsBuilder builder = read("capture: [/run/levee.pcap, \"-\"]");
        assertThat(builder.build().captures()).containsExactly("/run/levee.pcap", "-");
        assertThat(builder.problems()).isEmpty();

        ServeSettingsBuilder options = read("capture: /run/levee.pcap");
        options.captures(List.of("-", "-", folder.resolve("levee.yaml").toString()));
        options.build();
        assertThat(options.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("given twice"))
                .anyMatch(problem -> problem.contains("levee analyze reads"));
    }

    @Test
    void everySettingIsRead() throws IOException {
        ServeSettingsBuilder builder = read("""
            mode: monitor
            networks: [192.0.2.0/24, "2001:db8::/32"]
            data: /tmp/levee
            web: "[::1]:8081"
            flows: ["0.0.0.0:2055"]
            copies: ["127.0.0.1:9995"]
            exporters:
              - address: 192.0.2.1
                sampling-rate: 1000
                interfaces: {3: 100}
                edge-interfaces: [3, 7]
            infected-host-alerts: suspected
            retention: {findings: 30, revisions: 5}
            """);
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.mode()).isEqualTo(Mode.MONITOR);
        assertThat(settings.networks().prefixes())
                .containsExactly(Prefix.parse("192.0.2.0/24"), Prefix.parse("2001:db8::/32"));
        assertThat(settings.data()).isEqualTo(Path.of("/tmp/levee"));
        assertThat(settings.web().getPort()).isEqualTo(8081);
        assertThat(settings.flows().getFirst().getPort()).isEqualTo(2055);
        assertThat(settings.infectedHosts()).isEqualTo(InfectedHostAlerts.SUSPECTED);
        assertThat(settings.copies()).hasSize(1);
        assertThat(settings.onlyKnown()).isTrue();
        assertThat(settings.exporters().getFirst().address()).isEqualTo(IpAddress.parse("192.0.2.1"));
        assertThat(settings.exporters().getFirst().samplingRate()).isEqualTo(1_000);
        assertThat(settings.exporters().getFirst().samplingRateOfInterface()).isEqualTo(Map.of(3, 100));
        assertThat(settings.detection().edges()).isEqualTo(Map.of(IpAddress.parse("192.0.2.1"), Set.of(3, 7)));
        assertThat(settings.retention().findings()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.retention().revisions()).isEqualTo(5);
    }

    @Test
    void optionsComeFirst() throws IOException {
        ServeSettingsBuilder builder = read("web: 127.0.0.1:1\nflows: 127.0.0.1:2\nnetworks: 192.0.2.0/24\ndata: a\n");
        builder.web("127.0.0.1:3");
        builder.flows(List.of("127.0.0.1:4", "127.0.0.1:5"));
        builder.networks("198.51.100.0/24,203.0.113.0/24");
        builder.data("b");
        ServeSettings settings = builder.build();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.web().getPort()).isEqualTo(3);
        assertThat(settings.flows()).hasSize(2);
        assertThat(settings.networks().prefixes()).hasSize(2);
        assertThat(settings.data()).isEqualTo(Path.of("b"));
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        ServeSettingsBuilder builder = read("""
            mod: alert
            networks: [192.0.2.0/33]
            web: "8080"
            flows: ["0.0.0.0:2055"]
            exporters:
              - adress: 192.0.2.1
            tokens:
              - {name: pager, scope: everything}
            """);
        builder.build();

        assertThat(builder.problems()).hasSizeGreaterThanOrEqualTo(6);
        assertThat(String.join("\n", builder.problems()))
                .contains(
                        "there is no key 'mod'. Did you mean 'mode'?",
                        "'8080' is not HOST:PORT",
                        "adress",
                        "everything");
    }

    @Test
    void expectedTrafficIsReadFromTheFileAndFromLists() throws IOException {
        Path list = Files.writeString(
                folder.resolve("scanners.txt"), "# ours\n198.51.100.0/28\n\n2001:db8:1::/48  # the other ones\n");
        ServeSettingsBuilder builder = read("""
            allow:
              - name: scanners
                sources: 203.0.113.9
                sources-file: %s
                protocol: tcp
                destination-port: 443
                until: 2027-01-31
                reason: with consent
              - {name: speed test, targets: [192.0.2.9], protocol: 17, source-port: 5201}
            """.formatted(list));
        AllowList allowed = builder.build().detection().allowed();

        assertThat(builder.problems()).isEmpty();
        assertThat(allowed.entries())
                .containsExactly(
                        new AllowList.Entry(
                                "scanners",
                                List.of(
                                        Prefix.parse("203.0.113.9"),
                                        Prefix.parse("198.51.100.0/28"),
                                        Prefix.parse("2001:db8:1::/48")),
                                List.of(),
                                6,
                                AllowList.ANY,
                                443,
                                EpochNanos.of(Instant.parse("2027-02-01T00:00:00Z"))),
                        new AllowList.Entry(
                                "speed test",
                                List.of(),
                                List.of(Prefix.parse("192.0.2.9")),
                                17,
                                5201,
                                AllowList.ANY,
                                Long.MAX_VALUE));
    }

    @Test
    void mistakesInListsAreToldByLineAndAnEmptyListAllowsNothing() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "192.0.2.1\n192.0.2.300\nnobody\n");
        ServeSettingsBuilder builder = read("allow: [{name: a, sources-file: %s}]\n".formatted(list));
        builder.build();
        assertThat(builder.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("list.txt, line 2"))
                .anyMatch(problem -> problem.contains("list.txt, line 3"));

        Files.writeString(list, "# nothing\n");
        builder = read("allow: [{name: a, sources-file: %s, targets: 192.0.2.0/24}]\n".formatted(list));
        assertThat(builder.build().detection().allowed().isEmpty()).isTrue();
        assertThat(builder.problems()).isEmpty();
    }

    @Test
    void indicatorsAndWhatIsAllowedAreRead() throws IOException {
        Path list = Files.writeString(folder.resolve("bad.txt"), "203.0.113.66:6667\nbad.example\n");
        Path other = Files.writeString(folder.resolve("worse.txt"), "198.51.100.0/24\nno indicator!\n");
        ServeSettingsBuilder builder = read("""
            networks: 192.0.2.0/24
            bots:
              indicators: [%s, %s]
              allow: [192.0.2.53, 198.51.100.7, "*.bad.example"]
            """.formatted(list, other));
        AbuseSettings abuse = builder.build().abuse().orElseThrow();

        assertThat(builder.problems()).isEmpty();
        assertThat(builder.notes()).singleElement().asString().contains("worse.txt, line 2: is no indicator");
        assertThat(abuse.networks().prefixes()).containsExactly(Prefix.parse("192.0.2.0/24"));
        assertThat(abuse.indicators().size()).isEqualTo(3);
        assertThat(found(abuse, "203.0.113.66", 6_667)).isTrue();
        assertThat(found(abuse, "198.51.100.8", 80)).isTrue();
        assertThat(found(abuse, "198.51.100.7", 80)).as("it is allowed").isFalse();
        assertThat(abuse.allowed().allowsName("www.bad.example")).isTrue();
    }

    private static boolean found(AbuseSettings abuse, String address, int port) {
        IpAddress parsed = IpAddress.parse(address);
        return abuse.indicators().address(parsed.high(), parsed.low(), port) != IndicatorTable.NONE;
    }

    @Test
    void allMistakesAboutBotsAreToldAtOnce() throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), "<html>\n<p>Come again later!</p>\n");
        ServeSettingsBuilder builder = read("""
            bots:
              enabled: perhaps
              indicator: []
              indicators: [/nowhere/at/all, %s]
              allow:
                - 192.0.2.0/33
                - "*.example.org"
                - "!"
            """.formatted(page));
        builder.build();

        assertThat(builder.problems()).hasSize(6);
        assertThat(String.join("\n", builder.problems()))
                .contains(
                        "line 2, enabled: is true or false",
                        "there is no key 'indicator'. Did you mean 'indicators'?",
                        "line 4, indicators: there is no file /nowhere/at/all",
                        "line 4, indicators: " + page + ", line 1: is no indicator",
                        "line 6, allow: neither a name nor a prefix: 192.0.2.0/33",
                        "line 8, allow: neither a name nor a prefix: !");
    }

    @Test
    void groupsAndThresholdsAreRead() throws IOException {
        ServeSettingsBuilder builder = read("""
            networks: [192.0.2.0/24]
            thresholds:
              inbound:
                all: {packets-per-second: 1000}
                udp-flood: {packets-per-second: 20k, bits-per-second: 1.5G}
                quic-flood: off
            groups:
              - name: hosting
                networks: [192.0.2.0/25, "2001:db8::/48"]
                customer: Example Shop
                contacts: [noc@shop.example]
                thresholds: {outbound: {tcp-syn-flood: {packets-per-second: 500}}}
            """);
        DetectionSettings settings = builder.build().detection();

        assertThat(builder.problems()).isEmpty();
        assertThat(settings.networks().prefixes())
                .containsExactly(Prefix.parse("192.0.2.0/24"), Prefix.parse("2001:db8::/48"));
        assertThat(settings.groups().all())
                .containsExactly(new Group(
                        "hosting",
                        List.of(Prefix.parse("192.0.2.0/25"), Prefix.parse("2001:db8::/48")),
                        Optional.of("Example Shop"),
                        List.of("noc@shop.example")));
        assertThat(settings.thresholds())
                .isEqualTo(new Thresholds(
                        new Table(Map.of(
                                Way.INBOUND,
                                new Floors(
                                        Optional.of(new Floor(1_000, Double.POSITIVE_INFINITY)),
                                        Map.of(
                                                AttackVector.UDP_FLOOD,
                                                new Floor(20_000, 1.5e9),
                                                AttackVector.QUIC_FLOOD,
                                                Floor.OFF)))),
                        List.of(new Table(Map.of(
                                Way.OUTBOUND,
                                new Floors(
                                        Optional.empty(),
                                        Map.of(
                                                AttackVector.TCP_SYN_FLOOD,
                                                new Floor(500, Double.POSITIVE_INFINITY))))))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: loud | is neither alert nor monitor",
                "infected-host-alerts: loud | is notify, suspected or none",
                "flows: [\"0.0.0.0:2055\"] | list the exporters",
                "exporters: 5 | is not a list",
                "exporters: [{address: 192.0.2.1, edge-interfaces: [x]}] | is not a whole number",
                "retention: {findings: 0} | not a whole number from 1",
                "tokens: [{name: a, sha256: short}] | 64 hexadecimal digits",
                "mode: [alert, monitor] | has one value, not several",
                "{mode: alert, mode: monitor} | is there more than once",
                "thresholds: {inbound: {udp-flood: 0}} | is neither off nor rates",
                "thresholds: {inbound: {udp-flood: {packets-per-second: 0}}} | is no number above 0",
                "thresholds: {inbound: {udp-flood: {packets-per-second: -5k}}} | is no number above 0",
                "thresholds: {inbound: {udp-flood: {bits-per-second: 5T}}} | is no number above 0",
                "thresholds: {inbound: {udp-flood: {}}} | needs packets-per-second, bits-per-second or both",
                "thresholds: {inbound: {udp-flod: off}} | Did you mean 'udp-flood'?",
                "thresholds: {inbund: {udp-flood: off}} | Did you mean 'inbound'?",
                "groups: [{networks: [192.0.2.0/24]}] | a group needs a name",
                "groups: [{name: a}] | needs networks",
                "allow: [{sources: 192.0.2.1}] | an entry needs a name",
                "allow: [{name: a}] | needs sources, sources-file or targets",
                "allow: [{name: a, sources: 192.0.2.1}, {name: a, sources: 192.0.2.2}] | two entries are called",
                "allow: [{name: a, sources: 192.0.2.1, protocol: tpc}] | is neither the number of a protocol nor one"
                        + " of",
                "allow: [{name: a, sources: 192.0.2.1, source-port: 0}] | is not a whole number from 1 to 65535",
                "allow: [{name: a, sources: 192.0.2.1, until: tomorrow}] | is no date, such as 2027-01-31",
                "allow: [{name: a, sources-file: /nowhere/at/all}] | cannot be read",
                "groups: [{name: a, networks: 192.0.2.0/24}, {name: a, networks: 192.0.3.0/24}] | two groups are"
                        + " called",
                "groups: [{name: a, networks: 192.0.2.0/24}, {name: b, networks: 192.0.2.0/24}] | is in the group",
                "groups: [{name: a, networks: 192.0.2.0/24, contacts: noc}] | is no mail address",
            })
    void mistakesAreNamed(String yaml, String message) throws IOException {
        ServeSettingsBuilder builder = read(yaml);
        builder.build();

        assertThat(String.join("\n", builder.problems())).contains(message);
    }
}
