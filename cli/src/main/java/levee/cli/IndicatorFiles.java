package levee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.engine.PlainInput;
import levee.indicator.IndicatorReader;
import levee.indicator.IndicatorTable;

/** Reads lists of indicators from files, whose forms are told by their contents, into one table. */
final class IndicatorFiles {
    /** As many as docs/indicators.md measures: some 120 MB. */
    private static final int MOST = 10_000_000;

    private final IndicatorTable.Builder table = new IndicatorTable.Builder(MOST);
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** What is wrong with files so that they are of no use at all, with file and line. */
    List<String> problems() {
        return problems;
    }

    /** What is not as it should be, though files are of use. */
    List<String> notes() {
        return notes;
    }

    void read(Path file) {
        IndicatorReader.Options options =
                new IndicatorReader.Options(String.valueOf(file.getFileName()), false, Instant.now());
        try (InputStream in = PlainInput.open(file)) {
            judge(file, IndicatorReader.read(in, options, table));
        } catch (NoSuchFileException e) {
            problems.add("there is no file " + file);
        } catch (IOException e) {
            problems.add("cannot read " + file + ": " + e.getMessage());
        }
    }

    private void judge(Path file, IndicatorReader.Result result) {
        if (result.malformed() == 0) {
            return;
        }
        boolean isOfUse = result.taken() + result.outdated() + result.unsupported() > 0;
        String first = file + ", line " + result.firstMalformedLine() + ": ";
        if (isOfUse) {
            notes.add(first + "is no indicator"
                    + (result.malformed() > 1 ? ", nor are " + (result.malformed() - 1) + " others" : "")
                    + "; the rest of the file is used");
        } else {
            problems.add(
                    first + "is no indicator, nor is anything else in the file; docs/indicators.md says which lists"
                            + " can be read");
        }
    }

    IndicatorTable table() {
        if (table.leftOut() > 0) {
            notes.add(table.leftOut() + " indicators are too many and left out; there may be " + MOST);
        }
        return table.build();
    }
}
