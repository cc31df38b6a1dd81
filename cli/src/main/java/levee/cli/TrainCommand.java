package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import levee.engine.Analyzer;
import levee.engine.ReadProgress;
import levee.model.Analysis;
import levee.model.OwnNetworks;
import levee.report.JsonReport;
import levee.report.Style;
import levee.report.TextReport;

/** Does what a usual run does, so that the Java runtime can note what that needs and start faster from then on. */
final class TrainCommand implements Command {

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String help() {
        return "Usage: levee train\nThe launcher calls this once after a build.\n";
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        try {
            train();
        } catch (IOException e) {
            System.err.println("levee: cannot train: " + e.getMessage());
            return 1;
        }
        return Main.run("--help");
    }

    private static void train() throws IOException {
        Path capture = Files.createTempFile("levee-train", ".pcap");
        try {
            TrainingCapture.write(capture);
            Analysis analysis = new Analyzer(Version.text(), OwnNetworks.unknown(), 1, event -> {}, ReadProgress.NONE)
                    .analyze(List.of(new Analyzer.Location.File(capture, false)));
            new TextReport(Style.PLAIN, TextReport.DEFAULT_COLUMNS).write(analysis, OutputStream.nullOutputStream());
            new JsonReport().write(analysis, OutputStream.nullOutputStream());
        } finally {
            Files.delete(capture);
        }
    }
}
