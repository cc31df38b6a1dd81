package levee.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "levee",
        description = "Finds attacks and infected devices in network telemetry, and what to do about them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {AnalyzeCommand.class, TrainCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  levee analyze capture.pcap",
            "  levee analyze --format json --networks 192.0.2.0/24 conn.log > findings.json",
            "  tcpdump -w - | levee analyze - --format jsonl"
        })
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command and returns its exit code. */
    static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(
                Terminal.hasColours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return commandLine.execute(arguments);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
