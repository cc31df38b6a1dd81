package levee.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import levee.model.Abuse;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Finding;
import levee.model.InputSummary;
import levee.model.OwnNetworks;

/** Analyses files as the command does. */
final class Analyses {
    static final long SEED = 7;

    private Analyses() {}

    static Analysis of(Path... files) {
        return withSeed(SEED, files);
    }

    static Analysis withSeed(long seed, Path... files) {
        List<Analyzer.Location> locations = Arrays.stream(files)
                .<Analyzer.Location>map(Analyzer.Location.File::new)
                .toList();
        return analyzer(seed).analyze(locations);
    }

    static Analyzer analyzer(long seed) {
        return new Analyzer("test", OwnNetworks.unknown(), seed, event -> {}, ReadProgress.NONE);
    }

    static List<Attack> attacks(Analysis analysis) {
        return analysis.findings().stream().flatMap(Analyses::attack).toList();
    }

    private static Stream<Attack> attack(Finding finding) {
        return switch (finding) {
            case Attack attack -> Stream.of(attack);
            case Abuse abuse -> Stream.empty();
        };
    }

    /** The summary of the only input. */
    static InputSummary summary(Path file) {
        return of(file).inputs().get(0);
    }
}
