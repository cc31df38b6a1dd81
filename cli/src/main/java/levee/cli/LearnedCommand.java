package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code levee learned}: what is ordinary in this network, by what {@code levee serve} has seen. */
final class LearnedCommand implements Command {
    private static final int EXIT_NOTHING = 3;

    private static final String HELP = """
        Usage: levee learned [--data DIR] [--format FORMAT] [--output FILE]
        Shows what levee serve has learned of ordinary traffic: how much the own networks have, which targets come
        closest to an alarm, what would have been alarmed on in monitor mode, and thresholds that follow from it. It
        reads what serve wrote within the last minute, and may be called while it runs. GET /api/v1/learning tells the
        same.

        Options:
              --data DIR        folder of data of levee serve; default: ~/.local/state/levee
              --format FORMAT   text or json; default: text
              --output FILE     where to write; default: standard output
          -h, --help            show this

        Exit codes:
          0  shown
          1  the result could not be written
          2  the command was called wrongly
          3  nothing was learned there yet

        Examples:
          levee learned
          sudo -u levee /opt/levee/levee learned --data /var/lib/levee
          levee learned --format json | jq .would_have_alarmed
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("data").hasArg().get())
            .addOption(Option.builder().longOpt("format").hasArg().get())
            .addOption(Option.builder().longOpt("output").hasArg().get());

    /** The ways to write it. */
    private enum Format {
        TEXT,
        JSON
    }

    @Override
    public String name() {
        return "learned";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> problems = new ArrayList<>();
        if (!line.getArgList().isEmpty()) {
            problems.add("'" + line.getArgList().get(0) + "' belongs to no option");
        }
        Format format = Arguments.format(line, Format.class, problems);
        Arguments.refuse(problems);
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        Optional.ofNullable(line.getOptionValue("data")).ifPresent(builder::data);
        Path file = builder.build().data().resolve(Learning.REPORT);
        Optional<Path> output = Arguments.path(line, "output");
        JsonNode report;
        String json;
        try {
            json = Files.readString(file);
            report = JsonMapper.shared().readTree(json);
        } catch (IOException | JacksonException e) {
            System.err.println("levee: "
                    + (e instanceof NoSuchFileException ? "there is no file " : "cannot read ") + file
                    + "; levee serve writes it within a minute of its start. Is --data its folder?");
            return EXIT_NOTHING;
        }
        try (OutputStream out = Output.open(output)) {
            String text = switch (format) {
                case TEXT -> LearnedText.of(report);
                case JSON -> json + "\n";
            };
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Output.failed(output, e);
        }
        return 0;
    }
}
