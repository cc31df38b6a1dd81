package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.Attack.Ingress;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.origin.OriginTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flow records of several exporters, late and in any order, as they come on a live network. */
class ExporterTest {
    private static final AddressFamily FAMILY = AddressFamily.IPV4;
    private static final IpAddress VICTIM = FAMILY.own(0x0a07);
    private static final double FLOOD_SECONDS = 20;
    private static final int FLOOD_PACKETS = 100_000;

    private static List<Packet> flood(AttackVector vector, double seconds) {
        Traffic traffic = new Traffic(1);
        new Conversations(traffic, FAMILY).background(VICTIM, 0, seconds);
        new Floods(traffic, FAMILY)
                .add(
                        vector,
                        VICTIM,
                        Shape.moderate().from(vector.isReflection() ? 500 : 0).lasting(FLOOD_SECONDS, FLOOD_PACKETS));
        return traffic.seen(View.BOTH_WAYS);
    }

    private static Attack only(Detection detection) {
        assertThat(detection.attacks()).hasSize(1);
        return detection.attacks().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP_SYN_FLOOD", "NTP_REFLECTION", "UDP_FLOOD"})
    void theSameFloodFromTwoRoutersIsOne(AttackVector vector) {
        List<Packet> packets = flood(vector, 26);
        Attack one = only(Detection.analyse(packets, Sensor.flows(1)));
        Attack two =
                only(Detection.analyse(packets, Sensor.flows(1), Sensor.flows(1).of(2)));

        assertThat(two.vectors()).hasSize(1);
        assertThat(two.vectors().get(0).vector()).isEqualTo(vector);
        assertThat(two.total().packets()).isCloseTo(one.total().packets(), withPercentage(2));
        assertThat(two.peak().packetsPerSecond()).isCloseTo(one.peak().packetsPerSecond(), withPercentage(5));
        assertThat(two.ingress()).extracting(Ingress::exporter).containsExactlyInAnyOrder("router1", "router2");
        assertThat(two.ingress()).allSatisfy(i -> assertThat(i.share()).isCloseTo(0.5, within(0.02)));
    }

    /** Half of the flood enters at each of two routers, and a third one inside sees some of it again. */
    @Test
    void whatEntersAtSeveralEdgesIsAddedUp() {
        List<Packet> packets = flood(AttackVector.TCP_SYN_FLOOD, 26);
        List<Packet> even = new ArrayList<>();
        List<Packet> odd = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            (i % 2 == 0 ? even : odd).add(packets.get(i));
        }
        Map<IpAddress, Set<Integer>> edges =
                Map.of(IpAddress.parse("10.0.0.1"), Set.of(10), IpAddress.parse("10.0.0.2"), Set.of(20));
        Attack attack = ofThree(even, odd, edges);
        Attack without = ofThree(even, odd, Map.of());

        assertThat(attack.total().packets()).isCloseTo(FLOOD_PACKETS, withPercentage(3));
        assertThat(attack.ingress()).extracting(Ingress::exporter).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
        assertThat(without.total().packets()).isCloseTo(FLOOD_PACKETS / 2, withPercentage(10));
        assertThat(without.ingress()).hasSize(3);
    }

    private static Attack ofThree(List<Packet> even, List<Packet> odd, Map<IpAddress, Set<Integer>> edges) {
        Detection detection = new Detection(
                DetectionPolicy.analysis(),
                new DetectionSettings(
                        AddressFamily.ownNetworks(),
                        Groups.NONE,
                        Thresholds.NONE,
                        AllowList.NONE,
                        edges,
                        OriginTable.EMPTY),
                index -> "10.0.0." + index);
        List<Sensor.Told> told = new ArrayList<>();
        told.addAll(Sensor.flows(1).told(even));
        told.addAll(Sensor.flows(1).of(2).told(odd));
        told.addAll(Sensor.flows(1).of(3).told(odd));
        detection.play(told, Sensor.flows(1));
        detection.finish();
        return only(detection);
    }

    @Test
    void tellsWhereItEntered() {
        assertThat(only(Detection.analyse(flood(AttackVector.TCP_SYN_FLOOD, 26), Sensor.flows(1)))
                        .ingress())
                .containsExactly(new Ingress("router1", 10, 1));
    }

    @Test
    void packetsOfACaptureEnteredNowhere() {
        assertThat(only(Detection.analyse(flood(AttackVector.TCP_SYN_FLOOD, 26)))
                        .ingress())
                .isEmpty();
    }

    /** The record that proves it comes with the tick in which it is said, less the time that answers get. */
    @ParameterizedTest
    @ValueSource(strings = {"TCP_SYN_FLOOD", "NTP_REFLECTION"})
    void isNoticedSoonAfterItsRecordsCome(AttackVector vector) {
        Detection detection = new Detection(DetectionPolicy.liveNetwork(), AddressFamily.ownNetworks());
        detection.play(flood(vector, 26), Sensor.flows(1));

        FindingEvent opened = detection.events.get(0);
        assertThat(opened.change()).isEqualTo(Change.OPENED);
        Attack attack = (Attack) opened.finding();
        assertThat(attack.vectors().get(0).vector()).isEqualTo(vector);
        // Forged sources send one packet each, whose record ends with it; those of reflectors last as long as the
        // flood.
        double proof = vector.isReflection() ? FLOOD_SECONDS : 0.25;
        long noticed = attack.vectors().get(0).noticed().getEpochSecond() * 1_000_000_000L
                + attack.vectors().get(0).noticed().getNano();
        assertThat((noticed - Traffic.nanos(3 + proof)) / 1e9).isLessThan(0.5);
    }

    @Test
    void ticksEndAnAttackThoughNoRowsCome() {
        Detection detection = new Detection(DetectionPolicy.liveNetwork(), AddressFamily.ownNetworks());
        detection.play(flood(AttackVector.TCP_SYN_FLOOD, 26), Sensor.flows(1));
        detection.tick(Traffic.nanos(100));
        assertThat(detection.events.getLast().change()).isNotEqualTo(Change.ENDED);
        detection.tick(Traffic.nanos(50));
        detection.tick(Traffic.nanos(150));

        FindingEvent last = detection.events.getLast();
        assertThat(last.change()).isEqualTo(Change.ENDED);
        assertThat(((Attack) last.finding()).end().getEpochSecond() * 1e9)
                .isCloseTo(Traffic.nanos(3 + FLOOD_SECONDS), within(1.5e9));
    }

    /** Records of a flood that is long past are judged when they come, not as if they had been there since it began. */
    @Test
    void longRecordsOfAFloodAreNotForgottenWhenTheyCome() {
        Traffic traffic = new Traffic(2);
        new Conversations(traffic, FAMILY).background(VICTIM, 0, 180);
        new Floods(traffic, FAMILY)
                .add(
                        AttackVector.NTP_REFLECTION,
                        VICTIM,
                        Shape.moderate().from(500).lasting(150, 300_000));
        Attack attack = only(Detection.analyse(traffic.seen(View.BOTH_WAYS), Sensor.flows(1)));

        assertThat(attack.total().packets()).isCloseTo(300_000, withPercentage(5));
        assertThat(attack.peak().packetsPerSecond()).isCloseTo(2_000, withPercentage(20));
    }

    /** A single sample of ten thousand packets is neither an attack nor a rate. */
    @Test
    void aFewSamplesAreNoAttack() {
        Traffic traffic = new Traffic(3);
        new Floods(traffic, FAMILY)
                .add(
                        AttackVector.TCP_SYN_FLOOD,
                        VICTIM,
                        Shape.moderate().from(0).lasting(1, 200_000));
        List<Packet> packets = traffic.seen(View.BOTH_WAYS);

        assertThat(Detection.analyse(packets, Sensor.packets(10_000)).attacks()).isEmpty();
        assertThat(only(Detection.analyse(packets, Sensor.packets(2_000)))
                        .peak()
                        .packetsPerSecond())
                .isCloseTo(200_000, withPercentage(40));
    }
}
