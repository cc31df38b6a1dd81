package levee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
        Path folder = Files.createTempDirectory("levee-train");
        Path capture = folder.resolve("capture.pcap");
        Path report = folder.resolve("report");
        try {
            TrainingCapture.write(capture);
            for (String format : List.of("text", "json", "jsonl")) {
                Main.run("analyze", "--format", format, "--output", report.toString(), capture.toString());
            }
        } finally {
            Files.deleteIfExists(capture);
            Files.deleteIfExists(report);
            Files.delete(folder);
        }
    }
}
