package levee.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import levee.model.Suggestion;

/** The command line. */
public final class Main {
    static final int EXIT_USAGE = 2;

    private static final String HELP = """
        Usage: levee COMMAND [OPTION...] [ARGUMENT...]
        Finds denial-of-service attacks in network telemetry, with evidence.

        Commands:
          alerts test
                     send a test alert over the channels of levee serve
          analyze    find the attacks in captures and connection logs
          asn        tell findings which autonomous systems attacks come from
          drill      make labelled traffic from a seed
          evaluate   measure how right findings are, by what really happened
          fingerprint match
                     look for an attack that others had in your own traffic
          flows      who talked with whom, of the flows that serve received and kept
          learned    show what is ordinary in this network, by what serve has seen
          serve      guard a network by what its routers export: NetFlow, IPFIX, sFlow
          users      say who may sign in to levee serve

        Options:
          -h, --help       show this, or the help of a command
          -V, --version    show the version

        Examples:
          levee analyze capture.pcap
          levee analyze --format json --networks 192.0.2.0/24 conn.log > findings.json
          tcpdump -i eth0 -w - | levee analyze - --format jsonl
          levee serve --flows 127.0.0.1:2055
          levee serve --drill
        """;

    private static final List<Command> COMMANDS = List.of(
            new AlertsCommand(),
            new AnalyzeCommand(),
            new AsnCommand(),
            new DrillCommand(),
            new EvaluateCommand(),
            new FingerprintCommand(),
            new FlowsCommand(),
            new LearnedCommand(),
            new ServeCommand(),
            new TrainCommand(),
            new UsersCommand());

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command and returns its exit code. */
    static int run(String... arguments) {
        return run(System.out, System.err, arguments);
    }

    /**
     * Runs a command and returns its exit code.
     *
     * @param out where help goes
     * @param errors where it says what was called wrongly
     */
    static int run(PrintStream out, PrintStream errors, String... arguments) {
        if (arguments.length == 0) {
            errors.print(HELP);
            return EXIT_USAGE;
        }
        String first = arguments[0];
        if (isHelp(first)) {
            out.print(HELP);
            return 0;
        }
        if (first.equals("-V") || first.equals("--version")) {
            out.println("levee " + Version.text());
            return 0;
        }
        for (Command command : COMMANDS) {
            if (command.name().equals(first)) {
                return run(command, Arrays.asList(arguments).subList(1, arguments.length), out, errors);
            }
        }
        errors.println("levee: there is no command '" + first + "'."
                + Suggestion.among(first, COMMANDS.stream().map(Command::name).toList()));
        errors.println("Try 'levee --help'.");
        return EXIT_USAGE;
    }

    private static int run(Command command, List<String> arguments, PrintStream out, PrintStream errors) {
        if (arguments.stream().takeWhile(a -> !a.equals("--")).anyMatch(Main::isHelp)) {
            out.print(command.help());
            return 0;
        }
        try {
            return command.run(arguments);
        } catch (UsageException e) {
            errors.println("levee " + command.name() + ": " + e.getMessage());
            errors.println("Try 'levee " + command.name() + " --help'.");
            return EXIT_USAGE;
        }
    }

    private static boolean isHelp(String argument) {
        return argument.equals("-h") || argument.equals("--help");
    }
}
