package levee.cli;

import java.util.List;

/** A command of the command line. */
interface Command {
    String name();

    /** What {@code --help} prints. */
    String help();

    /**
     * Runs it.
     *
     * @param arguments those behind the command's name, without {@code --help}
     * @return the exit code
     * @throws UsageException if the arguments are wrong
     */
    int run(List<String> arguments) throws UsageException;
}
