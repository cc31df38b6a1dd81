package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import levee.engine.Analyzer;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.model.Analysis;
import levee.model.OwnNetworks;
import levee.report.JsonReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seed of the hashes, which is drawn anew for each run, leaves no trace in what is said. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class SecretSeedTest {
    private static final long[] SEEDS = {1, 0, -1, 0x5ca1ab1e0ddba11L, 0x9e3779b97f4a7c15L};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns-reflection+tcp-syn-flood,rate=1000",
                "udp-flood,carpet=true,rate=2000",
                "tcp-connection-flood,rate=1000",
                "icmp-flood"
            })
    void theDocumentIsTheSameForEverySeed(String attack) throws IOException {
        Path capture = folder.resolve("drill.pcap");
        int exitCode =
                Main.run("drill", "--seed", "5", "--hosts", "1000", "--attack", attack, "--output", capture.toString());
        assertThat(exitCode).isZero();

        String first = document(capture, SEEDS[0]);

        assertThat(first).contains("\"kind\": \"attack\"");
        for (long seed : SEEDS) {
            assertThat(document(capture, seed)).as("seed %d", seed).isEqualTo(first);
        }
    }

    private static String document(Path capture, long seed) throws IOException {
        Analysis analysis = new Analyzer("test", OwnNetworks.unknown(), seed, event -> {}, ReadProgress.NONE)
                .analyze(List.of(new Location.File(capture, false)));
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        new JsonReport().write(analysis, document);
        return document.toString(StandardCharsets.UTF_8);
    }
}
