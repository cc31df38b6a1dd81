package levee.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.botnet.AbuseSettings;
import levee.botnet.BotDetector;
import levee.botnet.BotMemory;
import levee.indicator.AllowTable;
import levee.indicator.IndicatorKind;
import levee.indicator.IndicatorTable;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.InfectedHost;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scores of real beacons beside those that the tests of RITA v5 publish for the same logs. */
@Tag("slow")
class BeaconTruthTest {

    /** What is said of a host's beat to a server: how regular it is, from 0 to 1. */
    private static Optional<Evidence> beat(String network, String server, String host, Path logs) throws IOException {
        Map<String, Finding> findings = new LinkedHashMap<>();
        // That the server is known as bad lets its host be told of in any case.
        IndicatorTable.Builder known = new IndicatorTable.Builder(2);
        byte[] name = "www.honestimnotevil.com".getBytes(US_ASCII);
        known.addName(IndicatorKind.NAME, name, 0, name.length, "test", "");
        BotDetector detector = new BotDetector(
                AbuseSettings.of(OwnNetworks.of(List.of(Prefix.parse(network))))
                        .with(AllowTable.NOTHING, known.build()),
                BotMemory.analysis(),
                42,
                event -> findings.put(event.finding().id(), event.finding()));
        new RowPass(42, ReadProgress.NONE).read(Folders.inputsIn(logs), (batch, details) -> detector.process(batch));
        detector.finish();
        return findings.values().stream()
                .filter(finding -> finding instanceof InfectedHost infected
                        && infected.subject().equals(host))
                .flatMap(finding -> ((InfectedHost) finding).behaviours().stream())
                .filter(behaviour -> behaviour.kind() == InfectedHost.BehaviourKind.BEACONING)
                .filter(behaviour -> behaviour.evidence().stream()
                        .anyMatch(evidence -> evidence.statement().contains(server)))
                .flatMap(behaviour -> behaviour.evidence().stream())
                .filter(evidence -> evidence.method().contains("RITA"))
                .findFirst();
    }

    /** RITA: .979; time .921, size .995, histogram 1, duration 1. */
    @Test
    void scoresABeaconThroughAProxyLikeRita() throws IOException {
        Evidence evidence = beat(
                        "10.136.0.0/16", "www.honestimnotevil.com", "10.136.0.18", RealData.file("botnet/rita/proxy"))
                .orElseThrow();
        assertThat(evidence.value()).as(evidence.statement()).isCloseTo(0.979, within(0.05));
    }

    /** RITA: .963. */
    @Test
    void scoresABeaconWithoutAHostLikeRita() throws IOException {
        Evidence evidence = beat(
                        "73.54.23.243/32", "64.225.56.201", "73.54.23.243", RealData.file("botnet/rita/missing_host"))
                .orElseThrow();
        assertThat(evidence.value()).as(evidence.statement()).isCloseTo(0.963, within(0.05));
    }
}
