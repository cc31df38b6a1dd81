package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.OwnNetworks;
import org.junit.jupiter.api.Test;

class TrafficMeterTest {
    private static final String SYN_FLOOD = "attack.tcp-syn-flood";
    private static final String DNS = "attack.dns-reflection";

    private Map<AttackVector, Volume> attacks = Map.of();
    private final List<Map<String, Volume>> told = new ArrayList<>();
    private final TrafficMeter meter = new TrafficMeter(OwnNetworks.unknown(), () -> attacks, (second, volumes) -> {
        assertThat(second).isEqualTo(100 + told.size());
        told.add(volumes);
    });
    private long second = 100;

    /** Lets a second pass in which open attacks have this. */
    private Map<String, Volume> pass(Map<AttackVector, Volume> now) {
        attacks = now;
        meter.tick(++second * 1_000_000_000L);
        return told.getLast();
    }

    @Test
    void attacksAreToldOfWhileSomethingComesAndFallToZeroThen() {
        Volume some = new Volume(10, 400);
        meter.tick(second * 1_000_000_000L);
        assertThat(told).isEmpty();

        assertThat(pass(Map.of())).doesNotContainKeys(SYN_FLOOD, DNS).containsKey("total");
        assertThat(pass(Map.of(AttackVector.TCP_SYN_FLOOD, some)))
                .containsEntry(SYN_FLOOD, some)
                .doesNotContainKey(DNS);
        assertThat(pass(Map.of(AttackVector.TCP_SYN_FLOOD, some, AttackVector.DNS_REFLECTION, some)))
                .containsEntry(SYN_FLOOD, some)
                .containsEntry(DNS, some);
        // A pulse is over, but the attack is not.
        assertThat(pass(Map.of(AttackVector.TCP_SYN_FLOOD, Volume.NONE, AttackVector.DNS_REFLECTION, some)))
                .containsEntry(SYN_FLOOD, Volume.NONE)
                .containsEntry(DNS, some);
        assertThat(pass(Map.of(AttackVector.TCP_SYN_FLOOD, Volume.NONE)))
                .doesNotContainKey(SYN_FLOOD)
                .containsEntry(DNS, Volume.NONE);
        // It ends.
        assertThat(pass(Map.of())).containsEntry(SYN_FLOOD, Volume.NONE).doesNotContainKey(DNS);
        assertThat(pass(Map.of())).doesNotContainKeys(SYN_FLOOD, DNS);
    }
}
