package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second look at the traffic finds the rows that the attack was made of, and none of the ordinary ones. */
class AttackMatcherTest {

    /** Packets that were counted, and those of them that are innocent. */
    private record Counted(long packets, long innocent) {}

    /** Of a flood of connections only the last packet of each handshake counts, here as there. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TCP_CONNECTION_FLOOD")
    void countsTheAttackAndNothingElse(AttackVector vector) {
        AddressFamily family = vector == AttackVector.ICMPV6_FLOOD ? AddressFamily.IPV6 : AddressFamily.IPV4;
        IpAddress victim = family.own(0x0a07);
        Traffic traffic = new Traffic(11);
        new Conversations(traffic, family).background(victim, 0, 20);
        new Floods(traffic, family).add(vector, victim, Shape.moderate().lasting(10, 5_000));
        List<Packet> packets = traffic.seen(View.BOTH_WAYS);
        long truth = packets.stream()
                .filter(packet ->
                        packet.vector() != null && packet.to().address().equals(victim))
                .count();
        Attack attack = Detection.analyse(packets).attacks().get(0);

        Counted counted = count(new AttackMatcher(attack), packets);

        assertThat(counted.packets()).isCloseTo(truth, withPercentage(1));
        assertThat(counted.innocent()).isLessThanOrEqualTo(truth / 100);
    }

    private static Counted count(AttackMatcher matcher, List<Packet> packets) {
        ConnectionTable connections = new ConnectionTable(1 << 19, 5);
        FlowBatch batch = new FlowBatch(1);
        long matched = 0;
        long innocent = 0;
        int number = 0;
        for (Packet packet : packets) {
            batch.clear(FlowBatch.Rows.PACKETS);
            packet.write(batch, number++);
            connections.hash(batch);
            connections.annotate(batch);
            int takenBack = matcher.vectorOfOpening(batch, 0) == AttackMatcher.NONE ? 0 : 1;
            int belongs = matcher.vectorOf(batch, 0) == AttackMatcher.NONE ? 0 : 1;
            matched += belongs - takenBack;
            innocent += packet.vector() == null ? belongs - takenBack : 0;
        }
        return new Counted(matched, innocent);
    }
}
