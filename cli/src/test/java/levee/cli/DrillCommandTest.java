package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DrillCommandTest {
    private static final String[] SMALL = {"--hosts", "100", "--flows-per-second", "10", "--duration", "3s"};

    @TempDir
    private Path folder;

    private CalledCommand drill(String... arguments) {
        String[] all = new String[arguments.length + SMALL.length + 1];
        all[0] = "drill";
        System.arraycopy(SMALL, 0, all, 1, SMALL.length);
        System.arraycopy(arguments, 0, all, SMALL.length + 1, arguments.length);
        return CalledCommand.of(all);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void capturesOfTheSameSeedAreEqual() throws IOException {
        String attack = "dns-reflection+tcp-syn-flood,at=1s,for=1s,rate=200";
        for (String name : new String[] {"a", "b"}) {
            assertThat(drill(
                            "--seed",
                            "5",
                            "--attack",
                            attack,
                            "--output",
                            file(name).toString()))
                    .isEqualTo(new CalledCommand(0, "", ""));
        }
        assertThat(drill(
                                "--seed",
                                "6",
                                "--attack",
                                attack,
                                "--output",
                                file("c").toString())
                        .exitCode())
                .isZero();

        assertThat(file("a")).hasSameBinaryContentAs(file("b"));
        assertThat(Files.mismatch(file("a"), file("c"))).isNotNegative();
    }

    @Test
    void findsItsOwnAttack() throws IOException {
        Path capture = file("drill.pcap");
        Path report = file("report.json");
        drill("--attack", "ntp-reflection,at=1s,for=1s,rate=1000,target=10.16.0.33", "--output", capture.toString());

        assertThat(CalledCommand.of("analyze", "--format", "json", "--output", report.toString(), capture.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(report)).contains("\"target\": \"10.16.0.33/32\"", "ntp-reflection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"netflow-v5", "netflow-v9", "ipfix", "sflow"})
    void findsItsOwnAttackInWhatARouterExports(String format) throws IOException {
        Path exports = file("exports.pcap");
        Path report = file("report.json");
        drill(
                "--attack",
                "ntp-reflection,at=1s,for=1s,rate=1000,target=10.16.0.33",
                "--format",
                format,
                "--output",
                exports.toString());

        assertThat(CalledCommand.of("analyze", "--format", "json", "--output", report.toString(), exports.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(report))
                .contains("\"target\": \"10.16.0.33/32\"", "ntp-reflection", "\"carries\": \"" + format + "\"");
    }

    @Test
    void onlyARouterSamples() {
        assertThat(CalledCommand.of("drill", "--sampling", "10", "--output", "x")
                        .errors())
                .contains("--sampling is for what a router exports");
    }

    @Test
    void writesTruth() throws IOException {
        Path truth = file("truth.json");
        drill(
                "--attack",
                "snmp-reflection,at=1s,for=1s,rate=100",
                "--look-alike",
                "backup,at=1s,for=1s",
                "--botnet",
                "2,at=0s,attack-after=2s",
                "--format",
                "zeek",
                "--output",
                file("conn.log").toString(),
                "--truth",
                truth.toString());

        assertThat(Files.readString(truth)).contains("snmp-reflection", "backup", "flooding");
        assertThat(Files.readString(file("conn.log"))).startsWith("#separator");
    }

    @Test
    void readsAScenario() throws IOException {
        Path scenario = Files.writeString(file("scenario.yaml"), """
            seed: 5
            attacks:
              - vectors: [dns-reflection, tcp-syn-flood]
                at: 1s
                for: 1s
                rate: 200
            """);
        drill("--scenario", scenario.toString(), "--output", file("a").toString());
        drill(
                "--seed",
                "5",
                "--attack",
                "dns-reflection+tcp-syn-flood,at=1s,for=1s,rate=200",
                "--output",
                file("b").toString());

        assertThat(file("a")).hasSameBinaryContentAs(file("b"));
    }

    @Test
    void readsBots() throws IOException {
        Path scenario = Files.writeString(file("scenario.yaml"), """
            seed: 5
            duration: 3s
            hosts: 200
            flows-per-second: 5
            named: true
            bots:
              - family: dga
                hosts: 2
                at: 500ms
                spread: 1s
                generator: hexadecimal
                names: 12
            """);
        Path truth = file("truth.json");
        drill("--scenario", scenario.toString(), "--output", file("a").toString(), "--truth", truth.toString());
        String[] others = {"--seed", "5", "--hosts", "200", "--flows-per-second", "5"};
        drill(Stream.concat(
                        Stream.of(others),
                        Stream.of(
                                "--bots",
                                "dga,hosts=2,at=500ms,spread=1s,generator=hexadecimal,names=12",
                                "--duration",
                                "3s",
                                "--output",
                                file("b").toString()))
                .toArray(String[]::new));

        assertThat(file("a")).hasSameBinaryContentAs(file("b"));
        assertThat(Files.readString(truth)).contains("\"dga\"");
    }

    @Test
    void drawsOutbreaks() throws IOException {
        Path truth = file("truth.json");
        drill(
                "--random-bots",
                "--seed",
                "4",
                "--duration",
                "20s",
                "--flows-per-second",
                "1",
                "--output",
                file("a").toString(),
                "--truth",
                truth.toString());

        assertThat(Files.readString(truth)).contains("outbreak-4", "look_alikes");
    }

    @Test
    void saysWhatIsWrongWithBots() throws IOException {
        Path scenario = Files.writeString(file("scenario.yaml"), """
            bots:
              - family: mirrai
              - family: spam
                period: 10m
              - family: dga
                generator: leters
              - family: beacon
                period: 1ms
                jiter: 0.2
            """);
        CalledCommand called = CalledCommand.of(
                "drill",
                "--scenario",
                scenario.toString(),
                "--random",
                "--random-bots",
                "--output",
                file("a").toString());

        assertThat(called.exitCode()).isEqualTo(Main.EXIT_USAGE);
        assertThat(called.errors())
                .contains(
                        "no family of bots 'mirrai'. Did you mean 'mirai'?",
                        "there is no key 'period'.",
                        "there is no generator 'leters'. Did you mean 'letters'?",
                        "there is no key 'jiter'. Did you mean 'jitter'?",
                        "bots with a period of PT0.001S",
                        "--random and --random-bots cannot both be given");
    }

    @Test
    void sourcesAreForgedByChoice() throws IOException {
        for (String forged : new String[] {"true", "false"}) {
            Path truth = file(forged + ".json");
            drill(
                    "--attack",
                    "udp-flood,at=1s,for=1s,rate=200,forged=" + forged,
                    "--output",
                    file(forged).toString(),
                    "--truth",
                    truth.toString());
            assertThat(Files.readString(truth)).contains("\"forged\": " + forged);
        }
    }

    @Test
    void exampleIsAScenario() {
        assertThat(CalledCommand.of(
                        "drill",
                        "--scenario",
                        "../examples/scenario.yaml",
                        "--duration",
                        "200ms",
                        "--output",
                        file("a").toString()))
                .isEqualTo(new CalledCommand(0, "", ""));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() throws IOException {
        Path scenario = Files.writeString(file("scenario.yaml"), """
            sed: 5
            attacks:
              - vector: dns-reflection
              - vectors: dns-reflexion
                at: soon
                shape: square
            look-alikes:
              - kind: flash-crowds
            """);
        CalledCommand called = CalledCommand.of(
                "drill",
                "--scenario",
                scenario.toString(),
                "--hosts",
                "7",
                "--attack",
                "icmpv6-flood,target=10.16.0.20",
                "--attack",
                "tcp-syn-flood+ntp-reflection,forged=true",
                "--attack",
                "tcp-connection-flood,forged=true",
                "--attack",
                "udp-flood,forged=perhaps",
                "--format",
                "pcapng");

        assertThat(called.exitCode()).isEqualTo(Main.EXIT_USAGE);
        assertThat(called.errors())
                .contains(
                        "no key 'sed'. Did you mean 'seed'?",
                        "no key 'vector'. Did you mean 'vectors'?",
                        "no vector 'dns-reflexion'. Did you mean 'dns-reflection'?",
                        "'soon' is not a length of time",
                        "no shape 'square'",
                        "no look-alike 'flash-crowds'. Did you mean 'flash-crowd'?",
                        "--hosts: '7' is out of range",
                        "icmpv6-flood needs an IPv6 target",
                        "the sources of ntp-reflection are reflectors, which are never forged",
                        "the sources of tcp-connection-flood complete connections",
                        "'perhaps' is neither true nor false",
                        "no format 'pcapng'",
                        "no --output");
    }

    @Test
    void unknownOptionsAreSuggested() {
        assertThat(CalledCommand.of("drill", "--seeds", "1").errors()).contains("Did you mean '--seed'?");
        assertThat(CalledCommand.of("drill", "drill.pcap").errors()).contains("'drill.pcap' belongs to no option");
        assertThat(CalledCommand.of("drill", "--scenario", file("none").toString(), "--output", "x")
                        .errors())
                .contains("there is no file");
    }

    @Test
    void whatCannotBePlayedIsTold() {
        for (String[] wrong : new String[][] {
            {"udp-flood,shape=pulse,on=0s", "on: '0s' is zero"},
            {"udp-flood,off=5s", "on and off are for shape=pulse"},
            {"udp-flood,at=1s,at=2s", "'at' is given twice"},
            {"udp-flood+udp-flood", "udp-flood is named twice"},
            {"udp-flood,for=0s", "for: '0s' is zero"},
            {"udp-flood,rate=0", "rate: '0' is out of range: 0.001 to 10000000"},
            {"udp-flood,sources=2.5", "sources: '2.5' is not a whole number"},
            {"udp-flood,target=10.16.0.20,ipv6=true", "ipv6=true contradicts the target"},
            {"udp-flood,target=10.16.0.0/24,carpet=false", "carpet=false contradicts the target"},
            {"udp-flood,target=192.0.2.1", "192.0.2.1/32 is not in 10.16.0.0/14 or fd00:16::/48"},
            {"udp-flood,target=10.0.0.0/8", "10.0.0.0/8 is not in 10.16.0.0/14"},
        }) {
            CalledCommand called =
                    drill("--attack", wrong[0], "--output", file("a").toString());
            assertThat(called.exitCode()).isEqualTo(Main.EXIT_USAGE);
            assertThat(called.errors()).contains(wrong[0], wrong[1]);
        }
        assertThat(drill("--botnet", "hosts=0", "--output", "x").errors())
                .contains("hosts: '0' is out of range: 1 to 10000");
    }

    @Test
    void filesAreReplacedOnlyWhenAsked() throws IOException {
        Path capture = Files.writeString(file("a"), "evidence");
        Path truth = Files.writeString(file("b"), "a verdict");
        String[] call = {"--output", capture.toString(), "--truth", truth.toString()};

        assertThat(drill(call).errors())
                .contains(capture + " is there already; --overwrite replaces it", truth + " is there already");
        assertThat(capture).hasContent("evidence");
        assertThat(truth).hasContent("a verdict");
        assertThat(drill(call[0], call[1], call[2], call[3], "--overwrite").exitCode())
                .isZero();
        assertThat(Files.readString(truth)).startsWith("{");
    }

    @Test
    void truthNeedsAPlaceOfItsOwn() {
        String capture = file("a").toString();

        assertThat(drill("--output", capture, "--truth", capture).errors())
                .contains("traffic and truth cannot both go to " + capture);
        assertThat(drill("--output", capture, "--truth", file("none/b").toString())
                        .errors())
                .contains("there is no folder for");
        assertThat(file("a")).doesNotExist();
    }

    @Test
    void startMayBeGiven() throws IOException {
        Path truth = file("truth.json");
        drill("--start", "2026-03-02T03:00:00Z", "--output", file("a").toString(), "--truth", truth.toString());

        assertThat(Files.readString(truth)).contains("\"start\": \"2026-03-02T03:00:0");
    }

    @Test
    void saysWhereItCannotWrite() {
        assertThat(drill("--output", file("none/a.pcap").toString()).exitCode()).isEqualTo(1);
    }
}
