package levee.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import levee.alert.Alerts;
import levee.alert.Channel;
import levee.alert.TestResult;
import levee.model.Suggestion;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code levee alerts test}: do alerts arrive? */
final class AlertsCommand implements Command {
    private static final int EXIT_FAILED = 1;

    private static final String HELP = """
        Usage: levee alerts test --config FILE [--channel NAME]
        Sends a test alert, marked as such, over each channel that FILE lists under alerts, and says what happened and,
        where it did not arrive, what to do. It may be called while levee serve runs. Mode monitor does not keep a test
        back. It waits for each answer, up to 20 seconds.

        Options:
              --config FILE    settings of levee serve; examples/levee.yaml explains them
              --channel NAME   only this channel
          -h, --help           show this

        Exit codes:
          0  every channel took the test alert; syslog over UDP does not tell, so look in the server's log
          1  at least one did not
          2  the command was called wrongly, or FILE lists no channel

        Examples:
          levee alerts test --config /etc/levee.yaml
          levee alerts test --config /etc/levee.yaml --channel on-call
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("config").hasArg().get())
            .addOption(Option.builder().longOpt("channel").hasArg().get());

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        return test(channels(arguments), Clock.systemUTC().instant(), System.out);
    }

    private static List<Channel> channels(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> problems = new ArrayList<>();
        if (!line.getArgList().equals(List.of("test"))) {
            problems.add("what to do is not said; there is 'test'");
        }
        Optional<Path> file = Arguments.path(line, "config");
        if (file.isEmpty()) {
            problems.add("no settings with channels are given; give them with --config FILE");
        }
        Arguments.refuse(problems);
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        file.ifPresent(builder::read);
        List<Channel> channels = builder.build().alerts();
        Arguments.refuse(builder.problems());
        String path = file.map(Path::toString).orElse("");
        if (channels.isEmpty()) {
            throw new UsageException(
                    path + " lists no channel under 'alerts', so nobody would be told; docs/alerts.md shows how");
        }
        String name = line.getOptionValue("channel");
        return name == null ? channels : List.of(channel(channels, name, path));
    }

    private static Channel channel(List<Channel> channels, String name, String path) throws UsageException {
        List<String> names = channels.stream().map(Channel::name).toList();
        return channels.stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(path + " lists no channel '" + name + "' but "
                        + names.stream().map(known -> "'" + known + "'").collect(Collectors.joining(", ")) + "."
                        + Suggestion.among(name, names)));
    }

    /** Tests one channel after the other and tells of each as soon as it is known. */
    static int test(List<Channel> channels, Instant now, PrintStream out) {
        int failed = 0;
        for (Channel channel : channels) {
            TestResult result = Alerts.sendTest(channel, now);
            out.println(result.channel() + ": " + (result.succeeded() ? "sent to " : "FAILED, to ") + result.where());
            out.println("    " + result.what());
            out.println("    " + result.advice());
            failed += result.succeeded() ? 0 : 1;
        }
        if (channels.size() > 1) {
            out.println(
                    failed == 0
                            ? "all " + channels.size() + " took it"
                            : failed + " of " + channels.size() + " failed");
        }
        return failed == 0 ? 0 : EXIT_FAILED;
    }
}
