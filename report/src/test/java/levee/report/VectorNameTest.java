package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import levee.model.AttackVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VectorNameTest {

    @ParameterizedTest
    @CsvSource({
        "DNS_REFLECTION, DNS reflection, DNS reflection",
        "IPSEC_NAT_T_REFLECTION, IPsec NAT-T reflection, IPsec NAT-T reflection",
        "NAT_PMP_REFLECTION, NAT-PMP reflection, NAT-PMP reflection",
        "TCP_SYNACK_REFLECTION, TCP SYN-ACK reflection, TCP SYN-ACK reflection",
        "UDP_FRAGMENT_FLOOD, UDP fragment flood, a UDP fragment flood",
        "ICMPV6_FLOOD, ICMPv6 flood, an ICMPv6 flood",
        "IP_PROTOCOL_FLOOD, IP protocol flood, an IP protocol flood"
    })
    void spelling(AttackVector vector, String name, String inSentence) {
        assertThat(VectorName.of(vector)).isEqualTo(name);
        assertThat(VectorName.inSentence(vector)).isEqualTo(inSentence);
    }

    @Test
    void noTwoVectorsShareAName() {
        assertThat(Arrays.stream(AttackVector.values()).map(VectorName::of)).doesNotHaveDuplicates();
    }
}
