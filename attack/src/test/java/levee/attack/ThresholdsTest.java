package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.attack.Floods.Shape;
import levee.attack.Thresholds.Floor;
import levee.attack.Thresholds.Floors;
import levee.attack.Thresholds.Table;
import levee.attack.Thresholds.Way;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Group;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.origin.OriginTable;
import levee.telemetry.PayloadHint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator says from which rate on somebody is alarmed. */
class ThresholdsTest {
    private static final AddressFamily FAMILY = AddressFamily.IPV4;
    private static final IpAddress HOST = FAMILY.own(7);
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static Floor packets(double rate) {
        return new Floor(rate, INFINITY);
    }

    private static Floors all(Floor floor) {
        return new Floors(Optional.of(floor), Map.of());
    }

    private static Floors of(AttackVector vector, Floor floor) {
        return new Floors(Optional.empty(), Map.of(vector, floor));
    }

    private static Table inbound(Floors floors) {
        return new Table(Map.of(Way.INBOUND, floors));
    }

    private static Group group() {
        return new Group("hosting", List.of(Prefix.host(HOST)), Optional.of("Example Shop"), List.of());
    }

    private static List<Attack> attacks(Table common, Table ofGroup, int packetsPerSecond) {
        Traffic traffic = new Traffic(3);
        new Floods(traffic, FAMILY)
                .add(
                        AttackVector.UDP_FLOOD,
                        new Endpoint(HOST, 9_987),
                        Shape.moderate().lasting(4, packetsPerSecond * 4));
        return attacks(common, ofGroup, traffic);
    }

    private static List<Attack> attacks(Table common, Table ofGroup, Traffic traffic) {
        Detection detection = new Detection(
                DetectionPolicy.liveNetwork(),
                new DetectionSettings(
                        AddressFamily.ownNetworks(),
                        new Groups(List.of(group())),
                        new Thresholds(common, List.of(ofGroup)),
                        AllowList.NONE,
                        Map.of(),
                        OriginTable.EMPTY));
        detection.play(traffic.seen(View.BOTH_WAYS));
        detection.finish();
        return detection.attacks();
    }

    @ParameterizedTest
    @CsvSource({
        // The usual floor is 2,000 packets/s.
        "6000,    ,  true",
        "6000, 20000, false",
        "6000,  5000,  true",
        "1200,    , false",
        "1200,  1000,  true",
    })
    void theOperatorsFloorTakesThePlaceOfTheUsualOne(int rate, Double floor, boolean isAttack) {
        Table common = floor == null ? Table.NONE : inbound(all(packets(floor)));
        assertThat(attacks(common, Table.NONE, rate)).hasSize(isAttack ? 1 : 0);
    }

    @Test
    void theEvidenceIsNeededHoweverLowTheFloorIs() {
        assertThat(attacks(inbound(all(packets(1))), Table.NONE, 100)).isEmpty();
    }

    @Test
    void bitsAlarmAsWell() {
        Floor bits = new Floor(INFINITY, 1e6);
        assertThat(attacks(inbound(of(AttackVector.UDP_FLOOD, bits)), Table.NONE, 6_000))
                .hasSize(1);
        Floor manyBits = new Floor(INFINITY, 1e9);
        assertThat(attacks(inbound(of(AttackVector.UDP_FLOOD, manyBits)), Table.NONE, 6_000))
                .isEmpty();
        Floor either = new Floor(5_000, 1e9);
        assertThat(attacks(inbound(of(AttackVector.UDP_FLOOD, either)), Table.NONE, 6_000))
                .hasSize(1);
    }

    @Test
    void offIsOffForThatVectorAlone() {
        assertThat(attacks(inbound(of(AttackVector.UDP_FLOOD, Floor.OFF)), Table.NONE, 6_000))
                .isEmpty();
        assertThat(attacks(inbound(of(AttackVector.QUIC_FLOOD, Floor.OFF)), Table.NONE, 6_000))
                .hasSize(1);
    }

    @Test
    void theGroupsOwnFloorsComeFirst() {
        Table loud = inbound(all(packets(20_000)));
        Table low = inbound(of(AttackVector.UDP_FLOOD, packets(1_000)));
        assertThat(attacks(loud, low, 1_500)).hasSize(1);
        assertThat(attacks(low, loud, 6_000)).isEmpty();
        Attack attack = attacks(Table.NONE, Table.NONE, 6_000).getFirst();
        assertThat(attack.group()).contains(group());
    }

    /** Own hosts flood somebody else: the floors of the sources' group count, outbound. */
    @ParameterizedTest
    @CsvSource({"INBOUND, 1", "OUTBOUND, 0"})
    void directionsAreToldApart(Way off, int attacks) {
        Traffic traffic = new Traffic(5);
        IpAddress victim = IpAddress.parse("9.9.9.9");
        traffic.spread(
                0,
                4,
                40_000,
                (second, number) -> traffic.add(
                        second,
                        Packet.udp(
                                new Endpoint(HOST, 1_024 + number % 60_000),
                                new Endpoint(victim, 80),
                                500,
                                PayloadHint.NONE)));
        Table table = new Table(Map.of(off, all(Floor.OFF)));
        List<Attack> found = attacks(Table.NONE, table, traffic);
        assertThat(found).hasSize(attacks);
        assertThat(found).allSatisfy(attack -> {
            assertThat(attack.direction()).isEqualTo(Attack.Direction.OUTBOUND);
            assertThat(attack.group()).contains(group());
        });
    }

    @Test
    void whatIsOpenStaysOpenWhenTheFloorRises() {
        Detection detection =
                new Detection(DetectionPolicy.liveNetwork(), DetectionSettings.of(AddressFamily.ownNetworks()));
        detection.play(flood(1, 0));
        assertThat(detection.events).hasSize(1);
        detection.apply(new DetectionSettings(
                AddressFamily.ownNetworks(),
                new Groups(List.of(group())),
                new Thresholds(inbound(all(Floor.OFF)), List.of()),
                AllowList.NONE,
                Map.of(),
                OriginTable.EMPTY));
        detection.play(flood(2, 20));
        detection.finish();
        assertThat(detection.attacks()).hasSize(1);
        Attack attack = detection.attacks().getFirst();
        assertThat(attack.total().packets()).isGreaterThan(50_000);
        assertThat(attack.group()).contains(group());
    }

    private static List<Packet> flood(long seed, double second) {
        Traffic traffic = new Traffic(seed);
        new Floods(traffic, FAMILY)
                .add(
                        AttackVector.UDP_FLOOD,
                        new Endpoint(HOST, 9_987),
                        Shape.moderate().beginning(second).lasting(5, 30_000));
        return traffic.seen(View.BOTH_WAYS);
    }

    @Test
    void nothingAlarmsAtNoRate() {
        assertThatIllegalArgumentException().isThrownBy(() -> packets(0));
        assertThatIllegalArgumentException().isThrownBy(() -> packets(Double.NaN));
    }
}
