package levee.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import levee.cli.DrillPlay.Exports;
import levee.cli.OutbreakPlay.Seen;
import levee.drill.RandomOutbreaks;
import levee.evaluation.CalibrationDiagram;
import levee.evaluation.Evaluation;
import levee.evaluation.EvaluationJson;
import levee.evaluation.EvaluationText;
import levee.evaluation.Findings;
import levee.evaluation.FindingsJson;
import levee.evaluation.HostEvaluation;
import levee.evaluation.HostRun;
import levee.evaluation.HostTruth;
import levee.evaluation.ListedCapture;
import levee.evaluation.Run;
import levee.evaluation.TruthJson;
import levee.flowexport.ExportFormat;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Truth;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code levee evaluate}: how right are these findings? */
final class EvaluateCommand implements Command {
    private static final int EXIT_UNREADABLE = 3;
    private static final String DRILLS = "drills";
    private static final String OUTBREAKS = "outbreaks";
    private static final String HOURS = "hours";
    private static final String CAPTURES = "captures";
    private static final String SEED = "seed";
    private static final String EXPORTS = "exports";
    private static final String CONNECTION_LOG = "conn.log";
    private static final int MOST_SAMPLING = 1 << 20;
    private static final int MOST_HOURS = 24 * 14;

    /** More would not be over within a day. */
    private static final int MOST_DRILLS = 10_000;

    /** Short enough to be typed again. */
    private static final long SEEDS = 1_000_000_000;

    private static final String HELP = """
        Usage: levee evaluate FINDINGS --truth TRUTH [FINDINGS --truth TRUTH]... [--format FORMAT] [--output FILE]
               levee evaluate --drills N [--seed SEED] [--exports EXPORTS] [--format FORMAT] [--output FILE]
               levee evaluate --outbreaks N [--seed SEED] [--hours HOURS] [--exports EXPORTS] [--format FORMAT]
                              [--output FILE]
               levee evaluate --captures FOLDER --truth LIST [--truth LIST]... [--format FORMAT] [--output FILE]
        Measures how right findings are, by what really happened. FINDINGS is what levee analyze wrote as json or
        jsonl. TRUTH is what docs/truth.schema.json describes, or the logs themselves, Zeek's or Argus's, if their
        flows are labelled: a file or a folder; then infected hosts are judged. The first TRUTH belongs to the
        first FINDINGS, the second to the second; several are summed. docs/evaluation.md says what counts as found.
        With --drills random drills are played and analyzed in memory instead, those of levee drill --random;
        with --outbreaks those of levee drill --random-bots: days with infected hosts, and with innocent ones that
        could be taken for infected. With --captures the captures are analyzed that LIST names below FOLDER, with the
        hosts that are infected and benign in each. Where hosts of several captures or days are judged, so are the
        weights by which they are: each capture with those of the others.

        Options:
              --truth TRUTH       what really happened; one for each FINDINGS, or the lists of captures
              --captures FOLDER   analyze the captures of the lists, whose paths are below this folder
              --drills N          play so many random drills
              --outbreaks N       play so many random days of infected hosts
              --hours HOURS       how long each of them lasts; default: 24
              --seed SEED         of the first drill, the others follow; default: drawn anew, and said
              --exports EXPORTS   let a router tell of the drills, as to levee serve: netflow-v5, netflow-v9, ipfix or
                                  sflow; with /N of one in N packets, as in sflow/1000; for outbreaks also conn.log,
                                  as Zeek writes it. Default: the packets are seen
              --format FORMAT     text, json, or svg (a diagram of how far confidence can be trusted); default: text
              --output FILE       where to write; default: standard output
          -h, --help              show this

        Exit codes:
          0  the findings were evaluated, however wrong they are
          1  the result could not be written
          2  the command was called wrongly
          3  a file is not what it should be; nothing was evaluated

        Examples:
          levee evaluate findings.json --truth truth.json
          levee evaluate monday.jsonl --truth monday-truth.json tuesday.jsonl --truth tuesday-truth.json
          levee evaluate findings.json --truth truth.json --format json --output evaluation.json
          levee evaluate findings.jsonl --truth conn.log.labeled
          levee evaluate --drills 50
          levee evaluate --drills 20 --exports sflow/1000
          levee evaluate --outbreaks 10 --exports netflow-v9
          levee evaluate --captures ../data --truth captures.json
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("truth").hasArg().get())
            .addOption(Option.builder().longOpt(DRILLS).hasArg().get())
            .addOption(Option.builder().longOpt(OUTBREAKS).hasArg().get())
            .addOption(Option.builder().longOpt(HOURS).hasArg().get())
            .addOption(Option.builder().longOpt(CAPTURES).hasArg().get())
            .addOption(Option.builder().longOpt(SEED).hasArg().get())
            .addOption(Option.builder().longOpt(EXPORTS).hasArg().get())
            .addOption(Option.builder().longOpt("format").hasArg().get())
            .addOption(Option.builder().longOpt("output").hasArg().get());

    /** The ways to write the result. */
    private enum Format {
        TEXT,
        JSON,
        SVG
    }

    private record Request(Source source, Format format, Optional<Path> output) {}

    /** What is evaluated. */
    private sealed interface Source {
        /** As many findings as truths. */
        record Documents(List<Path> findings, List<Path> truths) implements Source {}

        /**
         * @param firstSeed of the drills, whose seeds follow each other
         * @param exports what is seen of them; their packets where empty
         */
        record Drills(long firstSeed, int count, Optional<Exports> exports) implements Source {}

        /** @param firstSeed of the days, whose seeds follow each other */
        record Outbreaks(long firstSeed, int count, Duration duration, Seen seen) implements Source {}

        /** @param lists of captures, whose paths are below the folder */
        record Captures(Path folder, List<Path> lists) implements Source {}
    }

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        Request request = parse(arguments);
        List<String> problems = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        List<HostRun> hostRuns = new ArrayList<>();
        switch (request.source()) {
            case Source.Documents documents -> read(documents, runs, hostRuns, problems);
            case Source.Drills drills -> runs.addAll(play(drills));
            case Source.Outbreaks outbreaks -> hostRuns.addAll(play(outbreaks));
            case Source.Captures captures -> hostRuns.addAll(analyze(captures, problems));
        }
        if (!problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("levee: " + problem));
            // An hour's captures are not thrown away for one that cannot be read.
            if (hostRuns.isEmpty() || !(request.source() instanceof Source.Captures)) {
                return EXIT_UNREADABLE;
            }
        }
        Evaluation evaluation = Evaluation.of(runs);
        HostEvaluation hosts = HostEvaluation.of(hostRuns);
        try (OutputStream out = Output.open(request.output())) {
            switch (request.format()) {
                case TEXT -> EvaluationText.write(evaluation, hosts, out);
                case JSON -> EvaluationJson.write(evaluation, hosts, out);
                case SVG -> CalibrationDiagram.write(evaluation, out);
            }
            return problems.isEmpty() ? 0 : EXIT_UNREADABLE;
        } catch (IOException e) {
            return Output.failed(request.output(), e);
        }
    }

    private static Request parse(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> problems = new ArrayList<>();
        Source source;
        if (line.hasOption(CAPTURES)) {
            source = captures(line, problems);
        } else if (line.hasOption(OUTBREAKS) || line.hasOption(HOURS)) {
            source = outbreaks(line, problems);
        } else if (line.hasOption(DRILLS) || line.hasOption(SEED) || line.hasOption(EXPORTS)) {
            source = drills(line, problems);
        } else {
            source = documents(line, problems);
        }
        Format format = Arguments.format(line, Format.class, problems);
        if (format == Format.SVG && (source instanceof Source.Outbreaks || source instanceof Source.Captures)) {
            problems.add("--format svg shows how sure attacks are; of infected hosts there are text and json");
        }
        Arguments.refuse(problems);
        return new Request(source, format, Arguments.path(line, "output"));
    }

    private static Source captures(CommandLine line, List<String> problems) {
        Stream.of(DRILLS, OUTBREAKS, HOURS, SEED, EXPORTS)
                .filter(line::hasOption)
                .forEach(option -> problems.add("--" + option + " does not go with --" + CAPTURES));
        if (!line.getArgList().isEmpty()) {
            problems.add("--" + CAPTURES + " bring their own findings; give no others");
        }
        List<String> lists = truths(line);
        if (lists.isEmpty()) {
            problems.add("no --truth is given");
        }
        lists.stream().distinct().forEach(file -> check(file, false, problems));
        Path folder = Path.of(line.getOptionValue(CAPTURES));
        if (!Files.isDirectory(folder)) {
            problems.add("there is no folder " + folder);
        }
        return new Source.Captures(folder, lists.stream().map(Path::of).toList());
    }

    private static List<String> truths(CommandLine line) {
        return Optional.ofNullable(line.getOptionValues("truth")).map(List::of).orElse(List.of());
    }

    private static Source outbreaks(CommandLine line, List<String> problems) {
        if (!line.hasOption(OUTBREAKS)) {
            problems.add("--" + HOURS + " goes with --" + OUTBREAKS);
        }
        if (line.hasOption(DRILLS)) {
            problems.add("--" + DRILLS + " and --" + OUTBREAKS + " are evaluated one after the other");
        }
        long count = count(line, OUTBREAKS, problems);
        long hours = Arguments.number(line, HOURS, 1, MOST_HOURS, problems)
                .orElseGet(RandomOutbreaks.USUAL_DURATION::toHours);
        return new Source.Outbreaks(
                seed(line, problems),
                (int) count,
                Duration.ofHours(hours),
                Optional.ofNullable(line.getOptionValue(EXPORTS))
                        .flatMap(text -> seen(text, problems))
                        .orElseGet(Seen.Packets::new));
    }

    private static Optional<Seen> seen(String text, List<String> problems) {
        if (text.equals(CONNECTION_LOG)) {
            return Optional.of(new Seen.ConnectionLog());
        }
        List<String> found = new ArrayList<>();
        Optional<Seen> seen = exports(text, found).map(Seen.ByRouter::new);
        found.forEach(problem -> problems.add(problem + "; or " + CONNECTION_LOG));
        return seen;
    }

    private static long count(CommandLine line, String what, List<String> problems) {
        if (!line.getArgList().isEmpty() || line.hasOption("truth")) {
            problems.add("--" + what + " bring their own findings and truth; give no others");
        }
        return Arguments.number(line, what, 1, MOST_DRILLS, problems).orElse(1L);
    }

    private static long seed(CommandLine line, List<String> problems) {
        return Arguments.number(line, SEED, 0, Long.MAX_VALUE - MOST_DRILLS, problems)
                .orElseGet(() -> new SplittableRandom().nextLong(SEEDS));
    }

    private static Source drills(CommandLine line, List<String> problems) {
        if (!line.hasOption(DRILLS)) {
            problems.add(
                    "--" + (line.hasOption(SEED) ? SEED : EXPORTS) + " goes with --" + DRILLS + " or --" + OUTBREAKS);
        }
        long count = count(line, DRILLS, problems);
        return new Source.Drills(
                seed(line, problems),
                (int) count,
                Optional.ofNullable(line.getOptionValue(EXPORTS)).flatMap(text -> exports(text, problems)));
    }

    private static Optional<Exports> exports(String text, List<String> problems) {
        String[] parts = text.split("/", 2);
        Optional<ExportFormat> format = Arrays.stream(ExportFormat.values())
                .filter(known -> known.label().equals(parts[0]))
                .findFirst();
        if (format.isEmpty()) {
            problems.add("--" + EXPORTS + ": there is no format '" + parts[0] + "'; there are "
                    + Arrays.stream(ExportFormat.values())
                            .map(ExportFormat::label)
                            .collect(Collectors.joining(", ")));
        }
        String rate = parts.length == 1 ? "1" : parts[1];
        if (!rate.matches("[1-9]\\d{0,6}") || Integer.parseInt(rate) > MOST_SAMPLING) {
            problems.add("--" + EXPORTS + ": '" + rate + "' is not a whole number from 1 to " + MOST_SAMPLING);
            return Optional.empty();
        }
        return format.map(known -> new Exports(known, Integer.parseInt(rate)));
    }

    private static Source documents(CommandLine line, List<String> problems) {
        List<String> findings = line.getArgList();
        List<String> truths = truths(line);
        if (findings.isEmpty()) {
            problems.add("no FINDINGS are given");
        }
        if (truths.isEmpty()) {
            problems.add("no --truth is given");
        } else if (!findings.isEmpty() && findings.size() != truths.size()) {
            problems.add("each FINDINGS needs a --truth of its own, but there are " + findings.size() + " FINDINGS and "
                    + truths.size() + " --truth");
        }
        findings.stream().distinct().forEach(file -> check(file, false, problems));
        truths.stream()
                .distinct()
                .filter(file -> !findings.contains(file))
                .forEach(file -> check(file, true, problems));
        return new Source.Documents(
                findings.stream().map(Path::of).toList(),
                truths.stream().map(Path::of).toList());
    }

    private static void check(String file, boolean mayBeFolder, List<String> problems) {
        Path path = Path.of(file);
        if (file.isEmpty()) {
            problems.add("the name of a file is empty");
        } else if (!Files.exists(path)) {
            problems.add("there is no file " + file);
        } else if (Files.isDirectory(path) && !mayBeFolder) {
            problems.add(file + " is a folder, not a file");
        } else if (!Files.isReadable(path)) {
            problems.add("not allowed to read " + file);
        }
    }

    private static List<Run> play(Source.Drills drills) {
        return watched(
                drills.firstSeed(),
                drills.count(),
                progress -> RandomDrills.play(
                        RandomDrills.scenarios(drills.firstSeed(), drills.count()), drills.exports(), progress));
    }

    private static List<HostRun> play(Source.Outbreaks outbreaks) {
        return watched(
                outbreaks.firstSeed(),
                outbreaks.count(),
                progress -> RandomDrills.play(
                        RandomDrills.outbreaks(outbreaks.firstSeed(), outbreaks.count(), outbreaks.duration()),
                        outbreaks.seen(),
                        progress));
    }

    private static List<HostRun> analyze(Source.Captures request, List<String> problems) {
        List<ListedCapture> captures = new ArrayList<>();
        for (Path list : request.lists()) {
            read(list, "a list of captures", ListedCapture::read, problems).ifPresent(captures::addAll);
        }
        captures.stream()
                .map(capture -> request.folder().resolve(capture.path()))
                .filter(path -> !Files.isReadable(path))
                .distinct()
                .forEach(path -> problems.add("there is no capture " + path));
        if (!problems.isEmpty()) {
            return List.of();
        }
        return watched(
                "captures", captures.size(), over -> CapturePlay.play(request.folder(), captures, over, problems));
    }

    private static <R> List<R> watched(long firstSeed, int count, Function<IntConsumer, List<R>> playing) {
        System.err.println("levee: playing the drills of the seeds " + firstSeed + " to " + (firstSeed + count - 1));
        return watched("drills", count, playing);
    }

    /** Shows how far they are. */
    private static <R> List<R> watched(String what, int count, Function<IntConsumer, List<R>> playing) {
        StatusLine status = new StatusLine(System.err, System::nanoTime);
        boolean showsProgress = Terminal.showsProgress();
        status.begin();
        try {
            return playing.apply(over -> {
                if (showsProgress) {
                    show(status, what, over, count);
                }
            });
        } finally {
            status.erase();
        }
    }

    private static void show(StatusLine status, String what, int over, int count) {
        synchronized (status) {
            status.due()
                    .ifPresent(seconds -> status.show(String.format(
                            Locale.ROOT,
                            "%d of %d %s, %.0f s left",
                            over,
                            count,
                            what,
                            seconds * (count - over) / over)));
        }
    }

    private static void read(Source.Documents request, List<Run> runs, List<HostRun> hostRuns, List<String> problems) {
        for (int i = 0; i < request.findings().size(); i++) {
            Optional<Findings> findings = read(request.findings().get(i), "findings", FindingsJson::read, problems);
            if (findings.isPresent()) {
                read(request.truths().get(i), findings.get(), runs, hostRuns, problems);
            }
        }
    }

    private static void read(
            Path file, Findings findings, List<Run> runs, List<HostRun> hostRuns, List<String> problems) {
        try {
            Optional<HostTruth> labelled = LabelledCapture.read(file, ownNetworks(findings));
            if (labelled.isPresent()) {
                hostRuns.add(new HostRun(labelled.get(), findings.hosts(), findings.servers()));
                return;
            }
        } catch (IOException e) {
            problems.add("cannot read " + file + " as truth: " + e.getMessage());
            return;
        }
        Optional<Truth> truth = read(file, "truth", TruthJson::read, problems);
        truth.ifPresent(happened -> {
            runs.add(new Run(happened, findings.attacks()));
            hostRuns.add(new HostRun(HostTruth.of(happened), findings.hosts(), findings.servers()));
        });
    }

    private static List<Prefix> ownNetworks(Findings findings) {
        return findings.networks().isEmpty() ? OwnNetworks.unknown().prefixes() : findings.networks();
    }

    private static <T> Optional<T> read(Path file, String what, Reader<T> reader, List<String> problems) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return Optional.of(reader.read(in));
        } catch (IOException e) {
            problems.add("cannot read " + file + " as " + what + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Makes something of a file. */
    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }
}
