package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import levee.engine.Analyzer;
import levee.engine.Analyzer.Location;
import levee.engine.ReadProgress;
import levee.model.Analysis;
import levee.model.InputSummary;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.report.HtmlReport;
import levee.report.JsonLinesReport;
import levee.report.JsonReport;
import levee.report.Report;
import levee.report.Style;
import levee.report.TextReport;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** {@code levee analyze}: what attacks do these files hold? */
final class AnalyzeCommand implements Command {
    private static final int EXIT_INPUT_EMPTY = 3;

    private static final String HELP = """
        Usage: levee analyze INPUT... [--format FORMAT] [--output FILE] [--networks CIDR,...]
        Finds the attacks in captures (pcap, pcapng) and connection logs (Zeek, Argus), also compressed with
        gzip, xz or zstd. The format is told by the content. INPUT is a file, a folder, or - for standard input.

        Options:
              --format FORMAT     text, json, jsonl (findings as they open, change and end), or html (one page
                                  for a ticket or a letter); default: text
              --output FILE       where to write; default: standard output
              --networks CIDR,... your own networks, by which directions are told; default: the private ranges
          -h, --help              show this

        Exit codes:
          0  something was read of every input; damage is in the report
          1  the report could not be written
          2  the command was called wrongly
          3  an input yielded nothing

        Examples:
          levee analyze capture.pcapng.xz
          levee analyze --networks 192.0.2.0/24,2001:db8::/32 monday/
          levee analyze --format json --output findings.json *.pcap
          levee analyze --format html --output incident.html capture.pcap
          tcpdump -i eth0 -w - | levee analyze - --format jsonl
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("format").hasArg().get())
            .addOption(Option.builder().longOpt("output").hasArg().get())
            .addOption(Option.builder().longOpt("networks").hasArg().get());

    /** The ways to report. */
    private enum Format {
        TEXT,
        JSON,
        JSONL,
        HTML
    }

    /** What was asked for. */
    private record Request(
            List<String> inputs,
            List<Location> locations,
            Format format,
            Optional<Path> output,
            OwnNetworks networks) {}

    @Override
    public String name() {
        return "analyze";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        Request request = parse(arguments);
        try (OutputStream out = Output.open(request.output())) {
            Analysis analysis = request.format() == Format.JSONL ? analyzeLive(request, out) : analyze(request, out);
            return request.inputs().stream().allMatch(i -> yielded(i, analysis)) ? 0 : EXIT_INPUT_EMPTY;
        } catch (IOException | UncheckedIOException e) {
            return Output.failed(request.output(), e);
        } catch (IllegalStateException e) {
            // Findings are written by the thread that finds them.
            if (e.getCause() instanceof UncheckedIOException refused) {
                return Output.failed(request.output(), refused);
            }
            throw e;
        }
    }

    private static Request parse(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> problems = new ArrayList<>();
        List<String> inputs = line.getArgList();
        if (inputs.isEmpty()) {
            problems.add("no INPUT is given");
        }
        Format format = format(line.getOptionValue("format", "text"), problems);
        OwnNetworks networks = networks(line.getOptionValues("networks"), problems);
        List<Location> locations = locations(inputs, problems);
        if (!problems.isEmpty()) {
            throw new UsageException(String.join("; ", problems));
        }
        Optional<Path> output =
                Optional.ofNullable(line.getOptionValue("output")).map(Path::of);
        return new Request(inputs, locations, format, output, networks);
    }

    private static Format format(String text, List<String> problems) {
        for (Format format : Format.values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        problems.add("there is no format '" + text + "'; there are text, json, jsonl and html");
        return Format.TEXT;
    }

    private static OwnNetworks networks(String @Nullable [] texts, List<String> problems) {
        if (texts == null) {
            return OwnNetworks.unknown();
        }
        List<Prefix> prefixes = new ArrayList<>();
        for (String text : String.join(",", texts).split(",", -1)) {
            try {
                prefixes.add(Prefix.parse(text.strip()));
            } catch (IllegalArgumentException e) {
                problems.add("--networks: " + e.getMessage());
            }
        }
        return OwnNetworks.of(prefixes);
    }

    private static Analysis analyze(Request request, OutputStream out) throws IOException {
        Analysis analysis = new Analyzer(Version.text(), request.networks(), seed(), event -> {}, progress())
                .analyze(request.locations());
        report(request).write(analysis, out);
        return analysis;
    }

    private static Report report(Request request) {
        return switch (request.format()) {
            case TEXT -> {
                boolean colours = request.output().isEmpty() && Terminal.hasColours();
                yield new TextReport(colours ? Style.ANSI : Style.PLAIN, Terminal.columns());
            }
            case JSON -> new JsonReport();
            case JSONL -> throw new IllegalArgumentException("findings are written one by one");
            case HTML -> new HtmlReport(Instant.now());
        };
    }

    private static Analysis analyzeLive(Request request, OutputStream out) {
        JsonLinesReport report = new JsonLinesReport(out);
        report.started(Version.text(), request.networks().prefixes());
        Analysis analysis = new Analyzer(Version.text(), request.networks(), seed(), report, progress())
                .analyze(request.locations());
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

    private static List<Location> locations(List<String> inputs, List<String> problems) {
        List<Location> locations = new ArrayList<>();
        for (String input : inputs) {
            Path path = Path.of(input);
            if (input.equals("-")) {
                locations.add(new Location.StandardInput());
            } else if (input.isEmpty()) {
                // To Java it is the present folder.
                problems.add("an INPUT is empty");
            } else if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(Files::isRegularFile).sorted().forEach(f -> locations.add(new Location.File(f, true)));
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
        return locations;
    }

    /** Whether something could be used of an input, or of any file in the folder that it is. */
    private static boolean yielded(String input, Analysis analysis) {
        Path path = Path.of(input);
        for (InputSummary summary : analysis.inputs()) {
            boolean same =
                    summary.name().equals(input) || Path.of(summary.name()).startsWith(path);
            if (same && !summary.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
