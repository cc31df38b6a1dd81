package levee.evaluation;

import static levee.evaluation.HostSamples.flow;
import static levee.evaluation.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import levee.evaluation.KnownHost.Condition;
import levee.model.Endpoint;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

/** What labels say of hosts. */
final class LabelledHostsTest {
    private final LabelledHosts hosts = new LabelledHosts("capture", List.of(Prefix.parse("192.0.2.0/24")));

    private KnownHost host(String address) throws IOException {
        return hosts.truth().host(IpAddress.parse(address)).orElseThrow();
    }

    @Test
    void oneMaliciousFlowMakesAnInfectedHost() throws IOException {
        flow(hosts, 1, "192.0.2.1", Condition.BENIGN);
        flow(hosts, 70, "192.0.2.1", Condition.INFECTED);
        flow(hosts, 68, "192.0.2.1", Condition.INFECTED);
        flow(hosts, 130, "192.0.2.1", Condition.UNKNOWN);

        KnownHost host = host("192.0.2.1");

        assertThat(host.condition()).isEqualTo(Condition.INFECTED);
        assertThat(host.infectedSince()).contains(at(68 * 60));
        assertThat(host.maliciousFlows()).hasValue(2);
        assertThat(host.isHardlySeen()).isTrue();
        assertThat(host.activeHours()).isEqualTo(3);
        assertThat(host.frames()).hasSize(2);
    }

    @Test
    void oneNormalFlowMakesABenignHostAndNoneAnUnknownOne() throws IOException {
        flow(hosts, 1, "192.0.2.2", Condition.UNKNOWN);
        flow(hosts, 2, "192.0.2.2", Condition.BENIGN);
        flow(hosts, 61, "192.0.2.2", Condition.UNKNOWN);
        flow(hosts, 1, "192.0.2.3", Condition.UNKNOWN);

        assertThat(host("192.0.2.2").condition()).isEqualTo(Condition.BENIGN);
        assertThat(host("192.0.2.3").condition()).isEqualTo(Condition.UNKNOWN);
        assertThat(hosts.truth().benignHostHours()).isEqualTo(2);
        assertThat(hosts.truth().condition(IpAddress.parse("192.0.2.99"))).isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void attackersFromOutsideAreNoInfectedHosts() throws IOException {
        flow(hosts, 1, "198.51.100.1", Condition.INFECTED);

        assertThat(hosts.truth().hosts()).isEmpty();
        assertThat(hosts.truth().start()).isEqualTo(at(60));
    }

    @Test
    void commandServersAreThoseOfOwnHosts() throws IOException {
        Endpoint server = HostSamples.server("203.0.113.1", 6667);
        Endpoint other = HostSamples.server("203.0.113.2", 6667);
        hosts.flow(
                EpochNanos.of(at(0)),
                IpAddress.parse("192.0.2.1"),
                Condition.INFECTED,
                Optional.of("command-and-control"),
                Optional.of(server));
        hosts.flow(
                EpochNanos.of(at(0)),
                IpAddress.parse("198.51.100.1"),
                Condition.INFECTED,
                Optional.of("command-and-control"),
                Optional.of(other));

        assertThat(hosts.truth().commandServers()).isEqualTo(Set.of(server));
        assertThat(host("192.0.2.1").behaviours()).isEqualTo(Set.of("command-and-control"));
    }
}
