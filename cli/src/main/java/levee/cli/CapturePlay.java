package levee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import levee.engine.Analyzer;
import levee.engine.Analyzer.Location;
import levee.engine.Folders;
import levee.engine.ReadProgress;
import levee.evaluation.HostRun;
import levee.evaluation.ListedCapture;
import levee.model.Analysis;
import levee.model.InputSummary;
import levee.model.OwnNetworks;

/** The captures of a list, analyzed in memory, one after the other. */
final class CapturePlay {
    /** Any, but always the same: findings depend on it only where a table is full. */
    private static final long SEED = 42;

    private CapturePlay() {}

    /**
     * What was found in each capture, in their order.
     *
     * @param folder that their paths are below
     * @param progress is told how many are over
     * @param problems is told which of them cannot be read; these are left out
     */
    static List<HostRun> play(Path folder, List<ListedCapture> captures, IntConsumer progress, List<String> problems) {
        List<HostRun> runs = new ArrayList<>();
        for (int i = 0; i < captures.size(); i++) {
            ListedCapture capture = captures.get(i);
            Path path = folder.resolve(capture.path());
            try {
                runs.add(play(path, capture));
            } catch (IOException e) {
                problems.add("cannot read " + path + ": " + e.getMessage());
            }
            progress.accept(i + 1);
        }
        return runs;
    }

    private static HostRun play(Path path, ListedCapture capture) throws IOException {
        List<Location> inputs =
                Files.isDirectory(path) ? Folders.inputsIn(path) : List.of(new Location.File(path, false));
        OwnNetworks networks =
                capture.networks().isEmpty() ? OwnNetworks.unknown() : OwnNetworks.of(capture.networks());
        FoundAbuse found = new FoundAbuse();
        Analysis analysis = new Analyzer(Version.text(), networks, SEED, found::note, ReadProgress.NONE)
                .observe(found::judged)
                .analyze(inputs);
        if (analysis.inputs().stream().allMatch(InputSummary::isEmpty)) {
            throw new IOException("there is nothing in it");
        }
        return capture.run(found.hosts(), found.servers(), found.judged());
    }
}
