package levee.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import levee.engine.Analyzer;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.model.Analysis;
import levee.model.InputSummary;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.report.JsonLinesReport;
import levee.report.JsonReport;
import levee.report.Report;
import levee.report.Style;
import levee.report.TextReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code levee analyze}: what attacks do these files hold? */
@Command(
        name = "analyze",
        description = "Finds the attacks in captures (pcap, pcapng) and connection logs (Zeek, Argus), "
                + "also compressed with gzip, xz or zstd. The format is told by the content.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every input was read; damage is in the report",
            "1:the report could not be written",
            "2:the command was called wrongly",
            "3:an input yielded nothing"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  levee analyze capture.pcapng.xz",
            "  levee analyze --networks 192.0.2.0/24,2001:db8::/32 monday/",
            "  levee analyze --format json --output findings.json *.pcap",
            "  tcpdump -i eth0 -w - | levee analyze - --format jsonl"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final int EXIT_WRITE_FAILED = 1;
    private static final int EXIT_INPUT_EMPTY = 3;
    private static final int BUFFER = 1 << 16;

    /** The ways to report. */
    enum Format {
        TEXT,
        JSON,
        JSONL
    }

    @Parameters(paramLabel = "INPUT", arity = "1..*", description = "A file, a folder, or - for standard input.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, json, or jsonl (findings as they open, change and end). Default: ${DEFAULT-VALUE}.",
            defaultValue = "text")
    private Format format = Format.TEXT;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write; standard output if not given.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--networks",
            paramLabel = "CIDR",
            split = ",",
            description = "Your own networks, by which directions are told. Default: the private ranges.")
    private List<String> networks = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        OwnNetworks own = ownNetworks();
        List<Location> locations = locations();
        try (OutputStream out = open()) {
            Analysis analysis = format == Format.JSONL ? analyzeLive(own, locations, out) : analyze(own, locations, out);
            return inputs.stream().allMatch(i -> yielded(i, analysis)) ? 0 : EXIT_INPUT_EMPTY;
        } catch (IOException | UncheckedIOException e) {
            // A reader that goes away early, as head does, is no news to anybody.
            if (output.isPresent()) {
                spec.commandLine().getErr().println("levee: cannot write " + output.get() + ": " + e.getMessage());
            }
            return EXIT_WRITE_FAILED;
        }
    }

    private Analysis analyze(OwnNetworks own, List<Location> locations, OutputStream out) throws IOException {
        Report report = format == Format.JSON
                ? new JsonReport()
                : new TextReport(
                        output.isEmpty() && Terminal.hasColours() ? Style.ANSI : Style.PLAIN, Terminal.columns());
        Analysis analysis = new Analyzer(Version.text(), own, seed(), event -> {}, progress()).analyze(locations);
        report.write(analysis, out);
        return analysis;
    }

    private Analysis analyzeLive(OwnNetworks own, List<Location> locations, OutputStream out) {
        JsonLinesReport report = new JsonLinesReport(out);
        report.started(Version.text(), own.prefixes());
        Analysis analysis = new Analyzer(Version.text(), own, seed(), report, progress()).analyze(locations);
        report.finished(analysis);
        return analysis;
    }

    /** Nobody who writes a capture shall know how its addresses are hashed. */
    private static long seed() {
        return new SecureRandom().nextLong();
    }

    private static ReadProgress progress() {
        return Terminal.showsProgress() ? new TerminalProgress(System.err, System::nanoTime) : ReadProgress.NONE;
    }

    private OutputStream open() throws IOException {
        if (output.isEmpty()) {
            return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        }
        return new BufferedOutputStream(Files.newOutputStream(output.get()), BUFFER);
    }

    private OwnNetworks ownNetworks() {
        if (networks.isEmpty()) {
            return OwnNetworks.unknown();
        }
        List<Prefix> prefixes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String text : networks) {
            try {
                prefixes.add(Prefix.parse(text.strip()));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        fail("--networks: ", problems);
        return OwnNetworks.of(prefixes);
    }

    private List<Location> locations() {
        List<Location> locations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String input : inputs) {
            Path path = Path.of(input);
            if (input.equals("-")) {
                locations.add(new Location.StandardInput());
            } else if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(Files::isRegularFile)
                            .sorted()
                            .forEach(f -> locations.add(new Location.File(f, true)));
                } catch (IOException | UncheckedIOException e) {
                    problems.add("cannot read the folder " + input + ": " + e.getMessage());
                }
            } else if (!Files.exists(path)) {
                problems.add("there is no file " + input);
            } else if (!Files.isReadable(path)) {
                problems.add("not allowed to read " + input);
            } else {
                locations.add(new Location.File(path, false));
            }
        }
        fail("", problems);
        return locations;
    }

    private void fail(String prefix, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), prefix + String.join("; ", problems));
        }
    }

    /** Whether something could be used of an input, or of any file in the folder that it is. */
    private static boolean yielded(String input, Analysis analysis) {
        Path path = Path.of(input);
        for (InputSummary summary : analysis.inputs()) {
            boolean same = summary.name().equals(input) || Path.of(summary.name()).startsWith(path);
            if (same && !summary.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
