package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import levee.engine.Analyzer;
import levee.engine.ReadProgress;
import levee.model.Analysis;
import levee.model.OwnNetworks;
import levee.report.JsonReport;
import levee.report.Style;
import levee.report.TextReport;
import picocli.CommandLine.Command;

/** Does what a usual run does, so that the Java runtime can note what that needs and start faster from then on. */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
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
        return Main.run("--help");
    }
}
