package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import levee.attack.Floods.Choice;
import levee.attack.Floods.Reply;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.IpAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What open attacks have second by second. */
class VolumesTest {
    private static final AddressFamily FAMILY = AddressFamily.IPV4;
    private static final IpAddress HOST = FAMILY.own(0x0a07);
    private static final double RATE = 4_000;

    private final Traffic traffic = new Traffic(21);
    private final Floods floods = new Floods(traffic, FAMILY);
    private final Detection detection = new Detection(DetectionPolicy.liveNetwork(), AddressFamily.ownNetworks());

    private static Shape lasting(double begin, double seconds, double packetsPerSecond) {
        return new Shape(
                begin, seconds, (int) (seconds * packetsPerSecond), 500, Choice.FIXED, Choice.FIXED, Reply.NOTHING);
    }

    /** Plays second by second, and on until so many have passed. */
    private List<Map<AttackVector, Volume>> play(int seconds) {
        List<Map<AttackVector, Volume>> volumes = new ArrayList<>();
        List<Packet> packets = traffic.seen(View.BOTH_WAYS);
        int next = 0;
        for (int second = 1; second <= seconds; second++) {
            int from = next;
            while (next < packets.size() && packets.get(next).nanos() < Traffic.nanos(second)) {
                next++;
            }
            detection.play(packets.subList(from, next));
            detection.tick(Traffic.nanos(second));
            volumes.add(detection.takeVolumes());
        }
        return volumes;
    }

    private static long packets(Map<AttackVector, Volume> volumes, AttackVector vector) {
        return volumes.getOrDefault(vector, Volume.NONE).packets();
    }

    @Test
    void eachSecondOfAnAttackIsTold() {
        new Conversations(traffic, FAMILY).background(HOST, 0, 10);
        floods.add(AttackVector.TCP_SYN_FLOOD, HOST, lasting(3, 5, RATE));
        List<Map<AttackVector, Volume>> volumes = play(60);

        for (int second = 0; second < 60; second++) {
            long packets = packets(volumes.get(second), AttackVector.TCP_SYN_FLOOD);
            if (second >= 3 && second < 8) {
                // But for the rows that it took to become suspicious, and for those at the border of the second.
                assertThat((double) packets).as("second " + second).isBetween(0.9 * RATE, 1.1 * RATE);
            } else {
                assertThat(packets).as("second " + second).isLessThan((long) (0.025 * RATE));
            }
        }
        assertThat(volumes.getFirst()).isEmpty();
        assertThat(volumes.get(10)).containsOnlyKeys(AttackVector.TCP_SYN_FLOOD);
    }

    @Test
    void attackHasEndedSomeDay() {
        floods.add(AttackVector.TCP_SYN_FLOOD, HOST, lasting(3, 5, RATE));
        assertThat(play(400).getLast()).isEmpty();
    }

    /** The flood of a prefix is its hosts', too; and it is what the finding says. */
    @Tag("slow")
    @Test
    void nothingIsCountedForAHostAndForItsPrefix() {
        floods.each(lasting(3, 20, 20_000), (second, source) -> {
            Endpoint hit = new Endpoint(FAMILY.own(0x0a00 + traffic.random.nextInt(256)), 40_000);
            floods.send(
                    second,
                    AttackVector.NTP_REFLECTION,
                    floods.packet(AttackVector.NTP_REFLECTION, source, hit, 468),
                    Reply.NOTHING);
        });
        List<Map<AttackVector, Volume>> volumes = play(60);

        Map<AttackVector, Long> sums = new EnumMap<>(AttackVector.class);
        for (Map<AttackVector, Volume> second : volumes) {
            second.forEach((vector, volume) -> sums.merge(vector, volume.packets(), Long::sum));
            assertThat(packets(second, AttackVector.NTP_REFLECTION)).isLessThan(22_000);
        }
        assertThat(sums).containsOnlyKeys(AttackVector.NTP_REFLECTION);
        assertThat((double) sums.get(AttackVector.NTP_REFLECTION)).isBetween(0.9 * 400_000, 1.01 * 400_000);
        assertThat(detection.attacks().stream().map(Attack::target)).hasSize(1);
    }
}
