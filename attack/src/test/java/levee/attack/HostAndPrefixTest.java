package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import levee.attack.Floods.Choice;
import levee.attack.Floods.Reply;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.Attack.VectorShare;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.IpAddress;
import org.junit.jupiter.api.Test;

/** Attacks on a host and on its prefix at about the same time: each vector is told of once, at the right target. */
class HostAndPrefixTest {
    private static final AddressFamily FAMILY = AddressFamily.IPV4;
    private static final IpAddress HOST = FAMILY.own(0x0a07);
    private static final String PREFIX = "198.18.10.0/24";

    /** The attacks that are left in the end, by target. */
    private static Map<String, Attack> attacks(Consumer<Floods> recipe, Traffic traffic) {
        new Conversations(traffic, FAMILY).background(HOST, 0, 10);
        recipe.accept(new Floods(traffic, FAMILY));
        Map<String, Attack> byId = new LinkedHashMap<>();
        for (FindingEvent event : Detection.analyse(traffic.seen(View.BOTH_WAYS)).events) {
            Attack attack = (Attack) event.finding();
            if (event.change() == Change.ABSORBED) {
                byId.remove(attack.id());
            } else {
                byId.put(attack.id(), attack);
            }
        }
        Map<String, Attack> byTarget = new LinkedHashMap<>();
        byId.values().forEach(attack -> byTarget.put(attack.target().toString(), attack));
        assertThat(byTarget).hasSameSizeAs(byId);
        return byTarget;
    }

    private static Shape lasting(double begin, double seconds, int packetsPerSecond) {
        return new Shape(
                begin, seconds, (int) (seconds * packetsPerSecond), 500, Choice.FIXED, Choice.FIXED, Reply.NOTHING);
    }

    private static void carpet(Floods floods, Traffic traffic, AttackVector vector, Shape shape) {
        floods.each(shape, (second, source) -> {
            Endpoint hit = new Endpoint(FAMILY.own(0x0a00 + traffic.random.nextInt(256)), 40_000);
            floods.send(second, vector, floods.packet(vector, source, hit, 468), Reply.NOTHING);
        });
    }

    private static List<AttackVector> vectors(Attack attack) {
        return attack.vectors().stream().map(VectorShare::vector).toList();
    }

    @Test
    void anotherVectorOnAHostIsItsOwnAttack() {
        Traffic traffic = new Traffic(11);
        Map<String, Attack> attacks = attacks(
                floods -> {
                    floods.add(AttackVector.TCP_SYN_FLOOD, HOST, lasting(3, 5, 4_000));
                    carpet(floods, traffic, AttackVector.NTP_REFLECTION, lasting(40, 20, 6_000));
                },
                traffic);

        assertThat(attacks).containsOnlyKeys(HOST + "/32", PREFIX);
        assertThat(vectors(attacks.get(HOST + "/32"))).containsExactly(AttackVector.TCP_SYN_FLOOD);
        assertThat(vectors(attacks.get(PREFIX))).containsExactly(AttackVector.NTP_REFLECTION);
        assertThat(attacks.get(PREFIX).start())
                .isAfter(attacks.get(HOST + "/32").end());
    }

    @Test
    void theSameVectorOnAHostIsPartOfThePrefixesAttack() {
        Traffic traffic = new Traffic(12);
        Map<String, Attack> attacks = attacks(
                floods -> carpet(floods, traffic, AttackVector.NTP_REFLECTION, lasting(3, 60, 20_000)), traffic);

        assertThat(attacks).containsOnlyKeys(PREFIX);
    }

    @Test
    void aHostKeepsTheOtherVectorWhenItsPrefixTakesOneOver() {
        Traffic traffic = new Traffic(13);
        Map<String, Attack> attacks = attacks(
                floods -> {
                    floods.add(AttackVector.TCP_SYN_FLOOD, HOST, lasting(3, 40, 2_000));
                    carpet(floods, traffic, AttackVector.NTP_REFLECTION, lasting(3, 40, 20_000));
                },
                traffic);

        assertThat(attacks).containsOnlyKeys(HOST + "/32", PREFIX);
        assertThat(vectors(attacks.get(HOST + "/32"))).containsExactly(AttackVector.TCP_SYN_FLOOD);
        assertThat(vectors(attacks.get(PREFIX))).containsExactly(AttackVector.NTP_REFLECTION);
    }

    @Test
    void itIsSaidWhenAVectorWasNoticed() {
        Traffic traffic = new Traffic(14);
        Map<String, Attack> attacks =
                attacks(floods -> floods.add(AttackVector.TCP_SYN_FLOOD, HOST, lasting(3, 20, 4_000)), traffic);

        VectorShare vector = attacks.get(HOST + "/32").vectors().getFirst();
        assertThat(vector.noticed())
                .isAfter(vector.start())
                .isBefore(vector.start().plusSeconds(2));
    }
}
