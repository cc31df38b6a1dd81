package levee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.attack.AttackIndex;
import levee.attack.AttackMatcher;
import levee.capture.PacketDetails;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.engine.RowPass;
import levee.model.Abuse;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Finding;
import levee.sharing.AttackCounter;
import levee.sharing.Fingerprint;
import levee.sharing.FingerprintWriter;
import levee.sharing.TargetPrivacy;
import levee.telemetry.FlowBatch;
import org.apache.commons.cli.CommandLine;

/**
 * Writes the fingerprint of each attack to a folder. Inputs that are files are read a second time, so that fingerprints
 * are exact; of others only the samples in the findings are left.
 *
 * @param folder is made where it is missing
 */
record FingerprintFiles(Path folder, TargetPrivacy privacy) {

    /**
     * What the options {@code --fingerprint} and {@code --fingerprint-target} ask for.
     *
     * @param problems is told what is wrong with them
     */
    static Optional<FingerprintFiles> of(CommandLine line, List<String> problems) {
        TargetPrivacy privacy = privacy(line.getOptionValue("fingerprint-target", "hide"), problems);
        String folder = line.getOptionValue("fingerprint");
        if (folder == null) {
            if (line.hasOption("fingerprint-target")) {
                problems.add("--fingerprint-target needs --fingerprint DIR");
            }
            return Optional.empty();
        }
        Path path = Path.of(folder);
        if (folder.isEmpty() || Files.exists(path) && !Files.isDirectory(path)) {
            problems.add("--fingerprint: '" + folder + "' is no folder");
        }
        return Optional.of(new FingerprintFiles(path, privacy));
    }

    private static TargetPrivacy privacy(String text, List<String> problems) {
        return Arguments.constant(TargetPrivacy.class, text).orElseGet(() -> {
            problems.add("--fingerprint-target: '" + text + "' is neither hide nor show");
            return TargetPrivacy.HIDE;
        });
    }

    /** @param seed the one that the inputs were analysed with */
    void write(Analysis analysis, Inputs inputs, long seed, ReadProgress progress) throws IOException {
        Files.createDirectories(folder);
        List<Attack> attacks = attacks(analysis);
        boolean again = !attacks.isEmpty() && inputs.areFiles();
        List<AttackCounter> counters =
                again ? count(attacks, inputs.locations(), seed, progress) : AttackCounter.ofSamples(attacks);
        for (AttackCounter counter : counters) {
            Fingerprint fingerprint = FingerprintWriter.write(counter, privacy);
            Files.writeString(folder.resolve(fingerprint.fileName()), fingerprint.json());
        }
    }

    private static List<Attack> attacks(Analysis analysis) {
        List<Attack> attacks = new ArrayList<>();
        for (Finding finding : analysis.findings()) {
            switch (finding) {
                case Attack attack -> attacks.add(attack);
                case Abuse abuse -> {
                    // Fingerprints are of attacks.
                }
            }
        }
        return attacks;
    }

    private static List<AttackCounter> count(
            List<Attack> attacks, List<Location> locations, long seed, ReadProgress progress) {
        List<AttackCounter> counters = AttackCounter.ofRows(attacks);
        AttackIndex index = new AttackIndex(attacks, seed);
        new RowPass(seed, progress).read(locations, (batch, details) -> count(batch, details, index, counters));
        return counters;
    }

    private static void count(FlowBatch batch, PacketDetails details, AttackIndex index, List<AttackCounter> counters) {
        BatchObservation observation = new BatchObservation(batch, details);
        for (int row = 0; row < batch.size; row++) {
            for (int i = index.first(batch, row); i != AttackIndex.NONE; i = index.next(batch, row, i)) {
                AttackMatcher matcher = index.matcher(i);
                int vector = matcher.vectorOf(batch, row);
                if (vector != AttackMatcher.NONE) {
                    counters.get(i).add(vector, observation.at(row));
                }
                int opened = matcher.vectorOfOpening(batch, row);
                if (opened != AttackMatcher.NONE) {
                    counters.get(i).takeBack(opened, observation.at(row));
                }
            }
        }
    }
}
