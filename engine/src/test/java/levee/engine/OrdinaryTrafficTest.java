package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import levee.model.Analysis;
import levee.testing.RealData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real traffic without denial of service: nothing may be called an attack. */
@Execution(ExecutionMode.CONCURRENT)
final class OrdinaryTrafficTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benign/lan-mix.pcap",
                "botnet/iot23/CTU-Honeypot-Capture-5-1-labeled.csv.gz",
                "botnet/iot23/CTU-Honeypot-Capture-7-1-labeled.csv.gz",
                // A device that scans and is told what to do, but attacks nobody.
                "botnet/iot23/CTU-Malware-Capture-8-1-labeled.csv.gz",
                // A scan of many ports of many hosts.
                "botnet/masscan-tcp.pcap",
            })
    void noAttack(String name) {
        assertNoAttack(RealData.file(name));
    }

    /** Some 490 applications, in captures of many years that were put together: its clock leaps. */
    @Test
    @Tag("slow")
    void mixedApplications() {
        Path capture = RealData.file("benign/mixed-applications.pcap.xz");

        assertThat(Analyses.summary(capture).packets()).isEqualTo(97_781);
        assertNoAttack(capture);
    }

    /** A campus of which three hosts are infected, before they attack. */
    @Test
    @Tag("slow")
    void campus() {
        assertNoAttack(RealData.file("botnet/ctu13/s11-until-1552.binetflow.xz"));
    }

    @TestFactory
    Stream<DynamicTest> commandAndControl() {
        return each("botnet/c2");
    }

    @TestFactory
    Stream<DynamicTest> scansBeaconsAndGuessedPasswords() {
        return each("botnet/slips").filter(test -> !test.getDisplayName().endsWith(".md"));
    }

    private static Stream<DynamicTest> each(String folder) {
        return RealData.filesIn(folder).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> assertNoAttack(file)));
    }

    private static void assertNoAttack(Path file) {
        Analysis analysis = Analyses.of(file);

        assertThat(analysis.inputs()).singleElement().satisfies(input -> {
            assertThat(input.isEmpty()).isFalse();
            assertThat(input.damage()).isEmpty();
        });
        assertThat(Analyses.attacks(analysis)).isEmpty();
    }
}
