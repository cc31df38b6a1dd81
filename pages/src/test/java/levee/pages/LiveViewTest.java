package levee.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.store.Resolution;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.TrafficPoint;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LiveViewTest {
    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(TestClock.NOW.plusMillis(900));
    private final FakeSystem system = new FakeSystem();
    private Store store;
    private TrafficHistory history;
    private LiveView view;

    @BeforeEach
    void open() {
        store = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
        history = new TrafficHistory(store, clock);
        view = new LiveView(new Running(store, system, clock, "1.2.3"), history, new ExporterRates());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void point(String series, Instant time, long packets) {
        store.addTraffic(Resolution.SECOND, List.of(new TrafficPoint(series, time, packets, packets * 100)));
    }

    @Test
    void oneSecondIsMadeOnceForAll() {
        assertThat(view.now(Optional.empty())).isSameAs(view.now(Optional.empty()));
    }

    @Test
    void whatHasNotChangedIsNotNew() {
        long first = view.now(Optional.empty()).second();
        clock.move(Duration.ofSeconds(1));
        LiveView.Tick next = view.now(Optional.empty());

        assertThat(next.second()).isEqualTo(first + 1);
        assertThat(next.events().get("health").since()).isEqualTo(first);

        system.add(Attacks.attack("10.0.0.1", AttackVector.UDP_FLOOD, 1e6, Attack.State.OPEN));
        clock.move(Duration.ofSeconds(1));
        LiveView.Event attacks = view.now(Optional.empty()).events().get("open-attacks");

        assertThat(attacks.since()).isEqualTo(first + 2);
        assertThat(new String(attacks.bytes(), StandardCharsets.UTF_8))
                .startsWith("event: fragment\ndata: {\"id\":\"open-attacks\"")
                .contains("10.0.0.1")
                .endsWith("}\n\n")
                .doesNotContain("\n\n\n");
    }

    @Test
    void whoIsLimitedToNetworksSeesOnlyAttacksOnThem() {
        system.add(Attacks.attack("10.0.0.1", AttackVector.UDP_FLOOD, 1e6, Attack.State.OPEN));
        system.add(Attacks.attack("10.0.1.1", AttackVector.UDP_FLOOD, 2e6, Attack.State.OPEN));

        LiveView.Tick seen = view.now(Optional.of(List.of(Prefix.parse("10.0.0.0/24"))));

        assertThat(seen.events()).containsOnlyKeys("open-attacks", "infected-line");
        assertThat(new String(seen.events().get("open-attacks").bytes(), StandardCharsets.UTF_8))
                .contains("10.0.0.1", "1 attack has fallen quiet")
                .doesNotContain("10.0.1.1");
    }

    @Test
    void trafficComesInEqualStepsUpToTheLastOneThatIsKept() {
        Instant last = Instant.parse("2026-03-01T12:59:58Z");
        point("tcp", last, 70);
        point("tcp", last.minusSeconds(2), 50);
        point("attack.udp-flood", last.minusSeconds(1), 9);
        point("attack.dns-reflection", last.minusSeconds(3_000), 9);
        point("tcp", last.plusSeconds(1), 1_000);

        TrafficHistory.Table table = history.table(TrafficHistory.Range.TEN_MINUTES, history.charted());

        assertThat(table.from()).isEqualTo(last.plusSeconds(1).minusSeconds(600));
        assertThat(table.series().stream().map(TrafficHistory.Series::name))
                .containsExactly("tcp", "udp", "icmp", "other", "attack.udp-flood");
        double[] packets = table.series().getFirst().packets();
        assertThat(packets).hasSize(600);
        assertThat(new double[] {packets[597], packets[598], packets[599]}).containsExactly(50, 0, 70);
        assertThat(table.series().getFirst().bits()[599]).isEqualTo(56_000);
        JsonNode json = JsonMapper.shared().readTree(LiveJson.of(table));
        assertThat(json.at("/series/4/packets/598").asInt()).isEqualTo(9);
    }
}
