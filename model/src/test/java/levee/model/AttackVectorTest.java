package levee.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttackVectorTest {

    @Test
    void labelsAreUnique() {
        assertThat(Arrays.stream(AttackVector.values()).map(AttackVector::label))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyPortBelongsToOneVector() {
        List<Integer> ports = Arrays.stream(AttackVector.values())
                .flatMap(vector -> vector.servicePorts().stream())
                .toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port > 0 && port < 65_536);
    }

    @ParameterizedTest
    @EnumSource
    void labelAndNameSayTheSame(AttackVector vector) {
        assertThat(vector.label().replace('-', '_')).isEqualToIgnoringCase(vector.name());
        assertThat(vector).hasToString(vector.label());
        assertThat(AttackVector.byLabel(vector.label())).contains(vector);
    }

    @ParameterizedTest
    @EnumSource
    void onlyUdpReflectionsHaveServicePorts(AttackVector vector) {
        if (vector.family() == AttackVector.Family.UDP_REFLECTION) {
            assertThat(vector.protocol()).isEqualTo(Protocols.UDP);
            // DTLS answers from the port of QUIC.
            assertThat(vector.servicePorts().isEmpty()).isEqualTo(vector == AttackVector.DTLS_REFLECTION);
        } else {
            assertThat(vector.servicePorts()).isEmpty();
        }
        assertThat(vector.isReflection()).isEqualTo(vector.label().endsWith("-reflection"));
    }

    /** The UDP services of the dissector of the DDoS Clearing House. */
    @ParameterizedTest
    @CsvSource({
        "17, qotd",
        "19, chargen",
        "53, dns",
        "69, tftp",
        "111, portmap",
        "123, ntp",
        "137, netbios",
        "161, snmp",
        "177, xdmcp",
        "389, cldap",
        "500, isakmp",
        "520, ripv1",
        "623, ipmi",
        "1434, mssql",
        "1900, ssdp",
        "3283, ard",
        "3389, rdp",
        "3702, wsd",
        "5093, sentinel",
        "5351, nat-pmp",
        "5353, mdns",
        "5683, coap",
        "10074, mitel",
        "11211, memcached",
        "27015, steam",
        "32414, plex",
        "33848, jenkins",
        "37810, dhdiscover"
    })
    void knowsTheServicesOfTheClearingHouse(int port, String service) {
        assertThat(AttackVector.byLabel(service + "-reflection"))
                .hasValueSatisfying(vector -> assertThat(vector.servicePorts()).contains(port));
    }

    /** Those of AMP-Research, and two of captures, that the first list lacks. */
    @ParameterizedTest
    @CsvSource({
        "427, slp",
        "443, quic",
        "502, modbus",
        "1194, openvpn",
        "1604, citrix",
        "2362, digiman",
        "3478, stun",
        "3784, bfd",
        "4500, ipsec-nat-t",
        "5060, sip",
        "6881, dht",
        "7001, afs",
        "10001, ubiquiti",
        "17185, vxworks",
        "20811, powerhouse",
        "27036, steam",
        "27960, quake3",
        "30120, fivem",
        "30718, lantronix",
        "41794, crestron",
        "47808, bacnet",
        "53413, netis"
    })
    void knowsTheServicesOfAmpResearch(int port, String service) {
        assertThat(AttackVector.byLabel(service + "-reflection"))
                .hasValueSatisfying(vector -> assertThat(vector.servicePorts()).contains(port));
    }

    @Test
    void knowsTheMiddleboxesOfAmpResearch() {
        assertThat(AttackVector.byLabel("tcp-middlebox-reflection")).contains(AttackVector.TCP_MIDDLEBOX_REFLECTION);
        assertThat(AttackVector.byLabel("dtls-reflection")).contains(AttackVector.DTLS_REFLECTION);
    }

    @Test
    void labelsAreLowerCase() {
        assertThat(AttackVector.byLabel("DNS-reflection")).isEmpty();
    }
}
