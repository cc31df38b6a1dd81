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

    @ParameterizedTest
    @EnumSource(
            value = AttackVector.class,
            names = {
                "DNS_REFLECTION",
                "NTP_REFLECTION",
                "IPSEC_NAT_T_REFLECTION",
                "TCP_SYNACK_REFLECTION",
                "TCP_SYN_FLOOD",
                "TCP_ACK_FLOOD",
                "UDP_FLOOD",
                "ICMP_FLOOD",
                "GRE_FLOOD"
            })
    void countsWhatWasFound(AttackVector vector) {
        AddressFamily family = AddressFamily.IPV4;
        IpAddress victim = family.own(0x0a07);
        Traffic flood = new Traffic(11);
        new Floods(flood, family).add(vector, victim, Shape.moderate().lasting(10, 5_000));
        Traffic traffic = new Traffic(11);
        new Conversations(traffic, family).background(victim, 0, 20);
        new Floods(traffic, family).add(vector, victim, Shape.moderate().lasting(10, 5_000));
        List<Packet> packets = traffic.seen(View.BOTH_WAYS);
        Attack attack = Detection.analyse(packets).attacks().get(0);

        long matched = matched(new AttackMatcher(attack), packets);
        long sent = flood.seen(View.INBOUND).size();

        assertThat(matched).isCloseTo(sent, withPercentage(1));
    }

    private static long matched(AttackMatcher matcher, List<Packet> packets) {
        ConnectionTable connections = new ConnectionTable(1 << 19, 5);
        FlowBatch batch = new FlowBatch(1);
        long matched = 0;
        int number = 0;
        for (Packet packet : packets) {
            batch.clear(FlowBatch.Rows.PACKETS);
            packet.write(batch, number++);
            connections.hash(batch);
            connections.annotate(batch);
            matched += matcher.vectorOf(batch, 0) == AttackMatcher.NONE ? 0 : 1;
            matched -= matcher.vectorOfOpening(batch, 0) == AttackMatcher.NONE ? 0 : 1;
        }
        return matched;
    }
}
