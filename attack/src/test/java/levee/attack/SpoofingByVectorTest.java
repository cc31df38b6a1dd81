package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.Attack.Spoofing.Verdict;
import levee.model.Attack.VectorShare;
import levee.model.AttackVector;
import levee.model.IpAddress;
import org.junit.jupiter.api.Test;

class SpoofingByVectorTest {

    /** Reflectors answer with their own addresses, however forged those of a flood beside them are. */
    @Test
    void eachVectorHasItsOwnVerdict() {
        AddressFamily family = AddressFamily.IPV4;
        IpAddress victim = family.own(0x0a07);
        Traffic traffic = new Traffic(3);
        Floods floods = new Floods(traffic, family);
        floods.add(AttackVector.DNS_REFLECTION, victim, Shape.moderate().lasting(5, 9_000));
        floods.add(AttackVector.TCP_SYN_FLOOD, victim, Shape.moderate().from(0).lasting(5, 6_000));
        List<Attack> attacks = Detection.analyse(traffic.seen(View.BOTH_WAYS)).attacks();

        assertThat(attacks).hasSize(1);
        Attack attack = attacks.get(0);
        Map<AttackVector, Verdict> verdicts = attack.vectors().stream()
                .collect(Collectors.toMap(
                        VectorShare::vector, share -> share.spoofing().verdict()));
        assertThat(verdicts)
                .containsOnly(
                        Map.entry(AttackVector.DNS_REFLECTION, Verdict.UNLIKELY),
                        Map.entry(AttackVector.TCP_SYN_FLOOD, Verdict.LIKELY));
        assertThat(attack.sources().spoofing())
                .as("that of the main vector")
                .isEqualTo(attack.vectors().get(0).spoofing());
    }
}
