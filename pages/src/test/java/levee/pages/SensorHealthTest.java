package levee.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import levee.pages.SensorHealth.Verdict;
import org.junit.jupiter.api.Test;

final class SensorHealthTest {
    private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");
    private final FakeSystem system = new FakeSystem();

    private String shown() {
        return new SensorHealth(system, NOW).toElement().toString().replace('\u00a0', ' ');
    }

    @Test
    void allIsWellWhereNothingIsLost() {
        system.exporters = List.of(FakeSystem.exporter("203.0.113.1", 0, 0.4, NOW.minusSeconds(5)));

        assertThat(shown())
                .contains("Everything that was sent is looked at.", "1 of 1")
                .doesNotContain("bad", "look here");
    }

    @Test
    void nobodyWhoSendsIsNoGoodSign() {
        system.statistics = FakeSystem.silent();
        assertThat(shown()).contains("none yet", "look here");
    }

    @Test
    void lossesAreWeighedByTheirShare() {
        assertThat(SensorHealth.verdict(0.0005)).isEqualTo(Verdict.GOOD);
        assertThat(SensorHealth.verdict(0.001)).isEqualTo(Verdict.WARNING);
        assertThat(SensorHealth.verdict(0.05)).isEqualTo(Verdict.BAD);
        system.statistics = FakeSystem.statistics(1_000, 20);
        assertThat(shown()).contains("50.0 %", "1,000 of the datagrams", "bad");
    }

    @Test
    void silenceBeginsAfterWhatRoutersHoldBack() {
        assertThat(SensorHealth.isSilent(FakeSystem.exporter("203.0.113.1", 0, 0, NOW.minusSeconds(90)), NOW))
                .isFalse();
        assertThat(SensorHealth.isSilent(FakeSystem.exporter("203.0.113.1", 0, 0, NOW.minusSeconds(91)), NOW))
                .isTrue();
    }

    @Test
    void packetsOfCapturesAreEnoughToSee() {
        assertThat(SensorHealth.isBlind(system, NOW)).isFalse();
        assertThat(shown()).contains("Packets come from captures.");
        system.statistics = FakeSystem.silent();
        assertThat(SensorHealth.isBlind(system, NOW)).isTrue();
        system.exporters = List.of(FakeSystem.exporter("203.0.113.1", 0, 0, NOW.minusSeconds(5)));
        assertThat(SensorHealth.isBlind(system, NOW)).isFalse();
    }
}
