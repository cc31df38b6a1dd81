package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import levee.model.Analysis;
import levee.model.Attack;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What exporters told of real attacks, against what the attacks were. */
final class ExportTruthTest {

    /**
     * An export, and what is to be found in it.
     *
     * @param packets of the attack, as far as the format tells them from others
     * @param tolerance in percent
     */
    record Export(String name, String target, String vector, long packets, double tolerance) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Export> exports() {
        return Stream.of(
                        // Of a reflection from 1900 and other ports, those alone are known without the payload.
                        of("nladc-ssdp-booter", "172.31.28.132/32", "ssdp-reflection", 395, 1, "nf5", "nf9", "ipfix"),
                        of("nladc-ssdp-booter", "172.31.28.132/32", "ssdp-reflection", 1_375, 1, "sflow"),
                        of("stopddos-dns-rrsig-frag", "10.10.10.10/32", "dns-reflection", 1_249, 5, ALL),
                        of("stopddos-isakmp", "10.10.10.10/32", "ipsec-nat-t-reflection", 3_984, 1, ALL),
                        of("stopddos-snmp", "10.10.10.10/32", "snmp-reflection", 4_373, 1, ALL),
                        of("stopddos-synflood", "10.10.10.10/32", "tcp-syn-flood", 37_841, 1, WITHOUT_V5),
                        of(
                                "stopddos-synflood",
                                "10.10.10.10/32",
                                "tcp-syn-flood",
                                37_841,
                                1,
                                "softflowd-nf5",
                                "softflowd-nf9",
                                "softflowd-ipfix"),
                        of("thc-denial6-5", "2001:db8:1::1/128", "icmpv6-flood", 35_690, 1, WITHOUT_V5))
                .flatMap(s -> s);
    }

    private static final String[] ALL = {"nf5", "nf9", "ipfix", "sflow"};
    private static final String[] WITHOUT_V5 = {"nf9", "ipfix", "sflow"};

    private static Stream<Export> of(
            String name, String target, String vector, long packets, double tolerance, String... formats) {
        return Stream.of(formats)
                .map(format -> new Export(
                        "attacks/exports/" + name + "." + format + ".pcap", target, vector, packets, tolerance));
    }

    @ParameterizedTest
    @MethodSource("exports")
    void theAttackAndNoOther(Export export) {
        Analysis analysis = Analyses.of(RealData.file(export.name()));

        List<Attack> attacks = Analyses.attacks(analysis);
        assertThat(attacks).hasSize(1);
        Attack attack = attacks.get(0);
        assertThat(attack.target()).hasToString(export.target());
        assertThat(attack.vectors()).extracting(share -> share.vector().label()).containsExactly(export.vector());
        assertThat(attack.total().packets()).isCloseTo(export.packets(), withPercentage(export.tolerance()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ndpi-synscan.nf5.pcap",
                "ndpi-synscan.nf9.pcap",
                "ndpi-synscan.ipfix.pcap",
                "ndpi-synscan.sflow.pcap"
            })
    void aScanIsNoAttack(String name) {
        assertNoAttack(name);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "benign-mix-ndpi.nf5.pcap",
                "benign-mix-ndpi.nf9.pcap",
                "benign-mix-ndpi.ipfix.pcap",
                "benign-mix-ndpi.sflow.pcap.xz"
            })
    void whatIsOrdinaryIsNoAttack(String name) {
        assertNoAttack(name);
    }

    private static void assertNoAttack(String name) {
        Analysis analysis = Analyses.of(RealData.file("attacks/exports/" + name));

        assertThat(analysis.inputs()).singleElement().satisfies(input -> {
            assertThat(input.flows()).isPositive();
            assertThat(Set.of("netflow-v5", "netflow-v9", "ipfix", "sflow")).contains(input.carries());
        });
        assertThat(Analyses.attacks(analysis)).isEmpty();
    }
}
