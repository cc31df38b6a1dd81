package levee.evaluation;

import static levee.evaluation.HostSamples.behaviour;
import static levee.evaluation.HostSamples.commandedBy;
import static levee.evaluation.HostSamples.ended;
import static levee.evaluation.HostSamples.evaluation;
import static levee.evaluation.HostSamples.flow;
import static levee.evaluation.HostSamples.infected;
import static levee.evaluation.HostSamples.named;
import static levee.evaluation.HostSamples.notified;
import static levee.evaluation.HostSamples.server;
import static levee.evaluation.HostSamples.suspected;
import static levee.evaluation.HostSamples.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import levee.evaluation.HostEvaluation.BehaviourScore;
import levee.evaluation.HostEvaluation.FalseHost;
import levee.evaluation.HostEvaluation.FamilyScore;
import levee.evaluation.HostEvaluation.Minutes;
import levee.evaluation.KnownHost.Condition;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Truth.InfectedHost;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How right findings of infected hosts are. */
final class HostEvaluationTest {

    /** Something in every section. */
    private static final HostEvaluation FULL = evaluation(
            HostTruth.of(truth(
                    52,
                    List.of(
                            infected("192.0.2.1", behaviour("beaconing", 10, 600), behaviour("scanning", 60, 120)),
                            infected("192.0.2.2", behaviour("flooding", 300, 310))),
                    List.of(server("203.0.113.1", 6667), server("203.0.113.2", 443)),
                    List.of(
                            Samples.lookAlike("backup", "192.0.2.3", 0, 600),
                            Samples.lookAlike("update-check", "192.0.2.4", 0, 36_000)))),
            List.of(
                    commandedBy(
                            notified(suspected("192.0.2.1", 40, "beaconing", "irc"), 100.5),
                            server("198.51.100.9", 80),
                            server("203.0.113.1", 6667)),
                    suspected("192.0.2.4", 200, "beaconing", "long-connection"),
                    notified(suspected("192.0.2.7", 60, "dga"), 60)),
            List.of(named(server("203.0.113.1", 6667), 1, "192.0.2.1"), named(server("198.51.100.9", 80), 2)));

    @Test
    void foundMissedAndFalse() {
        HostEvaluation.LevelScore suspected = FULL.level(Level.SUSPECTED);
        HostEvaluation.LevelScore notify = FULL.level(Level.NOTIFY);

        assertThat(FULL.infected()).isEqualTo(2);
        assertThat(FULL.benign()).isEqualTo(50);
        assertThat(FULL.benignHostHours()).isEqualTo(500);
        assertThat(suspected.found()).isEqualTo(1);
        assertThat(suspected.falsely()).isEqualTo(2);
        assertThat(suspected.minutes()).contains(new Minutes(30, 30));
        assertThat(notify.found()).isEqualTo(1);
        assertThat(notify.falsely()).isEqualTo(1);
        assertThat(notify.minutes()).contains(new Minutes(90.5, 90.5));
        assertThat(FULL.missed()).extracting(host -> host.host().toString()).containsExactly("192.0.2.2");
        assertThat(FULL.unknownHosts()).isEmpty();
    }

    @Test
    void falseHostsComeWithTheirWeightiestReasonAndWhatTheyReallyDo() {
        assertThat(FULL.falseHosts())
                .extracting(FalseHost::level, FalseHost::statement, FalseHost::lookAlikes)
                .containsExactly(
                        tuple(Level.SUSPECTED, "Evidence of beaconing.", List.of("update-check")),
                        tuple(Level.NOTIFY, "Evidence of dga.", List.of()));
        assertThat(FULL.lookAlikes())
                .containsExactly(
                        new Evaluation.LookAlikeScore("backup", 1, 0),
                        new Evaluation.LookAlikeScore("update-check", 1, 1));
    }

    @Test
    void commandServersByTheirRank() {
        assertThat(FULL.servers())
                .extracting(HostEvaluation.TrueServer::rank, HostEvaluation.TrueServer::placeAtHost)
                .containsExactly(
                        tuple(OptionalLong.of(1), OptionalLong.of(2)),
                        tuple(OptionalLong.empty(), OptionalLong.empty()));
        assertThat(FULL.falseServers())
                .extracting(HostEvaluation.FalseServer::server)
                .containsExactly(server("198.51.100.9", 80));
    }

    @Test
    void anotherPortOfACommandServerIsNeitherRightNorFalse() {
        HostTruth truth = HostTruth.of(truth(
                1,
                List.of(infected("192.0.2.1", behaviour("irc", 0, 9))),
                List.of(server("203.0.113.1", 6667)),
                List.of()));

        HostEvaluation evaluation = evaluation(
                truth, List.of(suspected("192.0.2.1", 1)), List.of(named(server("203.0.113.1", 80), 1, "192.0.2.1")));

        assertThat(evaluation.servers(HostEvaluation.TrueServer::isNamed)).isZero();
        assertThat(evaluation.falseServers()).isEmpty();
    }

    @Test
    void behaviours() {
        assertThat(FULL.behaviours())
                .containsExactly(
                        new BehaviourScore("beaconing", 1, 1, 0),
                        new BehaviourScore("flooding", 1, 0, 0),
                        new BehaviourScore("irc", 0, 0, 1),
                        new BehaviourScore("scanning", 1, 0, 0));
    }

    @Test
    void severalBehavioursShowCommands() {
        HostEvaluation evaluation = evaluation(
                HostTruth.of(truth(
                        1,
                        List.of(infected("192.0.2.1", behaviour("command-and-control", 0, 9))),
                        List.of(),
                        List.of())),
                suspected("192.0.2.1", 1, "dead-command-server"));

        assertThat(evaluation.behaviours()).containsExactly(new BehaviourScore("command-and-control", 1, 1, 0));
    }

    @Test
    void aFindingThatWasOverBeforeIsOfSomethingElse() {
        HostTruth truth =
                HostTruth.of(truth(1, List.of(infected("192.0.2.1", behaviour("dga", 60, 90))), List.of(), List.of()));

        assertThat(evaluation(truth, ended(suspected("192.0.2.1", 10), 50))
                        .level(Level.SUSPECTED)
                        .found())
                .isZero();
        assertThat(evaluation(truth, ended(suspected("192.0.2.1", 10), 70))
                        .level(Level.SUSPECTED)
                        .minutes())
                .contains(new Minutes(0, 0));
    }

    @Test
    void twoFindingsOfOneHostAreOneFoundHost() {
        HostTruth truth =
                HostTruth.of(truth(9, List.of(infected("192.0.2.1", behaviour("dga", 0, 600))), List.of(), List.of()));

        HostEvaluation evaluation = evaluation(
                truth,
                notified(suspected("192.0.2.1", 300), 320),
                ended(suspected("192.0.2.1", 10), 50),
                suspected("192.0.2.2", 1),
                suspected("192.0.2.2", 2));

        assertThat(evaluation.level(Level.SUSPECTED).found()).isEqualTo(1);
        assertThat(evaluation.level(Level.SUSPECTED).minutes()).contains(new Minutes(10, 10));
        assertThat(evaluation.level(Level.NOTIFY).minutes()).contains(new Minutes(320, 320));
        assertThat(evaluation.falseHosts()).hasSize(1);
    }

    @Test
    void hostsThatAreHardlySeenAreListedApart() throws IOException {
        LabelledHosts hosts = new LabelledHosts("capture", List.of(Prefix.parse("192.0.2.0/24")));
        for (int i = 0; i < 11; i++) {
            flow(hosts, i, "192.0.2.1", Condition.INFECTED);
        }
        for (int i = 0; i < 10; i++) {
            flow(hosts, i, "192.0.2.2", Condition.INFECTED);
        }
        flow(hosts, 1, "192.0.2.3", Condition.UNKNOWN);

        HostEvaluation evaluation = evaluation(hosts.truth(), suspected("192.0.2.3", 2, "dga"));

        assertThat(text(evaluation))
                .contains(
                        "MISSED, OR ONLY SUSPECTED\n  capture: 192.0.2.1, not found, 11 malicious flows\n",
                        "AND HARDLY SEEN\n  capture: 192.0.2.2, not found, 10 malicious flows\n",
                        "CALLED INFECTED, BUT NOBODY KNOWS\n"
                                + "  capture: 192.0.2.3, suspected\n"
                                + "    dga: Evidence of dga.\n")
                .doesNotContain("FALSE HOSTS", "ATTACKS", "NaN");
    }

    @Test
    void severalRunsAreSummed() {
        HostTruth truth =
                HostTruth.of(truth(3, List.of(infected("192.0.2.1", behaviour("dga", 0, 600))), List.of(), List.of()));
        HostRun found = new HostRun(truth, List.of(suspected("192.0.2.1", 10)), List.of());
        HostRun missed = new HostRun(truth, List.of(), List.of());

        HostEvaluation evaluation = HostEvaluation.of(List.of(found, missed, found));

        assertThat(evaluation.infected()).isEqualTo(3);
        assertThat(evaluation.level(Level.SUSPECTED).found()).isEqualTo(2);
        assertThat(evaluation.benignHostHours()).isEqualTo(60);
        assertThat(evaluation.level(Level.SUSPECTED).measures().truePositiveRate())
                .isEqualTo(
                        2
                                * evaluation(truth, suspected("192.0.2.1", 10))
                                        .level(Level.SUSPECTED)
                                        .measures()
                                        .truePositiveRate()
                                / 3,
                        within(1e-9));
    }

    @Test
    void textIsAsDocumented() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "evaluation.md"))).contains(text(FULL));
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationJson.write(Evaluation.of(List.of()), FULL, out);
        JsonNode hosts = JsonMapper.shared().readTree(out.toByteArray()).get("hosts");

        assertThat(hosts.get("infected").asInt()).isEqualTo(2);
        assertThat(hosts.at("/notify/minutes_until_found").toString()).isEqualTo("{\"median\":90.5,\"longest\":90.5}");
        assertThat(hosts.at("/suspected/false_per_1000_host_days").asDouble()).isEqualTo(96);
        assertThat(hosts.at("/suspected/time_weighted/precision").isNumber()).isTrue();
        assertThat(hosts.at("/command_servers/true").toString())
                .isEqualTo("[{\"run\":\"office\",\"address\":\"203.0.113.1\",\"port\":6667,\"transport\":\"tcp\","
                        + "\"rank\":1,\"place_at_host\":2},{\"run\":\"office\",\"address\":\"203.0.113.2\","
                        + "\"port\":443,\"transport\":\"tcp\",\"rank\":null,\"place_at_host\":null}]");
        assertThat(hosts.at("/false/0").toString())
                .isEqualTo("{\"run\":\"office\",\"host\":\"192.0.2.4\",\"level\":\"suspected\","
                        + "\"behaviour\":\"beaconing\",\"statement\":\"Evidence of beaconing.\","
                        + "\"look_alikes\":[\"update-check\"]}");
        assertThat(hosts.at("/missed/0").toString())
                .isEqualTo("{\"run\":\"office\",\"host\":\"192.0.2.2\",\"suspected\":false,"
                        + "\"malicious_flows\":null,\"hardly_seen\":false,\"behaviours\":[\"flooding\"]}");
    }

    @Test
    void familiesAreScoredByThemselves() throws IOException {
        HostTruth truth = HostTruth.of(truth(
                9,
                List.of(
                        ofFamily("192.0.2.1", "mirai"),
                        ofFamily("192.0.2.2", "mirai"),
                        ofFamily("192.0.2.3", "spam"),
                        infected("192.0.2.4", behaviour("scanning", 0, 9))),
                List.of(),
                List.of()));
        HostEvaluation evaluation = evaluation(
                truth, suspected("192.0.2.1", 1), notified(suspected("192.0.2.2", 1), 2), suspected("192.0.2.4", 1));

        assertThat(evaluation.families())
                .containsExactly(new FamilyScore("mirai", 2, 2, 1), new FamilyScore("spam", 1, 0, 0));
        assertThat(text(evaluation)).contains("""
            FAMILIES
                     happened  suspected  notify  missed
              mirai         2          2       1       0
              spam          1          0       0       1
            """).contains("192.0.2.3, spam, not found: scanning");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationJson.write(Evaluation.of(List.of()), evaluation, out);
        JsonNode hosts = JsonMapper.shared().readTree(out.toByteArray()).get("hosts");
        assertThat(hosts.at("/families/0").toString())
                .isEqualTo("{\"name\":\"mirai\",\"happened\":2,\"suspected\":2,\"notify\":1}");
        assertThat(hosts.at("/missed/1/family").asString()).isEqualTo("spam");
    }

    private static InfectedHost ofFamily(String host, String family) {
        return new InfectedHost(IpAddress.parse(host), Optional.of(family), List.of(behaviour("scanning", 0, 9)));
    }

    @Test
    void namesCannotSteerTheTerminal() throws IOException {
        HostTruth truth = HostTruth.of(truth(
                9,
                List.of(infected("192.0.2.1", behaviour("\u001b[31mscan\n", 0, 9))),
                List.of(),
                List.of(Samples.lookAlike("\u202ebackup", "192.0.2.2", 0, 9))));

        assertThat(text(evaluation(truth, suspected("192.0.2.2", 1, "\u001bdga"))))
                .contains("?[31mscan?", "?backup", "?dga")
                .doesNotContain("\u001b", "\u202e");
    }

    private static String text(HostEvaluation evaluation) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvaluationText.write(Evaluation.of(List.of()), evaluation, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
