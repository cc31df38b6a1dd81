package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The timeline of an attack adds up to what is said of it. */
class TimelineAssemblerTest {

    @ParameterizedTest
    @EnumSource(
            value = AttackVector.class,
            names = {"DNS_REFLECTION", "TCP_SYN_FLOOD", "UDP_FLOOD", "ICMP_FLOOD"},
            mode = EnumSource.Mode.INCLUDE)
    void addsUp(AttackVector vector) {
        AddressFamily family = AddressFamily.IPV4;
        IpAddress victim = family.own(0x0a07);
        Traffic traffic = new Traffic(11);
        new Conversations(traffic, family).background(victim, 0, 20);
        new Floods(traffic, family).add(vector, victim, Shape.moderate().lasting(10, 20_000));
        Attack attack =
                Detection.analyse(traffic.seen(View.BOTH_WAYS)).attacks().get(0);

        List<Volume> slots = attack.timeline().vectors().get(vector);
        // Of bytes and packets the attack's part is rounded once, here and there.
        assertThat(sum(slots).packets()).isCloseTo(attack.total().packets(), within(1L));
        assertThat(sum(slots).bytes()).isCloseTo(attack.total().bytes(), within(1L));
        assertThat(sum(attack.timeline().otherTraffic()).packets())
                .isCloseTo(attack.otherTraffic().packets(), within(10L));
        assertThat(slots).hasSameSizeAs(attack.timeline().otherTraffic());
        assertThat(attack.timeline().start()).isBeforeOrEqualTo(attack.start());
        double seconds = slots.size() * attack.timeline().slot().toNanos() / 1e9;
        assertThat(attack.timeline().start().plusNanos((long) (seconds * 1e9))).isAfter(attack.end());
        // Half of the attack lies in the middle half of its time.
        long first = (attack.start().toEpochMilli() - attack.timeline().start().toEpochMilli());
        double slot = attack.timeline().slot().toNanos() / 1e6;
        long middle = sum(slots.subList((int) ((first + 2_500) / slot), (int) ((first + 7_500) / slot)))
                .packets();
        assertThat((double) middle / attack.total().packets()).isBetween(0.45, 0.55);
    }

    private static Volume sum(List<Volume> volumes) {
        return volumes.stream().reduce(Volume.NONE, Volume::plus);
    }
}
