package levee.pages;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.Attack;
import levee.model.AttackVector;
import levee.pages.SimilarAttacks.Similar;
import org.junit.jupiter.api.Test;

final class SimilarAttacksTest {
    private static Attack attack(String target, AttackVector vector, String customer) {
        return Attacks.attack(target, vector, 1e6, Attack.State.ENDED, Attacks.START, customer);
    }

    @Test
    void sameTargetAndVectorWeighMost() {
        Attack one = attack("192.0.2.7", AttackVector.DNS_REFLECTION, "Shop");

        Similar same = SimilarAttacks.compare(one, attack("192.0.2.7", AttackVector.DNS_REFLECTION, "Shop"));
        Similar around = SimilarAttacks.compare(one, attack("192.0.2.0/24", AttackVector.DNS_REFLECTION, "Shop"));
        Similar other = SimilarAttacks.compare(one, attack("198.51.100.1", AttackVector.NTP_REFLECTION, "Clinic"));

        assertThat(same.points()).isGreaterThan(around.points());
        assertThat(around.points()).isGreaterThan(other.points());
        assertThat(same.inCommon()).startsWith("the target", "DNS reflection");
        assertThat(around.inCommon()).startsWith("the network of the target");
        assertThat(other.inCommon()).doesNotContain("the target", "DNS reflection");
    }
}
