package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import levee.attack.DetectionSettings;
import levee.botnet.AbuseSettings;
import levee.engine.Analyzer;
import levee.engine.InputNetworks;
import levee.engine.ReadProgress;
import levee.indicator.AllowTable;
import levee.indicator.IndicatorTable;
import levee.model.Analysis;
import levee.model.FindingEvent;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.origin.OriginTable;
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

/** {@code levee analyze}: what attacks do these files hold, and which infected hosts? */
final class AnalyzeCommand implements Command {
    private static final int EXIT_INPUT_EMPTY = 3;

    private static final String HELP = """
        Usage: levee analyze INPUT... [--format FORMAT] [--output FILE] [--networks CIDR,...] [--indicators FILE,...]
        Finds attacks and infected hosts in captures (pcap, pcapng) and logs (Zeek, Suricata, Argus, nfdump), also
        compressed with gzip, xz or zstd. The format is told by the content. INPUT is a file, a folder, or - for
        standard input.

        Options:
              --format FORMAT     text, json, jsonl (findings as they open, change and end), or html (one page
                                  for a ticket or a letter); default: text
              --output FILE       where to write; default: standard output
              --networks CIDR,... your own networks, by which directions are told and whose infected hosts are found;
                                  default: the private ranges, or, where hardly any are in files, the network that
                                  nearly all of their beginnings are about
              --indicators FILE,...
                                  lists of bad addresses and names, whose forms are told by their contents: STIX,
                                  MISP, abuse.ch, Spamhaus, or one on each line
              --allow ENTRY,...   hosts that no infection is told of, and servers and names that mean nothing: names,
                                  addresses, prefixes, or *.example.org for a name and all below it
              --asn FILE          say which autonomous systems attacks come from, by a table as for levee asn import,
                                  or one that that made
              --fingerprint DIR   also write a fingerprint of each attack, to share with others, in the format of the
                                  DDoS Clearing House; files are read a second time for it
              --fingerprint-target WHAT
                                  hide or show who was attacked; default: hide
          -h, --help              show this

        Exit codes:
          0  something was read of every input; damage is in the report
          1  the report or a fingerprint could not be written
          2  the command was called wrongly
          3  an input yielded nothing

        Examples:
          levee analyze capture.pcapng.xz
          levee analyze --networks 192.0.2.0/24,2001:db8::/32 monday/
          levee analyze --indicators threatfox.json,own.txt --allow 192.0.2.53,*.example.org monday/
          levee analyze --format json --output findings.json *.pcap
          levee analyze --format html --output incident.html capture.pcap
          levee analyze --fingerprint fingerprints/ capture.pcap
          tcpdump -i eth0 -w - | levee analyze - --format jsonl
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("format").hasArg().get())
            .addOption(Option.builder().longOpt("output").hasArg().get())
            .addOption(Option.builder().longOpt("networks").hasArg().get())
            .addOption(Option.builder().longOpt("indicators").hasArg().get())
            .addOption(Option.builder().longOpt("allow").hasArg().get())
            .addOption(Option.builder().longOpt("asn").hasArg().get())
            .addOption(Option.builder().longOpt("fingerprint").hasArg().get())
            .addOption(Option.builder().longOpt("fingerprint-target").hasArg().get());

    /** The ways to report. */
    private enum Format {
        TEXT,
        JSON,
        JSONL,
        HTML
    }

    /** What was asked for. */
    private record Request(
            Inputs inputs,
            Format format,
            Optional<Path> output,
            OwnNetworks networks,
            OriginTable origins,
            AllowTable allowed,
            IndicatorTable indicators,
            Optional<FingerprintFiles> fingerprints) {
        /** With what the inputs show, where nobody said which networks are own. */
        Request knowingNetworks(long seed) {
            if (networks.configured() || !inputs.areFiles()) {
                return this;
            }
            return new Request(
                    inputs,
                    format,
                    output,
                    InputNetworks.of(inputs.locations(), seed),
                    origins,
                    allowed,
                    indicators,
                    fingerprints);
        }

        Analyzer analyzer(long seed, Consumer<FindingEvent> listener) {
            return new Analyzer(
                    Version.text(),
                    DetectionSettings.of(networks).withOrigins(origins),
                    AbuseSettings.of(networks).with(allowed, indicators.allowing(allowed)),
                    seed,
                    listener,
                    progress());
        }
    }

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
        long seed = seed();
        Request request = parse(arguments).knowingNetworks(seed);
        Analysis analysis;
        try (OutputStream out = Output.open(request.output())) {
            analysis = request.format() == Format.JSONL ? analyzeLive(request, seed, out) : analyze(request, seed, out);
        } catch (IOException | UncheckedIOException e) {
            return Output.failed(request.output(), e);
        } catch (IllegalStateException e) {
            // Findings are written by the thread that finds them.
            if (e.getCause() instanceof UncheckedIOException refused) {
                return Output.failed(request.output(), refused);
            }
            throw e;
        }
        if (request.fingerprints().isPresent()) {
            FingerprintFiles fingerprints = request.fingerprints().get();
            try {
                fingerprints.write(analysis, request.inputs(), seed, progress());
            } catch (IOException e) {
                return Output.failed(Optional.of(fingerprints.folder()), e);
            }
        }
        return request.inputs().allYielded(analysis.inputs()) ? 0 : EXIT_INPUT_EMPTY;
    }

    private static Request parse(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> problems = new ArrayList<>();
        if (line.getArgList().isEmpty()) {
            problems.add("no INPUT is given");
        }
        Format format = Arguments.format(line, Format.class, problems);
        OwnNetworks networks = networks(line.getOptionValues("networks"), problems);
        Inputs inputs = Inputs.of(line.getArgList(), problems);
        OriginTable origins =
                Arguments.path(line, "asn").map(file -> origins(file, problems)).orElse(OriginTable.EMPTY);
        AllowTable allowed = allowed(line.getOptionValues("allow"), problems);
        IndicatorFiles lists = indicators(line.getOptionValues("indicators"), problems);
        IndicatorTable indicators = lists.table();
        Optional<FingerprintFiles> fingerprints = FingerprintFiles.of(line, problems);
        Arguments.refuse(problems);
        lists.notes().forEach(note -> System.err.println("levee: " + note));
        return new Request(
                inputs, format, Arguments.path(line, "output"), networks, origins, allowed, indicators, fingerprints);
    }

    private static AllowTable allowed(String @Nullable [] texts, List<String> problems) {
        if (texts == null) {
            return AllowTable.NOTHING;
        }
        try {
            return AllowTable.of(List.of(String.join(",", texts).split(",", -1)));
        } catch (IllegalArgumentException e) {
            problems.add("--allow: " + e.getMessage());
            return AllowTable.NOTHING;
        }
    }

    private static IndicatorFiles indicators(String @Nullable [] names, List<String> problems) {
        IndicatorFiles files = new IndicatorFiles();
        if (names != null) {
            for (String name : String.join(",", names).split(",", -1)) {
                files.read(Path.of(name.strip()));
            }
        }
        files.problems().forEach(problem -> problems.add("--indicators: " + problem));
        return files;
    }

    private static OriginTable origins(Path file, List<String> problems) {
        try {
            return OriginFile.read(file);
        } catch (IOException e) {
            problems.add("--asn: cannot read " + file + ": " + e.getMessage());
            return OriginTable.EMPTY;
        }
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

    private static Analysis analyze(Request request, long seed, OutputStream out) throws IOException {
        Analysis analysis =
                request.analyzer(seed, event -> {}).analyze(request.inputs().locations());
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

    private static Analysis analyzeLive(Request request, long seed, OutputStream out) {
        JsonLinesReport report = new JsonLinesReport(out);
        report.started(Version.text(), request.networks().prefixes());
        Analysis analysis =
                request.analyzer(seed, report).analyze(request.inputs().locations());
        report.finished(analysis);
        return analysis;
    }

    /** Nobody who writes a capture shall know how its addresses are hashed. */
    static long seed() {
        return new SecureRandom().nextLong();
    }

    static ReadProgress progress() {
        return Terminal.showsProgress()
                ? new TerminalProgress(new StatusLine(System.err, System::nanoTime))
                : ReadProgress.NONE;
    }
}
