package levee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import levee.engine.Analyzer.Location;
import levee.engine.Folders;
import levee.model.InputSummary;

/**
 * The inputs that a command was called with.
 *
 * @param names as they were given
 * @param locations the files, and folders of logs, that these are
 */
record Inputs(List<String> names, List<Location> locations) {

    /** @param problems is told which inputs cannot be read */
    static Inputs of(List<String> names, List<String> problems) {
        List<Location> locations = new ArrayList<>();
        for (String name : names) {
            Path path = Path.of(name);
            if (name.equals("-")) {
                locations.add(new Location.StandardInput());
            } else if (name.isEmpty()) {
                // To Java it is the present folder.
                problems.add("an INPUT is empty");
            } else if (Files.isDirectory(path)) {
                try {
                    locations.addAll(Folders.inputsIn(path));
                } catch (IOException e) {
                    problems.add("cannot read the folder " + name + ": " + e.getMessage());
                }
            } else if (!Files.exists(path)) {
                problems.add("there is no file " + name);
            } else if (!Files.isReadable(path)) {
                problems.add("not allowed to read " + name);
            } else {
                locations.add(new Location.File(path, false));
            }
        }
        return new Inputs(names, locations);
    }

    /** Whether all of them can be read again. */
    boolean areFiles() {
        return locations.stream().allMatch(location -> switch (location) {
            case Location.File file -> Files.isRegularFile(file.path());
            case Location.ZeekLogs logs -> logs.files().stream().allMatch(Files::isRegularFile);
            case Location.StandardInput standardInput -> false;
        });
    }

    /** Whether something could be used of each, or of any file in the folder that it is. */
    boolean allYielded(List<InputSummary> summaries) {
        return names.stream().allMatch(name -> yielded(name, summaries));
    }

    private static boolean yielded(String name, List<InputSummary> summaries) {
        Path path = Path.of(name);
        for (InputSummary summary : summaries) {
            boolean same =
                    summary.name().equals(name) || Path.of(summary.name()).startsWith(path);
            if (same && !summary.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
