package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import levee.archive.ArchiveReader;
import levee.archive.FlowBlock;
import levee.archive.FlowFilter;
import levee.model.Amounts;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.model.Suggestion;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import tools.jackson.core.JacksonException;

/** {@code levee flows}: who talked with whom? */
final class FlowsCommand implements Command {
    private static final int EXIT_NOTHING_READ = 3;
    private static final long USUAL_ROWS = 100;
    private static final long USUAL_SUMS = 20;
    private static final String HOST = "host";
    private static final String NETWORK = "network";
    private static final String PEER = "peer";

    private static final String HELP = """
        Usage: levee flows [OPTION...]
        Asks who talked with whom, of the flows that levee serve received and kept (see archive in examples/levee.yaml),
        also while it runs; the last seconds may be missing. The flows received last come first.

        Options:
              --data DIR          the folder of levee serve; default: ~/.local/state/levee
              --host ADDRESS      flows from or to it; again for more
              --network CIDR      flows from or to it; again for more
              --peer CIDR         the other end is in it; again for more
              --port N            one end has this port
              --protocol NAME     tcp, udp, icmp (IPv6 or not), gre, or a number
              --exporter ADDRESS  told of by it; again for more
              --since TIME        flows that went on then or later: 2026-03-02T09:00:00Z, 2026-03-02T09:00 (UTC), or -10m,
                                  which is ten minutes ago (s, m, h, d)
              --until TIME        flows that went on then or earlier
              --top WHAT          sums by source, destination, port (of the destination), protocol or exporter, those with
                                  most bytes first
              --limit N           so many rows at the most, the totals are of all; default: 100 in text, 20 with --top,
                                  else all
              --format FORMAT     text, csv or json; default: text
              --output FILE       where to write; default: standard output
          -h, --help              show this

        Packets and bytes are those that the flows stand for, where packets are sampled.

        Exit codes:
          0  the archive was read, whether there are such flows or not
          1  the result could not be written
          2  the command was called wrongly
          3  there is no archive, or it could not be read

        Examples:
          levee flows --host 192.0.2.7 --since -10m
          levee flows --network 192.0.2.0/24 --protocol udp --port 53 --top source
          levee flows --host 192.0.2.7 --peer 198.51.100.0/24 --format csv > flows.csv
        """;

    private static final Options OPTIONS = options();

    private static Options options() {
        Options options = new Options();
        Stream.of(
                        "data",
                        HOST,
                        NETWORK,
                        PEER,
                        "port",
                        "protocol",
                        "exporter",
                        "since",
                        "until",
                        "top",
                        "limit",
                        "format",
                        "output")
                .forEach(name -> options.addOption(
                        Option.builder().longOpt(name).hasArg().get()));
        return options;
    }

    private static final List<FlowTable.Column> TEXT_COLUMNS = List.of(
            text("last", "last packet (UTC)"),
            number("seconds", "seconds"),
            text("protocol", "protocol"),
            text("source", "source"),
            number("source_port", "port"),
            text("destination", "destination"),
            number("destination_port", "port"),
            text("tcp_flags", "flags"),
            number("packets", "packets"),
            number("bytes", "bytes"),
            text("exporter", "exporter"),
            number("ingress_interface", "in"));

    private static final List<FlowTable.Column> COLUMNS = List.of(
            text("first", ""),
            text("last", ""),
            text("source", ""),
            number("source_port", ""),
            text("destination", ""),
            number("destination_port", ""),
            number("protocol", ""),
            number("tcp_flags", ""),
            number("packets", ""),
            number("bytes", ""),
            number("sampling_rate", ""),
            text("exporter", ""),
            number("ingress_interface", ""));

    /** From the lowest bit on. */
    private static final String FLAGS = "FSRPAUEC";

    private static final int MOST_PROTOCOL = 255;
    private static final double MEGA = 1e6;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Pattern PROTOCOL = Pattern.compile("[0-9]{1,3}");
    private static final Pattern AGO = Pattern.compile("-([0-9]{1,9})([smhd])");
    private static final Pattern OFFSET = Pattern.compile("T.*[+-]");
    private static final Instant EARLIEST = Instant.parse("1678-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private record Request(
            Path data,
            FlowFilter filter,
            Optional<TopFlows.Property> top,
            long limit,
            FlowTable.Format format,
            Optional<Path> output) {}

    private static FlowTable.Column text(String name, String title) {
        return new FlowTable.Column(name, title, false);
    }

    private static FlowTable.Column number(String name, String title) {
        return new FlowTable.Column(name, title, true);
    }

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        Request request = parse(arguments, Instant.now());
        Path folder = ArchiveSection.folder(request.data());
        if (!Files.isDirectory(folder)) {
            System.err.println("levee: there are no flows in " + request.data()
                    + "; levee serve keeps them where its settings have 'archive'. Is --data its folder?");
            return EXIT_NOTHING_READ;
        }
        if (!Files.isReadable(folder)) {
            System.err.println("levee: not allowed to read " + folder);
            return EXIT_NOTHING_READ;
        }
        try (OutputStream out = Output.open(request.output())) {
            ArchiveReader.Summary summary = new Search(request, out).run(new ArchiveReader(folder));
            summary.unreadable().forEach(file -> System.err.println("levee: cannot read " + file));
            return summary.unreadable().size() < Math.max(1, summary.files()) ? 0 : EXIT_NOTHING_READ;
        } catch (IOException | JacksonException e) {
            return Output.failed(request.output(), e);
        }
    }

    private static Request parse(List<String> arguments, Instant now) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> problems = new ArrayList<>();
        if (!line.getArgList().isEmpty()) {
            problems.add("'" + line.getArgList().get(0) + "' belongs to no option");
        }
        List<Prefix> hosts = new ArrayList<>();
        all(line, HOST, IpAddress::parse, problems).forEach(address -> hosts.add(Prefix.host(address)));
        hosts.addAll(all(line, NETWORK, Prefix::parse, problems));
        List<Prefix> peers = all(line, PEER, Prefix::parse, problems);
        if (hosts.isEmpty() && !peers.isEmpty()) {
            problems.add("--" + PEER + " goes with --" + HOST + " or --" + NETWORK);
        }
        Optional<Long> port = Arguments.number(line, "port", 0, 65_535, problems);
        FlowFilter filter = new FlowFilter(
                hosts,
                peers,
                port.isPresent() ? OptionalInt.of(port.get().intValue()) : OptionalInt.empty(),
                protocols(line, problems),
                new HashSet<>(all(line, "exporter", IpAddress::parse, problems)),
                time(line, "since", now, problems).orElse(Long.MIN_VALUE),
                time(line, "until", now, problems).orElse(Long.MAX_VALUE));
        if (filter.sinceNanos() > filter.untilNanos()) {
            problems.add("--since is later than --until");
        }
        FlowTable.Format format = Arguments.format(line, FlowTable.Format.class, problems);
        Optional<TopFlows.Property> top = top(line, problems);
        long usual = format == FlowTable.Format.TEXT ? USUAL_ROWS : Long.MAX_VALUE;
        long limit = Arguments.number(line, "limit", 0, Long.MAX_VALUE, problems)
                .orElse(top.isPresent() ? USUAL_SUMS : usual);
        Path data = Path.of(line.getOptionValue("data", ServeSettingsBuilder.usualFolder()));
        Arguments.refuse(problems);
        return new Request(data, filter, top, limit, format, Arguments.path(line, "output"));
    }

    /** All values of an option that may be given again. */
    private static <T> List<T> all(CommandLine line, String option, Function<String, T> parser, List<String> problems) {
        List<T> values = new ArrayList<>();
        for (String text : Optional.ofNullable(line.getOptionValues(option)).orElse(new String[0])) {
            try {
                values.add(parser.apply(text));
            } catch (IllegalArgumentException e) {
                problems.add("--" + option + ": " + e.getMessage());
            }
        }
        return values;
    }

    private static Set<Integer> protocols(CommandLine line, List<String> problems) {
        String text = line.getOptionValue("protocol");
        if (text == null) {
            return Set.of();
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Set.of(Protocols.TCP);
            case "udp" -> Set.of(Protocols.UDP);
            case "icmp" -> Set.of(Protocols.ICMP, Protocols.ICMPV6);
            case "gre" -> Set.of(Protocols.GRE);
            default -> {
                if (PROTOCOL.matcher(text).matches() && Integer.parseInt(text) <= MOST_PROTOCOL) {
                    yield Set.of(Integer.parseInt(text));
                }
                problems.add("--protocol: '" + text + "' is neither tcp, udp, icmp or gre nor a number from 0 to 255");
                yield Set.of();
            }
        };
    }

    private static Optional<TopFlows.Property> top(CommandLine line, List<String> problems) {
        String text = line.getOptionValue("top");
        if (text == null) {
            return Optional.empty();
        }
        Optional<TopFlows.Property> property = Arguments.constant(TopFlows.Property.class, text);
        if (property.isEmpty()) {
            List<String> known = Stream.of(TopFlows.Property.values())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .toList();
            problems.add("--top: there are " + String.join(", ", known) + ", but no '" + text + "'."
                    + Suggestion.among(text, known));
        }
        return property;
    }

    /** Nanoseconds since 1970; what lies beyond them is their end. */
    static Optional<Long> time(CommandLine line, String option, Instant now, List<String> problems) {
        String text = line.getOptionValue(option);
        if (text == null) {
            return Optional.empty();
        }
        Matcher ago = AGO.matcher(text);
        try {
            if (ago.matches()) {
                long count = Long.parseLong(ago.group(1));
                Duration duration = switch (ago.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
                return Optional.of(nanos(now.minus(duration)));
            }
            if (text.endsWith("Z") || OFFSET.matcher(text).find()) {
                return Optional.of(nanos(OffsetDateTime.parse(text).toInstant()));
            }
            return Optional.of(nanos(LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            problems.add("--" + option + ": '" + text + "' is no time such as 2026-03-02T09:00:00Z, 2026-03-02T09:00"
                    + " or -10m");
            return Optional.empty();
        }
    }

    private static long nanos(Instant time) {
        return EpochNanos.of(time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time);
    }

    /** One search of the archive. */
    private static final class Search implements ArchiveReader.Visitor {
        private final Request request;
        private final FlowTable table;
        private final Optional<TopFlows> top;
        private final StatusLine status = new StatusLine(System.err, System::nanoTime);
        private final boolean showsProgress = Terminal.showsProgress();
        private long shown;
        private long flows;
        private long packets;
        private long bytes;

        Search(Request request, OutputStream out) {
            this.request = request;
            top = request.top().map(property -> new TopFlows(property, AnalyzeCommand.seed()));
            table = request.top()
                    .map(property -> FlowTable.of(request.format(), "top", columns(property), out))
                    .orElseGet(() -> FlowTable.of(
                            request.format(),
                            "flows",
                            request.format() == FlowTable.Format.TEXT ? TEXT_COLUMNS : COLUMNS,
                            out));
        }

        private static List<FlowTable.Column> columns(TopFlows.Property property) {
            return List.of(
                    text(property.column, property.name().toLowerCase(Locale.ROOT)),
                    number("flows", "flows"),
                    number("packets", "packets"),
                    number("bytes", "bytes"));
        }

        ArchiveReader.Summary run(ArchiveReader reader) throws IOException {
            status.begin();
            ArchiveReader.Summary summary;
            try {
                summary = reader.scan(request.filter(), this);
            } finally {
                status.erase();
            }
            long forgotten = top.map(TopFlows::forgotten).orElse(0L);
            if (top.isPresent()) {
                for (TopFlows.Sum sum : top.get().most(request.limit())) {
                    table.add(List.of(sum.text(), sum.flows(), sum.packets(), sum.bytes()));
                }
            }
            Map<String, Long> numbers = new LinkedHashMap<>();
            numbers.put("flows", flows);
            numbers.put("packets", packets);
            numbers.put("bytes", bytes);
            numbers.put("forgotten_flows", forgotten);
            numbers.put("damaged_blocks", summary.damaged());
            numbers.put("cut_off_blocks", summary.cutOff());
            numbers.put("unreadable_files", (long) summary.unreadable().size());
            table.end(sentence(summary, forgotten), numbers);
            return summary;
        }

        private String sentence(ArchiveReader.Summary summary, long forgotten) {
            StringBuilder text = new StringBuilder();
            text.append(Amounts.count(flows, "flow")).append(", ");
            text.append(Amounts.count(packets, "packet")).append(", ");
            text.append(Amounts.count(bytes, "byte"));
            if (top.isEmpty() && shown < flows) {
                text.append("; shown are ")
                        .append(shown == 0 ? "none" : "the " + Amounts.count(shown) + " that were received last");
            }
            if (forgotten > 0) {
                text.append("; ")
                        .append(Amounts.count(forgotten, "flow"))
                        .append(" of too many with little traffic were forgotten, so sums may be too low");
            }
            if (summary.damaged() > 0) {
                text.append("; passed over: ").append(Amounts.count(summary.damaged(), "damaged block"));
            }
            if (summary.cutOff() > 0) {
                text.append("; ")
                        .append(Amounts.count(summary.cutOff(), "file ends", "files end"))
                        .append(" in the middle of a block");
            }
            return text.toString();
        }

        @Override
        public void visit(FlowBlock block, int[] rows, int count) throws IOException {
            flows += count;
            for (int i = count - 1; i >= 0; i--) {
                int row = rows[i];
                packets += block.packets[row];
                bytes += block.bytes[row];
                if (top.isPresent()) {
                    top.get().add(block, row);
                } else if (shown < request.limit()) {
                    shown++;
                    table.add(request.format() == FlowTable.Format.TEXT ? texts(block, row) : values(block, row));
                }
            }
        }

        private static List<Object> texts(FlowBlock block, int row) {
            return List.of(
                    SECONDS.format(time(block.lastNanos[row])),
                    String.format(Locale.ROOT, "%.3f", (block.lastNanos[row] - block.firstNanos[row]) / 1e9),
                    Protocols.name(block.protocol[row] & 0xff),
                    new IpAddress(block.sourceHigh[row], block.sourceLow[row]).toString(),
                    (long) block.sourcePort[row],
                    new IpAddress(block.destinationHigh[row], block.destinationLow[row]).toString(),
                    (long) block.destinationPort[row],
                    flags(block.tcpFlags[row]),
                    block.packets[row],
                    block.bytes[row],
                    block.exporterOf(row).toString(),
                    (long) block.ingressInterface[row]);
        }

        private static List<Object> values(FlowBlock block, int row) {
            return List.of(
                    time(block.firstNanos[row]).toString(),
                    time(block.lastNanos[row]).toString(),
                    new IpAddress(block.sourceHigh[row], block.sourceLow[row]).toString(),
                    (long) block.sourcePort[row],
                    new IpAddress(block.destinationHigh[row], block.destinationLow[row]).toString(),
                    (long) block.destinationPort[row],
                    block.protocol[row] & 0xffL,
                    block.tcpFlags[row] & 0xffL,
                    block.packets[row],
                    block.bytes[row],
                    (long) block.samplingRate[row],
                    block.exporterOf(row).toString(),
                    block.ingressInterface[row] & 0xffff_ffffL);
        }

        private static Instant time(long nanos) {
            return Instant.ofEpochSecond(
                    Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
        }

        private static String flags(byte flags) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < FLAGS.length(); i++) {
                if ((flags >> i & 1) != 0) {
                    text.append(FLAGS.charAt(i));
                }
            }
            return text.toString();
        }

        @Override
        public void progress(long done, long total) {
            if (showsProgress) {
                status.due().ifPresent(seconds -> status.show(progressText(done, total, seconds)));
            }
        }

        private String progressText(long done, long total, double seconds) {
            return String.format(
                    Locale.ROOT,
                    "%3d %%  %,d flows found, %.0f MB/s, %.0f s left",
                    total == 0 ? 100 : done * 100 / total,
                    flows,
                    done / seconds / MEGA,
                    done == 0 ? 0 : (total - done) * seconds / done);
        }
    }
}
