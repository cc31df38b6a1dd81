package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import levee.drill.BotFamily;
import levee.drill.ConnLogSink;
import levee.drill.Drill;
import levee.drill.ExportSink;
import levee.drill.LookAlikeKind;
import levee.drill.PacketSink;
import levee.drill.PcapSink;
import levee.drill.Scenario;
import levee.evaluation.TruthJson;
import levee.flowexport.ExportFormat;
import levee.model.AttackVector;
import levee.model.Truth;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code levee drill}: makes traffic of which everything is known. */
final class DrillCommand implements Command {
    private static final int PACKETS_BETWEEN_LOOKS = 1 << 12;
    private static final String STANDARD_OUTPUT = "-";

    private static final String HELP = """
        Usage: levee drill --output FILE [OPTION...]
        Makes labelled traffic from a seed: ordinary traffic of many hosts, and the attacks and innocent look-alikes
        that you ask for. The same seed gives the same bytes.

        Options:
              --output FILE         where the traffic goes; - is standard output
              --format FORMAT       pcap, zeek (a conn.log), or what a router exports of it, as a capture of its
                                    datagrams: netflow-v5, netflow-v9, ipfix or sflow; default: pcap
              --sampling N          the router looks at one in N packets; default: 1
              --truth FILE          where to say what really happened, as JSON
              --overwrite           replace files that are there already
              --scenario FILE       what to play, as YAML; the options below change or add to it
              --random              draw attacks and look-alikes from the seed, for ten minutes: some 7 GB
              --random-bots         draw outbreaks and innocent habits from the seed, for a day: some 10 GB as pcap
              --seed N              default: 1
              --start TIME          when it begins, in UTC; the hour decides how busy the hosts are;
                                    default: 2026-03-02T09:00:00Z
              --duration TIME       such as 500ms, 90s, 10m, 2h; default: 1m, some 600 MB
              --hosts N             own hosts, 50 to 204800; default: 10000
              --flows-per-second N  new ordinary connections per second, on the average of a day; default: 500
              --attack SPEC         VECTOR[+VECTOR...][,KEY=VALUE...], again for each attack. Keys:
                                      at, for    when it begins and how long it lasts; default: 10s and 30s
                                      rate       packets per second of each vector; default: 5000
                                      shape      constant, pulse (on= and off= say how long) or ramp
                                      sources    addresses of each vector; default: as is usual for it
                                      forged     true: from addresses of others, false: from the attackers' own;
                                                 default: as is usual for each vector
                                      target     an address, or a prefix to bomb as a whole; default: drawn
                                      ipv6       true: draw an IPv6 target
                                      carpet     true: draw a /24 or /48 as target
              --look-alike SPEC     KIND[,at=TIME][,for=TIME], innocent traffic; again for each; default: 10s, 30s
              --botnet SPEC         hosts=N[,at=TIME][,attack-after=TIME], own hosts that get infected, scan, report
                                    to a command server and attack somebody outside; default: 5, 5s, 20s
              --bots SPEC           FAMILY[,hosts=N][,at=TIME][,spread=TIME][,KEY=VALUE...], own hosts that get infected
                                    one after the other; again for each outbreak; default: 5, 10s, 5s. Keys differ
                                    by family; --list shows them
              --list                show the vectors, shapes, look-alikes and families of bots
          -h, --help                show this

        Exit codes:
          0  done
          1  a file could not be written
          2  the command was called wrongly

        Examples:
          levee drill --attack dns-reflection+tcp-syn-flood --output drill.pcap --truth truth.json
          levee drill --seed 7 --attack udp-flood,carpet=true,shape=pulse,on=5s,off=20s --output drill.pcap
          levee drill --random --seed 42 --format zeek --output conn.log --truth truth.json
          levee drill --bots beacon,hosts=3,period=10m,jitter=0.3 --duration 24h --hosts 200 --flows-per-second 2
                      --format zeek --output conn.log --truth truth.json
          levee drill --attack ntp-reflection --output - | levee analyze -
          levee drill --attack udp-flood --format sflow --sampling 1000 --output exports.pcap
        """;

    private static final String SAMPLING = "sampling";
    private static final int MOST_SAMPLING = 1 << 20;
    private static final String ATTACK = "attack";
    private static final String LOOK_ALIKE = "look-alike";
    private static final String BOTNET = "botnet";
    private static final String BOTS = "bots";
    private static final String RANDOM = "random";
    private static final String RANDOM_BOTS = "random-bots";
    private static final String OVERWRITE = "overwrite";

    private static final Options OPTIONS = options();

    private enum Format {
        PCAP,
        ZEEK,
        NETFLOW_V5,
        NETFLOW_V9,
        IPFIX,
        SFLOW
    }

    /** @param output nothing for standard output */
    private record Request(
            Scenario scenario,
            List<String> unplayed,
            Format format,
            int samplingRate,
            Optional<Path> output,
            Optional<Path> truth) {}

    private static Options options() {
        Options options = new Options();
        for (String name : List.of(
                "output",
                "format",
                "truth",
                "scenario",
                "seed",
                "start",
                "duration",
                "hosts",
                "flows-per-second",
                SAMPLING,
                ATTACK,
                LOOK_ALIKE,
                BOTNET,
                BOTS)) {
            options.addOption(Option.builder().longOpt(name).hasArg().get());
        }
        return options.addOption(Option.builder().longOpt(RANDOM).get())
                .addOption(Option.builder().longOpt(RANDOM_BOTS).get())
                .addOption(Option.builder().longOpt(OVERWRITE).get())
                .addOption(Option.builder().longOpt("list").get());
    }

    @Override
    public String name() {
        return "drill";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        CommandLine line = parse(arguments);
        if (line.hasOption("list")) {
            System.out.print(list());
            return 0;
        }
        Request request = request(line);
        request.unplayed().forEach(note -> System.err.println("levee drill: " + note));
        Drill drill = new Drill(request.scenario());
        try {
            play(drill, request);
        } catch (IOException e) {
            return Output.failed(request.output(), e);
        }
        try {
            if (request.truth().isPresent()) {
                writeTruth(drill.truth(), request.truth().get());
            }
            return 0;
        } catch (IOException e) {
            return Output.failed(request.truth(), e);
        }
    }

    private static void play(Drill drill, Request request) throws IOException {
        DrillProgress progress =
                new DrillProgress(new StatusLine(System.err, System::nanoTime), Terminal.showsProgress());
        try (PacketSink sink = open(request)) {
            long packets = 0;
            while (drill.advance()) {
                sink.write(drill.packet());
                if (++packets % PACKETS_BETWEEN_LOOKS == 0) {
                    progress.played(drill.progress(), packets);
                }
            }
        } finally {
            progress.finished();
        }
    }

    private static PacketSink open(Request request) throws IOException {
        OutputStream out = Output.open(request.output());
        return switch (request.format()) {
            case PCAP -> new PcapSink(out);
            case ZEEK -> new ConnLogSink(out);
            case NETFLOW_V5 -> exports(out, request, ExportFormat.NETFLOW_V5);
            case NETFLOW_V9 -> exports(out, request, ExportFormat.NETFLOW_V9);
            case IPFIX -> exports(out, request, ExportFormat.IPFIX);
            case SFLOW -> exports(out, request, ExportFormat.SFLOW);
        };
    }

    private static PacketSink exports(OutputStream out, Request request, ExportFormat format) {
        return new ExportSink(out, request.scenario(), format, request.samplingRate());
    }

    private static void writeTruth(Truth truth, Path file) throws IOException {
        try (OutputStream out = Output.open(Optional.of(file))) {
            TruthJson.write(truth, out);
        }
    }

    private static CommandLine parse(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("'" + line.getArgList().get(0) + "' belongs to no option");
        }
        return line;
    }

    private static Request request(CommandLine line) throws UsageException {
        ScenarioBuilder builder = new ScenarioBuilder();
        for (String name : List.of("seed", "start", "duration", "hosts", "flows-per-second")) {
            if (line.hasOption(name)) {
                builder.set(name, line.getOptionValue(name), "--" + name);
            }
        }
        Optional.ofNullable(line.getOptionValue("scenario")).ifPresent(file -> builder.read(Path.of(file)));
        specs(line, ATTACK).forEach(spec -> builder.attack(spec, "--" + ATTACK + " " + spec));
        specs(line, LOOK_ALIKE).forEach(spec -> builder.lookAlike(spec, "--" + LOOK_ALIKE + " " + spec));
        specs(line, BOTNET).forEach(spec -> builder.botnet(spec, "--" + BOTNET + " " + spec));
        specs(line, BOTS).forEach(spec -> builder.bots(spec, "--" + BOTS + " " + spec));
        List<String> problems = builder.problems();
        Format format = Arguments.format(line, Format.class, problems);
        long sampling =
                Arguments.number(line, SAMPLING, 1, MOST_SAMPLING, problems).orElse(1L);
        if (line.hasOption(SAMPLING) && (format == Format.PCAP || format == Format.ZEEK)) {
            problems.add("--sampling is for what a router exports; choose such a --format");
        }
        Optional<Path> output = Arguments.path(line, "output").filter(path -> !path.equals(Path.of(STANDARD_OUTPUT)));
        Optional<Path> truth = Arguments.path(line, "truth");
        if (!line.hasOption("output")) {
            problems.add("no --output is given; - is standard output");
        } else if (output.isEmpty() && format != Format.ZEEK && Terminal.isOutput()) {
            problems.add("a capture is nothing for a terminal; name a file as --output, or use a pipe");
        }
        if (truth.isPresent() && truth.equals(output)) {
            problems.add("traffic and truth cannot both go to " + truth.get());
        }
        // To find out now, not when all has been played.
        truth.filter(DrillCommand::isInNoFolder).ifPresent(path -> problems.add("there is no folder for " + path));
        if (!line.hasOption(OVERWRITE)) {
            Stream.concat(output.stream(), truth.stream())
                    .filter(Files::isRegularFile)
                    .forEach(path -> problems.add(path + " is there already; --overwrite replaces it"));
        }
        if (line.hasOption(RANDOM) && line.hasOption(RANDOM_BOTS)) {
            problems.add("--random and --random-bots cannot both be given");
        }
        Optional<Scenario> scenario = builder.build(
                line.hasOption(RANDOM)
                        ? ScenarioBuilder.Drawn.ATTACKS
                        : line.hasOption(RANDOM_BOTS)
                                ? ScenarioBuilder.Drawn.OUTBREAKS
                                : ScenarioBuilder.Drawn.NOTHING);
        if (!problems.isEmpty() || scenario.isEmpty()) {
            throw new UsageException(String.join("; ", problems));
        }
        return new Request(scenario.get(), builder.unplayed(scenario.get()), format, (int) sampling, output, truth);
    }

    private static boolean isInNoFolder(Path file) {
        return !Files.isDirectory(file.resolveSibling("."));
    }

    private static List<String> specs(CommandLine line, String option) {
        return line.hasOption(option) ? Arrays.asList(line.getOptionValues(option)) : List.of();
    }

    private static String entry(String name, String meaning) {
        return String.format(Locale.ROOT, "  %-13s  %s", name, meaning);
    }

    private static String list() {
        List<String> lines = new ArrayList<>();
        for (AttackVector.Family family : AttackVector.Family.values()) {
            lines.add(family.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ":");
            Arrays.stream(AttackVector.values())
                    .filter(v -> v.family() == family)
                    .forEach(v -> lines.add("  " + v.label()));
        }
        lines.add("shapes of attacks:");
        ScenarioBuilder.SHAPES.forEach((name, meaning) -> lines.add(entry(name, meaning)));
        lines.add("look-alikes:");
        Arrays.stream(LookAlikeKind.values()).forEach(k -> lines.add(entry(k.label(), k.description())));
        lines.add("families of bots, with their keys:");
        BotFamily.USUAL.forEach(f -> {
            lines.add(entry(f.label(), f.description()));
            lines.add(entry("", String.join(", ", BotNumbers.keys(f))));
        });
        return String.join("\n", lines) + "\n";
    }
}
