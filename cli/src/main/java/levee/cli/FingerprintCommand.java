package levee.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.engine.RowPass;
import levee.model.InputSummary;
import levee.sharing.FingerprintException;
import levee.sharing.FingerprintMatch;
import levee.sharing.FingerprintMatcher;
import levee.sharing.FingerprintReader;
import levee.sharing.MatchJson;
import levee.sharing.MatchText;
import levee.sharing.SharedFingerprint;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code levee fingerprint match}: is an attack that others had seen here, too? */
final class FingerprintCommand implements Command {
    private static final int EXIT_NOT_SEEN = 1;
    private static final int EXIT_NOTHING_READ = 3;

    private static final String HELP = """
        Usage: levee fingerprint match FILE INPUT... [--format FORMAT] [--output FILE]
        Looks in your own traffic for an attack that others had. FILE is a fingerprint in the format of the DDoS
        Clearing House, written by levee analyze --fingerprint, by its dissector, or taken from DDoS-DB. INPUT is what
        levee analyze reads: captures, connection logs, folders of these, or - for standard input.

        An attack is seen where one destination gets, within a second, a tenth of the rate that the fingerprint tells
        of, of packets that agree with a vector: in protocol, source port, TCP flags, length, DNS name, and method and
        user agent of HTTP, and in destination port where the source port is random, each as far as the fingerprint has
        values for nine tenths of its packets. TTLs and paths of HTTP are compared and told, but not required, since
        they depend on the way and on the target.

        Options:
              --format FORMAT     text or json; default: text
              --output FILE       where to write; default: standard output
          -h, --help              show this

        Exit codes:
          0  seen
          1  not seen, or only some of its source addresses; or the result could not be written
          2  the command was called wrongly
          3  FILE is no fingerprint, or an INPUT yielded nothing

        Examples:
          levee fingerprint match 44518107642b9ac7098174a16cbf2203.json capture.pcap
          levee fingerprint match shared.json --format json monday/ > match.json
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("format").hasArg().get())
            .addOption(Option.builder().longOpt("output").hasArg().get());

    /** The ways to write the result. */
    private enum Format {
        TEXT,
        JSON
    }

    /** What was asked for. */
    private record Request(Path file, Inputs inputs, Format format, Optional<Path> output) {}

    @Override
    public String name() {
        return "fingerprint";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        Request request = parse(arguments);
        Optional<SharedFingerprint> fingerprint = read(request.file());
        if (fingerprint.isEmpty()) {
            return EXIT_NOTHING_READ;
        }
        FingerprintMatcher matcher = new FingerprintMatcher(fingerprint.get());
        List<InputSummary> summaries = new RowPass(AnalyzeCommand.seed(), AnalyzeCommand.progress())
                .read(request.inputs().locations(), (batch, details) -> {
                    BatchObservation observation = new BatchObservation(batch, details);
                    for (int row = 0; row < batch.size; row++) {
                        matcher.add(observation.at(row));
                    }
                });
        FingerprintMatch match = matcher.result();
        try (OutputStream out = Output.open(request.output())) {
            String text = switch (request.format()) {
                case TEXT -> MatchText.of(match);
                case JSON -> MatchJson.of(match);
            };
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Output.failed(request.output(), e);
        }
        summaries.stream()
                .filter(InputSummary::isEmpty)
                .forEach(input -> System.err.println("levee: nothing could be read from " + input.name()));
        if (!request.inputs().allYielded(summaries)) {
            return EXIT_NOTHING_READ;
        }
        return match.verdict() == FingerprintMatch.Verdict.SEEN ? 0 : EXIT_NOT_SEEN;
    }

    private static Request parse(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> problems = new ArrayList<>();
        List<String> given = line.getArgList();
        if (given.isEmpty() || !given.get(0).equals("match")) {
            problems.add("what to do is not said; there is 'match'");
        }
        Path file = Path.of(given.size() > 1 ? given.get(1) : "");
        if (given.size() < 2) {
            problems.add("no FILE with a fingerprint is given");
        } else if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            problems.add("there is no readable file " + file);
        }
        if (given.size() < 3) {
            problems.add("no INPUT is given");
        }
        Inputs inputs = Inputs.of(given.stream().skip(2).toList(), problems);
        Format format = Arguments.format(line, Format.class, problems);
        Arguments.refuse(problems);
        return new Request(file, inputs, format, Arguments.path(line, "output"));
    }

    private static Optional<SharedFingerprint> read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return Optional.of(FingerprintReader.read(in));
        } catch (FingerprintException | IOException e) {
            System.err.println("levee: cannot read the fingerprint " + file + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
