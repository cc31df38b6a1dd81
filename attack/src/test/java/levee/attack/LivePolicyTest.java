package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A live network has a past: rates count above a floor and above what is usual. */
class LivePolicyTest {
    private static final AddressFamily FAMILY = AddressFamily.IPV4;
    private static final IpAddress HOST = FAMILY.own(7);
    private static final int MINUTE = 60;

    /** Every packet stands for so many, to keep hours of traffic small. */
    private static final int WEIGHT = 20;

    private final Detection detection = new Detection(DetectionPolicy.liveNetwork(), AddressFamily.ownNetworks());

    /** Plays datagrams from many hosts, which the target does not answer, though it is seen to send something else. */
    private void datagrams(int minute, int minutes, int packetsPerSecond) {
        for (int i = minute; i < minute + minutes; i++) {
            Traffic traffic = new Traffic(i).sampled(WEIGHT);
            new Floods(traffic, FAMILY)
                    .add(
                            AttackVector.UDP_FLOOD,
                            new Endpoint(HOST, 9_987),
                            Shape.moderate()
                                    .beginning((double) i * MINUTE)
                                    .lasting(MINUTE, packetsPerSecond / WEIGHT * MINUTE));
            traffic.spread(
                    (double) i * MINUTE,
                    MINUTE,
                    MINUTE,
                    (second, ping) -> traffic.add(second, Packet.icmp(HOST, IpAddress.ofIpv4(0x0101_0101), 8, 0, 84)));
            detection.play(traffic.seen(View.BOTH_WAYS));
        }
    }

    @Test
    void belowTheFloorThereIsNoAlarm() {
        datagrams(0, 3, 1_200);
        detection.finish();
        assertThat(detection.attacks()).isEmpty();
    }

    @Test
    void theSameIsAnAttackInAFile() {
        Traffic traffic = new Traffic(1);
        new Floods(traffic, FAMILY)
                .add(
                        AttackVector.UDP_FLOOD,
                        new Endpoint(HOST, 9_987),
                        Shape.moderate().lasting(10, 12_000));
        assertThat(Detection.analyse(traffic.seen(View.BOTH_WAYS)).attacks()).hasSize(1);
    }

    @Test
    void aboveTheFloorThereIsAnAlarmAtOnce() {
        datagrams(0, 1, 6_000);
        assertThat(detection.events).isNotEmpty();
        detection.finish();
        assertThat(detection.attacks()).hasSize(1);
    }

    @Test
    void anAlarmTakesLessThanASecond() {
        Traffic traffic = new Traffic(1);
        new Floods(traffic, FAMILY)
                .add(
                        AttackVector.UDP_FLOOD,
                        new Endpoint(HOST, 9_987),
                        Shape.moderate().beginning(0).lasting(1, 10_000));
        detection.play(traffic.seen(View.BOTH_WAYS));
        assertThat(detection.events).hasSize(1);
    }

    @Tag("slow")
    @Test
    void whatIsUsualIsNoAlarm() {
        datagrams(0, 240, 1_500);
        datagrams(240, 2, 3_000);
        detection.finish();
        assertThat(detection.attacks()).as("twice what is usual").isEmpty();
    }

    @Tag("slow")
    @Test
    void farAboveWhatIsUsualIsAnAlarm() {
        datagrams(0, 240, 1_500);
        datagrams(240, 2, 12_000);
        detection.finish();
        assertThat(detection.attacks()).as("eight times what is usual").hasSize(1);
    }

    @Test
    void aFewMinutesAreEnoughToLearn() {
        datagrams(0, 30, 1_500);
        datagrams(30, 2, 3_000);
        detection.finish();
        assertThat(detection.attacks()).as("twice what is usual").isEmpty();
    }

    @Test
    void anAttackEndsWhenTheRateIsAsUsualAgain() {
        datagrams(0, 3, 1_500);
        datagrams(3, 2, 12_000);
        datagrams(5, 5, 1_500);
        datagrams(10, 1, 12_000);
        detection.finish();
        List<Attack> attacks = detection.attacks();
        assertThat(attacks).hasSize(2);
        assertThat(attacks).extracting(Attack::target).containsOnly(Prefix.host(HOST));
    }

    @Tag("slow")
    @Test
    void anAttackIsNotWhatIsUsual() {
        datagrams(0, 5, 100);
        datagrams(5, 20, 12_000);
        datagrams(25, 5, 100);
        int before = detection.events.size();
        datagrams(30, 1, 12_000);
        assertThat(detection.events.size()).as("the second attack alarms again").isGreaterThan(before);
        detection.finish();
        assertThat(detection.attacks()).hasSize(2);
    }

    @Tag("slow")
    @Test
    void creepingUpIsFoundInTheEnd() {
        int rate = 1_000;
        for (int minute = 0; minute < 30; minute++) {
            datagrams(minute, 1, rate);
            rate = rate * 11 / 10;
        }
        detection.finish();
        assertThat(detection.attacks())
                .as("17,000 packets a second, by a tenth more each minute")
                .hasSize(1);
    }
}
