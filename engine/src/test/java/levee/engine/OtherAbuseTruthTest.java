package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import levee.botnet.ExposedServices;
import levee.botnet.OutsideScanners;
import levee.botnet.SpoofedSources;
import levee.engine.Analyzer.Location;
import levee.model.Finding;
import levee.model.Groups;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Scanner;
import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of real traffic besides attacks and infected hosts. */
@Tag("slow")
class OtherAbuseTruthTest {
    private static final OwnNetworks CAMPUS = OwnNetworks.of(List.of(Prefix.parse("147.32.0.0/16")));

    private static List<Finding> findings(OwnNetworks networks, Path input) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        ExposedServices services = new ExposedServices(
                networks, Groups.NONE, 42, event -> findings.put(event.finding().id(), event.finding()));
        OutsideScanners scanners = new OutsideScanners(
                networks, 42, event -> findings.put(event.finding().id(), event.finding()));
        SpoofedSources sources = new SpoofedSources(
                networks,
                Map.of(),
                42,
                exporter -> "",
                event -> findings.put(event.finding().id(), event.finding()));
        new RowPass(42, ReadProgress.NONE).read(List.of(new Location.File(input)), (batch, details) -> {
            services.process(batch);
            scanners.process(batch);
            sources.process(batch);
        });
        services.finish();
        scanners.finish();
        sources.finish();
        return List.copyOf(findings.values());
    }

    private static Set<String> subjects(List<Finding> findings) {
        return findings.stream().map(Finding::subject).collect(Collectors.toSet());
    }

    /** CTU-13: whoever looks for open proxies on the bots is the only one to be told of. */
    @Test
    void tellsOfWhoScansTheBotsOfScenario11() {
        List<Finding> findings = findings(CAMPUS, RealData.file("botnet/ctu13/s11-until-1552.binetflow.xz"));
        assertThat(subjects(findings)).containsExactly("85.190.0.0/24");
        Scanner scanner = (Scanner) findings.get(0);
        assertThat(scanner.sources()).isEqualTo(1);
        assertThat(scanner.targets().value()).isEqualTo(3);
        assertThat(scanner.answered()).isZero();
    }

    /** One host on a day; all that came from outside was labelled as attack. */
    @Test
    void tellsOfWhoTriesManyPortsOfOneHost() {
        List<Finding> findings = findings(CAMPUS, RealData.file("botnet/zeek/008-zeek-mixed/data/conn.log.labeled.gz"));
        assertThat(findings).hasOnlyElementsOfType(Scanner.class);
        assertThat(subjects(findings))
                .contains("104.156.155.0/24", "79.124.62.0/24", "162.142.125.0/24", "218.75.31.0/24")
                .hasSizeBetween(14, 18);
    }

    @Test
    void tellsOfWhoTriesManyPortsOfAnother() {
        List<Finding> findings = findings(CAMPUS, RealData.file("botnet/zeek/010-zeek-mixed/data/conn.log.labeled.gz"));
        assertThat(findings).hasOnlyElementsOfType(Scanner.class);
        assertThat(subjects(findings))
                .contains("79.124.62.0/24", "51.89.192.0/24")
                .hasSizeBetween(9, 14);
    }

    /** Attacks from forged sources and reflectors, what they answer, and ordinary traffic: none of it is any of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacks/pkt.TCP.synflood.spoofed.pcap",
                "attacks/amp.UDP.isakmp.pcap",
                "attacks/amp.UDP.snmp.src161.pcapng",
                "attacks/amp.UDP.ssdp.booter.pcap",
                "attacks/amp.dns.RRSIG.fragmented.pcap",
                "attacks/exports/stopddos-synflood.nf9.pcap",
                "attacks/exports/stopddos-synflood.sflow.pcap",
                "benign/lan-mix.pcap",
                "benign/mixed-applications.pcap.xz",
                "botnet/zeek/Experiment-VM-Linux-Ubuntu2204-1/conn.log.labeled.gz"
            })
    void saysNothingOfOthers(String input) {
        assertThat(findings(OwnNetworks.unknown(), RealData.file(input))).isEmpty();
        assertThat(findings(OwnNetworks.of(OwnNetworks.unknown().prefixes()), RealData.file(input)))
                .isEmpty();
    }
}
