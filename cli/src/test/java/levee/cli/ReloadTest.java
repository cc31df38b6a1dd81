package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import levee.flowexport.ExportFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Settings that change while attacks go on, from the file to what the HTTP interface and a webhook say. */
@Tag("slow")
@Timeout(60)
final class ReloadTest {
    private static final String FINDINGS = "/api/v1/findings?kind=attack";
    private static final String USUAL = "networks: 192.0.2.0/24\nalerts: [WEBHOOK]\n";

    @TempDir
    private Path folder;

    private GuardedNetwork start(String settings) throws IOException, StartException {
        return GuardedNetwork.inFastMotion(folder, settings, ExportFormat.IPFIX);
    }

    @Test
    void anAttackGoesOnAndNobodyIsToldTwice() throws Exception {
        try (GuardedNetwork network = start(USUAL)) {
            JsonNode before = network.floodUntil(
                    FINDINGS, answer -> GuardedNetwork.hasAttack(answer) && !network.receiver.told.isEmpty());
            assertThat(before.at("/findings/0/group").isMissingNode()).isTrue();

            network.reload(USUAL + """
                groups:
                  - {name: hosting, networks: 192.0.2.0/28, customer: Example Shop, contacts: [noc@shop.example]}
                thresholds: {inbound: {tcp-syn-flood: off}}
                """);
            assertThat(network.messages).contains("the settings were read again and are in force");
            JsonNode after = network.floodUntil(
                    FINDINGS,
                    answer -> answer.at("/findings/0/group").asString("").equals("hosting"));

            assertThat(after.at("/findings")).hasSize(1);
            assertThat(after.at("/findings/0/id")).isEqualTo(before.at("/findings/0/id"));
            assertThat(after.at("/findings/0/state").asString()).isEqualTo("open");
            assertThat(after.at("/findings/0/customer").asString()).isEqualTo("Example Shop");
            assertThat(after.at("/findings/0/contacts/0").asString()).isEqualTo("noc@shop.example");
            assertThat(network.receiver.told.stream()
                            .map(alert -> alert.at("/event").asString()))
                    .containsExactly("opened");
        }
    }

    @Test
    void thresholdsOfTheFileHoldAndChange() throws Exception {
        try (GuardedNetwork network = start(USUAL + "thresholds: {inbound: {all: {packets-per-second: 1G}}}\n")) {
            network.floodFor(1_200);
            assertThat(GuardedNetwork.hasAttack(network.get(FINDINGS))).isFalse();

            network.reload(USUAL);
            JsonNode found = network.floodUntil(FINDINGS, GuardedNetwork::hasAttack);
            assertThat(found.at("/findings/0/vectors/0/name").asString()).isEqualTo("tcp-syn-flood");
        }
    }

    @Test
    void whatIsAllowedMakesNoAttackAndIsCounted() throws Exception {
        String allow = "allow: [{name: test, sources: [1.0.0.0/8, 2.0.0.0/7, 4.0.0.0/6, 8.0.0.0/5, 16.0.0.0/4,"
                + " 32.0.0.0/3, 64.0.0.0/2], until: 2999-12-31}]\n";
        try (GuardedNetwork network = start(USUAL + allow)) {
            network.floodFor(1_200);
            assertThat(GuardedNetwork.hasAttack(network.get(FINDINGS))).isFalse();
            JsonNode spared = network.get("/api/v1/stats").at("/spared/0");
            assertThat(spared.at("/entry").asString()).isEqualTo("test");
            assertThat(spared.at("/rows").asLong()).isPositive();

            network.reload(USUAL);
            network.floodUntil(FINDINGS, GuardedNetwork::hasAttack);
            assertThat(network.get("/api/v1/stats").at("/spared")).isEmpty();
        }
    }

    @Test
    void aMistakeChangesNothingAndAllOfThemAreSaid() throws Exception {
        try (GuardedNetwork network = start("mode: monitor\n" + USUAL)) {
            network.reload("mode: loud\nnetworks: 192.0.2.0/33\nfoo: 1\n");

            assertThat(String.join("\n", network.messages))
                    .contains(
                            "line 3, mode: 'loud'",
                            "line 4, networks",
                            "line 5: there is no key 'foo'",
                            "stay as they were");
            assertThat(network.get("/api/v1/settings").toString())
                    .contains("monitor")
                    .doesNotContain("loud");
        }
    }

    @Test
    void whatNeedsARestartIsNamedAndTheRestIsTakenOver() throws Exception {
        try (GuardedNetwork network = start(USUAL)) {
            network.floodUntil(
                    FINDINGS, answer -> GuardedNetwork.hasAttack(answer) && !network.receiver.told.isEmpty());
            network.reload(USUAL + "mode: monitor\ncopies: 127.0.0.1:9\nstore: other.db\nretention: {findings: 3}\n");

            assertThat(network.messages).contains("copies, store: needs a restart; until then the former value holds");
            JsonNode settings = network.get("/api/v1/settings").at("/settings");
            assertThat(setting(settings, "mode")).containsExactly("monitor", "file", "5");
            assertThat(setting(settings, "copies")).containsExactly("", "default", "");
            assertThat(setting(settings, "web").get(1)).isEqualTo("command-line");
            assertThat(setting(settings, "retention.findings")).containsExactly("3", "file", "8");
            assertThat(setting(settings, "retention.audit")).containsExactly("400", "default", "");
            assertThat(setting(settings, "alerts[0].url")).containsExactly("(not shown)", "file", "4");
            network.floodUntil(
                    FINDINGS,
                    answer -> answer.at("/findings/0/mode").asString("").equals("monitor"));
        }
    }

    private static List<String> setting(JsonNode settings, String name) {
        for (JsonNode setting : settings) {
            if (setting.at("/name").asString().equals(name)) {
                return List.of(
                        setting.at("/values/0").asString(""),
                        setting.at("/from").asString(),
                        setting.at("/line").asString(""));
            }
        }
        return List.of();
    }
}
